"""CalDAV against the habits of all servers: the contract on each kind of server, and each habit alone."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import fields
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest

from connectors.base import Calendar
from connectors.calendars import ical
from connectors.calendars.dav import DavCalendar
from connectors.errors import (
    ConflictError,
    ConnectorError,
    CursorLostError,
    RefusedError,
    RejectedError,
    UnreachableError,
)
from connectors.event import Event, Timed
from daemon.outbox import carry_out
from daemon.rows import Write
from tests.connectors.calendar_contract import (
    STAMP,
    TEXTS,
    CalendarContract,
    Mirror,
    said,
    text,
)
from tests.connectors.dav_server import PROFILES, DavServer, Quirks, running
from tests.connectors.dav_server_talk import Heard, conversation
from tests.connectors.dav_server_text import Alteration

TITLE = "Shiftward"
REFUSED_AS_IT_IS = (ConflictError, RejectedError)
INVITATION = text("party").replace("STATUS:", "ORGANIZER:mailto:r@clinic.example\r\nSTATUS:")


@pytest.fixture(scope="module")
def servers() -> Iterator[Callable[[Quirks], DavServer]]:
    """A server with these habits; there is one of each kind for all tests."""
    made: dict[Quirks, DavServer] = {}
    with ExitStack() as stack:

        def get(quirks: Quirks) -> DavServer:
            if quirks not in made:
                made[quirks] = stack.enter_context(running(quirks))
            made[quirks].reset()
            return made[quirks]

        yield get


@pytest.fixture
def clients() -> Iterator[Callable[[DavServer, str], DavCalendar]]:
    """Makes clients, and closes them at the end."""
    made: list[DavCalendar] = []

    def make(server: DavServer, url: str) -> DavCalendar:
        made.append(DavCalendar(url, server.user, server.password))
        return made[-1]

    yield make
    for client in made:
        client.close()


def assert_decent(server: DavServer) -> None:
    """No mail was caused, nothing was asked that loses changes, and the server itself did not fail."""
    assert server.mails == []
    assert not [asked for asked in server.asked if b"nresults" in asked.body]
    assert server.faults == []


def truth(server: DavServer, url: str) -> dict[str, str]:
    """What the calendar holds, but for our own mark."""
    return {href: data for href, data in server.texts(url).items() if "marker" not in href}


def caught_up(mirror: Mirror) -> Mirror:
    """Looks as the daemon does: a lost cursor is asked for again without one."""
    try:
        mirror.look()
    except CursorLostError:
        mirror.cursor = None
        mirror.look()
    return mirror


def summaries(texts: dict[str, str]) -> dict[str, str]:
    return {href: said(data).summary for href, data in texts.items()}


class OnAServer(CalendarContract):
    """The contract on a server of one kind, and what the clinician does there by hand."""

    profile: ClassVar[str]
    makes_calendars: ClassVar[bool] = True
    """Whether the server lets programs make calendars."""
    guards_addresses: ClassVar[bool] = True
    """Whether the server keeps a PUT for a new object from writing over another."""
    guards_versions: ClassVar[bool] = True
    """Whether the server keeps a DELETE from another version, and a PUT from bringing back what is gone."""
    tells_versions: ClassVar[bool] = True
    """Whether an object that is made anew at an old address has a version of its own."""
    buries_uids: ClassVar[bool] = False
    """Whether the UID of a deleted object is refused."""
    judges_cursors: ClassVar[bool] = True
    """Whether the server tells a cursor that it does not know from none."""
    remembers: ClassVar[bool] = True
    """Whether the server tells when it has forgotten what happened since a cursor."""
    trims: ClassVar[bool] = False
    """Whether spaces at the end of a text are lost."""

    @pytest.fixture
    def server(self, servers: Callable[[Quirks], DavServer]) -> Iterator[DavServer]:
        server = servers(PROFILES[self.profile])
        yield server
        assert_decent(server)

    @pytest.fixture
    def url(self, server: DavServer) -> str:
        return server.calendar_url("shifts")

    @pytest.fixture
    def calendar(
        self, server: DavServer, url: str, clients: Callable[[DavServer, str], DavCalendar]
    ) -> Calendar:
        if not self.makes_calendars:
            server.user_mkcalendar(TITLE, "shifts")
        made = clients(server, url)
        assert made.make(TITLE, "mark")
        return made

    @pytest.fixture
    def other(
        self,
        calendar: Calendar,
        server: DavServer,
        url: str,
        clients: Callable[[DavServer, str], DavCalendar],
    ) -> Calendar:
        return clients(server, url)

    @pytest.fixture
    def missing(self, server: DavServer, clients: Callable[[DavServer, str], DavCalendar]) -> Calendar:
        return clients(server, server.calendar_url("missing"))

    @pytest.fixture
    def requests(self, server: DavServer) -> Callable[[], int] | None:
        return lambda: len(server.asked)

    def foreign(self, calendar: Calendar, name: str) -> str:
        return calendar.address("x").removesuffix("x.ics") + quote(name)

    # -- where a server cannot do what the contract asks ----------------------------------------------------

    def test_an_unknown_cursor_is_never_a_short_answer(self, calendar: Calendar, other: Calendar) -> None:
        """A cursor that the server does not know is told as lost, or all there is, is listed."""
        if self.judges_cursors:
            super().test_an_unknown_cursor_is_never_a_short_answer(calendar, other)
            return
        other.create(other.address("one"), text("one"))
        found = calendar.changes("http://radicale.org/ns/sync/" + "0" * 64, {})
        assert [item.href for item in found.items] == [other.address("one")]

    def test_a_taken_address_is_a_conflict(self, calendar: Calendar, other: Calendar) -> None:
        """Creating where something stands raises, or writes over it; there is one object, and it is whole."""
        if self.guards_addresses:
            super().test_a_taken_address_is_a_conflict(calendar, other)
            return
        href, expected = calendar.address("one"), "second"
        other.create(href, text("one", "first"))
        try:
            calendar.create(href, text("one", "second"))
        except ConflictError:
            expected = "first"
        assert [said(item.data).summary for item in calendar.changes(None, {}).items] == [expected]

    def test_a_stale_delete_is_a_conflict(self, calendar: Calendar, other: Calendar) -> None:
        """A version that was changed meanwhile is not deleted, unless the server deletes whatever is there."""
        if self.guards_versions:
            super().test_a_stale_delete_is_a_conflict(calendar, other)
            return
        href = calendar.address("one")
        calendar.create(href, text("one"))
        etag = calendar.fetch([href])[href].etag
        other.update(href, text("one", "theirs"), etag)
        try:
            calendar.delete(href, etag)
        except ConflictError:
            assert said(calendar.fetch([href])[href].data).summary == "theirs"
        else:
            assert calendar.fetch([href]) == {}

    def test_updating_what_is_gone_is_a_conflict(self, calendar: Calendar, other: Calendar) -> None:
        """An object that was deleted is not brought back, unless the server takes the update for a new one."""
        if self.guards_versions:
            super().test_updating_what_is_gone_is_a_conflict(calendar, other)
            return
        href = calendar.address("one")
        calendar.create(href, text("one"))
        etag = calendar.fetch([href])[href].etag
        other.delete(href, etag)
        try:
            calendar.update(href, text("one", "back"), etag)
        except ConflictError:
            assert calendar.fetch([href]) == {}
        else:
            assert said(calendar.fetch([href])[href].data).summary == "back"

    def test_a_deleted_address_can_be_used_again(self, calendar: Calendar) -> None:
        """After a deletion the address takes a new object, though where there is a trash bin only of another UID."""
        if not self.buries_uids:
            super().test_a_deleted_address_can_be_used_again(calendar)
            return
        href = calendar.address("one")
        calendar.create(href, text("one", "first"))
        calendar.delete(href, calendar.fetch([href])[href].etag)
        with pytest.raises(REFUSED_AS_IT_IS):
            calendar.create(href, text("one", "second"))
        calendar.create(href, text("one-2", "second"))
        assert said(calendar.fetch([href])[href].data).summary == "second"

    @pytest.mark.parametrize("words", TEXTS.values(), ids=TEXTS.keys())
    def test_texts_come_back_as_they_went(self, calendar: Calendar, other: Calendar, words: str) -> None:
        """Titles and descriptions survive the server, but for spaces at the end where it takes those off."""
        super().test_texts_come_back_as_they_went(calendar, other, words.rstrip(" ") if self.trims else words)

    def test_making_it_makes_it(self, missing: Calendar, server: DavServer) -> None:  # type: ignore[override]  # one more fixture
        """What is missing is made; where the server forbids that, it is said, and what the clinician makes is taken."""
        if self.makes_calendars:
            super().test_making_it_makes_it(missing)
            return
        with pytest.raises(RefusedError):
            missing.make("Shifts & <more>", "mark")
        server.user_mkcalendar("Shifts & <more>", "missing")
        super().test_making_it_makes_it(missing)

    # -- calendars made by hand -----------------------------------------------------------------------------

    def test_an_empty_calendar_made_by_hand_is_taken_over(
        self, server: DavServer, clients: Callable[[DavServer, str], DavCalendar]
    ) -> None:
        """Empty and of the right name it becomes ours, which another client sees, and nobody else's."""
        url = server.user_mkcalendar(TITLE)
        assert clients(server, url).make(TITLE, "mark") is True
        assert clients(server, url).make(TITLE, "mark") is True
        assert clients(server, url).make(TITLE, "somebody-elses") is False
        assert clients(server, url).changes(None, {}).listed == 0

    def test_a_calendar_of_another_name_is_left_alone(
        self, server: DavServer, clients: Callable[[DavServer, str], DavCalendar]
    ) -> None:
        """What the clinician made for something else stays as it is, empty or not."""
        url = server.user_mkcalendar("Private")
        assert clients(server, url).make(TITLE, "mark") is False
        assert (server.texts(url), server.description(url)) == ({}, None)

    def test_a_calendar_with_something_in_it_is_left_alone(
        self, server: DavServer, clients: Callable[[DavServer, str], DavCalendar]
    ) -> None:
        """A calendar of the right name in which somebody keeps something is somebody's."""
        url = server.user_mkcalendar(TITLE)
        server.user_put(url, "one.ics", text("one"))
        before = server.texts(url)
        assert clients(server, url).make(TITLE, "mark") is False
        assert (server.texts(url), server.description(url)) == (before, None)

    # -- what the clinician does meanwhile ------------------------------------------------------------------

    def test_what_is_done_by_hand_arrives(self, calendar: Calendar, server: DavServer, url: str) -> None:
        """Objects that are written, changed, renamed and removed on the phone are so in the mirror."""
        mirror = Mirror(calendar)
        mirror.look()
        hrefs = [
            server.user_put(url, f"{name}.ics", text(name)) for name in ("kept", "changed", "removed", "x y")
        ]
        mirror.look()
        server.user_put(url, "changed.ics", text("changed", "swapped"))
        server.user_delete(hrefs[2])
        server.user_rename(hrefs[3], "z.ics")
        mirror.look()
        assert summaries(mirror.texts) == summaries(truth(server, url))
        assert len(mirror.known) == 3

    def test_what_is_made_again_by_hand_is_there(
        self, calendar: Calendar, server: DavServer, url: str
    ) -> None:
        """An object that was removed and written again between two looks is there once, and as it is now."""
        href = server.user_put(url, "one.ics", text("one", "first"))
        mirror = Mirror(calendar)
        mirror.look()
        server.user_delete(href)
        server.user_put(url, "one.ics", text("one", "second"))
        found = mirror.look().items
        assert set(mirror.known) == {href}
        assert not self.tells_versions or [said(item.data).summary for item in found] == ["second"]

    def test_forgotten_history_costs_nothing(self, calendar: Calendar, server: DavServer, url: str) -> None:
        """When the server has forgotten what happened, it is found out, at the latest by the next full look."""
        for name in ("kept", "changed", "removed"):
            server.user_put(url, f"{name}.ics", text(name))
        mirror = Mirror(calendar)
        mirror.look()
        server.user_put(url, "changed.ics", text("changed", "swapped"))
        server.user_delete(calendar.address("removed"))
        server.forget_history()
        server.user_put(url, "added.ics", text("added"))
        caught_up(mirror)
        assert {calendar.address("kept"), calendar.address("added")} <= set(mirror.known)
        if not self.remembers:
            mirror.cursor = None
            mirror.look()
        assert summaries(mirror.texts) == summaries(truth(server, url))

    def test_a_calendar_that_was_made_anew_is_read_anew(
        self, calendar: Calendar, server: DavServer, url: str
    ) -> None:
        """When the calendar was removed and another is at its address, its cursor is not taken for the old one's."""
        server.user_put(url, "old.ics", text("old"))
        mirror = Mirror(calendar)
        mirror.look()
        server.user_rmcalendar(url)
        with pytest.raises(ConnectorError):
            mirror.look()
        server.user_mkcalendar(TITLE, "shifts")
        server.user_put(url, "new.ics", text("new"))
        caught_up(mirror)
        if not self.judges_cursors:
            mirror.cursor = None
            mirror.look()
        assert set(mirror.known) == set(truth(server, url))

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_pause_is_kept_and_forgotten(
        self, calendar: Calendar, server: DavServer, url: str, status: int
    ) -> None:
        """A server that asks for a pause is heard, whatever was asked; afterwards all goes on as before."""
        mirror = Mirror(calendar)
        mirror.look()
        server.user_put(url, "one.ics", text("one"))
        server.busy(status, "7")
        with pytest.raises(UnreachableError) as caught:
            mirror.look()
        assert caught.value.retry_after == 7
        assert [said(item.data).uid for item in mirror.look().items] == ["one"]


