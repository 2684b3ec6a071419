"""Offers as people write them in sentences: what is read of them, and what is asked all the same."""

from __future__ import annotations

import pytest

from connectors.offers.reader import read_message
from tests.connectors.told import LEXICON, mail, told

NIGHT = "LKSD Sat 2/20 7p-7a"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # small talk, reasons, who writes and why
        ("Turns out flu season hit hard. LKSD Sat 2/20 7p-7a, can you help?", ["02-20 1900-0700"]),
        ("Our PA is out on maternity leave, so we need you at LKSD Sat 2/20 7p-7a.", ["02-20 1900-0700"]),
        ("It's Dana over at the desk. Can you do LKSD Sat 2/20 7p-7a? Thanks, Dana", ["02-20 1900-0700"]),
        ("LKSD is down a doc. Could you do Sat 2/20 7p-7a?", ["02-20 1900-0700"]),
        ("I'm trying to get rid of my Sat 2/20 7p-7a at LKSD, any takers?", ["02-20 1900-0700"]),
        ("I still don't have anyone for Sat 2/20 7p-7a at LKSD.", ["02-20 1900-0700"]),
        ("My flight got moved. Can anyone take my LKSD Sat 2/20 7p-7a?", ["02-20 1900-0700"]),
        ("Would Sat 2/20 7p-7a at LKSD work instead?", ["02-20 1900-0700"]),
        # days without their month, a site by its first word
        ("Openings at LKSD for February. The first is Friday the 19th, 7p-7a, and the second is Sunday the 21st, 7a-7p.",
         ["02-19 1900-0700", "02-21 0700-1900"]),
        ("We could use you on Tuesday the 9th of February from seven to seven at Lakeside, days.", ["02-09 0700-1900"]),
        # two statements in a sentence
        ("LKSD Fri 2/19 7p-7a has been covered, Saturday 2/20 7p-7a is still up for grabs.",
         ["02-19 1900-0700 withdrawn", "02-20 1900-0700"]),
        ("Heads up: LKSD Sat 2/20 7p-7a is gone.", ["02-20 1900-0700 withdrawn"]),
        ("Just a heads up that LKSD Sat 2/20 7p-7a has been filled, thanks for offering!", ["02-20 1900-0700 withdrawn"]),
        ("We've given LKSD Sat 2/20 7p-7a to another provider.", ["02-20 1900-0700 withdrawn"]),
        ("Somebody took LKSD Sat 2/20 7p-7a.", ["02-20 1900-0700 withdrawn"]),
        ("We are pleased to confirm this session to you: LKSD Sat 2/20 7p-7a.", ["02-20 1900-0700 confirmed"]),
        ("Your request for LKSD Sat 2/20 7p-7a was approved.", ["02-20 1900-0700 confirmed"]),
        # part by part
        ("LKSD Fri 2/19 7p-7a, Sat 2/20 7p-7a, Mon 2/23 7p-7a.", ["02-19 1900-0700", "02-20 1900-0700", "?"]),
        ("LKSD Feb 19, 20, 21 7p-7a (20 is FILLED)", ["02-19 1900-0700", "02-21 1900-0700", "?"]),
    ],
)  # fmt: skip
def test_a_sentence_says_what_it_says(text: str, expected: list[str]) -> None:
    assert told(mail(text)) == expected


@pytest.mark.parametrize(
    "beside",
    [
        "Lee called dibs.",
        "You and Sam are a go.",
        "Consider yourself on deck.",
        "Marla volunteered.",
        "It is toast.",
        "Assuming the contract is signed by then.",
        "Nobody else raised a hand so Priya snagged it.",
    ],
)
def test_talk_that_may_give_it_away_is_a_question(beside: str) -> None:
    """Small talk names nobody behind the shifts, points back at nothing, and takes nothing."""
    assert all("?" in one for one in told(mail(f"{NIGHT}. {beside}")))


