"""The server that plays Google, asked through Google's own client: tests of connectors stand on it."""

from __future__ import annotations

import http.client
import json
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler

import pytest
from google.auth.exceptions import RefreshError

from tests.connectors import google_server
from tests.connectors.google_server import (
    OTHER_CLIENT,
    ROBOT,
    USER,
    Answer,
    GoogleServer,
)
from tests.connectors.google_server_document import SCOPE, Json, document
from tests.connectors.google_server_oauth import CLIENT, SECRET
from tests.waiting import LONG

discovery, errors = import_module("googleapiclient.discovery"), import_module("googleapiclient.errors")
service_account = import_module("google.oauth2.service_account")
flows = import_module("google_auth_oauthlib.flow")

START = datetime(2027, 1, 4, 13, tzinfo=UTC)
EVENTS, CREATED, LIST = "calendar.events", "calendar.app.created", "calendar.calendarlist.readonly"
PATH = "/calendar/v3/calendars/primary/events"


def timed(summary: str = "night shift", days: int = 0, hours: int = 12, **more: object) -> Json:
    start = START + timedelta(days=days)
    ends = {"start": start, "end": start + timedelta(hours=hours)}
    return {
        "summary": summary,
        **{name: {"dateTime": when.isoformat(), "timeZone": "UTC"} for name, when in ends.items()},
        **more,
    }


@pytest.fixture(scope="module")
def running() -> Iterator[GoogleServer]:
    with google_server.serving() as server:
        yield server


@pytest.fixture
def server(running: GoogleServer) -> GoogleServer:
    running.reset()
    return running


@pytest.fixture
def connect(server: GoogleServer) -> Iterator[Callable[..., Any]]:
    """Google's client with these scopes."""
    made = []

    def connected(*scopes: str, credentials: object = None, **more: Any) -> Any:
        held = credentials or server.credentials(scopes, **more)
        place = {"api_endpoint": server.url}
        service = discovery.build(
            "calendar", "v3", credentials=held, client_options=place, static_discovery=True
        )
        made.append(service)
        return service

    yield connected
    for service in made:
        service.close()


@pytest.fixture
def api(connect: Callable[..., Any]) -> Any:
    return connect(EVENTS, CREATED, LIST)


def refused(request: Any) -> tuple[int, str]:
    """Status and reason of the error that a request ends in."""
    with pytest.raises(errors.HttpError) as caught:
        request.execute()
    told = json.loads(caught.value.content)["error"]["errors"][0]
    return caught.value.resp.status, told["reason"]


def raw(
    server: GoogleServer, verb: str, path: str, body: object = None, scopes: tuple[str, ...] = (EVENTS,)
) -> tuple[int, Json]:
    """A request past Google's client, which would not let it out."""
    place = http.client.HTTPConnection(urllib.parse.urlsplit(server.root).netloc, timeout=LONG)
    headers = {
        "Authorization": f"Bearer {server.credentials(scopes).token}",
        "Content-Type": "application/json",
    }
    place.request(verb, path, None if body is None else json.dumps(body), headers)
    answer = place.getresponse()
    told = answer.read()
    place.close()
    return answer.status, json.loads(told) if told.startswith(b"{") else {}


def listed(api: Any, **params: Any) -> tuple[list[Json], str]:
    """All items of a list over its pages, and the token at its end."""
    items: list[Json] = []
    request = api.events().list(calendarId="primary", **params)
    told: Json = {}
    while request is not None:
        assert "nextSyncToken" not in told
        told = request.execute()
        items += told["items"]
        request = api.events().list_next(request, told)
    return items, told.get("nextSyncToken", "")


# -- lists and sync tokens ----------------------------------------------------------------------------------


def test_an_event_comes_back_as_it_was_put(server: GoogleServer, api: Any) -> None:
    """An inserted event is told with what Google adds, its times in the zone of the calendar."""
    made = api.events().insert(calendarId="primary", body=timed(description="one\ntwo")).execute()
    assert made == api.events().get(calendarId="primary", eventId=made["id"]).execute()
    assert made["start"] == {"dateTime": "2027-01-04T14:00:00+01:00", "timeZone": "UTC"}
    assert (made["description"], made["sequence"], made["status"]) == ("one\ntwo", 0, "confirmed")
    assert (made["iCalUID"], made["reminders"]) == (f"{made['id']}@google.com", {"useDefault": True})
    assert server.violations == []


