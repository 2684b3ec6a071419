"""A store for years: copied while it is written to, put back, and pruned of what is too old to matter."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.calendars import ical
from connectors.event import Event, Item, Timed
from connectors.offers.reading import OfferReading, ReadShift, Source
from daemon.readings import to_store
from daemon.rows import MessageRow, ShownRow, Write
from daemon.store import Store, StoreError
from daemon.upkeep import PAST, Pruned, backup, check_copy, prune, restore
from tests.daemon.unit.test_store import WRITER, item, row
from tests.daemon.unit.worlds import CHICAGO, NOW

DAY = timedelta(days=1)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def store(state: Path) -> Iterator[Store]:
    made = Store.in_directory(state)
    yield made
    made.close()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.db"


def filled(store: Store) -> None:
    store.instance()
    store.observed("work", [item("a")], (), "c1", NOW, whole=True)
    store.answer("o1", "declined", NOW, "title")
    store.decide([row("b", there=True)], [Write("b", "create", "b.ics", "x", None)], NOW)


def test_a_copy_is_the_store(store: Store, state: Path, copy: Path) -> None:
    """Readable by its owner alone, whole, in one file; an older copy is replaced."""
    filled(store)
    copy.write_text("an older copy")
    size = backup(state / "shiftward.db", copy)
    assert size == copy.stat().st_size > 4096
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in copy.parent.iterdir()) == ["copy.db", "state"]
    with contextlib.closing(Store(f"sqlite:///{copy}")) as copied:
        assert (copied.instance(), copied.answers()) == (store.instance(), {"o1": "declined"})


def test_a_copy_is_made_while_others_write(store: Store, state: Path, copy: Path) -> None:
    """Nobody waits for long, and each copy is sound."""
    root = Path(__file__).parents[3]
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(state), "one"], cwd=root)
    counts = []
    while writer.poll() is None:
        backup(state / "shiftward.db", copy)
        with contextlib.closing(Store(f"sqlite:///{copy}")) as copied:
            counts.append(int(copied.known_fact("count") or 0))
    assert writer.returncode == 0
    assert counts == sorted(counts)
    assert store.known_fact("count") == "40"


WRONG: dict[str, Callable[[Path], object]] = {
    "nothing": lambda path: None,
    "a folder": lambda path: path.mkdir(),
    "text": lambda path: path.write_text("not a database " * 100),
    "an empty file": lambda path: path.touch(),
    "another database": lambda path: sqlite3.connect(path).execute("CREATE TABLE x (y)").connection.commit(),
}


@pytest.mark.parametrize("make", WRONG.values(), ids=WRONG.keys())
def test_what_is_no_store_is_not_put_back(
    store: Store, state: Path, copy: Path, make: Callable[[Path], object]
) -> None:
    """The store stays as it was, and nothing is left lying about."""
    filled(store)
    make(copy)
    with pytest.raises(StoreError, match=copy.name):
        restore(copy, state / "shiftward.db", NOW)
    assert store.answers() == {"o1": "declined"}
    assert not list(state.glob(".*")) + list(state.glob("*before*"))


def test_a_damaged_copy_is_not_put_back(store: Store, state: Path, copy: Path) -> None:
    """A page in the middle is garbage."""
    filled(store)
    backup(state / "shiftward.db", copy)
    with copy.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096 * 2))
    with pytest.raises(StoreError, match=r"damaged|cannot be read"):
        restore(copy, state / "shiftward.db", NOW)


def test_a_copy_of_a_newer_version_is_not_put_back(store: Store, state: Path, copy: Path) -> None:
    """This one would not understand it."""
    filled(store)
    backup(state / "shiftward.db", copy)
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StoreError, match="update Shiftward"):
        restore(copy, state / "shiftward.db", NOW)


def test_a_copy_is_put_back(state: Path, copy: Path) -> None:
    """Answers are those of the copy; calendars are read anew, and what is missing there now answers nothing."""
    with contextlib.closing(Store.in_directory(state)) as store:
        filled(store)
        name = store.instance()
        backup(state / "shiftward.db", copy)
        store.answer("o2", "accepted", NOW, "title")
    kept = restore(copy, state / "shiftward.db", NOW)
    assert kept == state / f"shiftward.db.before-{NOW:%Y%m%dT%H%M%SZ}"
    with contextlib.closing(Store.in_directory(state)) as store:
        assert (store.instance(), store.answers()) == (name, {"o1": "declined"})
        assert (store.cursor("work"), store.listed("work"), store.open_writes()) == (None, None, [])
        assert not any(one.there for one in store.shown().values())
    with contextlib.closing(Store(f"sqlite:///{kept}")) as before:
        assert before.answers() == {"o1": "declined", "o2": "accepted"}


@pytest.mark.parametrize("how", ["noise", "cut", "scribbled", "no store but its log"])
def test_a_copy_takes_the_place_of_a_damaged_store(state: Path, copy: Path, how: str) -> None:
    """What is damaged is kept beside it as it is, with its log, which is never read as that of the copy."""
    path = state / "shiftward.db"
    with contextlib.closing(Store.in_directory(state)) as store:
        filled(store)
        backup(path, copy)
        store.answer("o2", "accepted", NOW, "title")
        log = path.with_name("shiftward.db-wal").read_bytes()
    raw = path.read_bytes()
    path.write_bytes(
        {
            "noise": b"SQLite format 3\0" + os.urandom(4000),
            "cut": raw[: len(raw) // 3],
            "scribbled": raw[:100] + bytes(255 - one for one in raw[100:]),
        }.get(how, b"")
    )
    if how.startswith("no store"):
        path.with_name("shiftward.db-wal").write_bytes(log)
        path.unlink()
    kept = restore(copy, path, NOW)
    assert (kept is not None and kept.exists()) != how.startswith("no store")
    with contextlib.closing(Store.in_directory(state)) as store:
        assert store.answers() == {"o1": "declined"}
    assert not list(state.glob(".*"))


def test_a_copy_that_cannot_be_put_back_leaves_nothing(
    store: Store, state: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full in the middle of it: the store is as it was, and no part of the copy lies about."""
    filled(store)
    backup(state / "shiftward.db", copy)

    def full(_: Store) -> None:
        raise StoreError("the store could not be written: it is full")

    monkeypatch.setattr(Store, "distrust", full)
    with pytest.raises(StoreError, match="is full"):
        restore(copy, state / "shiftward.db", NOW)
    assert store.answers() == {"o1": "declined"}
    assert not list(state.glob(".*")) + list(state.glob("*before*"))


