"""A folder of files keeps the contract, and survives what people and programs leave in folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from connectors.base import Calendar
from connectors.calendars.folder import LARGEST, FolderCalendar
from connectors.errors import ConnectorError, RefusedError
from tests.connectors.calendar_contract import CalendarContract, text


class TestFolderCalendar(CalendarContract):
    @pytest.fixture
    def calendar(self, tmp_path: Path) -> Calendar:
        made = FolderCalendar(tmp_path / "shifts")
        made.make("Shiftward", "mark")
        return made

    @pytest.fixture
    def other(self, calendar: Calendar, tmp_path: Path) -> Calendar:
        return FolderCalendar(tmp_path / "shifts")

    @pytest.fixture
    def missing(self, tmp_path: Path) -> Calendar:
        return FolderCalendar(tmp_path / "nowhere")


@pytest.fixture
def folder(tmp_path: Path) -> FolderCalendar:
    made = FolderCalendar(tmp_path / "work")
    made.make("Work", "mark")
    made.create("one.ics", text("one"))
    return made


def names(calendar: FolderCalendar) -> list[str]:
    return [item.href for item in calendar.changes(None, {}).items]


def test_other_files_are_no_objects(folder: FolderCalendar) -> None:
    """Only files that end in .ics count."""
    for name in ("color", "notes.txt", "one.ics.bak", "two.ics.tmp"):
        (folder.path / name).write_text("not an event", "utf-8")
    assert names(folder) == ["one.ics"]


def test_hidden_files_are_no_objects(folder: FolderCalendar) -> None:
    """A half-written or hidden file of another program costs nobody the calendar."""
    for name in (".one.ics", "._one.ics"):
        (folder.path / name).write_bytes(b"\x00\x05\x16\x07")
    assert names(folder) == ["one.ics"]


def test_bytes_that_are_no_text_are_kept_as_an_object(folder: FolderCalendar) -> None:
    """A file in another encoding is one object with odd characters, and the rest is read."""
    (folder.path / "latin.ics").write_bytes(text("two", "Zürich").encode("latin-1"))
    assert names(folder) == ["latin.ics", "one.ics"]


def test_a_huge_file_is_an_object_without_text(folder: FolderCalendar) -> None:
    """A file that is too large to be an event is listed and not read."""
    with (folder.path / "huge.ics").open("wb") as file:
        file.truncate(LARGEST + 1)
    found = {item.href: item.data for item in folder.changes(None, {}).items}
    assert found["huge.ics"] == ""
    assert "night shift" in found["one.ics"]


def test_a_version_is_what_is_in_a_file(folder: FolderCalendar) -> None:
    """Rewriting a file with the same bytes is no change; other bytes at the same time of change are one."""
    known = {item.href: item.etag for item in folder.changes(None, {}).items}
    path = folder.path / "one.ics"
    facts, raw = path.stat(), path.read_bytes()
    path.write_bytes(raw)
    assert folder.changes(None, known).items == ()
    path.write_bytes(raw.replace(b"night", b"NIGHT"))
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert [item.href for item in folder.changes(None, known).items] == ["one.ics"]


def test_a_write_leaves_no_other_file(folder: FolderCalendar) -> None:
    """Files appear whole: after writes there is nothing temporary left."""
    folder.create("two.ics", text("two"))
    folder.update("two.ics", text("two", "x"), folder.fetch(["two.ics"])["two.ics"].etag)
    assert sorted(path.name for path in folder.path.iterdir()) == [
        ".shiftward",
        "displayname",
        "one.ics",
        "two.ics",
    ]


@pytest.mark.parametrize("href", ["../outside.ics", "/etc/outside.ics", "a/b.ics", ".hidden.ics", ".."])
def test_no_address_leads_out_of_the_folder(folder: FolderCalendar, href: str) -> None:
    """An address with a path in it is refused, for reading and for writing."""
    with pytest.raises(RefusedError):
        folder.create(href, "x")
    with pytest.raises(RefusedError):
        folder.fetch([href])


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    """Where a file stands in place of the folder, making and reading it raise."""
    (tmp_path / "plain").write_text("x", "utf-8")
    calendar = FolderCalendar(tmp_path / "plain" / "below")
    with pytest.raises(ConnectorError):
        calendar.make("x", "mark")
    with pytest.raises(ConnectorError):
        FolderCalendar(tmp_path / "plain").changes(None, {})


def test_a_folder_that_is_taken_away_is_no_deletion(folder: FolderCalendar) -> None:
    """When the whole folder goes (an unmounted disk), asking for what was there raises."""
    folder.path.rename(folder.path.with_name("elsewhere"))
    with pytest.raises(ConnectorError):
        folder.fetch(["one.ics"])
