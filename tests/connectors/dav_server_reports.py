"""What the tests' CalDAV server answers to questions: PROPFIND and the reports."""

from __future__ import annotations

import hashlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.utils import formatdate
from urllib.parse import quote, unquote, urlsplit

from tests.connectors.dav_server_quirks import Quirks
from tests.connectors.dav_server_store import Account, Folder, Refusal, Stored, Told
from tests.connectors.dav_server_xml import CS, C, D, Node, lone, names_in, node, response, texts_in

REPORTS = (f"{C}calendar-multiget", f"{C}calendar-query", f"{D}sync-collection")
BESIDE = {"attachments/": "", "read me.txt": "Nothing of the calendar."}
"""What else is in a calendar, where there is something else."""
SAFE = {"full": "/", "minimal": "/!$&'()*+,;=:@", "lower": "/"}


@dataclass(frozen=True, slots=True)
class Place:
    """What an address means; `name` is that of an object, `slug` of its calendar."""

    kind: str
    slug: str = ""
    name: str = ""


@dataclass(slots=True)
class Site:
    """Where everything is, and how it is spelled."""

    quirks: Quirks
    url: str
    user: str

    @property
    def root(self) -> str:
        return f"{self.quirks.prefix}/"

    @property
    def principal(self) -> str:
        return f"{self.root}principals/{self.user}/"

    @property
    def home(self) -> str:
        return f"{self.root}calendars/{self.user}/"

    def place(self, address: str) -> Place:
        """Addresses are compared as what they mean, with or without the last slash."""
        path = unquote(urlsplit(address).path)
        if self.quirks.known_as and path.startswith(self.quirks.known_as):
            path = f"{self.home}{path.removeprefix(self.quirks.known_as)}"
        for kind, where in (("root", self.root), ("principal", self.principal), ("home", self.home)):
            if path.rstrip("/") == where.rstrip("/"):
                return Place(kind)
        if not path.startswith(self.home):
            return Place("nothing")
        slug, _, name = path.removeprefix(self.home).partition("/")
        return Place("object" if name else "calendar", slug, name)

    def href(self, path: str, host: str = "") -> str:
        """The address as this server writes it; `path` has no escapes."""
        if self.quirks.known_as and path.startswith(self.home):
            path = f"{self.quirks.known_as}{path.removeprefix(self.home)}"
        if host or self.quirks.hrefs == "absolute":
            port = urlsplit(self.url).port
            return f"http://{host or '127.0.0.1'}:{port}{self._spelled(path)}"
        return self._spelled(path)

    def told(self, path: str, moved: int, host: str = "") -> str:
        """The address under which the server tells of a place, which may lead to it by way of another."""
        return self.href(f"{self.root}moved{path}" if moved else path, host)

    def _spelled(self, path: str) -> str:
        if self.quirks.spelling == "raw":
            return "".join(quote(letter) if letter in "%?#" else letter for letter in path)
        spelled = quote(path, safe=SAFE[self.quirks.spelling] + self.quirks.unescaped)
        small = self.quirks.spelling == "lower"
        return re.sub("%..", lambda code: code[0].lower(), spelled) if small else spelled


