"""What service.toml leads to, tried once and changing nothing: its secrets by name, its sources, the clocks of its servers."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from connectors.errors import ConnectorError
from daemon.config import SecretMissingError, Service
from daemon.sources import Places, build, probe

PATIENCE = 5
"""Seconds for a server that is asked for its time."""
Busy = Callable[[str], AbstractContextManager[object]]
"""Says what is being done, for as long as it takes."""


def secrets(service: Service) -> frozenset[str]:
    """The names of all secrets that are named."""
    named = [value for account in service.accounts for value in (account.password, account.secret)]
    named += [value for calendar in service.calendars for value in (calendar.password, calendar.address)]
    named += [value for inbox in service.inboxes for value in (inbox.password, inbox.token)]
    return frozenset(name for name in named if name)


@dataclass(frozen=True, slots=True)
class Tried:
    """A source that was asked once: what is wrong on our side, or with the way to it; neither where all is well."""

    name: str
    problem: str | None = None
    unreached: str | None = None


def ask_each(service: Service, places: Places, busy: Busy) -> Iterator[Tried]:
    """Every source, one after the other."""
    parts: list[tuple[str, dict[str, Any]]] = [
        *((one.name, {"calendars": (one,), "inboxes": ()}) for one in service.calendars),
        *((one.name, {"calendars": (), "inboxes": (one,)}) for one in service.inboxes),
    ]
    for name, part in parts:
        try:
            with busy(f"asking {name} …"):
                probe(build(service.model_copy(update=part), places)[0])
        except ConnectorError as error:
            yield Tried(name, unreached=str(error))
        except SecretMissingError as error:
            yield Tried(name, problem=str(error))
        else:
            yield Tried(name)


def skews(service: Service) -> Iterator[tuple[str, timedelta]]:
    """By how much our clock is ahead of each web server's that tells its time."""
    urls = [calendar.url for calendar in service.calendars] + [account.url for account in service.accounts]
    parts = [urlsplit(url) for url in urls if url]
    for origin in sorted(
        {f"{one.scheme}://{one.netloc}/" for one in parts if one.scheme in ("http", "https")}
    ):
        date = _date_of(origin)
        if date is not None:
            yield urlsplit(origin).hostname or "", datetime.now(UTC) - date


def _date_of(origin: str) -> datetime | None:
    """By its Date header, whatever it answers to a request without a name; None without any."""
    request = urllib.request.Request(origin, method="HEAD")  # noqa: S310  # http or https, looked at before
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            said = answer.headers["Date"]
    except urllib.error.HTTPError as error:
        said = error.headers["Date"]
    except (OSError, ValueError):
        return None
    try:
        found = parsedate_to_datetime(said or "")
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
