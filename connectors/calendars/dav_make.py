"""Making a calendar of ours, or taking over an empty one, and the mark by which it is known."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from connectors.calendars import ical
from connectors.calendars.dav_collection import MARKER, Collection, expect
from connectors.calendars.webdav import SPACES, C, D, Member
from connectors.errors import MissingError, RefusedError
from connectors.event import Days, Event

if TYPE_CHECKING:
    from connectors.base import Calendar

_SIGNED = re.compile(r"Made and kept by Shiftward \([A-Za-z0-9-]+\)")


def make(at: Collection, calendar: Calendar, title: str, mark: str) -> bool:
    """Where the server makes no calendars, an empty one named `title` that the clinician made is taken over."""
    try:
        member = _about(at)
    except MissingError:
        _mkcalendar(at, title, mark)
        member = _about(at)
    whose = _whose(at, calendar, member)
    if whose is not None:
        return whose == _signed(mark)
    if (member.text(f"{D}displayname") or "").strip() != title or calendar.changes(None, {}).listed:
        return False
    _leave_mark(at, calendar, mark)
    return True


def _about(at: Collection) -> Member:
    return at.about("d:displayname", "c:calendar-description")


def _whose(at: Collection, calendar: Calendar, member: Member) -> str | None:
    """The mark of a Shiftward, in the description or in an object of its own."""
    told = _SIGNED.search(member.text(f"{C}calendar-description") or "")
    if told is None:
        marker = at.address(MARKER)
        item = calendar.fetch([marker]).get(marker)
        event = ical.only(item.data) if item else None
        told = _SIGNED.search(event.description) if event else None
    return told.group() if told else None


def _mkcalendar(at: Collection, title: str, mark: str) -> None:
    """Somebody may be quicker: whose it is then, its mark tells."""
    props = (
        f"<d:displayname>{escape(title)}</d:displayname>"
        f"<c:calendar-description>{escape(_signed(mark))}</c:calendar-description>"
    )
    kinds = '<c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set>'
    body = f"<c:mkcalendar {SPACES}><d:set><d:prop>{props}{kinds}</d:prop></d:set></c:mkcalendar>"
    reply = at.wire.ask("MKCALENDAR", at.home, body)
    if reply.status in (400, 404, 405, 415, 501) and not _is_there(at):
        # RFC 5689: the other way to say it.
        kinds = f"<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>{kinds}"
        body = f"<d:mkcol {SPACES}><d:set><d:prop>{kinds}{props}</d:prop></d:set></d:mkcol>"
        reply = at.wire.ask("MKCOL", at.home, body, {"Content-Type": "application/xml"})
    if f"{D}resource-must-be-null" in reply.conditions or (reply.status == 405 and _is_there(at)):
        return
    if reply.status in (400, 403, 404, 405, 409, 415, 501):
        raise RefusedError(
            f"the server lets no program make a calendar there (status {reply.status}): make an empty one "
            f"yourself, name it as its title in service.toml, and give its address"
        )
    expect(reply, 200, 201, 207)


def _is_there(at: Collection) -> bool:
    try:
        _about(at)
    except MissingError:
        return False
    return True


def _leave_mark(at: Collection, calendar: Calendar, mark: str) -> None:
    """In the description, and where that does not stay, as an object of long ago."""
    text = escape(_signed(mark))
    props = f"<d:prop><c:calendar-description>{text}</c:calendar-description></d:prop>"
    body = f"<d:propertyupdate {SPACES}><d:set>{props}</d:set></d:propertyupdate>"
    at.wire.ask("PROPPATCH", at.home, body)
    if _signed(mark) not in (_about(at).text(f"{C}calendar-description") or ""):
        calendar.create(at.address(MARKER), _marker(mark))


def _signed(mark: str) -> str:
    return f"Made and kept by Shiftward ({mark})"


def _marker(mark: str) -> str:
    """An event of long ago that says whose calendar it is in."""
    day = Days(date(2000, 1, 1), date(2000, 1, 1))
    event = Event(f"{MARKER}-{mark}", day, "Shiftward", _signed(mark), transparent=True)
    return ical.write(event, datetime(2000, 1, 1, tzinfo=UTC))
