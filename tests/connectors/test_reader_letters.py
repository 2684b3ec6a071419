"""Plain letters of recruiters and schedulers: what they say beside shifts, and of shifts that are known."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told

DAY, NIGHT = "02-20 0700-1900", "02-20 1900-0700"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # words of life at large count where something is paid, needed or asked
        ("Any interest in some sunshine? LKSD needs a doc Sat 2/20 7a-7p.", [DAY]),
        ("LKSD Sat 2/20 7a-7p, $2,400. The cafeteria is lovely and the nurses are superb.", [f"{DAY} 2400/shift"]),
        ("The film crew will be at LKSD Sat 2/20 7a-7p.", [f"{DAY} wording?"]),
        ("LKSD needs volunteers Sat 2/20 7a-7p.", [f"{DAY} status? wording?"]),
        ("LKSD Sat 2/20 7a-7p is open. Consider yourself on deck.", [f"{DAY} wording?"]),
        # why somebody is missing
        ("Kim's still out with the flu so LKSD Sat 2/20 7p-7a is open.", [NIGHT]),
        ("Our weekend nocturnist gave notice, can you do LKSD Sat 2/20 7p-7a?", [NIGHT]),
        ("Kim is off. She works LKSD Sat 2/20 7p-7a.", [f"{NIGHT} status?"]),
        ("Saturday is off. LKSD Sat 2/20 7p-7a.", [f"{NIGHT} wording?"]),
        # denials
        ("LKSD Sat 2/20 7a-7p is open. No peds, census of about 12, 2 APPs on with you. If you can't, no worries.", [DAY]),
        ("LKSD Sat 2/20 7a-7p isn't happening. No problem.", [f"{DAY} wording?"]),
        # paperwork, and the writer's own doings
        ("LKSD Sat 2/20 7a-7p is open. You already have privileges there, and I will submit you today.", [DAY]),
        # what became of the reader's own shift
        ("I am sorry to tell you that the hospital has cancelled your LKSD Sat 2/20 7a-7p shift.", [f"{DAY} withdrawn"]),
        ("Your flight to LKSD Sat 2/20 7a-7p is confirmed.", [f"{DAY} confirmed status?"]),
        ("Do you remember the LKSD Sat 2/20 7a-7p I had to cancel on you? It's back on.", [f"{DAY} reinstated"]),
        ("The client asked us to move your LKSD shift from Fri 2/19 to Sat 2/20. Hours stay 7a-7p.",
         ["02-19 0700-1900 withdrawn", DAY]),
        ("Thank you for your interest in:\nLKSD\nSat 2/20 7a-7p\nThe client has selected another candidate.", [f"{DAY} withdrawn"]),
        ("Please disregard my cancellation note. LKSD has reinstated the Sat 2/20 shift, 7a-7p.", [f"{DAY} reinstated"]),
        # hours told below their days, and days that are not told
        ("We need cover at LKSD on February 20.\nHours are 7a to 7p.", [DAY]),
        ("Could you cover Tuesday? Same hours as last time.", ["?"]),
        ("Are you free for a quick call on Tuesday?", []),
        # one of several weekends
        ("One of the following weekends:\nLKSD 2/20-2/21 7a-7p\nLKSD 2/27-2/28 7a-7p",
         [f"02-{day} 0700-1900 choose?" for day in (20, 21, 27, 28)]),
        # letters of a weekday, and whose they are not
        ("LKSD\n2/20 Sa 7a-7p", [DAY]),
        ("LKSD\n2/20 F 7a-7p", [f"{DAY} wording?"]),
        ("LKSD Sat 2/20 7a-7p. $2,800 per shift for all three days.", [f"{DAY} 2800/shift date?"]),
    ],
)  # fmt: skip
def test_a_letter_says_what_it_says(text: str, expected: list[str]) -> None:
    assert told(mail(text)) == expected
