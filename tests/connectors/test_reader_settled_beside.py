"""A sentence that says what happened, and the shift in fields or on a line of its own below it."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told

FORM = "Unit: Lakeside ED\nDate: Thu 02/18/2027\nHours: 0700-1900\n"
TABLE = "<table><tr><td>Unit</td><td>Lakeside ED</td></tr><tr><td>Date</td><td>Thu 2/18/2027</td></tr><tr><td>Time</td><td>7:00 AM - 7:00 PM</td></tr></table>"
LINE = "Lakeside ED, Thu 02/18/2027 0700-1900\n"
DAY = "02-18 0700-1900"


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("Your drop request for the shift below could not be granted, since no colleague came forward. You are still scheduled.", "confirmed"),
        ("We are unable to approve your give-back request for the following shift at this time. The shift stays yours.", "confirmed"),
        ("Your request to hand back the shift below has been reviewed by the desk and could not be\napproved. You remain assigned to it.", "confirmed"),
        ("Your time-off request was denied because three physicians are away that week. You are still expected.", "confirmed"),
        ("Your hand-back of the shift below was declined.", "confirmed"),
        ("Your release request for the shift below has been approved. You have been removed from it.", "withdrawn"),
        ("Your hand-back of this shift was accepted, thank you for the early word.", "withdrawn"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", [FORM, LINE, TABLE])
def test_a_decision_over_letting_go_holds_for_the_shift_below(above: str, form: str, expected: str) -> None:
    text = f"<p>{above}</p>{form}" if form is TABLE else f"{above}\n\n{form}"
    assert told(mail(text, subject="Your request")) == [f"{DAY} {expected}"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Your assignment has been reinstated.", "The removal notice we sent on Monday was an error. You are on the schedule again."),
        ("Good news: your shift has been restored.", "Please disregard our earlier cancellation. You are working it as planned."),
        ("The shift below has been reinstated and you are again the assigned physician.", "Thanks for your patience."),
        ("We have reinstated your shift.", "Yesterday's cancellation email was sent by mistake, and you are back on the roster."),
    ],
)  # fmt: skip
def test_a_shift_that_is_back_and_the_readers_is_confirmed(above: str, below: str) -> None:
    assert told(mail(f"{above}\n\n{LINE}\n{below}\n", subject="Your shift")) == [f"{DAY} confirmed"]


def test_a_shift_that_is_back_is_not_yet_the_readers() -> None:
    assert told(mail(f"Your shift has been reinstated.\n\n{LINE}")) == [f"{DAY} reinstated"]


@pytest.mark.parametrize(
    "above",
    [
        "Your hand-back request for the shift below was declined unless you find a swap. You remain assigned.",
        "Your hand-back request for the shift below was declined. You have been taken off this shift.",
        "Your hand-back request for the shift below is still pending. You remain scheduled for now.",
        "Your hand-back requests for the shifts below were declined. You remain scheduled.",
        "Your hand-back request for the shift below was not approved, but the swap was. You remain assigned.",
        "Your hand-back request for the shift below is being reviewed.",
        "Your shift has been reinstated by mistake. You are back on the schedule until noon.",
        "Your hand-back request was declined, and your drop request was approved.",
    ],
)
def test_what_leaves_a_decision_open_is_a_question(above: str) -> None:
    asked = told(mail(f"{above}\n\n{FORM}", subject="Your request"))
    assert any("?" in one for one in asked)
    assert not any(one.split(" ", 2)[2:] in ([], ["confirmed"], ["withdrawn"]) for one in asked if one != "?")


OLD = "Previous hours: 0700-1900\n"


@pytest.mark.parametrize(
    ("sentence", "fields"),
    [
        ("There is a change to your shift at Lakeside ED on Thu 02/18.", f"New hours: 1000-2200\n{OLD}"),
        ("Your shift at Lakeside ED on Thursday, February 18 has new times.", f"{OLD}New time: 10a-10p\n"),
        ("Please be advised that the hours of your Lakeside ED shift on 2/18 have been revised as follows:", f"Revised hours: 1000-2200\n{OLD}"),
        ("We changed the hours of your Lakeside ED shift on Thu 2/18.", "Updated hours: 10:00 AM - 10:00 PM\n"),
    ],
)  # fmt: skip
def test_new_hours_below_a_sentence_are_those_of_the_shift_that_it_names(sentence: str, fields: str) -> None:
    text = f"Dr. Example:\n\n{sentence}\n\n{fields}\nThe rate is unchanged.\n"
    assert told(mail(text, subject="Change to your shift")) == ["02-18 1000-2200 changed"]


@pytest.mark.parametrize(
    ("sentence", "fields"),
    [
        ("There is a change to your shift at Lakeside ED on Thu 02/18.", "New date: Fri 2/19\nNew hours: 1000-2200\n"),
        ("There may be a change to your shift at Lakeside ED on Thu 02/18.", "New hours: 1000-2200\n"),
        ("There is a change to your shifts at Lakeside ED on Thu 02/18 and Fri 02/19.", "New hours: 1000-2200\n"),
        ("There is a change to Dr. Hale's shift at Lakeside ED on Thu 02/18.", "New hours: 1000-2200\n"),
        ("There is a change to your shift at Lakeside ED on Fri 02/18.", "New hours: 1000-2200\n"),
        ("We have a change to your shift on Thu 02/18.", "New hours: 1000-2200 or 1200-2400\n"),
    ],
)  # fmt: skip
def test_a_change_that_is_not_of_one_shift_alone_is_a_question(sentence: str, fields: str) -> None:
    asked = told(mail(f"{sentence}\n\n{fields}", subject="Change"))
    assert asked
    assert all("?" in one for one in asked)