@pytest.mark.parametrize(
    ("footer", "expected"),
    [
        ("$195/hr days, $225/hr anything that starts at 1500 or later", ["195/hour", "225/hour", "195/hour"]),
        ("$195/hr weekdays, $225 Saturday", ["195/hour", "225/hour", "195/hour"]),
        ("We pay $195 per hour, on Saturday $225 per hour.", ["195/hour", "225/hour", "195/hour"]),
        ("$195/hr, Presidents' Day $390/hr.", ["195/hour", "195/hour", "390/hour"]),
        ("$195 / $225 / $250 per hr in that order.", ["195/hour", "225/hour", "250/hour"]),
    ],
)
def test_pay_by_kind_of_shift(footer: str, expected: list[str]) -> None:
    """By the hour it starts, by the day of the week, on feast days, or one for each line."""
    last = "Mon 2/15 7a-7p" if "Presidents" in footer else "Mon 2/22 7a-7p"
    lines = f"LKSD\nFri 2/19 7a-7p\nSat 2/20 7p-7a\n{last}"
    assert [one.split(" ", 2)[2] for one in told(mail(f"{lines}\n\n{footer}"))] == expected


@pytest.mark.parametrize(
    "line", ["Sat 2/20 7p-7a (hot: +$15/hr)", "Sat 2/20 7p-7a (holiday rate)", "Sat 2/20 7p-7a double pay"]
)
def test_more_than_the_base_is_a_question(line: str) -> None:
    assert told(mail(f"LKSD\n{line}\n\n$200/hr")) == ["02-20 1900-0700 pay?"]


def test_an_answer_below_each_quoted_shift() -> None:
    text = "See below:\n\n> LKSD Fri 2/19 7p-7a\ngone\n> LKSD Sat 2/20 7p-7a\nstill open, $2,600\n"
    assert told(mail(text, subject="Re: list")) == ["02-19 1900-0700 withdrawn", "02-20 1900-0700 2600/shift"]


def test_a_zone_of_the_deadline_is_no_zone_of_the_shift() -> None:
    found = mail(f"{NIGHT}. Let me know by Monday 10 am Eastern time.")
    assert [str(shift.start.utcoffset()) for shift in found.shifts] == ["-1 day, 18:00:00"]


def test_a_subject_that_states_all_needs_no_more() -> None:
    """Where nothing below it is to be had."""
    lines = "LKSD\nSat 2/20 7p-7a\n"
    assert told(mail(lines, subject="The February schedule has been published")) == [
        "02-20 1900-0700 confirmed"
    ]
    assert "?" in told(mail(f"{lines}\nWant it?", subject="Request approved"))[0]


def test_one_date_tells_the_order_of_the_others() -> None:
    """13 is no month; and a weekday that fits both readings takes the order of those that fit one."""
    order = "desk@nobody.example"
    assert told(mail("LKSD 2/9 7p-7a\nLKSD 2/13 7p-7a", sender=order))[0].startswith("02-09")
    assert told(mail("LKSD 2/9 7p-7a\nLKSD 3/2 7p-7a", sender=order)) == ["?", "?"]


@pytest.mark.parametrize("heading", ["We nixed these:", "The following got nixed:", "Kept by our group:"])
def test_words_that_nobody_taught_us_above_shifts_are_a_question(heading: str) -> None:
    assert all("?" in one for one in told(mail(f"LKSD\n{heading}\nSat 2/20 7p-7a")))


def test_everything_but_is_heard_before_the_list() -> None:
    text = "Everything on the list is filled except Sun 2/21.\n\nLKSD\nSat 2/20 7p-7a\nSun 2/21 7p-7a"
    assert told(mail(text)) == ["02-20 1900-0700 withdrawn", "02-21 1900-0700"]


def test_who_works_a_row_is_no_salutation() -> None:
    """The reader's own name, too: in a list of who works it says that the shift is theirs."""
    raw = (
        "From: <shifts@lakeside.example>\nTo: R. Example <r.example@clinician.example>\nSubject: LKSD schedule\n"
        "Date: Tue, 05 Jan 2027 09:00:00 -0600\n\nLKSD\nTue 2/9 7a-7p Example\nWed 2/10 7a-7p OPEN\n"
    )
    assert told(read_message(raw.encode(), LEXICON)) == ["02-09 0700-1900 wording?", "02-10 0700-1900"]


