"""What a sentence without a day says its status of: shifts, those who decide over them, or something else."""

from __future__ import annotations

import pytest

from connectors.offers.deciders import settled_otherwise
from connectors.offers.subjects import modifiers, of_something_else
from tests.connectors.told import mail, told

_SLOTS = "Open shifts at LKSD:\nSat 2/20 7a-7p $2400\nSun 2/21 7p-7a $2500"
_READ = ["02-20 0700-1900 2400/shift", "02-21 1900-0700 2500/shift"]
_LAYOUTS = (
    f"{_SLOTS}\n\n{{}}\n\nThanks,\nMara",
    f"Hi,\n\n{{}}\n\n{_SLOTS}\n",
    f"{_SLOTS}\n\nHope the new year starts well for everybody up there. {{}} Let me know.",
    f"{_SLOTS}\n\n- {{}}\n- Lunch is on us\n",
)
_IN_ONE_LINE = "Hi, we need cover at LKSD on Sat 2/20 7a-7p, $2400. {} Let me know."

APART = (
    "The ICU is closed, there are no procedures and no call.",
    "Our ICU is a closed unit and intensivists handle all vents.",
    "It's a closed ICU with two fellows.",
    "Ruben has the reminder calls under control.",
    "Tom handles the paperwork and the badges.",
    "Nobody else has been presented yet.",
    "No one has been selected so far.",
    "Badge desk opens 06:15.",
    "The parking garage opens at 5 am.",
    "Anesthesia covers airway backup.",
    "There is a closed unit upstairs.",
    "Residents cover the floor at night.",
    "Airway is covered by anesthesia, codes are run by the ICU residents.",
    "The cath lab is closed at night and STEMIs are shipped out.",
    "Cafeteria: closed on weekends.",
    "All prescriptions are filled by the pharmacy downstairs.",
    "Beds are assigned by the charge nurse.",
    "Reminder: the garage behind the building is closed.",
    "Patients are scheduled every 20 minutes.",
    "Follow-ups are booked by the clerks and the charts are kept in the portal.",
    "Requests are awarded by the scheduler.",
    "With luck you will meet Bea, and the shuttle runs every ten minutes.",
)
"""The last one is not all of something else; it is no question either."""

OF_SHIFTS = (
    "The opening has been filled.",
    "The ICU is covered.",
    "The ward is covered by Dr. Lee.",
    "The unit is closed.",
    "The ICU has been closed since summer.",
    "The cafeteria is closed and the shift is filled.",
    "The badge office is closed; we found someone.",
    "Both are covered by residents.",
    "Night coverage is covered by the residents.",
    "Lee is confirmed.",
    "Kim has it.",
    "Covered now.",
    "All filled, thanks.",
    "The contract is cancelled.",
    "Green is closed.",
    "There is another physician confirmed.",
    "Your request was approved.",
    "The badge desk is closed and we are full.",
    "There are two physicians booked.",
    "Applications are closed.",
    "The bed is taken.",
    "The case is closed.",
)
TAKEN_AWAY = (
    "The contract was pulled.",
    "Funding fell through.",
    "The client found someone.",
    "The site has decided to use their own staff.",
    "The hospital opted to cover internally.",
    "The director has cancelled the request.",
    "Our client went with another provider.",
    "The group found coverage internally.",
    "The unit is fully staffed.",
    "Staffing is complete.",
    "The deal is off.",
    "There is no need any more.",
    "The residents are covering them.",
    "The budget has been frozen.",
    "The client went in another direction.",
)
NOT_TAKEN_AWAY = (
    "There is no need for a car.",
    "The department is fully staffed with nurses.",
    "The unit is staffed by two nurses and a tech.",
    "The clinic found a new lot for parking.",
    "The hospital decided to switch to another chart.",
    "The group went with a new scanner.",
    "The director has decided to paint the lounge.",
    "Our team is covering the travel.",
)


@pytest.mark.parametrize("layout", _LAYOUTS)
@pytest.mark.parametrize("sentence", APART)
def test_what_is_said_of_something_else_is_no_question(layout: str, sentence: str) -> None:
    assert told(mail(layout.format(sentence))) == _READ


@pytest.mark.parametrize("sentence", APART[:-1])
def test_nor_is_it_in_a_line_with_a_shift(sentence: str) -> None:
    assert told(mail(_IN_ONE_LINE.format(sentence))) == _READ[:1]