def test_a_list_ends_with_a_token_that_brings_what_changed(server: GoogleServer, api: Any) -> None:
    """With the token of the last list come new, changed and deleted events, and no others."""
    kept, changed, deleted = (server.user_insert("primary", timed(name)) for name in ("a", "b", "c"))
    items, token = listed(api)
    assert [one["id"] for one in items] == [kept["id"], changed["id"], deleted["id"]]
    assert listed(api, syncToken=token)[0] == []
    server.user_update("primary", changed["id"], {"summary": "later"})
    server.user_delete("primary", deleted["id"])
    new = server.user_insert("primary", timed("d"))
    found = {one["id"]: one for one in listed(api, syncToken=token)[0]}
    assert found.keys() == {changed["id"], deleted["id"], new["id"]}
    assert found[deleted["id"]].keys() == {"kind", "etag", "id", "status"}
    assert (found[deleted["id"]]["status"], found[changed["id"]]["summary"]) == ("cancelled", "later")
    assert {one["id"] for one in listed(api)[0]} == {kept["id"], changed["id"], new["id"]}


def test_pages_are_those_of_one_moment(server: GoogleServer, api: Any) -> None:
    """What changes while pages are fetched is in no page, and comes with the token of the last."""
    made = [server.user_insert("primary", timed(str(number)))["id"] for number in range(5)]
    server.store.page_size = 2
    request = api.events().list(calendarId="primary")
    first = request.execute()
    server.user_delete("primary", made[4])
    late = server.user_insert("primary", timed("late"))["id"]
    second = api.events().list_next(request, first)
    told = second.execute()
    last = api.events().list_next(second, told).execute()
    assert [len(page["items"]) for page in (first, told, last)] == [2, 2, 1]
    assert [one["id"] for one in last["items"]] == [made[4]]
    assert {one["id"] for one in listed(api, syncToken=last["nextSyncToken"])[0]} == {made[4], late}


def test_a_page_may_be_empty_though_more_follow(server: GoogleServer, api: Any) -> None:
    """A page without items and with a token is no end."""
    server.user_insert("primary", timed())
    server.store.empty_pages = 2
    assert len(listed(api)[0]) == 1
    assert len(server.requests("events.list")) == 3


def test_a_token_that_is_no_more_good_is_told_as_gone(server: GoogleServer, api: Any) -> None:
    """Forgotten and made-up tokens are answered with 410."""
    _, token = listed(api)
    server.invalidate_sync_tokens()
    for one in (token, "made-up"):
        assert refused(api.events().list(calendarId="primary", syncToken=one)) == (410, "fullSyncRequired")


@pytest.mark.parametrize(
    "params",
    [
        {"q": "x"},
        {"timeMin": "2027-01-01T00:00:00Z"},
        {"updatedMin": "2027-01-01T00:00:00Z"},
        {"iCalUID": "x"},
        {"orderBy": "updated"},
        {"privateExtendedProperty": "a=b"},
        {"showDeleted": False},
        {"maxResults": 7},
        {"timeZone": "UTC"},
    ],
)
def test_a_token_goes_with_the_same_question_only(api: Any, params: Json) -> None:
    """Parameters that a token forbids, or that its list did not have, are refused."""
    _, token = listed(api)
    assert refused(api.events().list(calendarId="primary", syncToken=token, **params))[0] == 400


def test_a_list_tells_of_deleted_events_when_asked(server: GoogleServer, api: Any) -> None:
    """With `showDeleted` a deleted event is told with what it was."""
    made = server.user_insert("primary", timed())
    server.user_delete("primary", made["id"])
    assert listed(api)[0] == []
    (found,) = listed(api, showDeleted=True)[0]
    assert (found["status"], found["summary"]) == ("cancelled", "night shift")


def test_a_list_can_be_of_a_time_or_a_word(server: GoogleServer, api: Any) -> None:
    """Bounds, words, properties and `fields` choose what is listed."""
    server.user_insert("primary", timed("early", -30))
    marked = timed("marked", extendedProperties={"private": {"owner": "me"}})
    mine = server.user_insert("primary", marked)["id"]
    weekly = timed("weekly", -60, recurrence=["RRULE:FREQ=WEEKLY"])
    server.user_insert("primary", weekly)
    bounds = {"timeMin": "2027-01-04T00:00:00Z", "timeMax": "2027-01-20T00:00:00Z"}
    assert [one["summary"] for one in listed(api, **bounds)[0]] == ["marked", "weekly"]
    assert [one["id"] for one in listed(api, q="MARK")[0]] == [mine]
    assert listed(api, privateExtendedProperty="owner=me", fields="items(id,start/timeZone)")[0] == [
        {"id": mine, "start": {"timeZone": "UTC"}}
    ]
    assert refused(api.events().list(calendarId="primary", fields="items/sumary"))[0] == 400


# -- series -------------------------------------------------------------------------------------------------