class TestStandard(OnAServer):
    profile = "standard"


class TestRadicale(OnAServer):
    profile = "radicale"
    refuses_taken_uid = True


class TestXandikos(OnAServer):
    profile = "xandikos"
    refuses_taken_uid = True


class TestICloud(OnAServer):
    profile = "icloud"
    refuses_taken_uid = True


class TestFastmail(OnAServer):
    profile = "fastmail"
    refuses_taken_uid = True
    trims = True


class TestNextcloud(OnAServer):
    profile = "nextcloud"
    refuses_taken_uid = True
    buries_uids = True  # deleted objects lie in the trash bin for 30 days, and keep their UID


class TestGoogleDav(OnAServer):
    profile = "google_dav"
    refuses_taken_uid = True
    makes_calendars = False  # MKCALENDAR and MKCOL are not there
    guards_addresses = False  # of all conditions only If-Match is read


class TestCyrus(OnAServer):
    profile = "cyrus"
    refuses_taken_uid = True
    trims = True


class TestDavical(OnAServer):
    profile = "davical"
    judges_cursors = False  # any cursor it cannot read is answered as if it were empty
    remembers = False  # as is an old cursor: what was removed is not in the answer


class TestBaikal(OnAServer):
    profile = "baikal"


class TestSogo(OnAServer):
    profile = "sogo"
    refuses_taken_uid = True
    guards_addresses = False  # If-None-Match: * is ignored
    guards_versions = False  # as is If-Match by DELETE, and by PUT where nothing is
    tells_versions = False  # versions are counted from nought, and what did not change is also listed again
    judges_cursors = False  # a cursor is a time, and one that it cannot read is the first of all times
    remembers = False  # what was removed before the oldest time it knows of is not told