@dataclass(slots=True)
class Answers:
    """Reads a question, and makes the tree that answers it."""

    quirks: Quirks
    site: Site
    account: Account

    def folder(self, place: Place) -> Folder:
        if place.slug not in self.account.folders:
            raise Refusal(404)
        return self.account.folders[place.slug]

    def etag(self, stored: Stored) -> str:
        quoted = {"strong": '"{}"', "weak": 'W/"{}"', "unquoted": "{}"}[self.quirks.etags]
        return quoted.format(self.tag(stored))

    def tag(self, stored: Stored) -> str:
        """What is in the etag."""
        if self.quirks.counted_etags:
            return f"gcs{stored.version:08}"
        return hashlib.sha256(stored.text.encode()).hexdigest()[:16]

    # -- PROPFIND -------------------------------------------------------------------------------------------

    def propfind(self, place: Place, tree: ET.Element | None, depth: str) -> Node:
        if depth not in ("0", "1"):
            raise Refusal(403, node(f"{D}propfind-finite-depth"))
        asked = names_in(tree, f"{D}prop")
        try:
            found = list(self._resources(place, with_members=depth == "1"))
        except Refusal as refusal:
            if not self.quirks.missing_in_207 or refusal.status != 404:
                raise
            return node(f"{D}multistatus", lone(self._href(place), 404))
        return node(f"{D}multistatus", *(self._response(href, props, asked) for href, props in found))

    def _response(self, href: str, props: Sequence[Node], asked: Sequence[str]) -> Node:
        has = {prop.tag: prop for prop in props}
        if not asked:
            return response(href, list(props))
        return response(
            href, [has[tag] for tag in asked if tag in has], [tag for tag in asked if tag not in has]
        )

    def _href(self, place: Place, name: str | None = None) -> str:
        return self.site.href(f"{self.site.home}{place.slug}/{place.name if name is None else name}")

    def _resources(self, place: Place, *, with_members: bool) -> Iterator[tuple[str, list[Node]]]:
        """The resource itself, then its members, each with its properties."""
        site = self.site
        if place.kind == "root":
            yield site.href(site.root), self._of_collection()
        elif place.kind == "principal":
            yield site.href(site.principal), self._of_principal()
        elif place.kind == "home":
            yield site.href(site.home), self._of_collection()
            for slug, folder in self.account.folders.items() if with_members else ():
                yield self._href(Place("calendar", slug)), self._of_calendar(folder)
        elif place.kind == "calendar":
            folder = self.folder(place)
            yield self._href(place), self._of_calendar(folder)
            if with_members:
                yield from self._members(place, folder)
                for other in self._others(place):
                    yield from self._members(other, self.folder(other))
        elif place.kind == "object" and place.name in self.folder(place).objects:
            yield self._href(place), self._of_object(self.folder(place).objects[place.name])
        else:
            raise Refusal(404)

    def _members(self, place: Place, folder: Folder) -> Iterator[tuple[str, list[Node]]]:
        for name, stored in folder.objects.items():
            yield self._href(place, name), self._of_object(stored)
        for name in BESIDE if self.quirks.extras else ():
            inside = [node(f"{D}collection")] if name.endswith("/") else []
            kind = node(f"{D}getcontenttype", "httpd/unix-directory" if inside else "text/plain")
            yield (
                self._href(place, name),
                [node(f"{D}getetag", '"beside"'), node(f"{D}resourcetype", *inside), kind],
            )

    def _others(self, place: Place) -> list[Place]:
        """The account's other calendars, where they are told of."""
        slugs = self.account.folders if self.quirks.lists_others else ()
        return [Place("calendar", slug) for slug in slugs if slug != place.slug]

    def _of_object(self, stored: Stored) -> list[Node]:
        kind = "text/calendar; charset=utf-8; component=vevent"
        return [
            *self._told_etag(stored),
            node(f"{D}resourcetype"),
            node(f"{D}getcontenttype", kind),
        ]

    def _told_etag(self, stored: Stored) -> list[Node]:
        if self.quirks.tells_etags != "always" and "untagged" in stored.text:
            return []
        return [node(f"{D}getetag", self.etag(stored))]

    def _of_collection(self) -> list[Node]:
        site = self.site
        href = node(f"{D}href", site.told(site.principal, self.quirks.principal_moved))
        return [
            node(f"{D}resourcetype", node(f"{D}collection")),
            node(f"{D}current-user-principal", href),
            *self._privileges(),
        ]

    def _of_principal(self) -> list[Node]:
        home = self.site.told(self.site.home, self.quirks.home_moved, self.quirks.home_host)
        return [
            *self._of_collection()[1:],
            node(f"{D}resourcetype", node(f"{D}principal")),
            node(f"{D}displayname", "R. Example"),
            node(f"{C}calendar-home-set", node(f"{D}href", home)),
        ]

    def _of_calendar(self, folder: Folder) -> list[Node]:
        quirks, last = self.quirks, folder.last
        kind = [node(f"{C}calendar")] if quirks.is_calendar else []
        told = [
            node(f"{D}resourcetype", node(f"{D}collection"), *kind),
            node(f"{D}displayname", folder.title),
            *self._of_collection()[1:],
        ]
        if folder.description is not None:
            told.append(node(f"{C}calendar-description", folder.description))
        if quirks.reports_told:
            told.append(node(f"{D}supported-report-set", *map(self._report, self.reports())))
        if quirks.ctag:
            told.append(node(f"{CS}getctag", f'"{folder.key}-{last}"'))
        if quirks.modified:
            told.append(node(f"{D}getlastmodified", formatdate(folder.modified, usegmt=True)))
        if quirks.sync:
            told.append(node(f"{D}sync-token", self.account.token(folder, last)))
        if quirks.is_calendar:
            told.append(node(f"{C}supported-calendar-component-set", node(f"{C}comp", name=folder.holds)))
        return [*told, node(f"{D}getetag", f'"{last}"')] if quirks.extras else told

    def reports(self) -> tuple[str, ...]:
        if not self.quirks.reports:
            return ()
        return REPORTS if self.quirks.sync else REPORTS[:2]

    def _report(self, tag: str) -> Node:
        return node(f"{D}supported-report", node(f"{D}report", node(tag)))

    def _privileges(self) -> list[Node]:
        if not self.quirks.privileges_told:
            return []
        names = ("read",) if self.quirks.read_only else ("read", "write", "write-content", "bind", "unbind")
        each = (node(f"{D}privilege", node(D + name)) for name in names)
        return [node(f"{D}current-user-privilege-set", *each)]

    # -- REPORT ---------------------------------------------------------------------------------------------

    def report(self, place: Place, tree: ET.Element) -> Node:
        if tree.tag not in self.reports():
            raise Refusal(501 if not self.quirks.reports else 403, node(f"{D}supported-report"))
        try:
            folder = self.folder(place)
        except Refusal:
            if self.quirks.multiget_anywhere and tree.tag == f"{C}calendar-multiget":
                return self._multiget(place, Folder(0, ""), tree)
            if not self.quirks.missing_in_207:
                raise
            return node(f"{D}multistatus", lone(self._href(place), 404))
        if tree.tag == f"{D}sync-collection":
            return self._sync(place, folder, tree)
        if tree.tag == f"{C}calendar-multiget":
            return self._multiget(place, folder, tree)
        asked = names_in(tree, f"{D}prop")
        return node(f"{D}multistatus", *(self._object(place, folder, name, asked) for name in folder.objects))

    def _object(self, place: Place, folder: Folder, name: str, asked: Sequence[str]) -> Node:
        stored = folder.objects[name]
        props = [*self._of_object(stored), node(f"{C}calendar-data", stored.text)]
        return self._response(self._href(place, name), props, asked)

    def _multiget(self, place: Place, folder: Folder, tree: ET.Element) -> Node:
        asked = names_in(tree, f"{D}prop")
        told: list[Node] = []
        for one in tree.iterfind(f"{D}href"):
            wanted = self._heard(self.site.place((one.text or "").strip()))
            there = folder.objects.get(wanted.name) if wanted.slug == place.slug else None
            if there and self.quirks.multiget_fails and "broken" in there.text:
                told.append(lone(self._href(wanted), self.quirks.multiget_fails))
            elif there:
                told.append(self._object(place, folder, wanted.name, asked))
            elif self.quirks.extras and wanted.name in BESIDE:
                told.append(
                    response(self._href(wanted), [node(f"{D}getetag", '"beside"')], [f"{C}calendar-data"])
                )
            elif self.quirks.multiget_gone == "propstat":
                told.append(response(self._href(wanted), [], list(asked)))
            elif self.quirks.multiget_gone == "entry":
                told.append(lone(self._href(wanted), 404))
        for other in self._others(place):
            folder = self.folder(other)
            told += [self._object(other, folder, name, asked) for name in folder.objects]
        return node(f"{D}multistatus", *told)

    def _heard(self, place: Place) -> Place:
        deaf = [place.name.index(letter) for letter in self.quirks.multiget_deaf if letter in place.name]
        return Place(place.kind, place.slug, place.name[: min(deaf)]) if deaf else place

    def _sync(self, place: Place, folder: Folder, tree: ET.Element) -> Node:
        token = (tree.findtext(f"{D}sync-token") or "").strip()
        since, first = self.account.since(folder, token)
        if first and self.quirks.too_many and len(folder.objects) > self.quirks.too_many:
            raise Refusal(507, node(f"{D}number-of-matches-within-limits"))
        lines = self.account.listing(folder, since, first=first)
        lines, cut, next_token = self._page(folder, lines, self._most(tree), first=first)
        asked = names_in(tree, f"{D}prop")
        told = [self._line(place, folder, line, asked) for line in lines]
        for other in self._others(place):
            there = self.folder(other)
            told += [self._line(other, there, Told(name, 0), asked) for name in there.objects]
        if self.quirks.lists_itself and not cut:
            etag = f"{D}getetag"
            itself = ([], [etag]) if self.quirks.itself_bare else ([node(etag, '"itself"')], [])
            told.insert(0, response(self._href(place, ""), *itself))
        if cut:
            reason = node(f"{D}error", node(f"{D}number-of-matches-within-limits"))
            told.append(lone(self._href(place, ""), 507, reason))
            next_token = {"next": next_token, "same": token, "none": ""}[self.quirks.page_token]
        tokens = [node(f"{D}sync-token", next_token)] if next_token else []
        return node(f"{D}multistatus", *told, *tokens)

    def _most(self, tree: ET.Element) -> int:
        """After how many lines the listing is cut; 0 for never."""
        asked = texts_in(tree, f"{D}limit").get(f"{D}nresults")
        if asked and self.quirks.limit == "refused":
            raise Refusal(507, node(f"{D}number-of-matches-within-limits"))
        return int(asked) if asked and self.quirks.limit != "ignored" else self.quirks.page

    def _page(
        self, folder: Folder, lines: list[Told], most: int, *, first: bool
    ) -> tuple[list[Told], bool, str]:
        """No page ends between two lines of one moment."""
        newest = self.account.token(folder, folder.last)
        if not most or len(lines) <= most:
            return lines, False, newest
        if self.quirks.limit == "loses" and not self.quirks.page:
            return lines[:most], False, newest
        last = lines[most - 1].at
        page = [line for line in lines if line.at <= last]
        return page, len(page) < len(lines), self.account.token(folder, last, first=first)

    def _line(self, place: Place, folder: Folder, line: Told, asked: Sequence[str]) -> Node:
        href = self._href(place, line.name)
        if line.removed:
            return lone(href, 404)
        if f"{C}calendar-data" in asked:
            return self._object(place, folder, line.name, asked)
        etag = self._told_etag(folder.objects[line.name])
        if not etag and self.quirks.tells_etags == "never":
            return node(f"{D}response", node(f"{D}href", href))
        return response(href, etag, [] if etag else [f"{D}getetag"])