def test_a_series_is_one_event_and_its_exceptions_are_others(server: GoogleServer, api: Any) -> None:
    """Moved and deleted ones of a series come under ids of their own, the deleted one almost bare."""
    series = server.user_insert("primary", timed("weekly", recurrence=["RRULE:FREQ=WEEKLY;COUNT=5"]))
    _, token = listed(api)
    week = [START + timedelta(weeks=number) for number in range(6)]
    server.user_cancel_instance("primary", series["id"], week[1])
    moved = server.user_move_instance("primary", series["id"], week[2], week[2] + timedelta(hours=1), week[3])
    found = {one["id"]: one for one in listed(api, syncToken=token)[0]}
    cancelled = found.pop(f"{series['id']}_20270111T130000Z")
    start = {"dateTime": "2027-01-11T14:00:00+01:00", "timeZone": "UTC"}
    kept = {name: value for name, value in cancelled.items() if name not in {"kind", "etag", "id"}}
    assert kept == {"status": "cancelled", "recurringEventId": series["id"], "originalStartTime": start}
    assert found == {moved["id"]: moved}
    assert (moved["id"], moved["iCalUID"]) == (f"{series['id']}_20270118T130000Z", series["iCalUID"])
    assert "recurrence" not in moved
    assert len(listed(api)[0]) == 3
    with pytest.raises(Exception, match="Not Found"):
        server.user_cancel_instance("primary", series["id"], week[5])


def test_an_untouched_one_of_a_series_can_be_fetched_and_changed(server: GoogleServer, api: Any) -> None:
    """An id made of the series and a start is an event, and a change keeps it apart."""
    body = {
        "start": {"date": "2027-01-04"},
        "end": {"date": "2027-01-05"},
        "recurrence": ["RRULE:FREQ=DAILY"],
    }
    series = server.user_insert("primary", body)
    id_ = f"{series['id']}_20270106"
    assert api.events().get(calendarId="primary", eventId=id_).execute()["end"] == {"date": "2027-01-07"}
    api.events().patch(calendarId="primary", eventId=id_, body={"summary": "alone"}).execute()
    assert [one.get("summary") for one in listed(api)[0]] == [None, "alone"]
    api.events().delete(calendarId="primary", eventId=series["id"]).execute()
    assert listed(api)[0] == []
    assert server.user_insert("primary", body)["id"] != series["id"]


def test_the_user_cancels_a_day_of_a_series(server: GoogleServer, api: Any) -> None:
    """A day of a series of whole days is told by its date."""
    body = {
        "start": {"date": "2027-01-04"},
        "end": {"date": "2027-01-05"},
        "recurrence": ["RRULE:FREQ=DAILY"],
    }
    series = server.user_insert("primary", body)
    server.user_cancel_instance("primary", series["id"], date(2027, 1, 8))
    assert listed(api)[0][1]["originalStartTime"] == {"date": "2027-01-08"}


# -- writing ------------------------------------------------------------------------------------------------


def test_an_id_of_the_client_is_taken_for_ever(api: Any) -> None:
    """A second event of one id is a duplicate, also when the first is deleted."""
    insert = api.events().insert(calendarId="primary", body=timed(id="shift0001"))
    insert.execute()
    assert refused(insert) == (409, "duplicate")
    api.events().delete(calendarId="primary", eventId="shift0001").execute()
    assert refused(insert) == (409, "duplicate")
    assert refused(api.events().insert(calendarId="primary", body=timed(id="WXYZ-1"))) == (400, "invalid")


def test_a_deleted_event_is_a_tombstone(api: Any) -> None:
    """It is told as cancelled, cannot be deleted twice, and an unknown one is unknown."""
    api.events().insert(calendarId="primary", body=timed(id="shift0001")).execute()
    delete = api.events().delete(calendarId="primary", eventId="shift0001")
    assert delete.execute() in ("", b"")
    assert api.events().get(calendarId="primary", eventId="shift0001").execute()["status"] == "cancelled"
    assert refused(delete) == (410, "deleted")
    assert refused(api.events().delete(calendarId="primary", eventId="shift0002")) == (404, "notFound")


def test_an_update_revives_a_tombstone(server: GoogleServer, api: Any) -> None:
    """With the status `confirmed` a deleted event is there again, not with the sequence of before."""
    api.events().insert(calendarId="primary", body=timed(id="shift0001")).execute()
    _, token = listed(api)
    api.events().delete(calendarId="primary", eventId="shift0001").execute()

    def update(**more: Any) -> Any:
        return api.events().update(calendarId="primary", eventId="shift0001", body=timed("again", **more))

    assert refused(update(status="confirmed", sequence=0)) == (400, "invalid")
    assert update().execute()["status"] == "cancelled"
    assert update(status="confirmed").execute()["status"] == "confirmed"
    (found,) = listed(api, syncToken=token)[0]
    assert (found["summary"], found["status"]) == ("again", "confirmed")
    assert list(server.events("primary")) == ["shift0001"]