class TestZimbra(OnAServer):
    profile = "zimbra"
    refuses_taken_uid = True
    makes_calendars = (
        False  # here; where it is allowed, the new calendar is moved to an address made of its name
    )
    guards_addresses = False  # If-None-Match: * is compared as an etag, and so always holds
    trims = True


class TestGmx(OnAServer):
    profile = "gmx"
    refuses_taken_uid = True
    makes_calendars = False  # most of the time


class TestStalwart(OnAServer):
    profile = "stalwart"
    refuses_taken_uid = True
    judges_cursors = False  # any cursor it does not know is answered as if it were empty
    remembers = False  # an old cursor is answered with what is left of the history


class TestPlainWebdav(OnAServer):
    profile = "plain_webdav"
    makes_calendars = False  # it knows no calendars


def test_every_profile_is_tested() -> None:
    """A kind of server that is described has its class here."""
    assert {kind.profile for kind in OnAServer.__subclasses__()} == set(PROFILES)


# -- each habit alone --------------------------------------------------------------------------------------------

ALTERATIONS: tuple[Alteration, ...] = (
    "stamp",
    "reorder",
    "prodid",
    "add x",
    "strip x",
    "own zone",
    "default alarm",
    "trim",
    "nfc",
    "lf",
)
HABITS: dict[str, Quirks] = {
    **{
        f"a bad token is {status}": Quirks(bad_token=status) for status in (400, 403, 409, 412, 500, 507, 207)
    },
    **{
        f"a bad token is a bare {status}": Quirks(bad_token=status, bad_token_named=False)
        for status in (400, 409, 410, 412, 507)
    },
    "no reports told": Quirks(reports_told=False),
    "no ctag": Quirks(ctag=False),
    "no sync-collection": Quirks(sync=False),
    "neither": Quirks(sync=False, ctag=False),
    "neither, and other things in it": Quirks(sync=False, ctag=False, extras=True),
    "lists itself": Quirks(lists_itself=True),
    "lists itself, without an etag": Quirks(lists_itself=True, itself_bare=True),
    "lists what is removed": Quirks(lists_removed=True),
    "lists twice": Quirks(lists_twice=True),
    "lists again": Quirks(lists_again=True),
    "does not tell what was brief": Quirks(tells_brief=False),
    "pages of one": Quirks(page=1),
    "pages of two": Quirks(page=2, lists_itself=True, lists_twice=True),
    **{f"pages of two, and then {how} token": Quirks(page=2, page_token=how) for how in ("same", "none")},
    "refuses limits": Quirks(limit="refused"),
    "too many for one answer": Quirks(too_many=3),
    "takes no plain password": Quirks(digest=True),
    "packs its answers": Quirks(packed=True),
    **{f"{status} for every PUT": Quirks(put_status=status) for status in (200, 202)},
    "gone is a 404 of the properties": Quirks(multiget_gone="propstat"),
    "gone is passed over": Quirks(multiget_gone="omitted"),
    "missing is inside a 207": Quirks(missing_in_207=True),
    "a multiget anywhere": Quirks(multiget_anywhere=True, multiget_gone="omitted"),
    "weak etags": Quirks(etags="weak"),
    "weak etags, and gone is passed over": Quirks(etags="weak", multiget_gone="omitted"),
    "unquoted etags": Quirks(etags="unquoted"),
    "etags are counted": Quirks(counted_etags=True),
    "another etag for PUT": Quirks(put_etag="sent", alters=frozenset({"stamp", "reorder"})),
    "a weak etag for PUT": Quirks(put_etag="weak"),
    "no etag for PUT": Quirks(put_etag="none"),
    **{f"If-Match: * is {how}": Quirks(if_match_any=how) for how in ("inverted", "ignored", "literal")},
    **{f"gone is {status}": Quirks(gone_put=status, gone_delete=status) for status in (404, 410, 412)},
    "MKCALENDAR is MKCOL": Quirks(mkcalendar=405, mkcol=True),
    "a taken calendar is 403": Quirks(taken_calendar=403),
    "a taken calendar is 409": Quirks(taken_calendar=409),
    "descriptions are dropped": Quirks(description="dropped"),
    "descriptions are refused": Quirks(description="refused"),
    "no PROPPATCH": Quirks(proppatch=403, description="dropped"),
    "events need an end": Quirks(needs_end=True, description="dropped"),
    "privileges untold": Quirks(privileges_told=False),
    "whole addresses": Quirks(hrefs="absolute"),
    "calls the calendar otherwise": Quirks(known_as="/uids/4711/"),
    "calls the calendar otherwise, and lists it": Quirks(known_as="/uids/4711/", sync=False),
    "quotes objects": Quirks(cdata=True),
    "folds letters": Quirks(folds_letters=True),
    **{f"addresses are {how}": Quirks(spelling=how) for how in ("full", "minimal", "lower", "raw")},
    "question marks and hashes are bare": Quirks(unescaped="?#", spelling="minimal"),
    **{f"{how} prefixes": Quirks(style=how) for how in ("odd", "default", "local")},
    **{f"in {how}": Quirks(encoding=how) for how in ("utf-8-sig", "utf-16", "iso-8859-1")},
    **{f"the text is altered: {how}": Quirks(alters=frozenset({how})) for how in ALTERATIONS},
    "the text is altered in every way": Quirks(alters=frozenset(ALTERATIONS), put_etag="none"),
}


