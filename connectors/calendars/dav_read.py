"""The objects of a calendar as they are now: in batches by address, many at once, and one by one what was passed over.

What is gone is told as 404 in the response, in its propstat, or passed over.
"""

from __future__ import annotations

from collections.abc import Collection as Some
from collections.abc import Sequence
from xml.sax.saxutils import escape

from connectors.calendars.dav_collection import Collection
from connectors.calendars.webdav import SPACES, C, D, Member, path
from connectors.errors import UnreachableError
from connectors.event import Item

BATCH = 50
"""Objects asked for in one multiget."""
FEW, MANY = 100, 5_000
"""Between these numbers of objects a first look asks for all of them at once."""
FEW_UNREAD = 5
"""Objects that a server may fail to give; of more of them it is the server that is in trouble."""
_PROPS = "<d:prop><d:getetag/><c:calendar-data/></d:prop>"


def read(at: Collection, hrefs: Some[str]) -> tuple[dict[str, Item], set[str]]:
    """The objects, and the addresses of those few that the server says it cannot give."""
    wanted = sorted({path(at.wire.url, href) for href in hrefs})
    found: dict[str, Item] = {}
    gone: set[str] = set()
    unread: set[str] = set()
    for first in range(0, len(wanted), BATCH):
        for member in _multiget(at, wanted[first : first + BATCH]):
            data, etag = member.text(f"{C}calendar-data"), member.text(f"{D}getetag")
            if data is not None and etag is not None:
                found[member.href] = Item(member.href, etag, data)
            elif member.status in (404, 410) and not at.is_home(member):
                gone.add(member.href)
            else:
                unread.add(member.href)
    if len(unread) > FEW_UNREAD or not unread <= {*wanted}:
        raise UnreachableError("the server gave no data for the objects it was asked for")
    _ask_for_the_rest(at, [href for href in wanted if href not in unread], found, gone)
    return found, unread


def read_in_bulk(at: Collection, hrefs: Sequence[str]) -> dict[str, Item]:
    """A first look asks for all objects in one query, which is several times faster than by address.

    The listing says what there is: what a server leaves out of this answer is asked for by its address.
    """
    if not FEW < len(hrefs) <= MANY:
        return {}
    wanted = set(hrefs)
    reply = at.report(
        f"<c:calendar-query {SPACES}>{_PROPS}"
        '<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"/></c:comp-filter></c:filter>'
        "</c:calendar-query>",
        depth=1,
    )
    if reply.status != 207:
        return {}
    told = (
        (member.href, member.text(f"{D}getetag"), member.text(f"{C}calendar-data"))
        for member in at.members(reply)
    )
    return {href: Item(href, etag, data) for href, etag, data in told if href in wanted and etag and data}


def _multiget(at: Collection, hrefs: Sequence[str]) -> Sequence[Member]:
    """Nothing where the server knows no such report; then each is asked for by itself."""
    wanted = "".join(f"<d:href>{escape(href)}</d:href>" for href in hrefs)
    reply = at.report(f"<c:calendar-multiget {SPACES}>{_PROPS}{wanted}</c:calendar-multiget>")
    return () if reply.status in (405, 501) else at.members(reply)


def _ask_for_the_rest(at: Collection, wanted: Sequence[str], found: dict[str, Item], gone: set[str]) -> None:
    """Each by itself: some servers pass over what is gone, others over what they failed to read or to find.

    A name with `?` or `#` in it is cut there by some, and the cut name is not found.
    """
    odd = {href for href in gone if "%3F" in href or "%23" in href}
    asked = [href for href in wanted if href not in found and (href not in gone or href in odd)]
    missing = 0
    for href in asked:
        reply = at.wire.ask("GET", href)
        if reply.status == 200 and reply.etag and reply.text:
            found[href] = Item(href, reply.etag, reply.text)
        elif reply.status in (404, 410):
            missing += 1
        else:
            raise UnreachableError("the server passed over an object that it was asked for")
    if missing:
        # A calendar that is gone is told object by object, too.
        at.about()
