"""The loop of the daemon around sources that hang, lie about the time, or cannot be stored; folders and no network."""

from __future__ import annotations

import io
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event as engine_event

from connectors.base import Changes
from connectors.calendars.folder import FolderCalendar
from connectors.errors import UnreachableError
from daemon import clock, log, notify, observe, outbox, publish, service, sources, underway
from daemon.config import CalendarSection, Service, Settings
from daemon.outbox import Outcome
from daemon.service import Daemon
from daemon.sources import Places, Source
from daemon.store import Store
from tests.daemon.e2e.harness import event_text, policy_text
from tests.daemon.unit.worlds import CHICAGO, policy
from tests.waiting import LONG, until, watched

BEGIN = datetime(2027, 1, 4, 13, tzinfo=UTC)
NAMES = ("duty", "family", "phone")


class Hanging(FolderCalendar):
    """Gives no answer until it is let go."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.gate = threading.Event()
        self.asked = 0

    def changes(self, cursor: str | None, known: Mapping[str, str]) -> Changes:
        self.asked += 1
        self.gate.wait()
        return super().changes(cursor, known)


class Run:
    """A daemon in a thread of its own, and what it says to systemd."""

    def __init__(self, daemon: Daemon) -> None:
        self.daemon = daemon
        self.root = daemon.desk.places.state.parent
        self.thread = threading.Thread(target=daemon.run, daemon=True)

    def hang(self, name: str) -> Hanging:
        calendar = self.daemon.desk.sources[name].calendar
        assert isinstance(calendar, FolderCalendar)
        made = Hanging(calendar.path)
        self.daemon.desk.sources[name].calendar = made
        return made

    def failing(self) -> list[str]:
        return self.daemon.desk.failing()

    def last_good(self, name: str) -> datetime:
        found = self.daemon.desk.store.health()[name].last_good
        assert found is not None
        return found

    def end(self) -> None:
        self.daemon.stop()
        if self.thread.is_alive():
            self.thread.join(LONG)
            assert not self.thread.is_alive()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []

    def tell(*lines: str) -> bool:
        found.extend(lines)
        return True

    monkeypatch.setattr(notify, "tell", tell)
    monkeypatch.setattr(notify, "watchdog_seconds", lambda: 0.1)
    return found


@pytest.fixture
def run(tmp_path: Path, said: list[str]) -> Iterator[Run]:
    del said
    log.set_up("error")
    for name in ("duty", "family"):
        (tmp_path / name).mkdir()
    calendars = tuple(
        CalendarSection(name=name, kind="folder", role=role, path=tmp_path / name, poll=1)
        for name, role in zip(NAMES, ("work", "personal", "publish"), strict=True)
    )
    (tmp_path / "config").mkdir()
    settings = Settings(policy(), Service(calendars=calendars), tmp_path / "config")
    store = Store.in_directory(tmp_path / "state")
    made = Run(Daemon(settings, store, Places(tmp_path / "config", tmp_path / "state")))
    yield made
    made.end()


def test_the_first_look_waits_a_little_for_a_source_that_hangs(
    run: Run, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """READY comes soon, with the work calendar unread, so that nothing can be taken; when it answers all is as ever."""
    monkeypatch.setattr(service, "FIRST_WAIT", 0.4)
    hanging = run.hang("duty")
    began = time.monotonic()
    run.thread.start()
    until(lambda: "READY=1" in said, "ready")
    assert time.monotonic() - began >= 0.4
    assert run.daemon.outlook is not None
    assert run.daemon.outlook.problem.unread == ("duty",)
    hanging.gate.set()
    until(lambda: run.daemon.outlook and run.daemon.outlook.problem.unread == (), "it is read")
    assert said.count("READY=1") == 1


def test_the_first_look_waits_for_nobody_where_all_have_answered(
    run: Run, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "FIRST_WAIT", 10 * LONG)
    run.thread.start()
    until(lambda: "READY=1" in said, "ready")


def test_a_poll_that_hangs_is_given_up_and_begun_anew(
    run: Run, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It counts as failing, gets a new connection, and is well again; its late answer is not taken."""
    monkeypatch.setattr(service, "FIRST_WAIT", 0.1)
    monkeypatch.setattr(underway, "PATIENCE", 0.5)
    hanging = run.hang("duty")
    run.thread.start()
    until(lambda: "duty" in run.failing(), "it is noticed")
    assert "WATCHDOG=1" in said
    family = run.last_good("family")
    until(lambda: run.last_good("family") > family, "the others are asked all the while")
    until(lambda: not run.failing(), "the new connection answers")
    hanging.gate.set()
    duty = run.last_good("duty")
    until(lambda: run.last_good("duty") > duty, "polls go on")
    assert hanging.asked == 1


