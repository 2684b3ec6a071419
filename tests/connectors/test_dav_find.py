"""Finding the calendars of a CalDAV account: from any address of it, on every kind of server, and no further than is safe."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from urllib.parse import quote, unquote

import pytest

from connectors.calendars import dav_find
from connectors.calendars.dav import DavCalendar
from connectors.calendars.dav_find import Account, discover
from connectors.calendars.webdav import Wire
from connectors.errors import MissingError, RefusedError, UnreachableError
from tests.connectors.calendar_contract import said, text
from tests.connectors.dav_server import PROFILES, Answer, DavServer, Quirks, running

TITLE = "Lakeside shifts"
STARTS: Mapping[str, Callable[[DavServer], str]] = {
    "the host": lambda server: server.url,
    "the root": lambda server: f"{server.url}{server.site.root}",
    "the principal": lambda server: f"{server.url}{quote(server.site.principal)}",
    "the home": lambda server: server.home_url,
    "nowhere": lambda server: f"{server.url}/nothing/of/the/kind",
}
"""What a clinician may give as the address."""


@pytest.fixture
def serve() -> Iterator[Callable[..., DavServer]]:
    """Servers with the habits that are asked for."""
    with ExitStack() as stack:
        yield lambda quirks, **given: stack.enter_context(running(quirks, **given))


def found(server: DavServer, address: str, password: str | None = None) -> Account:
    account = discover(address, server.user, password or server.password)
    assert server.faults == []
    return account


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS.keys())
@pytest.mark.parametrize("profile", sorted(set(PROFILES) - {"plain_webdav"}))
def test_the_calendars_are_found_from_anywhere(
    serve: Callable[..., DavServer], profile: str, start: Callable[[DavServer], str]
) -> None:
    """By name and address, on every kind of server."""
    server = serve(PROFILES[profile])
    urls = {server.user_mkcalendar(title): title for title in (TITLE, "Private & more")}
    account = found(server, start(server))
    assert {one.url: one.name for one in account.calendars} == urls
    assert all(one.writable for one in account.calendars)
    calendar = DavCalendar(start(server), server.user, server.password, name=TITLE)
    href = server.user_put(next(iter(urls)), "one.ics", text("one"))
    assert [(item.href, said(item.data).uid) for item in calendar.changes(None, {}).items] == [(href, "one")]
    calendar.close()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_server_may_send_us_on(serve: Callable[..., DavServer], status: int) -> None:
    """From the well-known address to the root, from one principal's address to another, and so with the home."""
    server = serve(Quirks(prefix="/dav", well_known=status, principal_moved=status, home_moved=status))
    server.user_mkcalendar(TITLE)
    assert [one.name for one in found(server, server.url).calendars] == [TITLE]


def test_no_well_known_address_is_needed(serve: Callable[..., DavServer]) -> None:
    """The root tells as well."""
    server = serve(Quirks(well_known=404))
    server.user_mkcalendar(TITLE)
    assert [one.name for one in found(server, server.url).calendars] == [TITLE]


@pytest.mark.parametrize(
    "page",
    [
        Answer(200, b"<!DOCTYPE html><title>Sign in<br>", {"Content-Type": "text/html"}),
        Answer(200, b"<html xmlns='x'/>", {"Content-Type": "application/xml"}),
        Answer(403),
        Answer(405),
        Answer(302, b"", {"Location": "http://elsewhere.example/login"}),
    ],
    ids=["a page", "a page in XML", "403", "405", "a redirect elsewhere"],
)
def test_a_site_may_have_pages_of_its_own(serve: Callable[..., DavServer], page: Answer) -> None:
    """Where the address that is given is of no use, the well-known one is asked."""
    server = serve(Quirks(prefix="/dav"))
    server.user_mkcalendar(TITLE)
    server.pages["/"] = page
    assert [one.name for one in found(server, server.url).calendars] == [TITLE]


@pytest.mark.parametrize(
    ("page", "kind"),
    [(Answer(403), RefusedError), (Answer(200), MissingError), (Answer(404), MissingError)],
)
def test_where_nothing_is_found_it_is_said_why(
    serve: Callable[..., DavServer], page: Answer, kind: type[Exception]
) -> None:
    """Refused is another thing than not there."""
    server = serve(Quirks())
    server.pages |= {"/": page, "/.well-known/caldav": page}
    with pytest.raises(kind) as caught:
        found(server, server.url)
    assert type(caught.value) is kind


