"""A conversation in raw HTTP with the tests' CalDAV server, in which every habit of a server shows."""

from __future__ import annotations

from base64 import b64encode
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import quote

from tests.connectors.calendar_contract import text
from tests.connectors.dav_server import DavServer
from tests.waiting import LONG

Heard = list[tuple[int, dict[str, str], bytes]]

SPACES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'
WHERE = (
    f"<d:propfind {SPACES}><d:prop><d:current-user-principal/><c:calendar-home-set/></d:prop></d:propfind>"
)
DESCRIBE = (
    f"<d:propertyupdate {SPACES}><d:set><d:prop><c:calendar-description>x</c:calendar-description>"
    "</d:prop></d:set></d:propertyupdate>"
)
ODD = (
    text("odd", "e\u0301 and a space ")
    .replace("DTSTART:20270104T130000Z", "DTSTART;TZID=America/New_York:20270104T080000")
    .replace("UID:", "X-A:1\r\nUID:")
)
"""A text in which there is something to alter for everybody."""


def conversation(server: DavServer) -> Heard:
    """A little of everything that clients say, and what was answered, without what differs by chance."""
    server.clock = lambda: 1_800_000_000.0
    with closing(HTTPConnection("127.0.0.1", server.server_address[1], timeout=LONG)) as connection:
        talk = _Talk(server, connection)
        for part in (talk.find, talk.make, talk.write, talk.ask):
            part()
    return talk.heard


class _Talk:
    def __init__(self, server: DavServer, connection: HTTPConnection) -> None:
        self.server, self.connection, self.heard = server, connection, Heard()
        self.home = quote(f"{server.site.home}shifts/")
        self.one = f"{self.home}%C3%A4%20one%20%28%40%29.ics"
        self.login = b64encode(f"{server.user}:{server.password}".encode()).decode()

    def say(self, method: str, path: str, body: str = "", **headers: str) -> None:
        given = {"Authorization": f"Basic {self.login}"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, path, body.encode(), given)
        answer = self.connection.getresponse()
        told = answer.read().replace(str(self.connection.port).encode(), b"PORT")
        self.heard.append((answer.status, dict(answer.getheaders()), told))

    def find(self) -> None:
        root, principal = self.server.site.root, quote(self.server.site.principal)
        self.say("PROPFIND", self.home, Authorization="Basic eDp5", Depth="0")
        self.say("GET", "/.well-known/caldav")
        for path in (root, principal, f"{root}moved{principal}"):
            self.say("PROPFIND", path, WHERE, Depth="0")
            self.say("PROPFIND", path, Depth="0")

    def make(self) -> None:
        self.say("PROPFIND", self.home, Depth="0")
        self.report(f"<c:calendar-multiget {SPACES}/>")
        self.say("MKCALENDAR", self.home)
        self.say("MKCOL", quote(f"{self.server.site.home}other/"))
        self.server.user_mkcalendar("Shifts", "shifts")
        self.server.user_put(self.server.user_mkcalendar("Private", "private"), "x.ics", text("private"))
        self.say("MKCALENDAR", self.home)
        self.say("PROPPATCH", self.home, DESCRIBE)

    def write(self) -> None:
        server, home = self.server, self.home
        for name in ("ä one (@)", "two", "#"):
            server.user_put(home, f"{name}.ics", text(name))
        self.token = server.token(home)
        server.user_delete(self.one)
        server.user_put(home, "ä one (@).ics", text("one"))
        server.user_delete(server.user_put(home, "brief.ics", text("brief")))
        self.say("PUT", f"{home}odd%3F.ics", ODD)
        self.say("PUT", self.one, text("one"), If_None_Match="*")
        self.say("PUT", self.one, text("one", "x"), If_Match="*")
        for condition in ("*", '"1"'):
            self.say("PUT", f"{home}no-{len(condition)}.ics", text("no"), If_Match=condition)
        for name in ("no", "two"):
            self.say("DELETE", f"{home}{name}.ics", If_Match='"1"')
        self.say("PUT", f"{home}hash%23.ics", text("hash"))
        self.say("PUT", f"{home}end.ics", text("end").replace("DTEND", "X-END"))
        for uid in ("one", "brief", "private"):
            self.say("PUT", f"{home}again-{uid}.ics", text(uid))
        server.user_lock(f"{home}two.ics")
        self.say("DELETE", f"{home}two.ics")
        server.user_put(home, "untagged.ics", text("untagged", "ü"))

    def ask(self) -> None:
        for depth in ("0", "1"):
            self.say("PROPFIND", self.home, Depth=depth)
        for limit in ("", "<d:limit><d:nresults>1</d:nresults></d:limit>"):
            self.sync("", limit)
        for token in (self.token, f"{self.server.quirks.tokens}1/9999", "elsewhere"):
            self.sync(token)
        self.server.user_put(self.home, "broken.ics", text("broken"))
        wanted = (self.one, *(f"{self.home}{name}.ics" for name in ("%23", "gone", "broken", "untagged")))
        hrefs = "".join(f"<d:href>{path}</d:href>" for path in wanted)
        props = "<d:prop><d:getetag/><c:calendar-data/></d:prop>"
        self.report(f"<c:calendar-multiget {SPACES}>{props}{hrefs}</c:calendar-multiget>")
        self.server.forget_history()
        self.sync(self.token)

    def sync(self, token: str, limit: str = "") -> None:
        asked = f"<d:sync-token>{token}</d:sync-token><d:sync-level>1</d:sync-level>{limit}"
        props = "<d:prop><d:getetag/></d:prop>"
        self.report(f"<d:sync-collection {SPACES}>{asked}{props}</d:sync-collection>")

    def report(self, body: str) -> None:
        self.say("REPORT", self.home, body, Depth="0")
