"""Everyday words that change nothing, each beside a near twin that changes everything."""

from __future__ import annotations

import pytest

from tests.connectors.told import read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sat 2/20 7a-7p $2300. Call Marla at 512-555-0102", "02-20 0700-1900 2300/shift"),
        ("URGENT need a body Sat 2/20 7a-7p, $2300, plz txt back", "02-20 0700-1900 2300/shift"),
        (
            "Hope you're doing well! Sat 2/20 7a-7p $2300. Text me back. Reply STOP to opt out",
            "02-20 0700-1900 2300/shift",
        ),
        (
            "Sat 2/20 7a-7p $2300. Reply Y12 to accept, N12 to decline. Std msg & data rates may apply.",
            "02-20 0700-1900 2300/shift",
        ),
        ("Sat 2/20 7a-7p $2300 Reply YES or NO", "02-20 0700-1900 2300/shift"),
        ("Sat 2/20 7a-7p $2300 txt Y to claim / N to pass", "02-20 0700-1900 2300/shift"),
        ("Sat 2/20 7a-7p $2300, 30 min unpaid lunch", "02-20 0700-1900 2300/shift"),
        ("Sat 2/20 7a-7p (half hour lunch) $2300", "02-20 0700-1900 2300/shift"),
        ("Dr. Holt is out sick, need someone Sat 2/20 7a-7p $2300", "02-20 0700-1900 2300/shift"),
        ("One of our docs called out: Sat 2/20 7a-7p $2300", "02-20 0700-1900 2300/shift"),
        ("Due to a sudden illness we are short Sat 2/20 7a-7p, $2300", "02-20 0700-1900 2300/shift"),
        ("We are desperate for a nocturnist Sat 2/20 7p-7a $2600", "02-20 1900-0700 2600/shift"),
        ("Let the desk know. Sat 2/20 7a-7p $2300", "02-20 0700-1900 2300/shift"),
        ("Sat 2/20 7a-7p $2300 + $300 short notice bonus", "02-20 0700-1900 2300/shift"),
        ("You're all set for Sat 2/20 7a-7p", "02-20 0700-1900 confirmed"),
        ("The hospital has selected another physician for Sat 2/20 7a-7p", "02-20 0700-1900 withdrawn"),
        ("Your shift starts tomorrow, Wed 1/6, 7a-7p", "01-06 0700-1900 confirmed"),
        ("Sat 2/20 7a-7p, $210/hr (that's $20 over base)", "02-20 0700-1900 210/hour"),
        ("Any chance somebody could help out Sat 2/20 7a-7p? $2300", "02-20 0700-1900 2300/shift"),
        ("Sat 2/20 7a-7p $2300. Email me if interested.", "02-20 0700-1900 2300/shift"),
        ("Sat 2/20 7a-7p $2300 for more details call the scheduling desk", "02-20 0700-1900 2300/shift"),
    ],
)
def test_what_every_desk_writes_changes_nothing(text: str, told: str) -> None:
    """Whom to call, how to answer, why somebody is missing, a break, what it pays over the usual."""
    assert read(text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "Sat 2/20 7a-7p, someone has it",
        "Sat 2/20 7a-7p, she has it",
        "Sat 2/20 7a-7p, call Marla, she has it",
        "Sat 2/20 7a-7p. Someone has it.",
        "Sat 2/20 7a-7p. Text Marla if you can, she wants it",
        "Sat 2/20 7a-7p $2300. Dr K called in and has it",
        "Sat 2/20 7a-7p $2300. Dr K called out of it but is back",
        "Sat 2/20 7a-7p, Dr K called off",
        "Sat 2/20 7a-7p called off",
        "Sat 2/20 7a-7p needs someone else's approval",
        "Sat 2/20 7a-7p, we want someone else",
        "Sat 2/20 7a-7p: full",
        "Sat 2/20 7a-7p full up",
        "hope you're down for Sat 2/20 7a-7p",
        "you're not down for Sat 2/20 7a-7p",
        "so you're down for Sat 2/20 7a-7p?",
        "if you're down for Sat 2/20 7a-7p let me know",
        "St. Brigid asked us to pull Sat 2/20 7a-7p",
        "they asked us for Sat 2/20 7a-7p back",
        "we lost Sat 2/20 7a-7p",
        "We lost a provider and the Sat 2/20 7a-7p contract",
        "Sat 2/20 7a-7p, reply Y to be considered",
        "Sat 2/20 7a-7p, reply Y for the waitlist, N for no",
        "Sat 2/20 7a-7p rates may not apply",
        "due to vacation Sat 2/20 7a-7p is closed",
        "Sat 2/20 7a-7p closed due to vacation",
        "my flight got cancelled so Sat 2/20 7a-7p I am late",
        "my shift got moved so Sat 2/20 7a-7p is up for grabs",
        "Sat 2/20 7a-7p lunch with the team",
        "Lunch Sat 2/20 11a-1p",
        "Sat 2/20 7a-7p lunch meeting",
        "Sat 2/20 7a-7p, they went with another doctor",
        "Sat 2/20 7a-7p, another doctor has been chosen",
        "Sat 2/20 7a-7p, we have not chosen another doctor",
        "Sat 2/20 7a-7p $2300, what is left of it",
        "Sat 2/20 7a-7p pediatricians only",
        "Sat 2/20 7a-7p anesthesiologist needed",
        "need an anesthesiologist Sat 2/20 7a-7p",
        "Sat 2/20 7a-7p. We will arrange it with Dr. Patel",
        "Sat 2/20 7a-7p. I will clear it with Marla first",
        "Sat 2/20 7a-7p preferred by Dr. Patel",
        "Sat 2/20 7a-7p $2300, two physicians prefer it",
        "Confirmation of assignment needed: Sat 2/20 7a-7p",
        "Sat 2/20 7a-7p, shift confirmation pending",
        "your shift Sat 2/20 7a-7p is open",
        "Your shift starts tomorrow, Wed 1/6, 7a-7p?",
        "Sat 2/20 7a-7p, first to reply gets it but Marla did",
        "Sat 2/20 7a-7p lmk who took it",
        "Sat 2/20 7a-7p. Call Marla, not me",
        "Sat 2/20 7a-7p. Call Marla unless covered",
    ],
)
def test_a_no_in_like_words_is_never_put_up(text: str) -> None:
    """Somebody has it, wants it, went with another; a hope, a condition, another meaning of the same word."""
    assert not [one for one in read(text) if "?" not in one and "withdrawn" not in one]