@pytest.fixture
def habit(request: pytest.FixtureRequest, servers: Callable[[Quirks], DavServer]) -> Iterator[DavServer]:
    """A server with the habit that the test is given."""
    server = servers(request.param)
    yield server
    assert_decent(server)


def on(**habits: Quirks) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("habit", habits.values(), ids=habits.keys(), indirect=True)


@on(**HABITS)
def test_with_each_habit_the_mirror_holds_what_is_there(
    habit: DavServer, clients: Callable[[DavServer, str], DavCalendar]
) -> None:
    """A calendar is made, filled, changed by us and by hand; after each look it is known as it is."""
    url = habit.calendar_url("shifts")
    calendar = clients(habit, url)
    assert calendar.make(TITLE, "mark") is True
    assert calendar.make(TITLE, "mark") is True
    mirror, href = Mirror(calendar), calendar.address("ours")
    steps: list[Callable[[], object]] = [
        lambda: calendar.create(href, text("ours")),
        lambda: [habit.user_put(url, f"ä ({n}).ics", text(f"u{n}", days=n)) for n in range(5)],
        lambda: calendar.update(href, text("ours", "moved · 夜勤"), mirror.known[href]),
        lambda: habit.user_rename(min(mirror.known), "b@c+d.ics"),
        lambda: calendar.delete(href, mirror.known[href]),
        lambda: calendar.create(calendar.address("next"), text("next")),
        habit.forget_history,
        lambda: habit.user_delete(*mirror.known),
    ]
    for step in steps:
        caught_up(mirror)
        step()
        caught_up(mirror)
        assert summaries(mirror.texts) == summaries(truth(habit, url))
    assert mirror.known == {}


