"""What is said to a CalDAV server, over the connection of the caldav library: one request, one reply, our errors.

The library's own objects load one by one, follow redirects, and fall back to full downloads in silence, so only its
client is used. Learned from servers: a missing collection may be a 207 that holds one 404; statuses stand in the
response or in its propstats; addresses come as paths or whole, and escaped in more than one way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

from caldav.davclient import DAVClient
from caldav.lib import error as dav_error
from caldav.lib.http_sync import requests as http
from caldav.lib.python_utilities import WireBytes
from caldav.response import DAVResponse

from connectors.calendars import xml_mend
from connectors.errors import RefusedError, UnreachableError

# Set by an environment variable, this writes traffic with its credentials to temporary files.
dav_error.debug_dump_communication = False

D, C, CS = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}", "{http://calendarserver.org/ns/}"
SPACES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/"'
TIMEOUTS = (5.0, 30.0)
"""Seconds to connect, and between two pieces of an answer."""
QUESTIONS = ("GET", "PROPFIND", "REPORT")
"""Methods that change nothing."""
REDIRECTS = (301, 302, 303, 307, 308)
_STATUS = re.compile(r"(?<![\d.])[1-5]\d\d(?![\d.])")


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    tree: Any  # an lxml element, which has no types; None when the body was no XML
    conditions: Sequence[str] = ()
    location: str = ""
    etag: str = ""
    date: str = ""
    """When the server says that it answered."""
    text: str = ""
    """The body of an answer that is no XML."""


@dataclass(frozen=True, slots=True)
class Member:
    """One response of a multistatus: `props` are the elements that the server gave with status 200, by tag.

    The status is that of the resource where `sure`; else of the properties that were asked for.
    """

    href: str
    status: int
    props: Mapping[str, Any] = field(default_factory=dict)
    sure: bool = False

    @property
    def etag(self) -> str:
        """Its version; empty where the server tells none."""
        return (self.text(f"{D}getetag") or "").strip()

    def text(self, tag: str) -> str | None:
        """None where the element is empty, or is not there. Comments in it are no part of the text."""
        found = self.props.get(tag)
        if found is None or not len(found):
            return None if found is None else cast("str | None", found.text)
        return str(found.xpath("string()"))

    def hrefs(self, tag: str) -> list[str]:
        found = self.props.get(tag)
        return [] if found is None else [one.text or "" for one in found.iterfind(f"{D}href")]

    def kinds(self) -> set[str]:
        """The tags of its resourcetype."""
        found = self.props.get(f"{D}resourcetype")
        return set() if found is None else {one.tag for one in found}


class Wire:
    """A connection to one server, for one account. Use it from one thread at a time."""

    def __init__(self, url: str, username: str | None, password: str | None) -> None:
        self.url = url
        self.home = path(url, url)
        self.client = DAVClient(
            url=url,
            username=username,
            password=password or "",
            auth_type=None if username is None else "basic",
            timeout=cast("int", TIMEOUTS),  # the annotation is too narrow; pairs work
            enable_rfc6764=False,
            rate_limit_handle=False,
            headers={"User-Agent": "shiftward"},
        )
        # No credentials from .netrc, no proxies by environment; and a redirect would turn a PUT into a GET.
        self.client.session.trust_env = False
        self.client.session.max_redirects = 0
        self._last: Any = None
        """What was heard last, as the HTTP library has it."""
        self.client.session.hooks["response"] = [self._heard]

    def _heard(self, answer: Any, **_: object) -> None:
        self._last = answer

    def _takes_digest(self) -> bool:
        """Some servers take no plain password. True when one says so for the first time; from then on it gets none."""
        told = self.client.extract_auth_types(str(self._last.headers.get("WWW-Authenticate") or ""))
        if self.client.auth_type != "basic" or "digest" not in told or "basic" in told:
            return False
        self.client.auth_type = "digest"
        self.client.build_auth_object()
        return True

    def ask(self, method: str, href: str, body: str = "", headers: Mapping[str, str] | None = None) -> Reply:
        """Say one thing to the server. Raises UnreachableError where it gives no answer.

        A question may be said twice: some servers hang up on a connection that was idle, just as it is used again.
        """
        try:
            return self._ask(method, href, body, headers or {})
        except _HungUpError:
            if method not in QUESTIONS:
                raise UnreachableError(_HUNG_UP) from None
        try:
            return self._ask(method, href, body, headers or {})
        except _HungUpError:
            raise UnreachableError(_HUNG_UP) from None

    def _ask(self, method: str, href: str, body: str, headers: Mapping[str, str]) -> Reply:
        """Turn every kind of failure into ours, in this one place."""
        wire = WireBytes(body.encode())  # plain text would have its line ends rewritten
        target = urljoin(self.url, href)
        try:
            answer = self.client.request(target, method, cast("str", wire), dict(headers))
        except dav_error.AuthorizationError as error:
            if error.status == 401 and self._takes_digest():
                return self._ask(method, href, body, headers)
            return Reply(error.status or 403, None, tuple(error.preconditions))
        except dav_error.RateLimitError as error:
            raise UnreachableError("the server asks for a pause", error.retry_after_seconds) from None
        except http.exceptions.TooManyRedirects as error:
            moved = cast("Any", error).response
            return Reply(moved.status_code, None, (), str(moved.headers.get("Location") or ""))
        except (http.exceptions.ConnectTimeout, http.exceptions.SSLError) as error:
            raise UnreachableError(_plain(error)) from None
        except http.exceptions.ConnectionError:
            raise _HungUpError from None
        except (http.exceptions.RequestException, OSError) as error:
            raise UnreachableError(_plain(error)) from None
        except Exception as error:
            # The XML parser's own error comes through as it is, from a module that has no types.
            if not type(error).__module__.startswith("lxml"):
                raise
            answer = DAVResponse.from_bytes(xml_mend.mended(self._last.content), self._last.status_code)
            if answer.tree is None:
                raise UnreachableError("the server's answer is not the XML it claims to be") from None
        raw = answer._raw if isinstance(answer._raw, bytes) else str(answer._raw).encode()  # noqa: SLF001
        return Reply(
            answer.status,
            answer.tree,
            tuple(dav_error.parse_preconditions(raw)) if answer.status >= 400 else (),
            etag=str(answer.headers.get("ETag") or ""),
            date=str(answer.headers.get("Date") or ""),
            text=xml_mend.unfolded(raw).decode("utf-8", "replace") if answer.tree is None else "",
        )

    def propfind(self, href: str, *props: str, depth: int = 0) -> Reply:
        """Ask for properties, named as they stand in the body (`d:getetag`, `c:calendar-data`)."""
        wanted = "".join(f"<{prop}/>" for prop in props)
        body = f"<d:propfind {SPACES}><d:prop>{wanted}</d:prop></d:propfind>"
        return self.ask("PROPFIND", href, body, {"Depth": str(depth)})

    def members(self, reply: Reply) -> Iterator[Member]:
        if reply.tree is None or reply.tree.tag != f"{D}multistatus":
            raise UnreachableError("the server's answer is no multistatus")
        for response in reply.tree.iterfind(f"{D}response"):
            stats = [(code(stat.findtext(f"{D}status")), stat) for stat in response.iterfind(f"{D}propstat")]
            props = {
                prop.tag: prop
                for status, stat in stats
                if status == 200
                for prop in stat.iterfind(f"{D}prop/*")
            }
            told = code(response.findtext(f"{D}status"))
            of_props = 200 if not stats or any(status == 200 for status, _ in stats) else stats[0][0]
            href = path(self.url, response.findtext(f"{D}href") or "")
            yield Member(href, told or of_props, props, bool(told))

    def close(self) -> None:
        self.client.close()


def path(base: str, href: str) -> str:
    """One spelling for each resource; servers differ in which characters they escape.

    The address of an object has neither query nor fragment: some leave `?` and `#` of a name bare. An escaped slash
    belongs to the name, and what is escaped may be no UTF-8.
    """
    bare = href.strip().replace("?", "%3F").replace("#", "%23")
    steps = urlsplit(urljoin(base, bare)).path.split("/")
    return "/".join(quote(unquote_to_bytes(step), safe="") for step in steps)


def code(status: str | None) -> int:
    """The number in a status line; 0 where there is none."""
    found = _STATUS.search(status or "")
    return int(found.group()) if found else 0


def of_host(host: str) -> str | None:
    """The address that a host publishes for CalDAV, by DNS or at its well-known path, over TLS only.

    None where it publishes none; raises UnreachableError when it cannot be asked.
    """
    # With it comes a DNS library, which nobody else needs who has an address.
    from caldav.discovery import discover_service

    try:
        found = discover_service(host, "caldav", timeout=int(TIMEOUTS[0]), require_tls=True)
    except (dav_error.DAVError, http.exceptions.RequestException, OSError) as error:
        raise UnreachableError(_plain(error)) from None
    return found.url if found else None


class _HungUpError(Exception):
    """The connection ended without an answer."""


_HUNG_UP = "no connection"


def refuse_redirect(reply: Reply) -> None:
    if reply.status in REDIRECTS:
        raise RefusedError("the address redirects elsewhere; write the final one")


def _plain(error: Exception) -> str:
    """What happened, without the address: it may hold a secret."""
    kinds = {
        "ConnectTimeout": "no connection in time",
        "ReadTimeout": "no answer in time",
        "ConnectionError": "no connection",
    }
    return kinds.get(type(error).__name__, f"the connection failed ({type(error).__name__})")