def test_a_host_that_fails_is_no_host_without_calendars(serve: Callable[..., DavServer]) -> None:
    """A server in trouble is asked again later."""
    server = serve(Quirks())
    server.busy(500, times=3)
    with pytest.raises(UnreachableError):
        found(server, server.url)


def test_a_wrong_password_is_tried_once(serve: Callable[..., DavServer]) -> None:
    """At the third attempt some providers lock the account."""
    server = serve(Quirks())
    with pytest.raises(RefusedError):
        found(server, server.url, "not this")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "quirks",
    [Quirks(prefix="/dav", well_known_host="localhost"), Quirks(prefix="/dav", home_host="localhost")],
    ids=["the well-known address", "the home"],
)
def test_the_password_goes_to_no_other_site(serve: Callable[..., DavServer], quirks: Quirks) -> None:
    """A name that is not below the same one is somebody else's, whatever stands behind it."""
    server = serve(quirks)
    server.user_mkcalendar(TITLE)
    server.pages["/"] = Answer(404)
    with pytest.raises(RefusedError):
        found(server, server.url)
    assert not [asked for asked in server.asked if asked.headers["host"].startswith("localhost")]


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("http://cal.clinic.example/dav/", RefusedError),
        ("https://cal.elsewhere.example/dav/", RefusedError),
        ("https://203.0.113.9/dav/", RefusedError),
        ("ftp://cal.clinic.example/dav/", UnreachableError),
        ("", UnreachableError),
    ],
)
def test_a_protected_address_leads_to_protected_ones_of_the_same_site(
    target: str, kind: type[Exception]
) -> None:
    """The password would go along."""
    with closing(Wire("https://cal.clinic.example/", None, None)) as wire:
        search = dav_find._Search(wire, wire.url)
        with pytest.raises(kind):
            search._within(wire.url, target)
        for same in ("/dav/", "https://p07-cal.clinic.example/dav/"):
            assert search._within(wire.url, same).endswith(".clinic.example/dav/")


def test_a_circle_of_redirects_ends(serve: Callable[..., DavServer]) -> None:
    """After a few of them it is told."""
    server = serve(Quirks())
    server.pages["/"] = Answer(302, b"", {"Location": "/"})
    with pytest.raises(UnreachableError):
        found(server, server.url)
    assert len(server.asked) < 20


def test_what_may_only_be_read_says_so(serve: Callable[..., DavServer]) -> None:
    """A calendar that is shared for reading is found, and not taken for one to write to."""
    server = serve(Quirks(read_only=True))
    server.user_mkcalendar(TITLE)
    assert [one.writable for one in found(server, server.url).calendars] == [False]


def test_to_dos_are_no_calendar(serve: Callable[..., DavServer]) -> None:
    """A collection that holds no events is left out."""
    server = serve(Quirks())
    server.user_mkcalendar(TITLE)
    server.user_mkcalendar("To do", holds="VTODO")
    assert [one.name for one in found(server, server.url).calendars] == [TITLE]


def test_the_address_of_a_calendar_is_an_account_too(serve: Callable[..., DavServer]) -> None:
    """It holds that one, and others are made beside it."""
    server = serve(Quirks())
    url = server.user_mkcalendar(TITLE)
    account = found(server, url)
    assert [one.url for one in account.calendars] == [url]
    assert account.homes == (server.home_url,)


def test_two_of_one_name_are_not_guessed_between(serve: Callable[..., DavServer]) -> None:
    """Which is meant, only its address tells."""
    server = serve(Quirks())
    urls = [server.user_mkcalendar(TITLE) for _ in range(2)]
    by_name, by_address = (
        DavCalendar(server.url, server.user, server.password, name=name) for name in (TITLE, urls[1])
    )
    with pytest.raises(RefusedError):
        by_name.changes(None, {})
    assert by_address.changes(None, {}).listed == 0
    for calendar in (by_name, by_address):
        calendar.close()


@pytest.mark.parametrize("profile", ["standard", "radicale", "icloud", "nextcloud", "fastmail", "baikal"])
def test_what_is_not_there_is_made_at_one_address(serve: Callable[..., DavServer], profile: str) -> None:
    """Of several starts each finds, or makes, the same."""
    server = serve(PROFILES[profile])
    urls = []
    for _ in range(2):
        calendar = DavCalendar(server.url, server.user, server.password, name="Shiftward")
        assert calendar.make("Shiftward", "mark") is True
        urls.append(unquote(calendar.url))
        calendar.close()
    assert len(set(urls)) == 1
    assert [one.name for one in found(server, server.url).calendars] == ["Shiftward"]
