"""What a status turned into, which evenings are paid more, what is left of a schedule; and what sounds alike."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told

SLOT = "LKSD Sat 2/20 7a-7p $200/hr"


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Status change: FILLED -> OPEN", "reinstated"),
        ("Status: OPEN -> FILLED", "withdrawn"),
        ("Status: changed from Cancelled to Open", "reinstated"),
        ("Status: open → confirmed", "confirmed"),
    ],
)
def test_of_two_statuses_the_later_one_holds(line: str, status: str) -> None:
    found = mail(f"{line}\n\nSite: LKSD\nDate: Sat 2/20\nTime: 7a-7p\n")
    assert [(one.status, one.needs_review) for one in found.shifts] == [(status, ())]


@pytest.mark.parametrize(
    "pay",
    [
        "$120/hr, evenings $130/hr (5 PM or later).",
        "$120/hr; $130/hr for evenings from 5 PM on.",
        "Rate: $120/hr (evenings $130/hr)",
        "Evening slots $130/hr, all others $120/hr",
    ],
)
def test_an_evening_that_begins_at_five_is_paid_as_one(pay: str) -> None:
    assert told(mail(f"LKSD\n2/19 5:00 PM - 9:00 PM\n2/20 8 AM - 12 PM\n\n{pay}")) == [
        "02-19 1700-2100 130/hour",
        "02-20 0800-1200 120/hour",
    ]


def test_where_days_and_nights_alone_are_paid_an_evening_is_a_question() -> None:
    assert told(mail("LKSD\n2/19 5:00 PM - 9:00 PM\n\n$120/hr days, $130/hr nights.")) == [
        "02-19 1700-2100 pay?"
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Schedule for February is out on the board. What I have left at LKSD:",
        "The February schedule has been posted. Here is what is still left:",
        "The schedule is out and these remain:",
        "The schedule is published. Holes below.",
        "Two shifts I can't fill at LKSD:",
    ],
)
def test_what_a_schedule_left_open_is_to_be_had(heading: str) -> None:
    assert told(mail(f"{heading}\n\nSat 2/20, 7a-7p\nSun 2/21, 7p-7a\n")) == [
        "02-20 0700-1900",
        "02-21 1900-0700",
    ]


@pytest.mark.parametrize(
    "beside",
    [
        "There is a closed unit upstairs and no procedures are expected of you.",
        "Staff:    1 PA, 2 MA, x-ray tech on site",
        "Requests are awarded by the scheduler.",
        "Could you take it off my plate?",
    ],
)
def test_what_changes_nothing_is_no_question(beside: str) -> None:
    assert told(mail(f"{SLOT}\n\n{beside}")) == ["02-20 0700-1900 200/hour"]


@pytest.mark.parametrize(
    "beside", ["The unit is closed.", "Staff: PA", "Provider: NP", "Your request was awarded."]
)
def test_what_sounds_alike_is_a_question(beside: str) -> None:
    assert not all(
        one.status == "offered" and not one.needs_review for one in mail(f"{SLOT}\n\n{beside}").shifts
    )


def test_of_two_nights_one_is_chosen_and_the_night_is_paid() -> None:
    text = "The ward leaves you the choice between these two:\n\nLKSD Sat 2/20, 8 pm to 8 am\nLKSD Mon 2/22, 8 pm to 8 am\n\nThe fee is $2,050 for the night. A line by Friday 12 February would oblige."
    found = mail(text).shifts
    assert all(one.choose and one.choose.at_most == 1 for one in found)
    assert told(mail(text)) == ["02-20 2000-0800 2050/shift", "02-22 2000-0800 2050/shift"]
    assert {one.respond_by and one.respond_by.day for one in found} == {12}


def test_in_an_answer_what_went_is_not_what_else_there_is() -> None:
    quote = "\n\n> I'll take Friday."
    text = "That one went to Hal before you wrote, sorry!\nBut I still have LKSD Sat 2/20 7a-7p."
    assert told(mail(text + quote, subject="Re: Friday")) == ["02-20 0700-1900", "?"]
    assert told(mail("That one went to Hal, sorry!\nLKSD Sat 2/20 7a-7p." + quote, subject="Re: Friday")) == [
        "02-20 0700-1900 status?",
        "?",
    ]


def test_another_beginning_of_a_day_is_told_in_sentences() -> None:
    text = "LKSD has moved the start of the Saturday, February 20 shift. It was 7:00 am to 7:00 pm; it is now 9:00 am to 9:00 pm."
    assert told(mail(text)) == ["02-20 0900-2100 changed"]


def test_an_amount_without_a_sign_is_in_what_its_heading_says() -> None:
    """Where nothing says it, and nobody there pays in dollars, it is asked."""
    row = "<tr><td>Sat 20 Feb 2027</td><td>08:00</td><td>14:00</td><td>90</td></tr></table>"
    head = "<p>Quarry Clinic</p><table><tr><th>Date</th><th>From</th><th>To</th>"
    found = mail(f"{head}<th>&pound; per hour</th></tr>{row}").shifts
    assert [(one.pay and one.pay.currency, one.needs_review) for one in found] == [("GBP", ())]
    assert ["pay" in one.needs_review for one in mail(f"{head}<th>Rate per hour</th></tr>{row}").shifts] == [
        True
    ]


def test_a_board_of_those_who_give_away_without_return() -> None:
    text = "Trade board, LKSD\n\n1) H. Lindqvist offers    Sat 02/20/2027 07:00-19:00    Day\n   Wants: nothing in return"
    assert told(mail(text)) == ["02-20 0700-1900"]
    assert told(mail("Mine: Sat 2/20 7a-7p at LKSD\nYours: Sun 2/21 7a-7p\n\nWould you trade?")) == [
        "02-20 0700-1900",
        "?",
    ]


def test_one_of_several_that_went_is_asked_about() -> None:
    quote = "\n\n> LKSD\n> Sat 2/20 7a-7p\n> Sun 2/21 7a-7p"
    assert mail(
        f"One of those just went, sorry. I'll send a fresh list.{quote}", subject="Re: shifts"
    ).unresolved


def test_below_an_answer_stands_what_it_answers() -> None:
    text = "Yes, it is still there: LKSD Sat 2/20 7a-7p\n\n-----Original Message-----\nFrom: R. Example <r@clinician.example>\nSent: Monday\nSubject: RE: Shifts\n\nIs Sun 2/21 7a-7p still there?"
    assert told(mail(text, subject="RE: Shifts")) == ["02-20 0700-1900"]


def test_another_asked_first() -> None:
    text = "Your request for the slot below was not selected, another clinician asked first.\n\nLKSD, Saturday 2/20, 7a - 7p"
    assert told(mail(text)) == ["02-20 0700-1900 withdrawn"]
