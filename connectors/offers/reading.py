"""What a reading is made of, and the lexicon that it is given. Plain data, nothing of shifts or limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

Kind = Literal["offers", "lead", "status", "other"]
Trust = Literal["trusted", "untrusted"]
Status = Literal["offered", "changed", "withdrawn", "confirmed", "reinstated"]
Unit = Literal["hour", "shift", "day", "block", "visit"]
DateOrder = Literal["mdy", "dmy"]
Layout = Literal["list", "table", "blocks", "invitation"]


@dataclass(frozen=True, slots=True)
class SiteNames:
    """A site as messages may write it, and the zone they speak in."""

    id: str
    names: tuple[str, ...]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    unit: Unit
    currency: str


@dataclass(frozen=True, slots=True)
class Match:
    """Which messages of a sender a template is for: patterns with `*` for any text, of which all must fit."""

    sender: str = "*"
    list_id: str = "*"
    subject: str = "*"


@dataclass(frozen=True)
class Template:
    """A sender's own way of writing.

    `layout` is how shifts are told: one a line, in a table, in blocks of labels, or in calendar invitations; what is told
    in another way is asked about. `aliases` are their names of sites; `codes` stand for hours (`07:00-19:00`); `columns` are their headings and labels,
    each with the kind of field it is; `words` change nothing where they stand beside a shift. `ignore` and `closed` are
    patterns for whole lines, with `*` for any text; a message with a subject or a line that fits `reject` is nothing for
    the clinician. `site`, `hours` (`19:00-07:00`), `emr`, `pay` and `respond_within` (hours) hold where the message says
    nothing, `date_order` and `zone` before what is said of the sender. `currency` is that of a bare `$`. What pays outside
    of `hourly` (in that currency) or lasts outside of `lasting` (hours) is asked about.
    """

    match: Match = Match()
    layout: Layout | None = None
    date_order: DateOrder | None = None
    zone: ZoneInfo | None = None
    site: str | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    hours: str = ""
    emr: str | None = None
    currency: str = "USD"
    pay: Money | None = None
    respond_within: int | None = None
    hourly: tuple[int, int] | None = None
    lasting: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom to trust for which sites; `date_order` settles 02/03. Of `templates` the first that fits a message holds."""

    address: str
    sites: tuple[str, ...] = ()
    date_order: DateOrder | None = None
    zone: ZoneInfo | None = None
    templates: tuple[Template, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """The words of one clinician's world. `authserv` names the mail server whose word on authenticity counts."""

    sites: tuple[SiteNames, ...] = ()
    emrs: tuple[str, ...] = ()
    home_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    senders: tuple[Sender, ...] = ()
    own: tuple[str, ...] = ()
    authserv: str | None = None

    def site(self, key: str) -> SiteNames:
        return next(site for site in self.sites if site.id == key)


@dataclass(frozen=True, slots=True)
class Choice:
    group: str
    at_most: int


@dataclass(frozen=True, slots=True)
class Source:
    """A line of the decoded text, counted from 1."""

    line: int
    text: str
    id: str = ""
    """What the line was called, where its words are no longer kept."""


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of an invitation says it (RFC 5546, 2.1): the highest sequence holds, and of those the last stamp.

    `instance` names one day of a series; `whole` is said of all that the invitation holds. Nobody but `organizer`, who
    invited, may change or cancel it.
    """

    uid: str
    instance: str = ""
    sequence: int = 0
    stamp: str = ""
    organizer: str = ""
    whole: bool = True


@dataclass(frozen=True, slots=True)
class ReadShift:
    """A shift as the message puts it. `needs_review` names each field that a careful person would ask about."""

    status: Status
    site: str | None
    site_text: str | None
    start: datetime
    end: datetime
    pay: Money | None
    source: Source
    emr: str | None = None
    block: str | None = None
    choose: Choice | None = None
    respond_by: datetime | None = None
    needs_review: tuple[str, ...] = ()
    version: Version | None = None


@dataclass(frozen=True, slots=True)
class Unresolved:
    source: Source
    why: str


@dataclass(frozen=True, slots=True)
class Ignored:
    source: Source
    rule: str


@dataclass(frozen=True, slots=True)
class OfferReading:
    kind: Kind
    trust: Trust
    shifts: tuple[ReadShift, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    invitation: str | None = None
    """UID of the calendar invitation the shifts come from."""
    taken_back: tuple[Version, ...] = ()
    """Invitations that are cancelled by name alone."""
    forwarded: bool = False
    """It is trusted because the clinician sent it; who wrote it, nobody vouches for."""
