"""Notices of how a shift stands, as people write them: a plain verb, and around it whatever else they have to say."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told

DAY = "02-18 0700-1900"
FRIDAY = "02-19 0700-1900"


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        ("I'm afraid Thu 2/18 and Fri 2/19 (7a-7p) at Lakeside ED were both claimed over the weekend.", [f"{DAY} withdrawn", f"{FRIDAY} withdrawn"]),
        ("Sadly the Lakeside ED day of Thu 2/18, 7a-7p, was given to Dr. Okafor, who has covered that team for years.", [f"{DAY} withdrawn"]),
        ("We had to cancel the Lakeside ED shift on Thu 2/18 7a-7p because a water main burst under the ambulance bay.", [f"{DAY} withdrawn"]),
        ("Bad news, Thu 2/18 7a-7p at Lakeside ED fell to one of our own hospitalists this morning.", [f"{DAY} withdrawn"]),
        ("We gave Thu 2/18 7a-7p at Lakeside ED to a locum from our pool, sorry, her paperwork was in hand.", [f"{DAY} withdrawn"]),
        ("Because of the marathon the Lakeside ED session on Thu 2/18 7a-7p will not go ahead.", [f"{DAY} withdrawn"]),
        ("The boiler burst, so Thu 2/18 7a-7p at Lakeside ED has been cancelled.", [f"{DAY} withdrawn"]),
        ("The other day you asked about, Thu 2/18 7a-7p at Lakeside ED, went to Dr. Muñoz before I saw your note, sorry!", [f"{DAY} withdrawn"]),
        ("You have been taken off Thu 2/18 7a-7p at Lakeside ED since the grant for the second team ran out.", [f"{DAY} withdrawn"]),
    ],
)  # fmt: skip
def test_what_is_gone_is_gone_whatever_the_reason(notice: str, expected: list[str]) -> None:
    assert told(mail(notice, subject="Note")) == expected


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        ("Perfect, we have you booked at Lakeside ED for Thu 2/18 and Fri 2/19, both 7a-7p, as promised.", [f"{DAY} confirmed", f"{FRIDAY} confirmed"]),
        ("Delighted to say you've been accepted for Thu 2/18 7a-7p at Lakeside ED, parking is by the old chapel.", [f"{DAY} confirmed"]),
        ("Lakeside ED has approved you for Thu 2/18, Fri 2/19, 7a-7p each day, at $262/hr as agreed. Badge will be at the desk.", [f"{DAY} confirmed 262/hour", f"{FRIDAY} confirmed 262/hour"]),
        ("The Lakeside ED day on Thu 2/18, 7a-7p, which they pulled by mistake, has been restored, and you are still the scheduled doctor.", [f"{DAY} confirmed"]),
        ("Because of the gala the Lakeside ED shift you had on Thu 2/18, 7a-7p, has been moved to Fri 2/19, 7a-7p.", [f"{DAY} withdrawn", FRIDAY]),
        ("Just to confirm you're booked in for the session on Thu 2/18, 7a-7p, at Lakeside ED. Sarah has your fob.", [f"{DAY} confirmed"]),
        ("I had to move your Thu 2/18 7a-7p at Lakeside ED to Fri 2/19, same time and same rate.", [f"{DAY} withdrawn", FRIDAY]),
        ("Owing to the storm the Lakeside ED session on Thu 2/18, 7a-7p, is rescheduled\nto Fri 2/19, 7a-7p.", [f"{DAY} withdrawn", FRIDAY]),
    ],
)  # fmt: skip
def test_what_is_the_readers_or_has_moved(notice: str, expected: list[str]) -> None:
    assert told(mail(notice, subject="Note")) == expected


@pytest.mark.parametrize(
    "notice",
    [
        "I'm afraid Thu 2/18 7a-7p at Lakeside ED may have gone to Dr. Hale.",
        "I have to give Thu 2/18 7a-7p at Lakeside ED to somebody.",
        "Thu 2/18 7a-7p at Lakeside ED was picked up by you.",
        "Thu 2/18 7a-7p at Lakeside ED was given to Dr. Hale by mistake.",
        "Thu 2/18 7a-7p at Lakeside ED was cancelled because of the strike, unless the talks succeed.",
        "Sat 2/20 7a-7p at Lakeside ED, Sunday is filled.",
        "You were not selected for Thu 2/18 7a-7p at Lakeside ED yet.",
        "You are confirmed for Thu 2/18 7a-7p at Lakeside ED as the backup.",
        "You are confirmed for Thu 2/18 7a-7p at Lakeside ED, provided the badge office clears you.",
        "I have you down for Thu 2/18 7a-7p at Lakeside ED, subject to census.",
        "You are down for Thu 2/18 7a-7p at Lakeside ED. Does that still work?",
        "Once the director signs, you are confirmed for Thu 2/18 7a-7p at Lakeside ED.",
        "The Lakeside ED shift on Thu 2/18, 7a-7p, was moved to Fri 2/19 at Mesa ED.",
        "The talks may fail, so Thu 2/18 7a-7p at Lakeside ED has been cancelled.",
        "Sign the form and you are booked for Thu 2/18 7a-7p at Lakeside ED.",
        "Say the word and Thu 2/18 7a-7p at Lakeside ED is yours.",
        "The hotel for Thu 2/18 7a-7p at Lakeside ED has been cancelled because it is full.",
    ],
)
def test_what_turns_it_round_or_leaves_it_open_is_asked_about(notice: str) -> None:
    found = told(mail(notice, subject="Note"))
    assert any("?" in one for one in found)
    assert all("?" in one or one.endswith("withdrawn") for one in found)


HAND_BACK = "The outcome of your hand-back requests (Lakeside ED):\n\n"


@pytest.mark.parametrize(
    ("text", "subject", "expected"),
    [
        (f"{HAND_BACK}Thu Feb 18, 7a-7p: granted. You have been taken off it.\nFri Feb 19, 7a-7p: refused, nobody was free. You remain on the schedule.", "Outcome", [f"{DAY} withdrawn", f"{FRIDAY} confirmed"]),
        ("Lakeside ED\n\nThu Feb 18 7a-7p - accepted\nFri Feb 19 7a-7p - denied", "Your drop requests", [f"{DAY} withdrawn", f"{FRIDAY} confirmed"]),
        ("Your request to be released from Thu 2/18 7a-7p at Lakeside ED was declined because the pool is empty.", "Request", [f"{DAY} confirmed"]),
        ("Your drop request was granted for Thu 2/18 7a-7p, Lakeside ED.", "Request", [f"{DAY} withdrawn"]),
        ("Results of your bids (Lakeside ED):\n\nThu Feb 18 7a-7p: accepted.\nFri Feb 19 7a-7p: declined, given to an in-house physician.", "Bids", [f"{DAY} confirmed", f"{FRIDAY} withdrawn"]),
    ],
)  # fmt: skip
def test_who_is_let_off_is_off_and_who_is_refused_still_works(
    text: str, subject: str, expected: list[str]
) -> None:
    assert told(mail(text, subject=subject)) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"{HAND_BACK}Thu Feb 18, 7a-7p: declined, but we are still looking.",
        f"{HAND_BACK}Thu Feb 18, 7a-7p: approved. You remain scheduled.",
        "Your request to drop Thu 2/18 7a-7p at Lakeside ED was approved, if you find a swap.",
        "Dr. Hale's request to drop Thu 2/18 7a-7p at Lakeside ED was approved.",
    ],
)
def test_a_decision_that_is_qualified_or_contradicted_is_asked_about(text: str) -> None:
    assert all("?" in one for one in told(mail(text, subject="Requests")))


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("Sorry, that one is gone. I could still use you Thu 2/18 7a-7p at Lakeside ED, and I can go to $231/hr on it.", f"{DAY} 231/hour"),
        ("Ah, somebody grabbed it. How about Thu 2/18 7a-7p at Lakeside ED, $231/hr?", f"{DAY} 231/hour"),
        ("It has been filled, but I do have Thu 2/18 7a-7p at Lakeside ED for $231/hr.", f"{DAY} 231/hour"),
        ("You're confirmed for that one. I also have Thu 2/18 7a-7p at Lakeside ED open.", DAY),
    ],
)  # fmt: skip
def test_what_is_said_first_is_of_another_shift_than_the_one_put_up_behind_it(text: str, shift: str) -> None:
    assert told(mail(text, subject="Re: February")) == [shift, "?"]


def test_what_is_told_twice_in_the_same_way_is_one_shift() -> None:
    text = "Your hand-back of Thu 2/18 7a-7p at Lakeside ED was refused.\nYou remain confirmed for Thu 2/18 7a-7p at Lakeside ED."
    assert told(mail(text, subject="Request")) == [f"{DAY} confirmed"]


def test_what_is_said_of_a_kind_of_shifts_is_of_no_single_one() -> None:
    assert told(mail("Nights are covered, but we still need Thu 2/18 7a-7p at Lakeside ED.")) == [DAY]
    assert told(mail("Days are covered, but we still need LKSD Sat 2/20 7p-7a")) == ["02-20 1900-0700"]


@pytest.mark.parametrize(
    "text",
    [
        "It has been cancelled. Sorry, I know they need you Thu 2/18 7a-7p at Lakeside ED.",
        "It's cancelled. Can you please take Thu 2/18 7a-7p at Lakeside ED off your calendar?",
        "You have that one. I could use you Thu 2/18 7a-7p at Lakeside ED.",
    ],
)
def test_where_both_may_be_of_the_same_shift_somebody_is_asked(text: str) -> None:
    assert all("?" in one for one in told(mail(text, subject="Re: February")))


PRESENTED = "Thank you for letting us put you forward to Lakeside ED for Thu 2/18 and Fri 2/19 (7a-7p)."
SENT_IN = "We submitted your name to Lakeside ED for Thu 2/18 and Fri 2/19, 7a-7p."


@pytest.mark.parametrize(
    "text",
    [
        f"{PRESENTED}\n\nUnfortunately you were not selected this time. It was nothing to do with your CV.",
        f"{SENT_IN}\n\nSadly the client chose another physician, who lives across the road.",
        f"{SENT_IN} Sadly they chose another physician.",
        "Thanks for putting your name down for Lakeside ED on Thu 2/18 and Fri 2/19 (7a-7p). There were several names and you were not selected.",
    ],
)
def test_what_the_reader_asked_for_went_to_somebody_else(text: str) -> None:
    assert told(mail(text, subject="February")) == [f"{DAY} withdrawn", f"{FRIDAY} withdrawn"]


@pytest.mark.parametrize(
    "behind",
    [
        "",
        "We will let you know.",
        "They chose another physician for the first.",
        "\n\nThe client chose another physician for one of them.",
        "\n\nFor Friday they chose another physician.",
    ],
)
def test_what_the_reader_asked_for_and_may_still_get_is_asked_about(behind: str) -> None:
    assert all("?" in one for one in told(mail(f"{SENT_IN} {behind}", subject="February")))


@pytest.mark.parametrize(
    ("beside", "plain"),
    [
        ("we close early that day", True),
        ("bring a coat, the heating is out", True),
        ("your usual room", True),
        ("Hale", False),
        ("she works it", False),
        ("second half only", False),
        ("may be moved", False),
        ("nurse practitioners only", False),
    ],
)
def test_brackets_behind_a_settled_shift(beside: str, plain: bool) -> None:
    found = told(mail(f"You are confirmed at Lakeside ED for\n\nThu 2/18 7a-7p\nFri 2/19 7a-7p ({beside})"))
    assert (found == [f"{DAY} confirmed", f"{FRIDAY} confirmed"]) == plain
