"""Which objects of a calendar changed: by sync-collection, and where there is none, by its tag and a listing of etags.

A forgotten sync token is told by the element `valid-sync-token`, or by no more than a status.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast
from xml.sax.saxutils import escape

from connectors.calendars.dav_collection import Collection
from connectors.calendars.dav_read import WITH_DATA, item_of
from connectors.calendars.webdav import CS, SPACES, D
from connectors.errors import CursorLostError, UnreachableError
from connectors.event import Item

MOST_PAGES = 100
_LISTED = ("ctag", "list")
"""What the cursors of calendars without sync-collection begin with; every other one is a token, which is a URI."""
_NO_REPORT = (400, 403, 405, 415, 422, 500, 501, 507)
"""How servers without sync-collection refuse it, or those that would have too much to tell."""
_LOST = (400, 403, 409, 410, 412, 500, 501, 507)
"""How servers refuse a token that they no longer know; asked without one, they tell what else it may be."""


@dataclass(frozen=True, slots=True)
class Told:
    """Versions by address, addresses that are gone, the next cursor; `whole` where all there is was listed.

    An object whose version was not told has an empty one. `items` are objects that came with it at once, and `date` is
    when the server answered, as it says.
    """

    etags: dict[str, str]
    gone: frozenset[str]
    cursor: str
    whole: bool
    items: dict[str, Item] = field(default_factory=dict)
    date: str = ""


def told_since(at: Collection, cursor: str, *, with_data: bool = False) -> Told | None:
    """What the server tells; None where nothing changed. Raises CursorLostError, UnreachableError and others.

    `with_data`: it is asked for the changed objects themselves, which saves the next request where it gives them.
    """
    kind, _, tag = cursor.partition(" ")
    if kind in _LISTED:
        return _listed(at, tag or None)
    return _sync_all(at, cursor, with_data=with_data) or _listed(at, "")


def _listed(at: Collection, ctag: str | None) -> Told | None:
    """Without sync-collection: has the calendar's tag moved, and if so, which etags are there."""
    # Asked before the listing: what changes in between is then seen at the next look.
    now = at.about("cs:getctag").text(f"{CS}getctag") if ctag is not None else None
    if ctag and now == ctag:
        return None
    return Told(dict(_list(at)), frozenset(), f"ctag {now}" if now else "list", whole=True)


def _list(at: Collection) -> Iterator[tuple[str, str]]:
    members = at.members(at.propfind("d:getetag", "d:resourcetype", "d:getcontenttype", depth=1))
    if not any(at.is_home(member) for member in members):
        raise UnreachableError("the server's listing does not hold the calendar itself")
    if any(member.status == 507 for member in members):
        raise UnreachableError("the server's listing is cut short")
    for member in members:
        if at.is_home(member) or member.kinds():
            continue
        kind = (member.text(f"{D}getcontenttype") or "text/calendar").lower()
        if "calendar" in kind:
            yield member.href, member.etag


def _sync_all(at: Collection, cursor: str, *, with_data: bool) -> Told | None:
    """Page by page, where the server cuts its answer short. None where it has no sync-collection, or only half of it."""
    all_told = Told({}, frozenset(), cursor, whole=not cursor)
    for page in range(MOST_PAGES):
        try:
            found = _sync(at, all_told.cursor, first=page == 0, with_data=with_data)
        except CursorLostError:
            if cursor:
                raise
            found = None
        if found is None:
            return None
        told, truncated = found
        all_told = _together(all_told, told)
        if not truncated:
            return all_told
    raise UnreachableError("the server never came to the end of its list")


def _together(before: Told, then: Told) -> Told:
    """What a later page says of an object holds."""
    etags = {href: etag for href, etag in before.etags.items() if href not in then.gone} | then.etags
    gone = (before.gone - then.etags.keys()) | then.gone
    return Told(etags, gone, then.cursor, before.whole, before.items | then.items, before.date or then.date)


def _sync(at: Collection, token: str, *, first: bool, with_data: bool) -> tuple[Told, bool] | None:
    """One page, and whether there are more."""
    props = WITH_DATA if with_data else "<d:prop><d:getetag/></d:prop>"
    reply = at.report(
        f"<d:sync-collection {SPACES}><d:sync-token>{escape(token)}</d:sync-token>"
        f"<d:sync-level>1</d:sync-level>{props}</d:sync-collection>"
    )
    if token and (f"{D}valid-sync-token" in reply.conditions or reply.status in _LOST):
        raise CursorLostError("the server no longer knows the sync token")
    if first and not token and reply.status in _NO_REPORT:
        return None
    etags: dict[str, str] = {}
    items: dict[str, Item] = {}
    gone: set[str] = set()
    truncated = False
    for member in at.members(reply):
        if at.is_home(member):
            truncated = truncated or member.status == 507
        elif member.status in (404, 410) and member.sure:
            gone.add(member.href)
        else:
            etags[member.href] = member.etag
            item = item_of(member)
            items |= {member.href: item} if item else {}
    next_token = cast("str", reply.tree.findtext(f"{D}sync-token") or "").strip()
    if truncated and next_token in ("", token):
        raise CursorLostError("the server does not say how to get the rest of its list")
    if not next_token:
        raise UnreachableError("the server's answer to sync-collection has no sync token")
    told = Told(
        etags, frozenset(gone - set(etags)), next_token, whole=not token, items=items, date=reply.date
    )
    return told, truncated
