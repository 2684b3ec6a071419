"""The store: what happens together happens as a whole, and trouble is told with its remedy."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, text

from connectors.event import Item
from daemon import migrate
from daemon.migrations import upgrade
from daemon.rows import MessageRow, Said, ShownRow, Write
from daemon.store import Store, StoreError
from daemon.tables import HEAD, METADATA
from tests.waiting import LONG

NOW = datetime(2026, 12, 1, 14, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 15, tzinfo=UTC)
ROOT = Path(__file__).parents[3]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.in_directory(tmp_path / "state")
    yield made
    made.close()


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Store]:
    """One that went through every version."""
    made = Store(f"sqlite:///{tmp_path / 'migrated.db'}")
    upgrade(made.engine)
    yield made
    made.close()


def item(name: str, etag: str = "1") -> Item:
    return Item(f"{name}.ics", etag, f"text of {name}")


def row(name: str, *, there: bool = False) -> ShownRow:
    return ShownRow(name, f"offer {name}", "hold", f"{name}.ics", NOW, 0, there)


def test_cursor_and_items_are_kept_together(store: Store) -> None:
    """A good read leaves items, their versions, the cursor and the time of it."""
    store.observed("work", [item("a"), item("b")], (), "c1", NOW)
    store.observed("work", [item("a", "2")], ["b.ics"], "c2", LATER)
    assert store.items("work") == [item("a", "2")]
    assert store.etags("work") == {"a.ics": "2"}
    assert store.cursor("work") == "c2"
    assert store.health()["work"].last_good == LATER


def test_a_failing_transaction_leaves_both(store: Store, tmp_path: Path) -> None:
    """When the cursor cannot be written, the items of the same read are not written either."""
    store.observed("work", [item("a")], (), "c1", NOW)
    with sqlite3.connect(tmp_path / "state" / "shiftward.db") as raw:
        raw.execute("CREATE TRIGGER stop BEFORE UPDATE ON source BEGIN SELECT RAISE(ABORT, 'no'); END")
    raw.close()
    with pytest.raises(Exception, match="no"):
        store.observed("work", [item("a", "2"), item("b")], (), "c2", LATER)
    assert (store.items("work"), store.cursor("work")) == ([item("a")], "c1")


def test_an_error_inside_a_write_undoes_all_of_it(store: Store) -> None:
    """Whatever is raised in a transaction, nothing of it stays."""

    def half() -> None:
        with store.write() as connection:
            connection.execute(text("INSERT INTO fact VALUES ('half', 'done')"))
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert store.known_fact("half") is None


def test_sources_do_not_mix(store: Store) -> None:
    """The same address in two calendars is two objects."""
    store.observed("work", [item("a")], (), "w", NOW)
    store.observed("home", [item("a", "9")], ["a.ics"], "h", NOW)
    assert store.etags("work") == {"a.ics": "1"}
    assert store.cursor("home") == "h"


def test_tables_are_strict(store: Store) -> None:
    """Every table refuses values of another type."""
    with store.engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'"
            )
        )
        found = {name: bool(strict) for name, strict in rows}
    assert set(METADATA.tables) < set(found)
    assert all(found[name] for name in METADATA.tables)


def test_a_naive_time_is_refused(store: Store) -> None:
    """A time without a zone reaches no table."""
    with pytest.raises(Exception, match="without a zone"):
        store.answer("o1", "declined", datetime(2026, 12, 1, 8), "title")  # noqa: DTZ001  # the point of it
    assert store.answers() == {}


def test_times_are_kept_as_instants(store: Store) -> None:
    """A time of another zone comes back as the same instant in UTC."""
    store.observed("work", [], (), None, NOW.astimezone(ZoneInfo("America/Chicago")))
    found = store.health()["work"].last_good
    assert found == NOW
    assert found is not None
    assert found.tzinfo is UTC


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from connectors.event import Item
from daemon.store import Store
from daemon.store.database import put
from daemon.store.facts import known
from daemon.tables import FACT
store = Store.in_directory(Path(sys.argv[1]))
for number in range(40):
    with store.write() as connection:
        count = int(known(connection, "count") or "0") + 1
        put(connection, FACT, {"key": "count", "value": str(count)})
    store.observed(sys.argv[2], [Item("a", str(number), "x")], (), str(number), datetime.now(UTC))
store.close()
"""