@on(**{f"{status}": Quirks(mkcalendar=status) for status in (403, 405, 501)})
def test_a_server_that_makes_no_calendars_says_so(
    habit: DavServer, clients: Callable[[DavServer, str], DavCalendar]
) -> None:
    """The clinician is told to make the calendar, and then it is taken."""
    calendar = clients(habit, habit.calendar_url("shifts"))
    with pytest.raises(RefusedError):
        calendar.make(TITLE, "mark")
    habit.user_mkcalendar(TITLE, "shifts")
    assert calendar.make(TITLE, "mark") is True


TAKEN = {
    "409": Quirks(taken_uid=409),
    "412": Quirks(taken_uid=412),
    "403": Quirks(taken_uid=403),
    "400 beside words": Quirks(taken_uid=400, sabre=True),
    "403 of scheduling": Quirks(taken_uid=403, taken_uid_named="unique-scheduling-object-resource"),
    "a bare 409": Quirks(taken_uid=409, taken_uid_named=""),
    "in the account": Quirks(taken_uid=403, uid_in_account=True),
}


@on(**TAKEN)
def test_a_taken_uid_is_a_conflict_however_it_is_told(
    habit: DavServer, clients: Callable[[DavServer, str], DavCalendar]
) -> None:
    """Whatever the status, that a UID is taken is no matter of permission, and none of trying again."""
    url = habit.user_mkcalendar(TITLE)
    elsewhere = habit.user_mkcalendar("Private") if habit.quirks.uid_in_account else url
    habit.user_put(elsewhere, "theirs.ics", text("same"))
    calendar = clients(habit, url)
    with pytest.raises(ConflictError):
        calendar.create(calendar.address("ours"), text("same"))