@pytest.mark.parametrize("verb", ["update", "patch", "delete"])
def test_a_write_on_another_version_is_refused(server: GoogleServer, api: Any, verb: str) -> None:
    """`If-Match` lets a write through on its version only."""
    old = server.user_insert("primary", timed())
    new = server.user_update("primary", old["id"], {"summary": "later"})
    assert new["etag"] != old["etag"]
    body = {} if verb == "delete" else {"body": timed("mine")}
    request = getattr(api.events(), verb)(calendarId="primary", eventId=old["id"], **body)
    request.headers["If-Match"] = old["etag"]
    assert refused(request) == (412, "conditionNotMet")
    assert server.events("primary")[old["id"]]["summary"] == "later"
    request.headers["If-Match"] = new["etag"]
    request.execute()


def test_one_of_many_writers_gets_the_id(server: GoogleServer) -> None:
    """Requests come in at the same time, and one id is given once."""
    found: list[int] = []

    def insert() -> None:
        found.append(raw(server, "POST", PATH, timed(id="shift0001"))[0])

    threads = [threading.Thread(target=insert) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)
    assert sorted(found) == [200, *[409] * 7]


def test_an_update_replaces_and_a_patch_merges(api: Any) -> None:
    """What an update leaves out is gone; what a patch leaves out stays, and null takes away."""
    body = timed(location="Ward 3", description="x", reminders={"useDefault": False})
    made = api.events().insert(calendarId="primary", body=body).execute()
    place = {"calendarId": "primary", "eventId": made["id"]}
    told = api.events().patch(**place, body={"description": None, "summary": "b"}).execute()
    assert (told["location"], told["summary"], "description" in told) == ("Ward 3", "b", False)
    assert told["reminders"] == {"useDefault": False}
    told = api.events().update(**place, body=timed("c", days=1)).execute()
    assert ("location" in told, told["reminders"]) == (False, {"useDefault": True})
    assert (told["iCalUID"], told["created"], told["sequence"]) == (made["iCalUID"], made["created"], 1)


def test_reminders_alone_leave_the_time_of_the_change(server: GoogleServer, api: Any) -> None:
    """A change of reminders gives a new version and no new `updated`."""
    moments = iter(datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=number) for number in range(100))
    server.store.clock = lambda: next(moments)
    made = server.user_insert("primary", timed())
    overrides = {"useDefault": False, "overrides": [{"method": "popup", "minutes": 30}]}
    told = (
        api.events().patch(calendarId="primary", eventId=made["id"], body={"reminders": overrides}).execute()
    )
    assert (told["updated"], told["reminders"]) == (made["updated"], overrides)
    assert told["etag"] != made["etag"]
    assert server.user_update("primary", made["id"], {"summary": "b"})["updated"] != made["updated"]


def test_the_server_may_rewrite_what_it_is_given(server: GoogleServer, api: Any) -> None:
    """What is kept may differ from what was sent, and the answer says so."""
    server.store.rewrite = lambda event: {**event, "description": event["description"].strip()}
    made = api.events().insert(calendarId="primary", body=timed(description=" x \n")).execute()
    assert made["description"] == "x"


def test_an_import_finds_its_event_by_uid(api: Any) -> None:
    """A second import of one UID changes the event of the first."""
    for summary in ("a", "b"):
        body = timed(summary, iCalUID="one@clinic.example")
        api.events().import_(calendarId="primary", body=body).execute()
    (found,) = listed(api, iCalUID="one@clinic.example")[0]
    assert found["summary"] == "b"


DAY = {"date": "2027-01-04"}
TIME = {"dateTime": "2027-01-04T13:00:00Z"}
BAD: dict[str, Json] = {
    "no end": {"end": None},
    "an empty end": {"end": {}},
    "a day and a time": {"end": DAY},
    "both in one": {"start": {**DAY, **TIME}},
    "the end first": {"end": {"dateTime": "2027-01-04T12:00:00Z"}},
    "a day of no length": {"start": DAY, "end": DAY},
    "a time without a zone": {"start": {"dateTime": "2027-01-04T13:00:00"}},
    "a zone of Windows": {"start": {**TIME, "timeZone": "W. Europe Standard Time"}},
    "a series without a zone": {"start": TIME, "recurrence": ["RRULE:FREQ=DAILY"]},
    "a rule that is none": {"recurrence": ["RRULE:FREQ=SOMETIMES"]},
    "a rule with a start": {"recurrence": ["DTSTART:20270104T130000Z", "RRULE:FREQ=DAILY"]},
    "six reminders": {"reminders": {"overrides": [{"method": "popup", "minutes": 5}] * 6}},
    "a reminder too early": {"reminders": {"overrides": [{"method": "popup", "minutes": 40_321}]}},
    "a reminder by text message": {"reminders": {"overrides": [{"method": "sms", "minutes": 5}]}},
    "both sorts of reminders": {
        "reminders": {"useDefault": True, "overrides": [{"method": "popup", "minutes": 5}]}
    },
    "an unknown field": {"sumary": "x"},
    "an unknown field inside": {"reminders": {"default": True}},
    "an unknown field in a list": {"attendees": [{"mail": "x@example.org"}]},
    "a wrong type": {"summary": 5},
    "a wrong type inside": {"reminders": {"useDefault": "yes"}},
    "a wrong date": {"start": {"date": "2027-02-30"}},
    "an unknown status": {"status": "maybe"},
    "an unknown colour": {"colorId": "12"},
    "an id and a UID": {"id": "shift0001", "iCalUID": "x@example.org"},
}


