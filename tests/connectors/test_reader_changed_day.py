"""A shift that moves to another day, the same day told twice, who took what is gone, and what goes with the work."""

from __future__ import annotations

import pytest

from tests.connectors.told import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "day duty of Tuesday 2/16 (7a-7p) is now needed on Wednesday 2/17 instead, neither does the $1,950/day.",
            "02-16 0700-1900 withdrawn 02-17 0700-1900 1950/day",
        ),
        (
            "shift of Tue 2/16 7a-7p is wanted for Wed 2/17 instead, $2,300.",
            "02-16 0700-1900 withdrawn 02-17 0700-1900 2300/shift",
        ),
        (
            "- I had to move your Tuesday 3/9 7a-7p to Wednesday 3/10, same time.",
            "03-09 0700-1900 withdrawn 03-10 0700-1900",
        ),
        ("the 2/16 7a-7p may be needed on 2/17 instead.", "?"),
        ("help on 2/16 7a-7p is now needed on 2/17 instead of nights.", "?"),
        ("a doctor is needed on 2/17 instead of 2/16, 7a-7p", "?"),
        (
            "2/16 7a-7p has moved to 2/17, if Kim agrees.",
            "02-16 0700-1900 withdrawn 02-17 0700-1900 wording?",
        ),
    ],
)
def test_a_change_of_date(text: str, expected: str) -> None:
    """What is said of the new day has to be understood as well."""
    assert " ".join(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2/20 (Sat) from 6:30 to 10:30 in the morning and then 2/20 again 18:30 to 22:30",
            "02-20 0630-1030 02-20 1830-2230",
        ),
        ("2/20 7a-11a, then 2/20 again from 3p-7p", "02-20 0700-1100 02-20 1500-1900"),
        ("Feb 20 7a-11a and Feb 20 again, 3p-7p", "02-20 0700-1100 02-20 1500-1900"),
        ("2/20 7a-11a and 2/21 again 3p-7p", "02-20 0700-1100 wording? 02-21 1500-1900 wording?"),
        ("2/20 7a-11a and then 2/20 again", "02-20 0700-1100 wording?"),
        ("2/20 7a-11a, up for grabs again 3p-7p", "02-20 0700-1100 wording? 02-20 1500-1900 wording?"),
    ],
)
def test_the_same_day_twice(text: str, expected: str) -> None:
    assert " ".join(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is covered - June is taking it. Thanks everyone!!", "withdrawn"),
        ("is covered, Dr. Ruiz took it.", "withdrawn"),
        ("is filled (Ana has it)", "withdrawn"),
        ("is covered - Jun is taking half.", "withdrawn status?"),
        ("is covered - Jun may take it.", "withdrawn status?"),
        ("is covered - June is open.", "?"),
    ],
)
def test_who_took_what_is_gone(text: str, expected: str) -> None:
    """A month may be a name."""
    told = " ".join(read(f"Sat 2/20 7p-7a {text}"))
    assert told.removeprefix("02-20 1900-0700 ") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("malpractice is ours, flights booked for you.", ""),
        ("hotel and meals are our treat.", ""),
        ("we handle the flights.", ""),
        ("that night is ours.", "wording?"),
        ("flights are ours to decide.", "wording?"),
        ("malpractice is yours.", "confirmed status?"),
        ("stays open until someone takes it.", ""),
        ("it is open until taken", ""),
        ("they'll do $220/hr", "220/hour"),
        ("the client could offer $220/hr.", "220/hour"),
        ("they'll do it for $220/hr", "220/hour status?"),
        ("open until Kim takes it", "wording?"),
        ("someone takes it", "status? wording?"),
    ],
)
def test_what_goes_with_the_work(text: str, expected: str) -> None:
    told = " ".join(read(f"Sat 2/20 7p-7a, {text}"))
    assert told == f"02-20 1900-0700 {expected}".strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It would need to be the full three days.", "block"),
        ("It has to be the whole run, I can't split it.", "block"),
        ("It must be for the entire stretch.", "block"),
        ("You would need to be here the full three days.", "block?"),
        ("It may have to be the whole stretch.", "block wording?"),
        ("It doesn't need to be the full three days.", "wording?"),
    ],
)
def test_all_or_nothing_in_a_sentence_of_its_own(text: str, expected: str) -> None:
    """Not where it is only so by a hint, or in doubt."""
    assert read(f"Feb 15-17, 7a-7p each day. {text}") == [
        f"02-{day} 0700-1900 {expected}" for day in (15, 16, 17)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr Okafor just called off for Fri (1/8), 7p-7a. Can u cover?", "01-08 1900-0700"),
        ("our nocturnist called off tonight, 7p-7a. Can u cover?", "01-05 1900-0700"),
        ("Dr. Ruiz has called off sick, can you do 2/19 7p-7a?", "02-19 1900-0700"),
        ("called off for Fri 1/8 7p-7a", "?"),
        ("they called off Fri 1/8 7p-7a", "?"),
        ("Dr Okafor called off the Fri 1/8 7p-7a", "?"),
    ],
)
def test_who_called_off(text: str, expected: str) -> None:
    """A person who calls off will not come; what somebody else calls off may be the shift."""
    assert " ".join(read(text)) == expected