MUTE = {
    "a taken one": Quirks(taken_uid=400, taken_uid_named="", sabre=True),
    "a buried one under 400": Quirks(buried_uid=400, sabre=True),
    "a buried one under 409": Quirks(buried_uid=409, sabre=True),
}


@on(**MUTE)
def test_a_uid_that_is_refused_in_words_only_is_not_tried_for_ever(
    habit: DavServer, clients: Callable[[DavServer, str], DavCalendar]
) -> None:
    """Where only a sentence says that the UID is taken, or lies in the trash bin, the object is not taken as it is."""
    url = habit.user_mkcalendar(TITLE)
    href = habit.user_put(url, "theirs.ics", text("same"))
    if habit.quirks.buried_uid:
        habit.user_delete(href)
    calendar = clients(habit, url)
    with pytest.raises(REFUSED_AS_IT_IS):
        calendar.create(calendar.address("ours"), text("same"))


@on(read_only=Quirks(read_only=True))
def test_a_calendar_that_may_only_be_read_is_refused(
    habit: DavServer, clients: Callable[[DavServer, str], DavCalendar]
) -> None:
    """A calendar that is shared for reading is read, and no write is believed to have worked."""
    url = habit.user_mkcalendar(TITLE)
    href = habit.user_put(url, "one.ics", text("one"))
    calendar = clients(habit, url)
    mirror = caught_up(Mirror(calendar))
    writes: list[Callable[[], object]] = [
        lambda: calendar.create(calendar.address("two"), text("two")),
        lambda: calendar.update(href, text("one", "mine"), mirror.known[href]),
        lambda: calendar.delete(href, mirror.known[href]),
    ]
    for write in writes:
        with pytest.raises(RefusedError):
            write()


@on(**{"a bare 500": Quirks(bad_token=500, bad_token_named=False), "foreign": Quirks(foreign_token=500)})
def test_a_token_that_breaks_the_server_is_no_short_answer(
    habit: DavServer, clients: Callable[[DavServer, str], DavCalendar]
) -> None:
    """Where an unknown token is told as no more than a fault of the server, nothing is taken for gone."""
    url = habit.user_mkcalendar(TITLE)
    href = habit.user_put(url, "one.ics", text("one"))
    with pytest.raises(ConnectorError):
        clients(habit, url).changes("0" * 64, {href: "1"})


@on(**{f"{status}": Quirks(multiget_fails=status) for status in (403, 500, 503)})
def test_an_object_that_the_server_cannot_give_costs_itself_alone(
    habit: DavServer, clients: Callable[[DavServer, str], DavCalendar]
) -> None:
    """The others come; it is neither gone nor as it was, is asked for at each look, and comes when it can be had."""
    url = habit.user_mkcalendar(TITLE)
    calendar = clients(habit, url)
    one = habit.user_put(url, "one.ics", text("u1"))
    first = calendar.changes(None, {})
    habit.user_put(url, "one.ics", text("u1", "broken"))
    two = habit.user_put(url, "two.ics", text("u2"))
    known = {item.href: item.etag for item in first.items}
    found = calendar.changes(first.cursor, known)
    assert {item.href: bool(item.data) for item in found.items} == {one: False, two: True}
    assert (found.gone, found.cursor) == (frozenset(), first.cursor)
    known |= {item.href: item.etag for item in found.items}
    again = calendar.changes(found.cursor, known)
    assert (again.items, again.gone, again.same) == ((), frozenset(), frozenset({one, two}))
    with pytest.raises(UnreachableError):
        calendar.fetch([one])
    habit.user_put(url, "one.ics", text("u1", "mended"))
    mended = calendar.changes(again.cursor, known)
    assert [item.href for item in mended.items if "mended" in item.data] == [one]
    assert mended.cursor != first.cursor


def test_a_server_in_trouble_is_no_odd_object(
    servers: Callable[[Quirks], DavServer], clients: Callable[[DavServer, str], DavCalendar]
) -> None:
    """Where it gives none of many objects, the look has failed."""
    server = servers(Quirks(multiget_fails=500))
    url = server.user_mkcalendar(TITLE)
    for number in range(10):
        server.user_put(url, f"{number}.ics", text(f"u{number}", "broken"))
    with pytest.raises(UnreachableError):
        clients(server, url).changes(None, {})


