"""A stream that decides by itself: what the phone says is taken holds as a yes does, until the clinician says no."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.daemon.unit import household
from tests.daemon.unit.household import Household, at_home

COVER = (
    'malpractice = { by = "company", form = "occurrence", tail = "company", gaps = "none",'
    ' covers_telemedicine = true, evidence = "coi.pdf", until = 2028-12-31 }\n'
)
STREAMS = (
    f'[streams.telemedicine]\nemployment = "1099"\ndecide = "auto"\n{COVER}'
    f'[streams.per_diem]\nemployment = "W-2"\n{COVER}'
)
TAKE = "TAKE · Harbor Tele · day · $720"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Household]:
    """One slot of six hours, taken by the policy."""
    monkeypatch.setattr(household, "POLICY", household.POLICY + STREAMS)
    made = at_home(tmp_path, monkeypatch)
    made.put("open", "slot", "Harbor Tele", "2026-12-10 09:00", 6)
    made.look()
    assert made.titles("TAKE") == [TAKE]
    yield made
    made.close()


def life(home: Household) -> str:
    assert home.daemon.outlook is not None
    (found,) = [life for key, life in home.daemon.outlook.world.lives.items() if key.startswith("harbor")]
    return found


def test_what_the_policy_took_is_a_commitment(home: Household) -> None:
    """It counts from the moment it stands on the phone, and stands there as it was written."""
    written = home.only("TAKE").path.read_bytes()
    home.look(timedelta(days=1))
    assert life(home) == "accepted"
    assert home.daemon.outlook is not None
    assert [shift.site.id for shift in home.daemon.outlook.world.commitments] == ["harbor-tele"]
    assert home.only("TAKE").path.read_bytes() == written


def test_it_does_not_give_way_to_what_pays_more(home: Household) -> None:
    """The clinician was told to tell the site, and probably has."""
    home.put("open", "better", "Lakeside ED", "2026-12-10 08:00")
    home.look(timedelta(days=2))
    assert home.titles("TAKE") == [TAKE]
    assert home.titles("HOLD") == []


@pytest.mark.parametrize("by", ["deleted", "title"])
def test_no_gives_it_back(home: Household, by: str) -> None:
    """Deleted, or with no in front: declined, and its time is free for others."""
    home.put("open", "better", "Lakeside ED", "2026-12-10 08:00")
    home.look()
    one = home.only("TAKE")
    if by == "deleted":
        one.path.unlink()
    else:
        home.retitle(one, f"no {TAKE}")
    home.look()
    assert (life(home), home.titles("TAKE")) == ("declined", [])
    assert len(home.titles("HOLD")) == 1
    home.look(timedelta(days=2))
    assert home.titles("TAKE") == []


def test_yes_makes_it_the_clinicians_own(home: Household) -> None:
    home.retitle(home.only("TAKE"), f"yes {TAKE}")
    home.look()
    assert home.titles("TAKE") == []
    assert home.titles("YES") == ["YES · Harbor Tele · day · $720"]


def test_a_no_that_is_taken_back_leaves_it_to_the_policy_again(home: Household) -> None:
    one = home.only("TAKE")
    text = one.path.read_bytes()
    one.path.unlink()
    home.look()
    assert life(home) == "declined"
    one.path.write_bytes(text)
    home.look()
    home.look()
    assert (life(home), home.titles("TAKE")) == ("accepted", [TAKE])


def test_what_is_gone_is_asked_about(home: Household) -> None:
    """The list has other hours by now: whether the site gave the clinician the first, only the clinician knows."""
    home.put("open", "slot", "Harbor Tele", "2026-12-10 11:00", 6)
    home.look()
    assert home.daemon.outlook is not None
    assert [one.why.partition(" ")[2] for one in home.daemon.outlook.world.review] == [
        "is no longer to be had: filled by you? Decline it if it is gone"
    ]
    assert home.titles("TAKE") == [TAKE]