@pytest.mark.parametrize("usual", ["instead of the usual 7a-5p", "rather than the normal 7a-5p"])
def test_usual_hours_are_no_second_shift(usual: str) -> None:
    assert told(mail(f"Can you do Sat 2/20 at LKSD, 5a-3p {usual}?")) == ["02-20 0500-1500"]


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for letting me know you can't do LKSD Sat 2/20 7p-7a.",
        "LKSD Sat 2/20 7p-7a. The agency gets $2,900 and you get 80%.",
        "LKSD Sat 2/20 7p-7a, $2,400 less malpractice.",
    ],
)
def test_what_is_refused_or_shared_is_a_question(text: str) -> None:
    assert all("?" in one for one in told(mail(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # why somebody is missing, and what they do for who comes
        ("Lee's son got sick so we are short. Can you do LKSD Sat 2/20 7p-7a?", ["02-20 1900-0700"]),
        ("Lee's son took LKSD Sat 2/20 7p-7a.", ["02-20 1900-0700 wording?"]),
        ("LKSD Sat 2/20 7p-7a. They want the same doctor, so we will buy the flight.", ["02-20 1900-0700"]),
        ("I'm away at a conference Feb 19 to Feb 20. Could you cover LKSD 8a-5p those days?",
         ["02-19 0800-1700", "02-20 0800-1700"]),
        ("Could you come to the conference at LKSD Feb 19, 8a-5p?", ["?"]),
        ("I'm on LKSD Sat 2/20 7p-7a. Could you cover it?", ["02-20 1900-0700"]),
        ("I'm on LKSD Sat 2/20 7p-7a, so I cannot come.", ["02-20 1900-0700 status?"]),
        # whose it is
        ("LKSD Sat 2/20 7p-7a is yours.", ["02-20 1900-0700 confirmed"]),
        ("LKSD Sat 2/20 7p-7a is yours if you like.", ["02-20 1900-0700"]),
        ("Reply yes, LKSD Sat 2/20 7p-7a is yours.", ["02-20 1900-0700 confirmed status?"]),
        ("We have you down for LKSD Sat 2/20 7p-7a.", ["02-20 1900-0700 confirmed"]),
        ("We have you down for LKSD Sat 2/20 7p-7a. Is that right?", ["02-20 1900-0700 wording?"]),
        ("The LKSD Sat 2/20 7p-7a that we pulled last month is open again.", ["02-20 1900-0700 reinstated"]),
        ("Once you tell me which ones you want I will give the rest to our residents.\nLKSD Sat 2/20 7p-7a", ["02-20 1900-0700"]),
        ("Once you tell me which ones you want I will give these only to residents.\nLKSD Sat 2/20 7p-7a", ["02-20 1900-0700 status?"]),
        # what is told twice
        ("LKSD pushed the Sat 2/20 night shift out two hours. It is now 9p-9a instead of 7p-7a.",
         ["02-20 2100-0900 changed"]),
        ("LKSD every Friday in February, 9a-1p (2/5, 2/12, 2/19, 2/26). $130/hr",
         [f"02-{day} 0900-1300 130/hour" for day in ("05", "12", "19", "26")]),
        ("LKSD every Friday in February, 9a-1p (2/5, 2/12). $130/hr", ["?"]),
        ("LKSD Sat 2/20 7a-7a, $2,400 per 24.", ["02-20 0700-0700 2400/shift"]),
        ("First to reply: LKSD Sat 2/20 7p-7a", ["02-20 1900-0700"]),
        ("Could you work one of the days this weekend at LKSD?", ["?"]),
        ("LKSD Sat 2/20 7p-7a. To secure it, send us your DEA number.", ["02-20 1900-0700 wording?"]),
    ],
)  # fmt: skip
def test_plain_mail(text: str, expected: list[str]) -> None:
    assert told(mail(text)) == expected
