"""Which objects of a calendar changed: by sync-collection, and where there is none, by its tag and a listing of etags.

A forgotten sync token is told by the element `valid-sync-token`, or by no more than a status.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast
from xml.sax.saxutils import escape

from connectors.calendars.dav_collection import Collection
from connectors.calendars.webdav import CS, SPACES, D
from connectors.errors import CursorLostError, UnreachableError

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

    An object whose version was not told has an empty one.
    """

    etags: dict[str, str]
    gone: frozenset[str]
    cursor: str
    whole: bool


def told_since(at: Collection, cursor: str) -> Told | None:
    """What the server tells; None where nothing changed. Raises CursorLostError, UnreachableError and others."""
    kind, _, tag = cursor.partition(" ")
    if kind in _LISTED:
        return _listed(at, tag or None)
    return _sync_all(at, cursor) or _listed(at, "")


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


def _sync_all(at: Collection, cursor: str) -> Told | None:
    """Page by page, where the server cuts its answer short. None where it has no sync-collection, or only half of it."""
    etags: dict[str, str] = {}
    gone: set[str] = set()
    token = cursor
    for page in range(MOST_PAGES):
        try:
            found = _sync(at, token, first=page == 0)
        except CursorLostError:
            if cursor:
                raise
            found = None
        if found is None:
            return None
        more, lost, token, truncated = found
        etags = {href: etag for href, etag in etags.items() if href not in lost} | more
        gone = (gone - set(more)) | lost
        if not truncated:
            return Told(etags, frozenset(gone), token, whole=not cursor)
    raise UnreachableError("the server never came to the end of its list")


def _sync(at: Collection, token: str, *, first: bool) -> tuple[dict[str, str], set[str], str, bool] | None:
    reply = at.report(
        f"<d:sync-collection {SPACES}><d:sync-token>{escape(token)}</d:sync-token>"
        "<d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>"
    )
    if token and (f"{D}valid-sync-token" in reply.conditions or reply.status in _LOST):
        raise CursorLostError("the server no longer knows the sync token")
    if first and not token and reply.status in _NO_REPORT:
        return None
    etags: dict[str, str] = {}
    gone: set[str] = set()
    truncated = False
    for member in at.members(reply):
        if at.is_home(member):
            truncated = truncated or member.status == 507
        elif member.status in (404, 410) and member.sure:
            gone.add(member.href)
        else:
            etags[member.href] = member.etag
    next_token = cast("str", reply.tree.findtext(f"{D}sync-token") or "").strip()
    if truncated and next_token in ("", token):
        raise CursorLostError("the server does not say how to get the rest of its list")
    if not next_token:
        raise UnreachableError("the server's answer to sync-collection has no sync token")
    return etags, gone - set(etags), next_token, truncated
