"""CalDAV, over the connection of the caldav library: each method here is the requests it says and no more.

The library's own objects load one by one, follow redirects, and fall back to full downloads in silence, so only
its client is used; what is said over it is written here. Learned from servers:

* a forgotten sync token is told by the element `valid-sync-token`, under 403, 409, 412 or another status;
* a missing collection may be a 207 that holds one 404, which is not "everything was deleted";
* the etag in the answer to a PUT may belong to another body than the one stored: etags come from reading only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.sax.saxutils import escape

from caldav.davclient import DAVClient
from caldav.lib import error as dav_error
from caldav.lib.http_sync import requests as http
from caldav.lib.python_utilities import WireBytes

from connectors.base import Changes
from connectors.errors import ConflictError, CursorLostError, MissingError, RefusedError, UnreachableError
from connectors.event import Item

# Set by an environment variable, this writes traffic with its credentials to temporary files.
dav_error.debug_dump_communication = False

D, C = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
SPACES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'
TIMEOUTS = (5.0, 30.0)
"""Seconds to connect, and between two pieces of an answer."""
MOST_PAGES = 100
BATCH = 50
"""Objects asked for in one multiget."""
ICS = {"Content-Type": "text/calendar; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    tree: Any  # an lxml element, which has no types; None when the body was no XML
    conditions: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Member:
    href: str
    status: int
    etag: str | None
    data: str | None


class DavCalendar:
    """One calendar at a known address. Use it from one thread at a time."""

    def __init__(self, url: str, username: str | None = None, password: str | None = None) -> None:
        self.url = url if url.endswith("/") else f"{url}/"
        self._client = DAVClient(
            url=self.url,
            username=username,
            password=password or "",
            auth_type=None if username is None else "basic",
            timeout=cast("int", TIMEOUTS),  # the annotation is too narrow; pairs work
            enable_rfc6764=False,
            rate_limit_handle=False,
            headers={"User-Agent": "shiftward"},
        )
        # No credentials from .netrc, no proxies by environment; and a redirect would turn a PUT into a GET.
        self._client.session.trust_env = False
        self._client.session.max_redirects = 0
        self._home = _path(self.url, self.url)

    def changes(self, cursor: str | None, known: Mapping[str, str]) -> Changes:
        """One request when nothing changed; else one more for each batch of changed objects."""
        etags, gone, token = self._sync_all(cursor or "")
        fresh = sorted(href for href, etag in etags.items() if known.get(href) != etag)
        items = self.fetch(fresh)
        gone |= {href for href in fresh if href not in items}
        if cursor is None:
            gone |= set(known) - set(etags)
        return Changes(
            tuple(items.values()), frozenset(gone & set(known)), token, len(etags) if cursor is None else None
        )

    def fetch(self, hrefs: Collection[str]) -> Mapping[str, Item]:
        wanted = sorted(hrefs)
        found: dict[str, Item] = {}
        answered: set[str] = set()
        for at in range(0, len(wanted), BATCH):
            for member in self._multiget(wanted[at : at + BATCH]):
                answered.add(member.href)
                if member.data is not None and member.etag is not None:
                    found[member.href] = Item(member.href, member.etag, member.data)
                elif member.status != 404 or self._is_home(member):
                    raise UnreachableError(
                        f"the server gave status {member.status} and no data for an object"
                    )
        for href in wanted:
            # Baïkal passes over what is gone; others pass over what they failed to read.
            if _path(self.url, href) not in answered:
                self._expect_gone(href)
        return found

    def _is_home(self, member: _Member) -> bool:
        return member.href.rstrip("/") == self._home.rstrip("/")

    def _expect_gone(self, href: str) -> None:
        """Raises UnreachableError unless the server says of this very address that nothing is there."""
        if self._ask("GET", href, "", {}).status not in (404, 410):
            raise UnreachableError("the server passed over an object that it was asked for")

    def create(self, href: str, data: str) -> None:
        self._put(href, data, {"If-None-Match": "*"})

    def update(self, href: str, data: str, etag: str) -> None:
        self._put(href, data, {"If-Match": etag})

    def delete(self, href: str, etag: str) -> None:
        reply = self._ask("DELETE", href, "", {"If-Match": etag})
        self._expect(reply, 200, 202, 204)

    def address(self, name: str) -> str:
        return f"{self._home}{name}.ics"

    def make(self, title: str, mark: str) -> bool:
        try:
            return self._carries(mark)
        except MissingError:
            self._mkcalendar(title, mark)
        return self._carries(mark)

    def _mkcalendar(self, title: str, mark: str) -> None:
        """Somebody may be quicker: whose it is then, its mark tells."""
        body = (
            f"<c:mkcalendar {SPACES}><d:set><d:prop><d:displayname>{escape(title)}</d:displayname>"
            f"<c:calendar-description>{escape(_signed(mark))}</c:calendar-description>"
            '<c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set>'
            "</d:prop></d:set></c:mkcalendar>"
        )
        reply = self._ask("MKCALENDAR", self._home, body, {})
        if f"{D}resource-must-be-null" not in reply.conditions and reply.status != 405:
            self._expect(reply, 201)

    def _carries(self, mark: str) -> bool:
        body = f"<d:propfind {SPACES}><d:prop><c:calendar-description/></d:prop></d:propfind>"
        reply = self._ask("PROPFIND", self._home, body, {"Depth": "0"})
        self._expect_answer(reply)
        if any(self._is_home(member) and member.status in (404, 410) for member in self._members(reply)):
            raise MissingError("there is no calendar at this address")
        return any(text == _signed(mark) for text in reply.tree.itertext())

    def close(self) -> None:
        self._client.close()

    def _sync_all(self, token: str) -> tuple[dict[str, str], set[str], str]:
        """Page by page, where the server cuts its answer short."""
        etags: dict[str, str] = {}
        gone: set[str] = set()
        for _ in range(MOST_PAGES):
            more, lost, token, truncated = self._sync(token)
            etags = {href: etag for href, etag in etags.items() if href not in lost} | more
            gone = (gone - set(more)) | lost
            if not truncated:
                return etags, gone, token
        raise UnreachableError("the server never came to the end of its list")

    def _sync(self, token: str) -> tuple[dict[str, str], set[str], str, bool]:
        body = (
            f"<d:sync-collection {SPACES}><d:sync-token>{escape(token)}</d:sync-token>"
            "<d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>"
        )
        reply = self._ask("REPORT", self._home, body, {"Depth": "0"})
        if token and f"{D}valid-sync-token" in reply.conditions:
            raise CursorLostError("the server no longer knows the sync token")
        self._expect_answer(reply)
        etags: dict[str, str] = {}
        gone: set[str] = set()
        truncated = False
        for member in self._members(reply):
            if self._is_home(member):
                truncated = truncated or member.status == 507
                if member.status != 507 and not 200 <= member.status < 300:
                    raise UnreachableError(f"the server gave status {member.status} for the calendar itself")
            elif member.status == 404:
                gone.add(member.href)
            elif member.etag is None:
                raise UnreachableError(f"the server gave status {member.status} and no version for an object")
            else:
                etags[member.href] = member.etag
        next_token = cast("str | None", reply.tree.findtext(f"{D}sync-token"))
        if not next_token:
            raise UnreachableError("the server's answer to sync-collection has no sync token")
        return etags, gone - set(etags), next_token, truncated

    def _multiget(self, hrefs: Sequence[str]) -> Iterator[_Member]:
        wanted = "".join(f"<d:href>{escape(href)}</d:href>" for href in hrefs)
        props = "<d:prop><d:getetag/><c:calendar-data/></d:prop>"
        body = f"<c:calendar-multiget {SPACES}>{props}{wanted}</c:calendar-multiget>"
        reply = self._ask("REPORT", self._home, body, {"Depth": "0"})
        self._expect_answer(reply)
        yield from self._members(reply)

    def _put(self, href: str, data: str, condition: Mapping[str, str]) -> None:
        reply = self._ask("PUT", href, data, {**ICS, **condition})
        self._expect(reply, 200, 201, 204)

    def _expect_answer(self, reply: _Reply) -> None:
        """A report needs the calendar itself to be there."""
        if reply.status in (404, 410):
            raise MissingError("there is no calendar at this address; mend the address, or make the calendar")
        self._expect(reply, 207)

    def _expect(self, reply: _Reply, *statuses: int) -> None:
        if reply.status in statuses:
            return
        if reply.status in (404, 409, 410, 412) or f"{C}no-uid-conflict" in reply.conditions:
            raise ConflictError(f"status {reply.status}")
        if reply.status in (401, 403):
            raise RefusedError(
                f"status {reply.status}: check the user name, the password and the calendar's address"
            )
        raise UnreachableError(f"status {reply.status}")

    def _ask(self, method: str, href: str, body: str, headers: Mapping[str, str]) -> _Reply:
        """Say one thing to the server, and turn every kind of failure into ours, in this one place."""
        wire = WireBytes(body.encode())  # plain text would have its line ends rewritten
        try:
            answer = self._client.request(urljoin(self.url, href), method, cast("str", wire), dict(headers))
        except dav_error.AuthorizationError as error:
            return _Reply(error.status or 403, None, tuple(error.preconditions))
        except dav_error.RateLimitError as error:
            raise UnreachableError("the server asks for a pause", error.retry_after_seconds) from None
        except http.exceptions.TooManyRedirects:
            raise RefusedError("the address redirects elsewhere; write the final one") from None
        except (http.exceptions.RequestException, OSError) as error:
            raise UnreachableError(_plain(error)) from None
        except Exception as error:
            # The XML parser's own error comes through as it is, from a module that has no types.
            if type(error).__module__.startswith("lxml"):
                raise UnreachableError("the server's answer is not the XML it claims to be") from None
            raise
        raw = answer._raw if isinstance(answer._raw, bytes) else str(answer._raw).encode()  # noqa: SLF001
        failed = answer.status >= 400
        return _Reply(answer.status, answer.tree, tuple(dav_error.parse_preconditions(raw)) if failed else ())

    def _members(self, reply: _Reply) -> Iterator[_Member]:
        if reply.tree is None or reply.tree.tag != f"{D}multistatus":
            raise UnreachableError("the server's answer is no multistatus")
        for response in reply.tree.iterfind(f"{D}response"):
            props = [
                prop
                for stat in response.iterfind(f"{D}propstat")
                if _code(stat.findtext(f"{D}status")) == 200
                for prop in stat.iterfind(f"{D}prop/*")
            ]
            texts = {prop.tag: prop.text for prop in props}
            yield _Member(
                href=_path(self.url, response.findtext(f"{D}href") or ""),
                status=_code(response.findtext(f"{D}status")) or 200,
                etag=texts.get(f"{D}getetag"),
                data=texts.get(f"{C}calendar-data"),
            )


def _signed(mark: str) -> str:
    return f"Made and kept by Shiftward ({mark})"


def _path(base: str, href: str) -> str:
    """One spelling for each resource; servers differ in which characters they escape."""
    return quote(unquote(urlsplit(urljoin(base, href.strip())).path), safe="/")


def _code(status: str | None) -> int:
    parts = (status or "").split()
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0


def _plain(error: Exception) -> str:
    """What happened, without the address: it may hold a secret."""
    kinds = {
        "ConnectTimeout": "no connection in time",
        "ReadTimeout": "no answer in time",
        "ConnectionError": "no connection",
    }
    return kinds.get(type(error).__name__, f"the connection failed ({type(error).__name__})")
