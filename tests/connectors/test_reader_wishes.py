"""Answers to what the reader offered to work: the wish is quoted, and the answer says which days are theirs, and which are gone."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told

BOTH = "On Mon, Jan 4, 2027 at 8:12 AM R. Example <r.example@clinician.example> wrote:\n> Hi Marcy, I could do either Thu 2/18 or Fri 2/19, 7a-7p.\n> Only one of them though.\n"
EACH = "-----Original Message-----\nFrom: R. Example\nSent: Sunday, January 3, 2027 4:40 PM\nTo: Marcy\nSubject: nights\n\nI'm free to cover Lakeside ED on Thu 2/18 7a-7p and Fri 2/19 7a-7p.\n"
ONE = "> On Jan 4, 2027, at 9:11 PM, R. Example wrote:\n>\n> Happy to take Thu 2/18, 7a-7p, if you need me.\n"
THURSDAY, FRIDAY = "02-18 0700-1900", "02-19 0700-1900"


@pytest.mark.parametrize(
    ("answer", "quote", "expected"),
    [
        ("Yes, Thursday is yours, thank you!!\nFriday I already gave to Dr. Olin, sorry.", BOTH, [f"{THURSDAY} confirmed", f"{FRIDAY} withdrawn"]),
        ("The 19th is all yours. The 18th we promised to one of our residents.", BOTH, [f"{THURSDAY} withdrawn", f"{FRIDAY} confirmed"]),
        ("Put you down for the 18th. The 19th has been given away, sorry about that.", EACH, [f"{THURSDAY} confirmed", f"{FRIDAY} withdrawn"]),
        ("They are both yours.", EACH, [f"{THURSDAY} confirmed", f"{FRIDAY} confirmed"]),
        ("Friday's yours, thanks.", BOTH, [f"{FRIDAY} confirmed"]),
        ("Both were already given to Dr. Olin, sorry!", EACH, [f"{THURSDAY} withdrawn", f"{FRIDAY} withdrawn"]),
        ("Perfect, it is yours.", ONE, [f"{THURSDAY} confirmed"]),
        ("Ah, that one went to Kim this morning.", ONE, [f"{THURSDAY} withdrawn"]),
    ],
)  # fmt: skip
def test_an_answer_says_what_became_of_each_day_that_was_wished_for(
    answer: str, quote: str, expected: list[str]
) -> None:
    assert told(mail(f"{answer}\n\nMarcy\nLakeside ED\n\n{quote}", subject="Re: days")) == expected


@pytest.mark.parametrize(
    ("answer", "quote"),
    [
        ("One of them is yours.", BOTH),
        ("Thursday is yours unless Kim wants it back.", BOTH),
        ("Thursday might be yours.", BOTH),
        ("Monday is yours.", BOTH),
        ("Thursday is yours, 8a-4p.", BOTH),
        ("Friday I gave to you already, and Thursday is with Dr. Olin.", BOTH),
        ("Thursday is yours. Friday I am still talking about with Kim.", BOTH),
    ],
)
def test_an_answer_to_a_wish_that_is_not_clear_is_a_question(answer: str, quote: str) -> None:
    asked = told(mail(f"{answer}\n\nMarcy\nLakeside ED\n\n{quote}", subject="Re: days"))
    assert any("?" in one for one in asked)
    assert not any(one.startswith(FRIDAY) and "?" not in one for one in asked)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("It is yours if you want it.", ["02-18 0700-1900 210/hour"]),
        ("Yes, it's all yours if you'd like it.", ["02-18 0700-1900 210/hour"]),
        ("It is yours.", ["02-18 0700-1900 confirmed 210/hour"]),
    ],
)
def test_what_is_the_readers_for_the_asking_is_open(answer: str, expected: list[str]) -> None:
    quote = "On Mon, Jan 4, 2027 at 8:12 AM Marcy wrote:\n> Lakeside ED, Thu 2/18, 7a-7p, $210/hr.\n"
    assert told(mail(f"{answer}\n\n{quote}", subject="Re: days")) == expected