@pytest.mark.parametrize("wrong", BAD.values(), ids=BAD.keys())
def test_a_body_that_is_wrong_is_refused(server: GoogleServer, api: Any, wrong: Json) -> None:
    """An event that Google would not take changes nothing."""
    assert refused(api.events().insert(calendarId="primary", body=timed() | wrong))[0] == 400
    assert server.events("primary") == {}


def test_what_google_leaves_out_is_left_out(server: GoogleServer, api: Any) -> None:
    """Read-only and empty fields of a body are ignored, long properties cut without a word."""
    properties = {"private": {"k" * 45: "x", "long": "y" * 2000}}
    body = timed(
        "", kind="calendar#event", htmlLink="x", created="2020-01-01T00:00:00Z", visibility="default"
    )
    made = api.events().insert(calendarId="primary", body=body | {"extendedProperties": properties}).execute()
    assert {"summary", "visibility"} & made.keys() == set()
    assert made["htmlLink"] != "x"
    assert made["extendedProperties"] == {"private": {"long": "y" * 1024}}


def test_mails_are_counted(server: GoogleServer, api: Any) -> None:
    """Attendees, or `sendUpdates` other than none, would have sent a mail."""
    api.events().insert(calendarId="primary", body=timed(id="shift0001")).execute()
    api.events().insert(calendarId="primary", body=timed(), sendUpdates="none").execute()
    assert server.mails == []
    api.events().insert(calendarId="primary", body=timed(attendees=[{"email": "x@example.org"}])).execute()
    api.events().delete(calendarId="primary", eventId="shift0001", sendUpdates="all").execute()
    assert [(mail.method.rpartition(".")[2], mail.updates) for mail in server.mails] == [
        ("insert", ""),
        ("delete", "all"),
    ]


# -- the document -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "singleEvent=true",
        "maxResults=0",
        "maxResults=x",
        "showDeleted=1",
        "orderBy=title",
        "timeMin=2027-01-04T13:00:00",
    ],
)
def test_a_parameter_that_is_wrong_is_refused(server: GoogleServer, query: str) -> None:
    """Unknown names and values out of type or range are refused in Google's form."""
    status, answer = raw(server, "GET", f"{PATH}?{query}")
    assert (status, answer["error"]["code"]) == (400, 400)


@pytest.mark.parametrize(
    ("verb", "path"),
    [
        ("GET", "/calendar/v3/calendars/primary/event"),
        ("DELETE", PATH),
        ("POST", "/batch/calendar/v3"),
        ("POST", "/upload/calendar/v3/calendars"),
        ("GET", f"{PATH}/"),
    ],
)
def test_what_is_not_in_the_document_is_a_violation(server: GoogleServer, verb: str, path: str) -> None:
    """Other addresses are not there, and tests are told that one was asked for."""
    assert raw(server, verb, path)[0] == 404
    assert len(server.violations) == 1


@pytest.mark.parametrize("path", [f"{PATH}?singleEvents=true", f"{PATH}/abcde/instances"])
def test_what_the_server_cannot_do_is_a_violation(server: GoogleServer, path: str) -> None:
    """Requests that Google knows and this server does not are told as such."""
    assert raw(server, "GET", path)[0] == 501
    assert len(server.violations) == 1


def test_a_refused_request_is_no_violation_and_is_remembered(server: GoogleServer, api: Any) -> None:
    """Every request is kept as it was asked, with the status of its answer."""
    refused(api.events().insert(calendarId="primary", body={"summary": "x"}, sendUpdates="none"))
    (asked,) = server.asked
    assert (asked.method, asked.verb, asked.path, asked.status) == (
        "calendar.events.insert",
        "POST",
        PATH,
        400,
    )
    assert (asked.query["sendUpdates"], asked.json) == (["none"], {"summary": "x"})
    assert server.violations == []