@pytest.mark.parametrize("sentence", [*OF_SHIFTS, *TAKEN_AWAY])
def test_what_may_be_of_the_shifts_is_not_passed_over(sentence: str) -> None:
    """Below them, and above: neither is put up as if nothing had been said."""
    assert not of_something_else(sentence)
    for layout in _LAYOUTS[:2]:
        found = mail(layout.format(sentence)).shifts
        assert not any(one.status == "offered" and not one.needs_review for one in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "Lee covers the nursery.",
        "Kim runs the ICU.",
        "Kim takes the admissions.",
        "The old wing is closed for renovation.",
        "The residents cover the floor from now on.",
        "The lab is staffed by our own people.",
        "The ICU is open again.",
        "Anesthesia was cancelled, and it is gone.",
        "Take two, there is no minimum.",
        "The 14th and 15th are both open.",
        "THE LAB IS CLOSED.",
        "Nights: the residents cover the floor.",
    ],
)
def test_what_changed_or_somebody_does_is_not_judged(sentence: str) -> None:
    assert not of_something_else(sentence)


@pytest.mark.parametrize("sentence", NOT_TAKEN_AWAY)
def test_who_decides_may_do_other_things(sentence: str) -> None:
    assert not settled_otherwise(sentence)
    assert not settled_otherwise("We will write if the client found someone.")
    assert told(mail(_LAYOUTS[0].format(sentence))) == _READ


def test_a_sentence_goes_on_in_the_next_line() -> None:
    text = "You would carry 14 patients, with a PA for admissions, on the floor. The ICU is\nclosed, there are no procedures. Housing is close by."
    assert told(mail(f"{text}\n\n{_SLOTS}")) == _READ


def test_the_shifts_own_unit_is_meant() -> None:
    """`The ICU is closed`, where the shifts are at an ICU."""
    text = "North ICU, open shifts:\nSat 2/20 7a-7p $2400\n\nThe ICU is closed."
    assert "02-20 0700-1900 2400/shift" not in told(mail(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bea has the reminder calls.", ["reminder"]),
        ("You work beside a closed unit.", ["closed"]),
        ("There is a confirmed taker.", []),
        ("The filled shifts are below.", []),
        ("Any cancelled ones are gone.", []),
    ],
)
def test_a_word_of_status_may_belong_to_a_thing(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in modifiers(text)] == words


def test_to_one_only_is_how_it_goes() -> None:
    """And together; what somebody was given is theirs."""
    found = mail(f"{_SLOTS}\n\nThe week is awarded to one physician only.").shifts
    assert all(one.block and not one.needs_review for one in found)
    found = mail(f"{_SLOTS}\n\nThe week is awarded to Dr. Lee.").shifts
    assert all(one.needs_review for one in found)


def test_a_line_of_which_nothing_is_left_is_set_aside_by_a_rule() -> None:
    """And one of which something is left keeps what it said."""
    reading = mail(f"{_SLOTS}\n\nThe old wing is closed.\n\nThe lab is open. See you around.")
    rules = {one.source.text: one.rule for one in reading.ignored}
    assert rules["The old wing is closed."] == "logistics"
    assert "The lab is open. See you around." in rules


_ROWS = (
    "<p>One more gone at LKSD (crossed out). The rest is still open.</p>"
    "<table><tr><th>Date</th><th>Hours</th><th>Note</th></tr><tr><td>Sat 2/20</td><td>7a-7p</td><td></td></tr>"
    "<tr><td><s>Sun 2/21</s></td><td><s>7p-7a</s></td><td>{}</td></tr></table>"
)


def test_of_a_struck_row_its_note_may_say_so_too() -> None:
    """And what is said of the struck ones is of no other."""
    for note in ("FILLED", "<s>ok</s>", "Taken"):
        assert told(mail(_ROWS.format(note))) == ["02-20 0700-1900", "02-21 1900-0700 withdrawn"]


@pytest.mark.parametrize("note", ["back on", "2/22 instead", "not filled", "unfilled"])
def test_a_note_beside_struck_cells_may_say_something_else(note: str) -> None:
    assert not any(one.endswith("withdrawn") for one in told(mail(_ROWS.format(note))))
