"""What the tests' CalDAV server keeps: calendars, their objects, and the history of both."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from tests.connectors import dav_server_text
from tests.connectors.dav_server_quirks import Quirks
from tests.connectors.dav_server_xml import SABRE, C, D, Node, node


class Refusal(Exception):  # noqa: N818  # an answer, and no fault of the server
    """The server says no, with the conditions that did not hold, or with words."""

    def __init__(self, status: int, *conditions: Node, words: str = "") -> None:
        super().__init__(status)
        self.status, self.conditions, self.words = status, conditions, words

    def element(self, *, sabre: bool) -> Node:
        words = self.words or "It could not be done"
        told = [
            node(f"{SABRE}exception", "Sabre\\DAV\\Exception\\BadRequest"),
            node(f"{SABRE}message", words),
        ]
        return node(f"{D}error", *(told if sabre else ()), *self.conditions)


@dataclass(frozen=True, slots=True)
class Stored:
    text: str
    changed: int
    version: int
    """How often it was written over."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to an object."""

    at: int
    name: str
    what: Literal["made", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a listing."""

    name: str
    at: int
    removed: bool = False


@dataclass(slots=True)
class Folder:
    """A calendar."""

    key: int
    title: str
    description: str | None = None
    holds: str = "VEVENT"
    """The kind of component that it may hold."""
    objects: dict[str, Stored] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    horizon: int = 0
    """What happened up to here is no longer known, but for what it led to."""
    last: int = 0
    """When something here changed last."""
    modified: float = 0.0
    """The same by the clock."""


@dataclass(slots=True)
class Account:
    """All calendars of one user. Time is counted in changes."""

    quirks: Quirks
    clock: Callable[[], float] = time.time
    folders: dict[str, Folder] = field(default_factory=dict)
    now: int = 0
    buried: set[str] = field(default_factory=set)
    mails: list[str] = field(default_factory=list)

    def make(self, slug: str, title: str, description: str | None = None) -> Folder:
        self.now += 1
        kept = description if self.quirks.description == "kept" else None
        self.folders[slug] = Folder(self.now, title, kept, last=self.now, modified=self.clock())
        return self.folders[slug]

    def put(self, folder: Folder, name: str, text: str) -> Stored:
        """Store it as this server does, and send what mail it would send."""
        self._tick(folder)
        before = folder.objects.get(name)
        what: Literal["made", "changed"] = "changed" if before else "made"
        altered = dav_server_text.altered(text, self.quirks.alters)
        folder.objects[name] = Stored(altered, self.now, before.version + 1 if before else 0)
        folder.steps.append(Step(self.now, name, what))
        self._mail(name, text)
        return folder.objects[name]

    def remove(self, folder: Folder, name: str) -> None:
        self._tick(folder)
        stored = folder.objects.pop(name)
        folder.steps.append(Step(self.now, name, "removed"))
        if self.quirks.buried_uid:
            self.buried.add(dav_server_text.uid(stored.text))
        self._mail(name, stored.text)

    def rename(self, folder: Folder, name: str, other: str) -> None:
        """The same object at another address."""
        text = folder.objects.pop(name).text
        folder.steps.append(Step(self._tick(folder), name, "removed"))
        folder.objects[other] = Stored(text, self._tick(folder), 0)
        folder.steps.append(Step(self.now, other, "made"))

    def forget(self) -> None:
        """From here on nobody knows what happened before."""
        for folder in self.folders.values():
            folder.horizon = self.now
            folder.steps.clear()

    def check_new(self, folder: Folder, name: str, text: str) -> None:
        """Raises Refusal where this server would not take the text under this name."""
        quirks, uid = self.quirks, dav_server_text.uid(text)
        if any(letter in name for letter in quirks.bad_names):
            raise Refusal(400)
        if quirks.needs_end and not dav_server_text.has_ends(text):
            raise Refusal(404)
        if uid in self.buried and name not in folder.objects:
            words = "Deleted calendar object with uid already exists in this calendar collection."
            raise Refusal(quirks.buried_uid, words=words)
        if quirks.taken_uid and any(self._others(folder, name, uid)):
            named = quirks.taken_uid_named
            words = "Calendar object with uid already exists in this calendar collection."
            raise Refusal(quirks.taken_uid, *([node(C + named)] if named else ()), words=words)

    def _others(self, folder: Folder, name: str, uid: str) -> Iterator[bool]:
        """For each other object within reach, whether it has this UID."""
        for where in self.folders.values() if self.quirks.uid_in_account else (folder,):
            for other, stored in where.objects.items():
                if (where, other) != (folder, name):
                    yield dav_server_text.uid(stored.text) == uid

    def _tick(self, folder: Folder) -> int:
        self.now += 1
        folder.last = self.now
        folder.modified = max(folder.modified, self.clock())
        return self.now

    def _mail(self, name: str, text: str) -> None:
        if dav_server_text.would_mail(text):
            self.mails.append(name)

    # -- what happened since --------------------------------------------------------------------------------

    def token(self, folder: Folder, at: int, *, first: bool = False) -> str:
        """`first`: a listing of everything is under way, and needs no history to go on."""
        return f"{self.quirks.tokens}{folder.key}/{at}{'+' if first else ''}"

    def since(self, folder: Folder, token: str) -> tuple[int | None, bool]:
        """The moment that a token means, and whether it goes on with a first listing; None for everything."""
        if not token:
            return None, True
        key, _, moment = token.removeprefix(self.quirks.tokens).partition("/")
        at = moment.removesuffix("+")
        ours = token.startswith(self.quirks.tokens)
        known = ours and key == str(folder.key) and at.isdigit() and int(at) <= self.now
        if not known:
            self._refuse_token(foreign=not ours)
            return None, True
        if int(at) < folder.horizon and not moment.endswith("+"):
            if self.quirks.forgets_silently:
                return folder.horizon, False
            self._refuse_token(foreign=False)
            return None, True
        return int(at), moment.endswith("+")

    def _refuse_token(self, *, foreign: bool) -> None:
        quirks = self.quirks
        if foreign and quirks.foreign_token:
            raise Refusal(quirks.foreign_token)
        if quirks.bad_token != 207:
            raise Refusal(
                quirks.bad_token, *([node(f"{D}valid-sync-token")] if quirks.bad_token_named else ())
            )

    def listing(self, folder: Folder, since: int | None, *, first: bool) -> list[Told]:
        """What a sync-collection report tells, oldest change first."""
        after = -1 if since is None else since
        if self.quirks.lists_again and not first:
            after = max((step.at for step in folder.steps if step.at <= after), default=after) - 1
        there = [Told(name, one.changed) for name, one in folder.objects.items() if one.changed > after]
        gone = [] if first and not self.quirks.lists_removed else list(self._gone(folder, after))
        told = sorted([*there, *gone], key=lambda line: line.at)
        return list(self._twice(folder, told, after)) if self.quirks.lists_twice else told

    def _gone(self, folder: Folder, after: int) -> Iterator[Told]:
        steps = {step.name: step for step in folder.steps if step.at > after}
        for name, step in steps.items():
            brief = self._first_step(folder, name, after) == "made"
            if step.what == "removed" and (self.quirks.tells_brief or not brief):
                yield Told(name, step.at, removed=True)

    def _first_step(self, folder: Folder, name: str, after: int) -> str:
        return next(step.what for step in folder.steps if step.name == name and step.at > after)

    def _twice(self, folder: Folder, told: list[Told], after: int) -> Iterator[Told]:
        removed = {step.name for step in folder.steps if step.at > after and step.what == "removed"}
        for line in told:
            if not line.removed:
                yield Told(line.name, line.at, removed=line.name in removed)
            yield line
