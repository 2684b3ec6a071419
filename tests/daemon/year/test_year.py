"""A year in a minute: what is known and what is shown stay as they should, and nothing grows without an end.

`DAYS=365 MAILS=3000` lives all of it (`make year`); an ordinary run lives the months around the change of the clocks.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from daemon import upkeep
from tests.daemon.year.world import Life, Year, year

DAYS = int(os.environ.get("DAYS", "70"))
MAILS = int(os.environ.get("MAILS", str(DAYS * 3000 // 365)))
SEED = int(os.environ.get("SEED", "7"))
KEPT = timedelta(days=14)
"""In place of more than a year, so that what is let go is let go within the test."""
SETTLED = 40
"""Days after which nothing may grow any more."""


def _resident() -> float:
    """MB."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _measured(lived: Year) -> dict[str, float]:
    gc.collect()
    with lived.store.read() as connection:
        pages = connection.exec_driver_sql(
            "SELECT page_count - freelist_count FROM pragma_page_count(), pragma_freelist_count()"
        )
        used = int(pages.scalar_one())
    return {"objects": len(gc.get_objects()), "megabytes": _resident(), "pages": used}


def test_a_year_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shifts, messages, answers, outages, policies, both changes of the clocks, a sleep and a clock set back."""
    monkeypatch.setattr(upkeep, "PAST", KEPT)
    begun = time.process_time()
    figures: list[tuple[int, dict[str, float]]] = []
    with year(tmp_path, monkeypatch) as lived:
        life = Life(lived, random.Random(SEED))
        for number in range(DAYS):
            life.day(number, MAILS * (number + 1) // DAYS - MAILS * number // DAYS)
            if number % 45 == 22:
                lived.policy(nights=4 + number // 45 % 3, pay=2300 + number)
            if number == 30:
                lived.sleep(timedelta(days=3))
            if number == 36:
                lived.sleep(-timedelta(hours=1))
            if number % 5 == 4:
                life.servers_back()
                lived.check()
                figures.append((number, _measured(lived)))
        told = f"{lived.shifts} shifts, {lived.mails} messages, {lived.passes} decisions, {len(lived.phone.writes)} writes"
    later = [one for number, one in figures if number >= SETTLED]
    half = len(later) // 2
    for key, slack in (("objects", 1.1), ("megabytes", 1.05), ("pages", 1.4)):
        early, late = (max(one[key] for one in part) for part in (later[:half], later[half:]))
        assert late <= early * slack, f"{key} grow: {[one[key] for one in later]}"
    sys.stdout.write(f"{told}; {time.process_time() - begun:.0f} s of CPU\n")