def test_hanging_polls_do_not_pile_up(run: Run, said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """After a few the source is asked no more, and no sign of life is given: only a new process helps, or their end."""
    monkeypatch.setattr(service, "FIRST_WAIT", 0.1)
    monkeypatch.setattr(underway, "PATIENCE", 0.05)
    monkeypatch.setattr(observe, "LONGEST_PAUSE", timedelta(seconds=0.05))
    real, hanging = sources.build, [run.hang("duty")]

    def build(wanted: Service, places: Places) -> list[Source]:
        made = real(wanted, places)
        hanging.append(Hanging(places.state.parent / "duty"))
        made[0].calendar = hanging[-1]
        return made

    monkeypatch.setattr(service, "build", build)
    run.thread.start()
    until(lambda: sum(one.asked for one in hanging) == observe.MOST_HUNG, "it was tried a few times")
    until(run.daemon.observer.is_stuck, "it is stuck")
    said.clear()
    family = run.last_good("family")
    until(lambda: run.last_good("family") > family, "the others are asked all the while")
    assert sum(one.asked for one in hanging) == observe.MOST_HUNG
    assert "WATCHDOG=1" not in said
    monkeypatch.setattr(service, "build", real)
    for one in hanging:
        one.gate.set()
    until(lambda: "WATCHDOG=1" in said, "signs of life again")


def test_a_bug_is_no_sign_of_life(run: Run, said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Until a pass has finished again; the loop itself goes on."""
    run.thread.start()
    until(lambda: "WATCHDOG=1" in said, "it lives")

    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(run.daemon.publisher, "answers", broken)
    run.daemon.look()
    until(lambda: any(line.startswith("STATUS=an unforeseen RuntimeError") for line in said), "it is told")
    said.clear()
    time.sleep(0.5)
    assert "WATCHDOG=1" not in said
    monkeypatch.delattr(run.daemon.publisher, "answers")
    run.daemon.look()
    until(lambda: "WATCHDOG=1" in said, "it is well again")


@pytest.mark.parametrize(
    ("pragma", "word"), [("max_page_count = 1", "is full"), ("query_only = 1", "readonly"), ("", "is locked")]
)
def test_a_store_that_cannot_be_written_is_said_and_tried_again(
    run: Run,
    said: list[str],
    monkeypatch: pytest.MonkeyPatch,
    pragma: str,
    word: str,
) -> None:
    """A full disk, one that has become read-only, a lock of somebody else: the loop goes on, and makes up for it.

    What a source said meanwhile is asked for again, though its next poll were far away. The log says it once when it begins
    and once when it ends; `status` says it all the while.
    """
    stream = io.StringIO()
    log.set_up("info", stream)
    run.daemon.desk.log = log.get()
    # However slowly: no pause between two failures shall count as their end.
    monkeypatch.setattr(service, "CALM", 10 * LONG)
    run.thread.start()
    until(lambda: "READY=1" in said and not run.daemon.publisher.writing, "ready")
    seconds = _retry_soon(run, monkeypatch)
    for name in NAMES:
        run.daemon.desk.alarms.cancel(name)
    until(lambda: not run.daemon.observer.asked, "nobody is asked")
    store = run.daemon.desk.store
    before, trouble = run.last_good("duty"), [True]

    def hinder(connection: Any, *_given: object) -> None:
        connection.execute(f"PRAGMA busy_timeout = {100 if trouble[0] else 5000}")
        name, _, value = pragma.partition(" = ")
        if pragma:
            connection.execute(
                f"PRAGMA {name} = {value if trouble[0] else {'query_only': 0}.get(name, 2**30)}"
            )

    engine_event.listen(store.engine, "checkout", hinder)
    with closing(sqlite3.connect(run.root / "state" / "shiftward.db")) as other:
        if not pragma:
            other.execute("BEGIN IMMEDIATE")
        (run.root / "duty" / "new.ics").write_text(
            event_text("new", "Duty" * 10_000, BEGIN, BEGIN + timedelta(hours=200))
        )
        run.daemon.desk.due("duty")()
        until(lambda: any(word in line for line in said), "it is said")
        run.daemon.look()
        until(lambda: len(seconds) > 1, "and it lasts")
        assert run.daemon.trouble
        assert word in run.daemon.trouble[0]
        trouble[0] = False
        other.rollback()
    until(lambda: run.last_good("duty") > before, "it is asked again")
    assert [item.href for item in store.items("duty")] == ["new.ics"]
    assert 0 < seconds[0] < 11
    monkeypatch.setattr(service, "CALM", 0.1)
    until(lambda: run.daemon.trouble is None, "the trouble is over")
    told = [line for line in stream.getvalue().splitlines() if "store." in line]
    assert [json.loads(line)["event"] for line in told] == ["store.trouble", "store.recovered"]


def _retry_soon(run: Run, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Retries come at once; after how many seconds they would have."""
    seconds: list[float] = []
    real = run.daemon.desk.alarms.at

    def sooner(when: datetime, wake: Callable[[], None], name: str) -> None:
        if name == "retry":
            seconds.append((when - datetime.now(UTC)).total_seconds())
            when = datetime.now(UTC) + timedelta(seconds=0.3)
        real(when, wake, name)

    monkeypatch.setattr(run.daemon.desk.alarms, "at", sooner)
    return seconds


def test_a_file_that_is_half_written_is_read_when_it_is_whole(run: Run) -> None:
    """What was known of the event stays until then."""
    path = run.root / "duty" / "one.ics"
    whole = event_text("one", "Duty", BEGIN, BEGIN + timedelta(hours=12))
    path.write_text(whole)
    run.thread.start()
    store = run.daemon.desk.store
    until(lambda: store.items("duty"), "it is read")
    longer = event_text("one", "Duty", BEGIN, BEGIN + timedelta(hours=13))
    path.write_text(longer[: len(longer) // 2])
    until(lambda: store.stale("duty"), "it is seen to be broken")
    assert store.items("duty")[0].data.split() == whole.split()
    path.write_text(longer)
    until(lambda: not store.stale("duty"), "it is whole")
    assert store.items("duty")[0].data.split() == longer.split()


def test_a_linked_file_is_read_when_it_changes_where_it_lies(run: Run, tmp_path: Path) -> None:
    """The configuration holds a link alone; nothing happens in its own directory."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine").write_text(policy_text(CHICAGO), "utf-8")
    config = run.daemon.desk.settings.config
    (config / "policy.toml").symlink_to(elsewhere / "mine")
    (config / "service.toml").write_text("horizon_days = 45\n", "utf-8")
    run.thread.start()
    until(lambda: run.daemon.outlook, "a first look")
    # The watch begins in a thread of its own.
    until(lambda: watched("self", elsewhere), "it is watched")
    (elsewhere / "mine").write_text(policy_text(CHICAGO).replace("TX", "OK"), "utf-8")
    until(lambda: run.daemon.desk.settings.policy.clinician.home_state == "OK", "it is read")


def test_rounds_of_writes_that_hang_are_given_up(
    run: Run, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The calendar that is written to hangs in the middle; the loop goes on, and a new connection writes the rest."""
    monkeypatch.setattr(underway, "PATIENCE", 0.5)
    gate = threading.Event()
    real = outbox.carry_out
    calls: list[int] = []

    def hangs_once(*given: Any) -> Outcome:
        calls.append(1)
        if len(calls) == 1:
            gate.wait()
        return real(*given)

    monkeypatch.setattr(publish, "carry_out", hangs_once)
    run.thread.start()
    until(lambda: "phone" in run.failing(), "it is noticed")
    until(lambda: len(calls) > 1 and not run.daemon.publisher.writing, "the entries are written")
    there = sorted(path.name for path in (run.root / "phone").iterdir())
    gate.set()
    time.sleep(0.3)
    assert any(name.endswith(".ics") for name in there)
    assert sorted(path.name for path in (run.root / "phone").iterdir()) == there
    assert "STATUS=an unforeseen" not in "".join(said)


def test_pauses_grow_and_differ(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as long after each failure, a fifth more or less, up to a quarter of an hour; or as the server asks."""
    source = run.daemon.desk.sources["duty"]
    waits: list[float] = []
    monkeypatch.setattr(observe, "now", lambda: BEGIN)

    def at(when: datetime, _: object, name: str) -> None:
        assert name == "again duty"
        waits.append((when - BEGIN).total_seconds())

    monkeypatch.setattr(run.daemon.desk.alarms, "at", at)
    for _ in range(14):
        run.daemon.observer.failed(source, UnreachableError("away"))
    expected = [min(2.0**number, 900.0) for number in range(1, 15)]
    for wait, pause in zip(waits, expected, strict=True):
        assert 0.79 * pause <= wait <= 1.21 * pause + 0.1
    assert len({round(wait / pause, 3) for wait, pause in zip(waits, expected, strict=True)}) > 5
    run.daemon.observer.failed(source, UnreachableError("busy", 77))
    assert 0.79 * 77 <= waits[-1] <= 1.21 * 77 + 0.1
    run.daemon.observer.ask("duty")
    assert "duty" not in run.daemon.observer.asked, "it rests"


def test_after_a_jump_of_the_clock_everything_is_asked_and_judged(
    run: Run, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three days of sleep, then an hour back: sources that rested are asked, and today is another day."""
    ahead = [timedelta()]
    for module in (clock, service, observe, publish):
        monkeypatch.setattr(module, "now", lambda: datetime.now(UTC) + ahead[0])
    run.thread.start()
    until(lambda: "READY=1" in said, "ready")
    for name in NAMES:
        run.daemon.desk.alarms.cancel(name)
    assert run.daemon.outlook is not None
    first = run.daemon.outlook.problem.horizon.first
    run.daemon.observer.not_before["duty"] = time.monotonic() + 900
    ahead[0] = timedelta(days=3)
    until(lambda: run.last_good("duty") > datetime.now(UTC) + timedelta(days=2), "it is asked again")
    until(
        # Or a day later, where it became midnight meanwhile.
        lambda: run.daemon.outlook and run.daemon.outlook.problem.horizon.first >= first + timedelta(days=3),
        "the plan is of today",
    )
    ahead[0] -= timedelta(hours=1)
    before = run.last_good("duty")
    until(lambda: run.last_good("duty") < before, "and once more")