def test_two_processes_write_at_once(store: Store, tmp_path: Path) -> None:
    """Writers wait for each other: none fails, and nothing that was counted is lost."""
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path / "state"), name], cwd=ROOT)
        for name in ("one", "two")
    ]
    assert [process.wait(timeout=LONG) for process in running] == [0, 0]
    assert store.known_fact("count") == "80"
    assert (store.cursor("one"), store.cursor("two")) == ("39", "39")


def test_a_store_from_a_newer_version_is_refused(store: Store, tmp_path: Path) -> None:
    """It is neither read nor changed, and the remedy is said."""
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"newer Shiftward .*update Shiftward"):
        Store.in_directory(tmp_path / "state")


def test_a_migrated_store_is_what_the_tables_say(migrated: Store) -> None:
    """The migrations and the code describe the same tables."""
    with migrated.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []
        assert context.get_current_revision() == HEAD


def test_a_new_store_is_as_a_migrated_one(store: Store, migrated: Store) -> None:
    """It is made without the migrations: with the same columns, defaults, keys and indexes, and nothing else."""

    def described(one: Store) -> list[object]:
        with one.read() as connection:
            ask = connection.exec_driver_sql
            tables = ask("SELECT name, type, strict, wr FROM pragma_table_list ORDER BY name").all()
            columns = [ask(f"PRAGMA table_xinfo({name})").all() for name, *_ in tables]
            keys = ask("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' ORDER BY name").all()
            over = [ask(f"PRAGMA index_xinfo({name})").all() for name, _ in keys]
            return [tables, columns, keys, over, ask("SELECT * FROM alembic_version").all()]

    assert described(store) == described(migrated)


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004"])
def test_a_store_of_an_older_version_is_brought_up_to_date(tmp_path: Path, revision: str) -> None:
    """What was known stays known: items, what is shown, messages, answers."""
    old = Store(f"sqlite:///{tmp_path / 'shiftward.db'}")
    upgrade(old.engine, revision)
    said = NOW.isoformat()
    with old.engine.begin() as connection:
        for statement in (
            "INSERT INTO fact VALUES ('instance', '0a1b2c3d')",
            "INSERT INTO source (name, cursor, last_good, failures) VALUES ('work', 'c7', :at, 0)",
            "INSERT INTO item (source, href, etag, data) VALUES ('work', 'a.ics', '7', 'text of a')",
            "INSERT INTO message (source, key, sent, stored, reading) VALUES ('in', 'k1', :at, :at, '{}')",
            "INSERT INTO answer (about, verdict, at, how) VALUES ('o1', 'declined', :at, 'title')",
            "INSERT INTO outbox (name, verb, href, data, etag, decided) VALUES ('a', 'update', 'a.ics', 'text', '7', :at)",
            "INSERT INTO shown (name, about, kind, href, since, sequence, there) VALUES ('a', 'o2', 'hold', 'a.ics', :at, 2, 1)",
        ):
            connection.execute(text(statement), {"at": said} if ":at" in statement else {})
    old.close()
    with contextlib.closing(Store.in_directory(tmp_path)) as store:
        assert (store.instance(), store.cursor("work"), store.answers()) == (
            "0a1b2c3d",
            "c7",
            {"o1": "declined"},
        )
        assert store.history(["o1"]) == [Said("o1", "declined", NOW, "title")]
        assert store.items("work") == [item("a", "7")]
        assert store.messages() == [MessageRow("in", "k1", NOW, "{}", None)]
        assert store.shown() == {"a": ShownRow("a", "o2", "hold", "a.ics", NOW, 2, there=True)}
        assert (store.said(), store.open_writes("phone")) == (
            [],
            [Write("a", "update", "a.ics", "text", "7")],
        )
        assert (store.moved(), store.unseen("work"), store.stale("work")) == ({}, frozenset(), frozenset())