def test_a_copy_is_put_where_nothing_is(store: Store, state: Path, copy: Path, tmp_path: Path) -> None:
    """On a new machine."""
    filled(store)
    backup(state / "shiftward.db", copy)
    assert restore(copy, tmp_path / "new.db", NOW) is None
    check_copy(tmp_path / "new.db")


def test_a_full_disk_leaves_the_older_copy(store: Store, state: Path, tmp_path: Path) -> None:
    """The folder of the copy cannot be written to."""
    filled(store)
    folder = tmp_path / "elsewhere"
    with pytest.raises(StoreError, match="no copy was made"):
        backup(state / "shiftward.db", folder / "copy.db")
    assert store.answers() == {"o1": "declined"}


# -- what is too old -------------------------------------------------------------------------------------------------


def message(key: str, sent: datetime, first: datetime) -> MessageRow:
    line = Source(1, "")
    shift = ReadShift("offered", "lakeside", None, first, first + DAY / 2, None, line)
    reading = json.dumps(to_store(OfferReading("offers", "trusted", (shift,))))
    return MessageRow("in", key, sent, reading, None, frozenset({"a.example"}), b"body")


def test_what_is_too_old_to_matter_is_let_go(store: Store) -> None:
    """A message sent long ago about a shift to come is kept, and so is every key: none is read twice."""
    long_ago = NOW - PAST - DAY
    store.received(
        "in",
        [
            message("old", long_ago, long_ago - DAY),
            message("of old about now", long_ago, NOW),
            message("new", NOW, NOW),
        ],
        None,
        NOW,
    )
    for at in (long_ago - DAY, long_ago, NOW - DAY):
        store.decided(f"d{at}", {"accepted": []}, at)
    store.observed("open", [event("then", long_ago), event("now", NOW)], (), None, NOW, keep=True)
    store.observed("open", [], ["then.ics", "now.ics"], None, NOW, keep=True)
    assert prune(store, NOW) == Pruned(messages=1, decisions=2, items=1)
    assert {one.key: bool(one.reading) for one in store.messages()} == {
        "old": False,
        "of old about now": True,
        "new": True,
    }
    assert store.message_keys("in") == {"old", "of old about now", "new"}
    assert store.decision() == (f"d{NOW - DAY}", {"accepted": []})
    assert [one.href for one in store.items("open", gone=True)] == ["now.ics"]
    assert prune(store, NOW) == Pruned(0, 0, 0)


def event(name: str, start: datetime) -> Item:
    when = Timed(start.astimezone(CHICAGO), start.astimezone(CHICAGO) + DAY / 2)
    return Item(f"{name}.ics", "1", ical.write(Event(uid=name, when=when, summary=name), NOW))


def test_the_newest_plan_stays_however_old(store: Store) -> None:
    """What was decided last holds until something else is."""
    store.decided("d1", {"accepted": ["o1"]}, NOW - 2 * PAST)
    assert prune(store, NOW) == Pruned(0, 0, 0)
    assert store.decision() == ("d1", {"accepted": ["o1"]})


def test_answers_and_what_is_shown_stay(store: Store) -> None:
    """An answer holds for ever."""
    store.answer("o1", "declined", datetime(2020, 1, 1, tzinfo=UTC), "title")
    shown = ShownRow("a", "o1", "hold", "a.ics", datetime(2020, 1, 1, tzinfo=UTC), 0, there=True)
    store.decide([shown], [], NOW)
    prune(store, NOW)
    assert (store.answers(), store.shown()) == ({"o1": "declined"}, {"a": replace(shown)})
    assert [one.verdict for one in store.history(["o1"])] == ["declined"]
