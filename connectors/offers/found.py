"""What was found in a message so far: its shifts, its questions, and what it says once for all of them. Plain data."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from connectors.offers.draft import Draft, Scope
from connectors.offers.mime import Line
from connectors.offers.moments import Deadline
from connectors.offers.rates import RateKind
from connectors.offers.reading import DateOrder, Ignored, Layout, Money, Status, Unresolved
from connectors.offers.tokens import Token


@dataclass
class Found:
    """Readers of lines and of records write to it; `finish` fills the gaps."""

    scope: Scope = field(default_factory=Scope)
    legend: dict[str, str] = field(default_factory=dict)
    """Codes that stand for hours."""
    layout: Layout = "list"
    """How what is being read is laid out."""
    caveats: Collection[str] = frozenset()
    """What to ask of all shifts that are put up, for what stands beside them."""
    drafts: list[Draft] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    pays: list[tuple[int, Money]] = field(default_factory=list)
    line_site: tuple[str, str] | None = None
    """The site that the line itself named before what is being read of it."""
    sections: dict[int, str | None] = field(default_factory=dict)
    """The site of each heading."""
    site_codes: dict[str, Token | None] = field(default_factory=dict)
    """Letters that the message says are places; None for one that is not known."""
    site_pays: dict[str, Money] = field(default_factory=dict)
    """What each of several sites pays."""
    legend_pay: dict[str, Money] = field(default_factory=dict)
    stretch: int = 0
    """How many short lines without a date stood directly above dates so far: each may head those below it."""
    pays_told: list[tuple[int, int, Money]] = field(default_factory=list)
    """(stretch, how many shifts stand above it, amount) of what is paid to more than its own line."""
    base_pays: set[Money] = field(default_factory=set)
    """Those that are said to be the base, on top of which a line may tell more."""
    unclear_stretches: set[int] = field(default_factory=set)
    """Those whose heading tells amounts of which nobody knows whose they are."""
    rates: dict[int, dict[RateKind, Money]] = field(default_factory=dict)
    """Pay by kind of shift, for each section."""
    twice_told: dict[Money, set[Money]] = field(default_factory=dict)
    """Amounts, each with what it comes to over a shift, or the other way round: they have to agree."""
    paid_more: set[RateKind] = field(default_factory=set)
    """Kinds of shift that something is paid for on top."""
    labelled_pays: list[tuple[frozenset[str], Money]] = field(default_factory=list)
    """Amounts, each with the words beside it."""
    ordered_pays: list[Money] = field(default_factory=list)
    """Amounts that are told in the order of the lines above them."""
    deadline: Deadline | None = None
    all_or_nothing: str | None = None
    maybe_whole: bool = False
    loose_statuses: list[str] = field(default_factory=list)
    """Sentences that state a status of shifts which they do not name."""
    taken_back: bool = False
    """The message says that it was a mistake."""
    subject_of_all: bool = False
    """The subject states what all are, and nothing below it speaks of shifts to be had."""
    told_above: tuple[Status, bool | None] | None = None
    """What a sentence before all shifts states of them, and whether of several (None: of however many)."""
    settled_beside: bool = False
    """Sentences of their own settled the shift, and are no longer among the lines."""
    open_below: bool = False
    """A heading puts up what stands below it, whatever the subject says of a schedule."""
    of_earlier: bool = False
    """It takes back an earlier message, and not itself."""
    letting_go: bool = False
    """It decides over requests of the reader to be let off shifts."""
    corrected: bool = False
    """Only its list was wrong, and it tells each status anew."""
    settled: bool = False
    """Its subject or a heading speaks of settled shifts, and nothing of shifts to be had."""
    all_but: set[date] = field(default_factory=set)
    """Days that alone are still to be had, where the message says so before it names them all."""
    choose: int | None = None
    choose_line: int = 0
    usual_half: str = ""
    usual_hours: str = ""
    """Of all days that are told without hours."""
    swap: bool = False
    foreign: bool = False
    order: DateOrder | None = None
    """Of day and month, where the numbers of the message's own dates leave but one."""
    order_of_weekdays: DateOrder | None = None
    """The same, where the weekdays beside them do."""
    shouted: bool = False
    """It is written in capitals throughout, so that they name nothing."""
    half_hours: dict[str, str] = field(default_factory=dict)
    """What `day` and `night` stand for, where the message says so apart from any date."""
    colours: dict[str, Status] = field(default_factory=dict)
    """What a row's colour means, where the message says so."""
    subject_month: tuple[int, int | None] | None = None
    to_another: bool = False
    """It speaks to somebody else of its thread: what it confirms may be theirs."""
    conditional_pay: bool = False
    amounts_lost: set[tuple[int, Decimal]] = field(default_factory=set)
    """(stretch, amount) of what stands apart from the shifts, and of which nobody knows whose it is."""
    pay_of_single: Money | None = None
    """What `the night` pays: of the shift, where it is the only one."""
    stacked: set[int] = field(default_factory=set)
    """Lines with the hours of days that stand in several lines above."""
    running: set[int] = field(default_factory=set)
    """Lines with a shift whose sentence goes on with another one in the line below."""
    pay_of_kind: tuple[str, Money] | None = None
    """What `evening slots` pay: of all shifts, where every one of them is of that kind."""
    deadline_lost: bool = False
    deadline_doubtful: bool = False
    """Whether a day is told that may be until when to answer, or until when something else is to be done."""
    """A date in a question may be the one until which to answer."""
    doubtful_zone: bool = False
    other_zones: set[str] = field(default_factory=set)
    """Zones named apart from any hours: they may be meant for all of them."""
    used: set[int] = field(default_factory=set)
    """Lines of which something came that is no shift: a legend, a field of a record, hours for days below."""
    bare_days: set[int] = field(default_factory=set)
    """Lines that hold nothing but numbers which may be days, of a month that nobody can tell."""
    asked_below: dict[int, set[str]] = field(default_factory=dict)
    """By line: what its heading leaves open of the days on it."""
    waiting: dict[str, list[Line]] = field(default_factory=dict)
    """Lines that only hold dates, or only hours, until something comes of them."""