@on(digest=Quirks(digest=True))
def test_who_takes_no_plain_password_gets_it_once(
    habit: DavServer, clients: Callable[[DavServer, str], DavCalendar]
) -> None:
    """From then on a look is one request again; and a wrong password is refused as ever."""
    calendar = clients(habit, habit.user_mkcalendar(TITLE))
    found = calendar.changes(None, {})
    habit.asked.clear()
    calendar.changes(found.cursor, {})
    (asked,) = habit.asked
    assert asked.headers["authorization"].startswith("Digest ")
    wrong = DavCalendar(calendar.url, habit.user, "not this")
    with pytest.raises(RefusedError):
        wrong.changes(None, {})
    wrong.close()
    plain = [one for one in habit.asked if one.headers.get("authorization", "").startswith("Basic ")]
    assert len(plain) == 1


@on(own_zone=PROFILES["zimbra"], every=HABITS["the text is altered in every way"])
def test_an_altered_event_means_the_same(
    habit: DavServer, clients: Callable[[DavServer, str], DavCalendar]
) -> None:
    """Whatever zone a server writes, the event is at the instant at which it was, in summer and in winter."""
    url, zone = habit.user_mkcalendar(TITLE), ZoneInfo("America/New_York")
    calendar = clients(habit, url)
    for month in (1, 7):
        start = datetime(2027, month, 4, 19, tzinfo=zone)
        event = Event(f"in-{month}", Timed(start, start + timedelta(hours=12)), "night", "e\u0301 " * 60)
        href = calendar.address(event.uid)
        calendar.create(href, ical.write(event, STAMP))
        back = said(calendar.fetch([href])[href].data)
        assert isinstance(back.when, Timed)
        assert (back.when.start, back.when.end) == (start, start + timedelta(hours=12))
        assert unicodedata.normalize("NFD", back.description).strip() == event.description.strip()


UNTAGGED = {
    "told as missing": Quirks(tells_etags="404"),
    "not told": Quirks(tells_etags="never"),
    "told as missing in a listing": Quirks(tells_etags="404", sync=False),
    "gone is of the properties, too": Quirks(tells_etags="404", multiget_gone="propstat"),
}


@on(**UNTAGGED)
def test_an_object_without_a_version_is_known_by_its_text(
    habit: DavServer, clients: Callable[[DavServer, str], DavCalendar]
) -> None:
    """It is neither gone nor new at each look; what changes is seen, and is only written over as it was read."""
    url = habit.user_mkcalendar(TITLE)
    href = habit.user_put(url, "one.ics", text("one", "untagged"))
    habit.user_put(url, "two.ics", text("two"))
    calendar = clients(habit, url)
    mirror = caught_up(Mirror(calendar))
    assert summaries(mirror.texts) == summaries(truth(habit, url))
    again = calendar.changes(None, mirror.known)
    assert (again.items, again.gone, again.listed) == ((), frozenset(), 2)
    stale = mirror.known[href]
    habit.user_put(url, "one.ics", text("one", "untagged, and moved"))
    assert [said(item.data).summary for item in mirror.look().items] == ["untagged, and moved"]
    with pytest.raises(ConflictError):
        calendar.update(href, text("one", "ours"), stale)
    calendar.update(href, text("one", "ours"), mirror.known[href])
    habit.user_delete(calendar.address("two"))
    mirror.look()
    assert summaries(mirror.texts) == {href: "ours"}


@on(reports=Quirks(lists_others=True), listing=Quirks(lists_others=True, sync=False))
def test_what_lies_in_another_calendar_is_not_in_this_one(
    habit: DavServer, clients: Callable[[DavServer, str], DavCalendar]
) -> None:
    """Whatever an answer tells beside what was asked, nothing of it is read, and nobody goes there."""
    private, url = habit.user_mkcalendar("Private"), habit.user_mkcalendar(TITLE)
    habit.user_put(private, "theirs.ics", text("theirs"))
    mirror = caught_up(Mirror(clients(habit, url)))
    assert mirror.known == {}
    href = habit.user_put(url, "ours.ics", text("ours", "ours"))
    habit.user_put(private, "ours.ics", text("theirs", "not ours"))
    mirror.look()
    assert summaries(mirror.texts) == {href: "ours"}
    habit.user_delete(href)
    mirror.look()
    assert mirror.known == {}
    assert not [asked for asked in habit.asked if asked.path.startswith(private.removeprefix(habit.url))]


@on(status=Quirks(), inside=Quirks(lock_told="inside a 207"))
def test_a_lock_holds_up_nothing_else(
    habit: DavServer, clients: Callable[[DavServer, str], DavCalendar]
) -> None:
    """What some program holds is left as it is and tried again; the rest is written."""
    url = habit.user_mkcalendar(TITLE)
    held = [habit.user_put(url, f"{name}.ics", text(name)) for name in ("changed", "removed")]
    calendar = clients(habit, url)
    before = caught_up(Mirror(calendar)).known
    habit.user_lock(*held)
    writes = (
        Write("changed", "update", held[0], text("changed", "moved"), before[held[0]]),
        Write("removed", "delete", held[1], "", before[held[1]]),
        Write("made", "create", calendar.address("made"), text("made"), None),
    )
    outcome = carry_out(calendar, writes)
    assert (outcome.conflicts, outcome.trouble, outcome.gone) == (("changed", "removed"), None, ())
    assert set(truth(habit, url)) == {*held, calendar.address("made")}
    habit.user_lock()
    outcome = carry_out(calendar, writes[:2])
    assert (outcome.conflicts, outcome.trouble, outcome.gone) == ((), None, (held[1],))
    assert sorted(summaries(truth(habit, url)).values()) == ["moved", "night shift"]


