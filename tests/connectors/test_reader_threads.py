"""A short answer on top of the mail that it quotes: the answer says how it stands, and the quote when and for how much."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told

ONE = "On Mon, Jan 4, 2027 at 10:02 AM Bo Lind wrote:\n> Mesa ED, Sat 3/20, 6a-4p, $242/hr. Cerner.\n"
DEEP = (
    "On Mon, Jan 4, 2027 at 10:02 AM R. Example wrote:\n> Are they still free?\n>\n"
    "> On Sun, Jan 3, 2027 at 9:00 AM Bo Lind wrote:\n>> Mesa ED, 6a-4p, $242/hr:\n>> Sat 3/20\n>> Sun 3/21\n"
)
HEAD = "From: Bo Lind\nSent: Sunday, January 3, 2027 4:40 PM\nTo: R. Example\nSubject: Mesa ED\n\n"
OUTLOOK = f"-----Original Message-----\n{HEAD}Open in March at Mesa ED, 6a-4p, $242/hr:\n- 20\n- 21\n- 27\n"
UNDERLINED = f"________________________________\n{HEAD}Mesa ED, Sat 3/20, 6a-4p, $242/hr.\n"
BEATEN = (
    "On Mon, Jan 4, 2027 at 4:02 PM Bo Lind wrote:\n> Sorry, someone beat you to it.\n>\n"
    "> On Sun, Jan 3, 2027 at 9:41 AM Bo Lind wrote:\n>> Mesa ED, Sat 3/20, 6a-4p, $242/hr.\n"
)
HOURS, RATE = "0600-1600", "242/hour"


@pytest.mark.parametrize(
    ("answer", "quote", "expected"),
    [
        ("Yes, still open.", ONE, [f"03-20 {HOURS} {RATE}"]),
        ("Yes, it is still available, if you want it just say the word.", UNDERLINED, [f"03-20 {HOURS} {RATE}"]),
        ("Both are still available.", DEEP, [f"03-20 {HOURS} {RATE}", f"03-21 {HOURS} {RATE}"]),
        ("Sorry, that one is gone.", ONE, [f"03-20 {HOURS} withdrawn"]),
        ("Both days got filled, sorry.", DEEP, [f"03-{day} {HOURS} withdrawn" for day in (20, 21)]),
        (
            "The Saturday went this morning, the Sunday is still open.",
            DEEP,
            [f"03-20 {HOURS} withdrawn", f"03-21 {HOURS} {RATE}"],
        ),
        ("The 20th was taken. The 27th is still open.", OUTLOOK, [f"03-20 {HOURS} withdrawn", f"03-27 {HOURS} {RATE}"]),
        ("You are confirmed for the 21st.", OUTLOOK, [f"03-21 {HOURS} confirmed {RATE}"]),
        ("I have you down for both.", DEEP, [f"03-{day} {HOURS} confirmed {RATE}" for day in (20, 21)]),
        ("Good news: the 20th is back open.\n\nBo", OUTLOOK, [f"03-20 {HOURS} reinstated {RATE}"]),
        ("Scratch that, it is available again. Same terms as below.", UNDERLINED, [f"03-20 {HOURS} reinstated {RATE}"]),
        (
            "The other doctor backed out and the Saturday is available again. Shall I put you down?",
            BEATEN,
            [f"03-20 {HOURS} reinstated {RATE}"],
        ),
        ("They agreed to $260/hr for this one.", ONE, [f"03-20 {HOURS} changed 260/hour"]),
    ],
)  # fmt: skip
def test_the_answer_decides_and_the_quote_tells_the_rest(
    answer: str, quote: str, expected: list[str]
) -> None:
    assert told(mail(f"{answer}\n\n{quote}", subject="Re: Mesa ED")) == expected


@pytest.mark.parametrize(
    ("answer", "quote"),
    [
        ("That one is gone, sorry.", DEEP),
        ("One of them is gone.", DEEP),
        ("The Friday went this morning.", DEEP),
        ("Still open: the 22nd.", OUTLOOK),
        ("It might be gone.", ONE),
        ("Not gone yet.", ONE),
        ("I think it is still open.", ONE),
        ("It is still open if the contract is signed.", ONE),
        ("Both are still open. You would have to take them together.", DEEP),
        ("Still open, but the hours are 7a-5p now.", ONE),
        ("It is still open, pay is down to $200/hr.", ONE),
        ("They approved $200/hr for this one.", ONE),
        ("Still open, at Lakeside ED now.", ONE),
        ("It is still open for PAs.", ONE),
    ],
)
def test_an_answer_that_is_not_clear_is_a_question(answer: str, quote: str) -> None:
    asked = told(mail(f"{answer}\n\n{quote}", subject="Re: Mesa ED"))
    assert asked
    assert all("?" in one for one in asked)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Thanks Dana, it's yours. I've updated the board.", True),
        ("Dana, you are confirmed for this one.", True),
        ("Ok, it's yours.", False),
        ("Example, it's yours.", False),
        ("Saturday, it's yours.", False),
    ],
)
def test_what_is_given_to_another_of_the_thread_is_not_the_readers(answer: str, expected: bool) -> None:
    quote = "> From: Dana Ruiz\n> I can take it!\n>\n>> From: Bo Lind\n>> Up for grabs: Mesa ED, Sat 3/20, 6a-4p, $242/hr.\n"
    found = told(mail(f"{answer}\n\nBo\n\n{quote}"))
    assert any("confirmed" in one and "status?" not in one for one in found) is not expected