def test_every_revision_but_the_newest_is_upgraded_in_a_test() -> None:
    """Whoever adds one adds the one before it to the list above."""
    marks = getattr(test_a_store_of_an_older_version_is_brought_up_to_date, "pytestmark")  # noqa: B009  # put there by pytest
    assert marks[0].args[1] == [f"{number:04}" for number in range(1, int(HEAD))]


def test_opening_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    """A store at the newest revision is opened as it is, with its instance and its content."""
    name = store.instance()
    store.observed("work", [item("a")], (), "c1", NOW)
    again = Store.in_directory(tmp_path / "state")
    assert (again.instance(), again.cursor("work")) == (name, "c1")
    again.close()


CARRIED = """
import sys
from pathlib import Path
import daemon.service
from daemon.store import Store
store = Store.in_directory(Path(sys.argv[1]))
store.answer("o1", "declined", daemon.service.now(), "title")
store.close()
print(sorted({"alembic", "sqlalchemy.orm"} & set(sys.modules)))
"""


def test_a_store_that_is_up_to_date_is_opened_without_alembic(store: Store, tmp_path: Path) -> None:
    """Nor does the daemon load the object mapper: it would carry both for as long as it lives."""
    command = [sys.executable, "-c", CARRIED, str(tmp_path / "state")]
    assert subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout == "[]\n"
    assert store.answers() == {"o1": "declined"}


MIGRATED = """
import sys
from pathlib import Path
from daemon.store import Store, StoreError
try:
    Store.in_directory(Path(sys.argv[1]), apart=True).close()
except StoreError as error:
    print(error)
print("alembic" in sys.modules)
"""