def test_every_route_leads_to_its_method() -> None:
    """No address of the document is taken for another."""
    for method in document().methods:
        path = method.pattern.pattern.replace("\\", "")
        for name in method.pattern.groupindex:
            path = path.replace(f"(?P<{name}>[^/]+)", "x")
        found = document().find(method.verb, path)
        assert found is not None
        assert found[0].id == method.id


# -- calendars and scopes -----------------------------------------------------------------------------------


def test_a_program_makes_a_calendar_of_its_own(server: GoogleServer, api: Any) -> None:
    """A new calendar gets its id from the server and a place in the list, not selected."""
    made = api.calendars().insert(body={"summary": "Shifts", "timeZone": "Europe/Zurich"}).execute()
    assert made["id"].endswith("@group.calendar.google.com")
    assert server.calendars() == [made["id"]]
    assert api.calendars().get(calendarId=made["id"]).execute() == made
    entry = api.calendarList().get(calendarId=made["id"]).execute()
    assert (entry.get("selected", False), entry["accessRole"]) == (False, "owner")
    body = {
        "selected": True,
        "backgroundColor": "#112233",
        "foregroundColor": "#ffffff",
        "summary": "ignored",
    }
    patch = {"calendarId": made["id"], "body": body}
    told = api.calendarList().patch(**patch).execute()
    assert (told["selected"], told["backgroundColor"], told["summary"]) == (
        True,
        entry["backgroundColor"],
        "Shifts",
    )
    told = api.calendarList().patch(**patch, colorRgbFormat=True).execute()
    assert told["backgroundColor"] == "#112233"
    assert {one["id"] for one in api.calendarList().list().execute()["items"]} == {USER, made["id"]}
    told = api.calendars().patch(calendarId=made["id"], body={"description": "of the daemon"}).execute()
    assert (told["summary"], told["description"]) == ("Shifts", "of the daemon")
    api.calendars().delete(calendarId=made["id"]).execute()
    assert refused(api.calendars().get(calendarId=made["id"])) == (404, "notFound")
    assert refused(api.events().list(calendarId=made["id"])) == (404, "notFound")


def test_a_program_reaches_only_what_it_made(server: GoogleServer, connect: Callable[..., Any]) -> None:
    """`calendar.app.created` opens neither the user's calendars nor those of another program."""
    mine, other = connect(CREATED), connect(CREATED, client=OTHER_CLIENT)
    made = mine.calendars().insert(body={"summary": "Shifts"}).execute()["id"]
    mine.events().insert(calendarId=made, body=timed()).execute()
    for service, calendar in ((mine, "primary"), (mine, server.user_make_calendar("Family")), (other, made)):
        assert refused(service.events().list(calendarId=calendar)) == (403, "insufficientPermissions")
    assert refused(mine.calendarList().list()) == (403, "insufficientPermissions")


@pytest.mark.parametrize(
    "scope", ["calendar.events.readonly", "calendar.readonly", "calendar.events.owned.readonly"]
)
def test_a_reading_scope_only_reads(connect: Callable[..., Any], scope: str) -> None:
    """With a scope that reads, lists come and writes are refused."""
    service = connect(scope)
    assert service.events().list(calendarId="primary").execute()["items"] == []
    assert refused(service.events().insert(calendarId="primary", body=timed())) == (
        403,
        "insufficientPermissions",
    )


def test_the_role_in_a_calendar_decides_too(server: GoogleServer, api: Any) -> None:
    """A reader cannot write, who sees free and busy sees no titles, and without a role nothing is there."""
    server.user_insert("primary", timed("a secret"))
    server.share("primary", "reader")
    assert refused(api.events().insert(calendarId="primary", body=timed())) == (403, "requiredAccessLevel")
    assert listed(api)[0][0]["summary"] == "a secret"
    server.share("primary", "freeBusyReader")
    assert "summary" not in listed(api)[0][0]
    server.share("primary", "none")
    assert refused(api.events().list(calendarId="primary")) == (404, "notFound")


# -- failing ------------------------------------------------------------------------------------------------

FAULTS = {
    "rate limit": (google_server.RATE_LIMIT, 403),
    "rate limit of the user": (google_server.USER_RATE_LIMIT, 403),
    "quota": (google_server.QUOTA, 403),
    "a quota in the newer form": (google_server.METRIC, 403),
    "not configured": (google_server.NOT_CONFIGURED, 403),
    "daily limit": (google_server.DAILY_LIMIT, 403),
    "too many": (google_server.TOO_MANY, 429),
    "backend": (google_server.BACKEND, 500),
    "gateway": (google_server.BAD_GATEWAY, 502),
    "unavailable": (google_server.UNAVAILABLE, 503),
}