@on(locked=Quirks())
def test_a_locked_calendar_is_no_taken_address(
    habit: DavServer, clients: Callable[[DavServer, str], DavCalendar]
) -> None:
    """Where nothing new may be made just now, the same is tried again later, and not under another name."""
    calendar = clients(habit, habit.user_mkcalendar(TITLE))
    habit.user_lock(calendar.address("one"))
    with pytest.raises(UnreachableError):
        calendar.create(calendar.address("one"), text("one"))


@on(usual=Quirks(), twice=Quirks(lists_twice=True), pages=Quirks(page=1), without=Quirks(sync=False))
def test_a_look_between_two_pages_misses_nothing(
    habit: DavServer, clients: Callable[[DavServer, str], DavCalendar]
) -> None:
    """What changes while a listing is under way is in this look or in the next."""
    url = habit.user_mkcalendar(TITLE)
    hrefs = [habit.user_put(url, f"{n}.ics", text(f"u{n}")) for n in range(4)]
    mirror, numbers = Mirror(clients(habit, url)), itertools.count()
    habit.after_each = lambda: habit.user_put(url, "0.ics", text("u0", f"version {min(next(numbers), 2)}"))
    mirror.look()
    habit.after_each = lambda: None
    habit.user_delete(hrefs[3])
    mirror.look()
    assert summaries(mirror.texts) == summaries(truth(habit, url))


# -- the server of these tests -----------------------------------------------------------------------------------

OTHERS: dict[str, Quirks] = {
    "foreign token": Quirks(foreign_token=500),
    "forgets silently": Quirks(forgets_silently=True),
    "limit honoured": Quirks(limit="honoured"),
    "limit loses": Quirks(limit="loses"),
    "multiget deaf": Quirks(multiget_deaf="#"),
    "multiget fails": Quirks(multiget_fails=500),
    "new objects are renamed": Quirks(renames=True),
    "bad names": Quirks(bad_names="#"),
    "no reports": Quirks(reports=False),
    "no If-None-Match": Quirks(if_none_match=False),
    "no If-Match for DELETE": Quirks(delete_if_match=False),
    "If-Match makes objects": Quirks(gone_put=201),
    "no calendar": Quirks(is_calendar=False),
    "read only": Quirks(read_only=True),
    "a lock inside a 207": Quirks(lock_told="inside a 207"),
    "lists other calendars": Quirks(lists_others=True),
    "prefix": Quirks(prefix="/dav"),
    "content type": Quirks(content_type="text/xml"),
    "challenge": Quirks(challenge="Digest"),
    "well-known": Quirks(well_known=404),
    "well-known on another host": Quirks(well_known_host="localhost"),
    "principal moved": Quirks(principal_moved=307),
    "home moved": Quirks(home_moved=308),
    "home on another host": Quirks(home_host="localhost"),
}


ALL = {
    **{f"as {name}": quirks for name, quirks in PROFILES.items()},
    **HABITS,
    **OTHERS,
    **{f"a UID is taken: {name}": quirks for name, quirks in TAKEN.items()},
    **MUTE,
    **{f"a version is {name}": quirks for name, quirks in UNTAGGED.items()},
}


@pytest.fixture(scope="module")
def usual(servers: Callable[[Quirks], DavServer]) -> Heard:
    """What a server without any habit answers."""
    return conversation(servers(Quirks()))


@pytest.mark.parametrize("quirks", ALL.values(), ids=ALL.keys())
def test_each_habit_shows(servers: Callable[[Quirks], DavServer], usual: Heard, quirks: Quirks) -> None:
    """A server with a habit answers otherwise than one without, so that a test with it tries something."""
    server = servers(quirks)
    assert (conversation(server) == usual) is (quirks == Quirks())
    assert server.faults == []


def test_every_switch_is_in_a_habit() -> None:
    """None of the switches is there for nothing."""
    turned = {
        one.name
        for one in fields(Quirks)
        for quirks in ALL.values()
        if getattr(quirks, one.name) != one.default
    }
    assert turned == {one.name for one in fields(Quirks)}


def test_the_server_would_have_told_of_a_mail(servers: Callable[[Quirks], DavServer]) -> None:
    """An invitation is one, so that the absence of mails means something."""
    server = servers(Quirks())
    server.user_put(server.user_mkcalendar(TITLE), "party.ics", INVITATION)
    assert server.mails == ["party.ics"]
