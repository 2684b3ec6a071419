"""Logs: JSON off a terminal, and of libraries only that they complained."""

from __future__ import annotations

import io
import json
import logging
from typing import Any

import pytest

from daemon import log


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_off_a_terminal_each_line_is_json() -> None:
    """An event, its level, its facts and the time in UTC."""
    stream = io.StringIO()
    log.set_up("info", stream)
    log.get().info("source.changed", source="work", changed=2)
    (line,) = lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "source.changed", "level": "info", "source": "work", "changed": 2}


def test_on_a_terminal_it_is_for_people() -> None:
    """The same is no JSON there."""
    stream = Terminal()
    log.set_up("info", stream)
    log.get().info("source.changed", source="work")
    assert "source.changed" in stream.getvalue()
    with pytest.raises(json.JSONDecodeError):
        lines(stream)


@pytest.mark.parametrize(("level", "told"), [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)])
def test_the_level_is_kept(level: str, told: int) -> None:
    """What is below the level is not told."""
    stream = io.StringIO()
    log.set_up(level, stream)
    logger = log.get()
    logger.debug("a")
    logger.info("b")
    logger.warning("c")
    logger.error("d")
    assert len(lines(stream)) == told


def test_libraries_give_no_text() -> None:
    """Of a library's error only its name comes through; of what is less, nothing."""
    stream = io.StringIO()
    log.set_up("debug", stream)
    library = logging.getLogger("somelibrary.client")
    library.error("GET https://calendar.example/private-token/ failed for %s", "R. Example")
    library.warning("body: BEGIN:VCALENDAR")
    library.info("secret")
    (line,) = lines(stream)
    assert (line["event"], line["library"]) == ("library.error", "somelibrary")
    for secret in ("token", "Example", "VCALENDAR", "secret"):
        assert secret not in stream.getvalue()


def test_a_library_that_sets_its_own_level_gives_no_more() -> None:
    """Below an error nothing comes through, also where a library has turned its own loggers up."""
    stream = io.StringIO()
    log.set_up("debug", stream)
    library = logging.getLogger("chattylibrary.client")
    library.setLevel(logging.DEBUG)
    library.warning("body: BEGIN:VCALENDAR")
    assert lines(stream) == []


def test_a_librarys_traceback_stays_out() -> None:
    """An exception that a library logs is not written, nor are the values around it."""
    stream = io.StringIO()
    log.set_up("info", stream)
    try:
        int("a title that nobody may read")
    except ValueError:
        logging.getLogger("apscheduler.executors").exception("Job raised")
    assert len(lines(stream)) == 1
    assert "nobody may read" not in stream.getvalue()
    assert "Job raised" not in stream.getvalue()


def test_a_source_is_told_by_its_label() -> None:
    """The same at every line, another one in another store, and its name is told nowhere."""
    stream = io.StringIO()
    log.set_up("info", stream)
    for instance in ("0a1b2c3d", "0a1b2c3d", "9f8e7d6c"):
        log.of_store(instance).info("source.failing", source="Mercy nights", failures=1)
    first, again, other = (line["source"] for line in lines(stream))
    assert first == again == log.label("0a1b2c3d", "Mercy nights") != other
    assert "Mercy" not in stream.getvalue() + first
    assert "0a1b2c3d" not in stream.getvalue()
