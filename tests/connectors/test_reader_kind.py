"""What a message without a readable shift is: an offer in question, or no offer at all that is asked about to be safe."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Can anyone cover Sat 2/20?", "offers"),
        ("LKSD, Sat 2/20", "offers"),
        ("Sat 2/20, $2,300 flat", "offers"),
        ("Giving away my Sat 2/20", "offers"),
        ("Choir practice on Sat 2/20, 7p-9p in the chapel", "other"),
        ("Fri 2/19 is the picnic, 11a-2p by the lake", "other"),
        ("Photos for the new badges on Wed 2/17, 8a-11a", "other"),
    ],
)
def test_a_question_is_an_offer_where_something_is_put_up(text: str, kind: str) -> None:
    """A place that is named, an amount, a need or a gift; either way somebody is asked."""
    reading = mail(text, "office@oakdale.example")
    assert (reading.kind, bool(reading.shifts or reading.unresolved)) == (kind, True)