@pytest.mark.parametrize(("answer", "status"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_meets_the_next_request_that_matches(
    server: GoogleServer, api: Any, answer: Answer, status: int
) -> None:
    """The fault is met once, by the method that it was for, and nothing was written."""
    server.fault(answer, "events.insert")
    insert = api.events().insert(calendarId="primary", body=timed())
    assert listed(api)[0] == []
    with pytest.raises(errors.HttpError) as caught:
        insert.execute()
    assert (caught.value.resp.status, caught.value.resp.get("retry-after")) == (
        status,
        answer.headers.get("Retry-After"),
    )
    assert server.events("primary") == {}
    insert.execute()


def test_faults_can_wait_and_repeat(server: GoogleServer, api: Any) -> None:
    """A fault lets some requests pass and then meets as many as it is for."""
    server.fault(google_server.BACKEND, lambda asked: asked.verb == "GET", skip=1, times=2)
    get = api.events().list(calendarId="primary")
    get.execute()
    assert [refused(get)[0] for _ in range(2)] == [500, 500]
    get.execute()


def test_a_page_for_people_is_no_answer(server: GoogleServer, api: Any) -> None:
    """A page of HTML under 200 is handed on by the library as the text that it is."""
    server.fault(google_server.PAGE)
    assert api.events().list(calendarId="primary").execute() == google_server.HTML.decode()


def test_a_lost_answer_is_a_write_that_happened(server: GoogleServer, api: Any) -> None:
    """The answer breaks off, the event is there, and the same insert again is a duplicate."""
    server.lose_answers(1)
    insert = api.events().insert(calendarId="primary", body=timed(id="shift0001"))
    with pytest.raises(http.client.IncompleteRead):
        insert.execute()
    assert list(server.events("primary")) == ["shift0001"]
    assert refused(insert) == (409, "duplicate")
    server.lose_answers(1, "events.delete")
    with pytest.raises(http.client.IncompleteRead):
        api.events().delete(calendarId="primary", eventId="shift0001").execute()
    assert server.events("primary") == {}


def test_a_dropped_connection_is_asked_again_by_the_library(server: GoogleServer, api: Any) -> None:
    """Without any word of the server httplib2 sends a write twice by itself."""
    server.lose_answers(1, cut=False)
    assert refused(api.events().insert(calendarId="primary", body=timed(id="shift0001"))) == (
        409,
        "duplicate",
    )
    assert len(server.requests("events.insert")) == 2
    server.fault(google_server.DROPPED, times=5)
    with pytest.raises((OSError, http.client.HTTPException)):
        api.events().list(calendarId="primary").execute()


def test_a_truncated_answer_is_told(server: GoogleServer, api: Any) -> None:
    """A body may end before its time."""
    server.fault(lambda real: Answer(real.status, real.body[:20], real.headers, cut=True))
    with pytest.raises(http.client.IncompleteRead):
        api.events().list(calendarId="primary").execute()


@pytest.mark.parametrize("after", [False, True])
def test_a_server_that_hangs_is_not_waited_for(
    server: GoogleServer, connect: Callable[..., Any], after: bool
) -> None:
    """A request may find no answer in time, before the write or after it."""
    held, httplib2 = import_module("google_auth_httplib2"), import_module("httplib2")
    transport = held.AuthorizedHttp(server.credentials([EVENTS]), http=httplib2.Http(timeout=0.2))
    place = {"api_endpoint": server.url}
    service = discovery.build("calendar", "v3", http=transport, client_options=place, static_discovery=True)
    server.hang(LONG, "events.insert", after=after, times=3)
    with pytest.raises(TimeoutError):
        service.events().insert(calendarId="primary", body=timed()).execute()
    service.close()
    assert bool(server.events("primary")) is after


# -- signing in ---------------------------------------------------------------------------------------------


def test_an_access_token_that_ended_is_refreshed(server: GoogleServer, connect: Callable[..., Any]) -> None:
    """The client fetches a new access token by itself, and cannot where there is no refresh token."""
    service = connect(EVENTS)
    alone = connect(credentials=server.credentials([EVENTS], refresh=False))
    server.expire_access_tokens()
    assert service.events().list(calendarId="primary").execute()["items"] == []
    assert len(server.requests("oauth.token")) == 1
    with pytest.raises(RefreshError):
        alone.events().list(calendarId="primary").execute()
    assert raw(server, "GET", PATH)[0] == 200


def test_a_grant_that_was_revoked_is_told(server: GoogleServer, connect: Callable[..., Any]) -> None:
    """After the user took the grant back the refresh is refused as `invalid_grant`."""
    service = connect(EVENTS)
    server.revoke_grants()
    with pytest.raises(RefreshError, match="invalid_grant: Token has been expired or revoked"):
        service.events().list(calendarId="primary").execute()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *told: object) -> None:
        """Nothing."""


def test_a_program_gets_its_grant_over_the_browser(
    server: GoogleServer, connect: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole dance of a desktop program: consent, code, verifier, tokens, and a first list."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setattr("wsgiref.simple_server.WSGIRequestHandler.log_message", _Quiet.log_message)
    flow = flows.InstalledAppFlow.from_client_config(server.client_secrets(), [SCOPE + EVENTS])
    threads: list[threading.Thread] = []

    class Browser:
        def open(self, url: str, **more: object) -> bool:
            threads.append(threading.Thread(target=server.consent, args=(url,)))
            threads[0].start()
            return True

    monkeypatch.setattr("webbrowser.get", lambda _=None: Browser())
    credentials = flow.run_local_server(port=0, authorization_prompt_message="", timeout_seconds=int(LONG))
    threads[0].join(LONG)
    flow.oauth2session.close()
    assert server.oauth.asked_scopes == [(SCOPE + EVENTS,)]
    assert credentials.refresh_token
    service = connect(credentials=credentials)
    assert service.events().list(calendarId="primary").execute()["items"] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client_id", "unknown"),
        ("redirect_uri", "https://example.org/"),
        ("response_type", "token"),
        ("code_challenge", ""),
        ("code_challenge_method", "plain"),
        ("scope", "everything"),
    ],
)
def test_the_page_of_consent_wants_all_of_it(server: GoogleServer, name: str, value: str) -> None:
    """A wrong question to the page of consent leads nowhere."""
    with pytest.raises(ValueError, match="Error 400"):
        server.consent(asking(server, **{name: value}), follow=False)