@pytest.mark.parametrize("trouble", [False, True])
def test_a_daemon_leaves_a_migration_to_another_process(tmp_path: Path, *, trouble: bool) -> None:
    """It never loads Alembic itself; what goes wrong there is told here, and nothing of it stays."""
    old = Store(f"sqlite:///{tmp_path / 'shiftward.db'}")
    upgrade(old.engine, "0001")
    if trouble:
        with old.write() as connection:
            connection.execute(text("CREATE TABLE moved (name TEXT)"))
    command = [sys.executable, "-c", MIGRATED, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    why = "the store cannot be brought up to date: table moved already exists; see the journal\n"
    assert done.stdout == (why if trouble else "") + "False\n"
    with old.read() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == ("0001" if trouble else HEAD)
        assert (compare_metadata(context, METADATA) == []) == (not trouble)
    old.close()


def test_what_may_pass_is_told_by_the_process_that_migrates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock that is held while an old store is brought up to date is no reason to give up for good."""
    url = f"sqlite:///{tmp_path / 'shiftward.db'}"
    with contextlib.closing(Store(url)) as old:
        upgrade(old.engine, "0001")
    monkeypatch.setattr(sys, "executable", "/bin/false")  # it ends with 1 and no word
    with pytest.raises(StoreError, match="ended early") as caught:
        migrate.apart(url)
    assert not caught.value.passing
    monkeypatch.undo()
    with contextlib.closing(sqlite3.connect(tmp_path / "shiftward.db", isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is locked") as caught:
            migrate.apart(url)
    assert caught.value.passing


def test_a_locked_store_tells_the_remedy(store: Store, tmp_path: Path) -> None:
    """While another program holds the database, a write fails with what to do, and changes nothing."""
    quick = Store(store.url)
    event.listen(quick.engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout=50"))
    holder = sqlite3.connect(tmp_path / "state" / "shiftward.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreError, match="database is locked; another program is using it") as caught:
            quick.set_fact("a", "secret title")
        assert caught.value.passing
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert quick.known_fact("a") is None
    quick.close()


def test_a_full_disk_tells_the_remedy(store: Store) -> None:
    """When nothing more fits, what was known stays, the remedy is said, and no content is."""
    store.observed("work", [item("a")], (), "c1", NOW)
    full = Store(store.url)
    event.listen(full.engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count=1"))
    with pytest.raises(StoreError, match="full; free some space") as caught:
        full.observed("work", [Item("b.ics", "1", "private words " * 50_000)], (), "c2", LATER)
    full.close()
    assert "private" not in str(caught.value)
    assert caught.value.passing
    assert (store.items("work"), store.cursor("work")) == ([item("a")], "c1")


def test_a_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Where a file stands in the way, the state directory's trouble is said."""
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(StoreError, match="cannot be made"):
        Store.in_directory(tmp_path / "file" / "state")


@pytest.mark.parametrize("content", [b"not a database at all, but longer than a header" * 10, b"\x00" * 4096])
def test_a_file_that_is_no_store_is_told(tmp_path: Path, content: bytes) -> None:
    """A damaged database is refused with a sentence of ours."""
    (tmp_path / "shiftward.db").write_bytes(content)
    with pytest.raises(StoreError) as caught:
        Store.in_directory(tmp_path)
    assert not caught.value.passing


def test_failures_are_counted_until_one_succeeds(store: Store) -> None:
    """The first failure's time stays, the count grows, the cursor is kept; a good read clears it."""
    store.observed("work", [], (), "c1", NOW)
    assert [store.failed("work", "no contact", at) for at in (NOW, LATER)] == [1, 2]
    health = store.health()["work"]
    assert (health.failing_since, health.failures, health.trouble) == (NOW, 2, "no contact")
    assert store.cursor("work") == "c1"
    store.observed("work", [], (), "c2", LATER)
    assert store.health()["work"].failing_since is None


def test_a_failure_before_any_success_is_kept(store: Store) -> None:
    """A source that never worked is known as failing."""
    assert store.failed("new", "refused", NOW) == 1
    assert store.health()["new"].last_good is None


def test_a_source_that_moved_is_forgotten(store: Store) -> None:
    """Another address is another source: neither its cursor nor its items are kept."""
    store.observed("work", [item("a")], (), "c1", NOW)
    store.forget_source("work", publish=False)
    assert (store.cursor("work"), store.etags("work")) == (None, {})


def test_messages_come_oldest_first(store: Store) -> None:
    """By when they were sent, whatever the order of arrival; a second reading replaces the first."""
    one, two = MessageRow("in", "k1", LATER, "{}", None), MessageRow("in", "k2", NOW, None, "unreadable")
    store.received("in", [one, two], "7", LATER)
    assert store.messages() == [two, one]
    assert (store.message_keys("in"), store.cursor("in")) == (frozenset({"k1", "k2"}), "7")
    again = MessageRow("in", "k1", LATER, '{"x": 1}', None)
    store.received("in", [again], "7", LATER)
    assert store.messages() == [two, again]


def test_bodies_are_kept_for_a_while(store: Store) -> None:
    """What a message said, and who signed it, outlives it."""
    one = MessageRow("in", "k1", NOW, "{}", None, frozenset({"a.example", "b.example"}), b"one")
    two = MessageRow("in", "k2", NOW, "{}", None, frozenset(), b"two")
    store.received("in", [one], "1", NOW)
    store.received("in", [two], "2", LATER)
    assert [store.body("in", key) for key in ("k1", "k2", "k3")] == [b"one", b"two", None]
    store.received("mail", (), None, NOW, bodies_since=NOW)
    assert [store.body("in", key) for key in ("k1", "k2")] == [None, b"two"]
    assert store.signed("in") == {"k1": {"a.example", "b.example"}, "k2": frozenset()}
    assert store.messages() == [replace(one, body=None), replace(two, body=None)]


def test_decided_writes_replace_open_ones(store: Store) -> None:
    """There is one open write an entry, and only what the newest decision wants."""
    store.decide([row("a")], [Write("a", "create", "a.ics", "x", None)], NOW)
    newer = [Write("b", "update", "b.ics", "y", '"1"'), Write("c", "delete", "c.ics", "", '"2"')]
    store.decide([row("b")], newer, LATER)
    assert store.open_writes() == newer
    assert store.shown() == {"a": row("a"), "b": row("b")}


def test_what_was_published_leaves_the_outbox(store: Store) -> None:
    """What was written is known to be there, what was deleted is forgotten, what was not reached stays open."""
    writes = [
        Write("a", "create", "a.ics", "x", None),
        Write("b", "delete", "b.ics", "", '"1"'),
        Write("c", "create", "c.ics", "z", None),
    ]
    store.decide([row("a"), row("b", there=True), row("c")], writes, NOW)
    store.published("phone", [item("a", "7")], ["b.ics"])
    assert store.open_writes() == [writes[2]]
    assert store.etags("phone") == {"a.ics": "7"}
    assert {name: one.there for name, one in store.shown().items()} == {"a": True, "c": False}


def test_our_entries_are_there_once_they_are_seen(store: Store) -> None:
    """An entry that a look at our own calendar finds is there, also when the write's answer was lost."""
    store.decide([row("a"), row("b")], [], NOW)
    store.observed("work", [item("a")], (), "w1", NOW)
    assert not store.shown()["a"].there
    store.observed("phone", [item("a")], (), "c1", NOW, ours=True)
    assert {name: one.there for name, one in store.shown().items()} == {"a": True, "b": False}


def test_an_entry_that_moved_begins_behind_its_last_address(store: Store) -> None:
    """However it ends: deleted by us, by the clinician, or with all of the calendar; others begin at their first."""
    rows = [replace(row(name), generation=2) for name in ("a", "b", "c")]
    store.decide([*rows, row("d")], [Write("a", "delete", "a.ics", "", '"1"')], NOW)
    store.published("phone", [], ["a.ics"])
    assert store.moved() == {"a": 3}
    store.forget_shown(["b", "d"])
    assert store.moved() == {"a": 3, "b": 3}
    store.forget_source("phone", publish=True)
    assert (store.moved(), store.shown()) == ({"a": 3, "b": 3, "c": 3}, {})


def test_what_was_written_is_unseen_until_a_look_accounts_for_it(store: Store) -> None:
    """Told of by the server or not: a write that came after the look began is still to be accounted for."""
    store.published("phone", [item("a"), item("b"), item("c")], [])
    assert store.unseen("phone") == {"a.ics", "b.ics", "c.ics"}
    store.observed("phone", [item("a", "2")], (), "c1", NOW, seen=["a.ics", "b.ics"])
    assert store.unseen("phone") == {"c.ics"}


def test_of_a_write_that_is_open_nobody_knows(store: Store) -> None:
    """Its answer may have been lost, so its address is to be accounted for, in its own calendar alone."""
    store.decide([], [Write("a", "create", "a.ics", "", None)], NOW, "phone")
    assert store.unseen("phone") == {"a.ics"}
    assert store.unseen("alerts") == frozenset()
    store.published("phone", [], ["a.ics"])
    assert store.unseen("phone") == frozenset()


def test_two_calendars_have_their_own_addresses(store: Store) -> None:
    """The same address in both is two events: a look, a write and a loss in one say nothing of the other."""
    names = {"phone": "block", "alerts": "warning"}
    for calendar, name in names.items():
        shown = replace(row(name), href="same.ics", calendar=calendar)
        store.decide([shown], [Write(name, "delete", "same.ics", "", '"1"')], NOW, calendar)
    assert [one.name for one in store.open_writes("alerts")] == ["warning"]
    assert len(store.open_writes()) == 2
    store.observed("alerts", [item("same")], (), "c1", NOW, ours=True)
    assert {name: one.there for name, one in store.shown().items()} == {"block": False, "warning": True}
    store.published("alerts", [], ["same.ics"])
    assert set(store.shown()) == {"block"}
    assert [one.name for one in store.open_writes()] == ["block"]
    store.forget_source("alerts", publish=True)
    assert set(store.shown()) == {"block"}
    store.published("phone", [item("same")], [])
    assert (store.shown()["block"].there, store.open_writes()) == (True, [])


def test_what_was_heard_is_kept_together(store: Store) -> None:
    """Answers with their entries, titles as they were read, what is shown no longer and what is again."""
    store.decide([row("a", there=True), row("b", there=True)], [], NOW)
    said = [Said("offer b", "declined", NOW, "deleted", "b")]
    store.heard(said, {"a": "HOLD · x"}, ["b"], [replace(row("c", there=True), kind="warning")])
    assert store.answers() == {"offer b": "declined"}
    assert store.said() == said
    assert {name: one.title for name, one in store.shown().items()} == {"a": "HOLD · x", "c": None}
    store.answer("offer b", "accepted", LATER, "command line")
    assert store.said() == []


def test_answers_hold_and_can_be_changed(store: Store) -> None:
    """The last answer about a thing is the one that holds."""
    store.answer("o1", "declined", NOW, "deleted")
    store.answer("o1", "accepted", LATER, "command")
    store.answer("w1", "seen", LATER, "deleted")
    assert store.answers() == {"o1": "accepted", "w1": "seen"}


def test_every_answer_is_kept(store: Store) -> None:
    """In the order in which they were given, each with how and when; and the entries by which any was."""
    given = [
        Said("o1", "accepted", NOW, "title", "shift-a"),
        Said("o1", "declined", LATER, "command line"),
        Said("o1", "accepted", LATER, "moved", "shift-a"),
    ]
    for one in given:
        store.heard([one, Said("w1", "seen", NOW, "deleted", "warning-b")])
    assert store.history(["o1", "its other name"]) == given
    assert store.answered_by() == {"shift-a", "warning-b"}


def test_the_newest_decision_is_told(store: Store) -> None:
    """Plans are kept in order, and the last one comes back as it was."""
    assert store.decision() is None
    store.decided("d1", {"accepted": ["o1"]}, NOW)
    store.decided("d2", {"accepted": []}, NOW)
    assert store.decision() == ("d2", {"accepted": []})


def test_a_fact_is_made_once(store: Store) -> None:
    """The second maker of a fact gets the first one's."""
    assert store.fact("k", lambda: 1) == "1"
    assert store.fact("k", lambda: 2) == "1"
    store.set_fact("k", "3")
    assert store.known_fact("k") == "3"
    assert len(store.instance()) == 8


def test_a_power_cut_loses_nothing_that_was_stored(store: Store) -> None:
    """Each transaction reaches the disk before it counts, by a log written ahead."""
    with store.read() as connection:
        told = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "journal_mode")
        ]
    assert told == [2, "wal"]


def test_a_look_that_brings_nothing_writes_only_that_it_was_had(store: Store) -> None:
    """One transaction, and of all rows only the source's own."""

    def changes() -> int:
        with store.read() as connection:
            return int(connection.exec_driver_sql("SELECT total_changes()").scalar_one())

    facts = {"problems in": "[]", "lexicon in": "abc"}
    store.received("in", [MessageRow("in", "k1", NOW, "{}", None, body=b"one")], "1", NOW, facts=facts)
    store.received("in", [], "1", LATER, facts=facts, bodies_since=NOW)
    assert store.body("in", "k1") is None
    before = changes()
    store.received("in", [], "1", LATER + (LATER - NOW), facts=facts, bodies_since=NOW)
    assert changes() - before == 1
