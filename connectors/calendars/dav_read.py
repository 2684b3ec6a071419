"""The objects of a calendar as they are now: in batches by address, many at once, and one by one what was passed over.

What is gone is told as 404 in the response, in its propstat, or passed over.
"""

from __future__ import annotations

from collections.abc import Collection as Some
from collections.abc import Sequence
from hashlib import blake2b
from xml.sax.saxutils import escape

from connectors.calendars.dav_collection import Collection
from connectors.calendars.webdav import SPACES, C, Member, path
from connectors.errors import UnreachableError
from connectors.event import Item

BATCH = 50
"""Objects asked for in one multiget."""
FEW, MANY = 100, 5_000
"""Between these numbers of objects a first look asks for all of them at once."""
FEW_UNREAD = 5
"""Objects that a server may fail to give; of more of them it is the server that is in trouble."""
_OF_THE_OBJECT = (200, 403, 406, 423, 500)
"""How a server answers that cannot give one object."""
WITH_DATA = "<d:prop><d:getetag/><c:calendar-data/></d:prop>"


def read(at: Collection, hrefs: Some[str]) -> tuple[dict[str, Item], set[str]]:
    """The objects, and the addresses of those few that the server cannot give."""
    wanted = sorted({path(at.wire.url, href) for href in hrefs})
    found: dict[str, Item] = {}
    gone: set[str] = set()
    unread: set[str] = set()
    for first in range(0, len(wanted), BATCH):
        for member in _multiget(at, wanted[first : first + BATCH]):
            item = item_of(member)
            if item is not None:
                found[member.href] = item
            elif member.status in (404, 410):
                gone.add(member.href)
            else:
                unread.add(member.href)
    unread &= {*wanted} - found.keys()
    unread |= _ask_for_the_rest(at, [href for href in wanted if href not in unread], found, gone)
    if len(unread) > FEW_UNREAD:
        raise UnreachableError("the server gave no data for the objects it was asked for")
    return {href: found[href] for href in wanted if href in found}, unread


def item_of(member: Member) -> Item | None:
    """An object, where it came with its data."""
    data = member.text(f"{C}calendar-data")
    return None if data is None else _item(member.href, member.etag, data)


def _item(href: str, etag: str, data: str) -> Item:
    """An object without a version gets a weak one: before it is written, it is looked at."""
    return Item(href, etag or f'W/"{blake2b(data.encode(), digest_size=12).hexdigest()}"', data)


def read_in_bulk(at: Collection, hrefs: Sequence[str]) -> dict[str, Item]:
    """A first look asks for all objects in one query, which is several times faster than by address.

    The listing says what there is: what a server leaves out of this answer is asked for by its address.
    """
    if not FEW < len(hrefs) <= MANY:
        return {}
    wanted = set(hrefs)
    reply = at.report(
        f"<c:calendar-query {SPACES}>{WITH_DATA}"
        '<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"/></c:comp-filter></c:filter>'
        "</c:calendar-query>",
        depth=1,
    )
    if reply.status != 207:
        return {}
    told = (item_of(member) for member in at.members(reply))
    return {item.href: item for item in told if item and item.data and item.href in wanted}


def _multiget(at: Collection, hrefs: Sequence[str]) -> Sequence[Member]:
    """Nothing where the server knows no such report; then each is asked for by itself."""
    wanted = "".join(f"<d:href>{escape(href)}</d:href>" for href in hrefs)
    reply = at.report(f"<c:calendar-multiget {SPACES}>{WITH_DATA}{wanted}</c:calendar-multiget>")
    return () if reply.status in (405, 501) else at.members(reply)


def _ask_for_the_rest(
    at: Collection, wanted: Sequence[str], found: dict[str, Item], gone: set[str]
) -> set[str]:
    """Each by itself: some servers pass over what is gone, others over what they failed to read or to find.

    A name with `?` or `#` in it is cut there by some, and the cut name is not found. Returned is what cannot be had.
    """
    odd = {href for href in gone if "%3F" in href or "%23" in href}
    missing, unread = 0, set()
    for href in wanted:
        if href in found or (href in gone and href not in odd):
            continue
        reply = at.wire.ask("GET", href)
        if reply.status == 200 and _is_calendar(reply.text):
            found[href] = _item(href, reply.etag, reply.text)
        elif reply.status in (404, 410):
            missing += 1
        elif reply.status in _OF_THE_OBJECT:
            unread.add(href)
        else:
            raise UnreachableError("the server passed over an object that it was asked for")
    if missing:
        # A calendar that is gone is told object by object, too.
        at.about()
    return unread


def _is_calendar(text: str) -> bool:
    """Whole, and no page to sign in on."""
    bare = text.strip("\ufeff \t\r\n").upper()
    return bare.startswith("BEGIN:VCALENDAR") and bare.endswith("END:VCALENDAR")