def asking(server: GoogleServer, **more: str) -> str:
    told = {
        "client_id": CLIENT,
        "redirect_uri": "http://127.0.0.1:1/",
        "response_type": "code",
        "scope": SCOPE + EVENTS,
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method": "S256",
        "access_type": "offline",
        "state": "s",
    }
    return f"{server.root}/o/oauth2/auth?{urllib.parse.urlencode(told | more)}"


def exchanged(server: GoogleServer, place: str, **more: str) -> tuple[int, Json]:
    """What the token endpoint says to a code."""
    told = {
        "grant_type": "authorization_code",
        "code": urllib.parse.parse_qs(place.partition("?")[2])["code"][0],
        "client_id": CLIENT,
        "client_secret": SECRET,
        "redirect_uri": "http://127.0.0.1:1/",
        "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    }
    body = urllib.parse.urlencode(told | more)
    asked = google_server.Asked("", "POST", "/token", {}, {}, body.encode())
    answer = server.answer(asked)
    return answer.status, json.loads(answer.body)


def test_a_code_is_good_once_and_with_its_verifier(server: GoogleServer) -> None:
    """Another verifier, place or secret gets nothing, and no code works twice."""
    for wrong in ("code_verifier", "redirect_uri", "client_secret"):
        place = server.consent(asking(server), follow=False)
        assert exchanged(server, place, **{wrong: "x"})[0] in {400, 401}
    place = server.consent(asking(server), follow=False)
    assert "state=s" in place
    status, told = exchanged(server, place)
    assert (status, told["scope"]) == (200, SCOPE + EVENTS)
    assert exchanged(server, place)[1]["error"] == "invalid_grant"


def test_the_user_may_refuse_all_or_some(server: GoogleServer) -> None:
    """A refusal comes back as an error, and a scope that was withheld is not in the grant."""
    scopes = f"{SCOPE}{EVENTS} {SCOPE}{CREATED}"
    server.oauth.withheld = frozenset({SCOPE + EVENTS})
    place = server.consent(asking(server, scope=scopes), follow=False)
    assert exchanged(server, place)[1]["scope"] == SCOPE + CREATED
    server.oauth.refused = True
    assert "error=access_denied" in server.consent(asking(server), follow=False)


def test_a_service_account_signs_for_itself(server: GoogleServer, connect: Callable[..., Any]) -> None:
    """A key file gets a token, which reaches what was shared with the account."""
    told, signed = server.service_account(), service_account.Credentials.from_service_account_info
    held = signed(told, scopes=[SCOPE + EVENTS])
    service = connect(credentials=held)
    assert refused(service.events().list(calendarId=USER)) == (404, "notFound")
    server.share("primary", "writer", ROBOT, listed=False)
    service.events().insert(calendarId=USER, body=timed()).execute()
    assert len(server.events("primary")) == 1
    forged = connect(credentials=signed(told | {"client_email": "x@y.example"}, scopes=[SCOPE + EVENTS]))
    with pytest.raises(RefreshError, match="account not found"):
        forged.events().list(calendarId=USER).execute()
