"""The sections of policy.toml about the clinician: goals, caps, rest, travel, prices, pauses, what is watched.

A key that has no default is off until it is written. `Bound` is a number (hard), `{ cap, over }` (each unit over
costs that many dollars; `over = 0` warns and weighs nothing), or "none".
"""

from __future__ import annotations

from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from pydantic import Field, StrictBool, model_validator

from policy.fields import (
    Bound,
    Cap,
    Clock,
    Day,
    Dollars,
    Hours,
    Key,
    Name,
    Number,
    Off,
    Percent,
    Section,
    State,
    Warn,
    Weekday,
    Whole,
    Zone,
)
from policy.shift import Intensity, StreamName, TravelMode

Model = Literal[
    "dtc",
    "async",
    "econsult",
    "consult",
    "hospitalist",
    "icu",
    "primary",
    "psychiatry",
    "radiology",
    "pathology",
    "acute",
    "employer_program",
    "call",
    "other",
]
"""How a site or platform works, for the clinician's own overview and for `[exclude]`."""
Setting = Literal[
    "ed",
    "icu",
    "inpatient",
    "acute",
    "crisis",
    "ward",
    "urgent_care",
    "telemedicine",
    "clinic",
    "followup",
    "async",
]
SETTING_INTENSITY: dict[Setting, Intensity] = {
    **dict.fromkeys(("ed", "icu", "inpatient", "acute", "crisis"), "high"),
    **dict.fromkeys(("ward", "urgent_care", "telemedicine"), "moderate"),
    **dict.fromkeys(("clinic", "followup", "async"), "low"),
}
"""What a setting says of the intensity of a site that does not say it itself."""


class Clinician(Section):
    name: Name
    home_zone: Zone
    home_state: State | None = None
    role: Literal["attending", "resident"] = "attending"
    pgy: Annotated[int, Field(strict=True, ge=1, le=10)] | None = None
    """Year of residency."""


# -- money ---------------------------------------------------------------------------------------------------------


class Target(Section):
    """An amount wanted beyond the floor by a date, spread evenly over the months until then; all streams count."""

    name: Key
    amount: Dollars
    by: Day
    since: Annotated[Day | None, Field(alias="from")] = None
    earned: Dollars = 0
    weight: Annotated[int, Field(strict=True, ge=0, le=1_000)] = 0
    """What a missing dollar costs; 0 only tells."""


class Smooth(Section):
    """Thin weeks (Monday to Sunday) cost: for each dollar under `weekly`, `percent` cents."""

    weekly: Dollars
    percent: Percent = 20


class Goals(Section):
    after_tax_annual: Dollars | None = None
    gross_up: Annotated[Number, Field(ge=1, le=5)] = Decimal("1.4")
    """Gross dollars needed for one after tax."""
    floor_monthly: Dollars | None = None
    ceiling_monthly: Dollars | None = None
    baseline_monthly: Dollars | None = None
    """Fixed living costs with loans; by default a twelfth of the after-tax goal."""
    anchor: StreamName | None = None
    anchor_until: Day | None = None
    targets: tuple[Target, ...] = ()
    smooth: Annotated[Smooth | None, Off] = None

    @property
    def floor(self) -> int:
        """Cents a month: as written, else a twelfth of the after-tax goal grossed up, else none at all."""
        if self.floor_monthly is not None:
            return self.floor_monthly
        year = (self.after_tax_annual or 0) * self.gross_up
        return int((year / 12).to_integral_value(ROUND_HALF_UP))

    @property
    def baseline(self) -> int:
        """Cents a month that life costs; 0 where nothing says."""
        return (self.after_tax_annual or 0) // 12 if self.baseline_monthly is None else self.baseline_monthly


class Reserve(Section):
    """Savings to live on."""

    amount: Dollars
    as_of: Day
    months: Annotated[int, Field(strict=True, ge=0, le=60)] = 6
    wanted_months: Annotated[int, Field(strict=True, ge=0, le=60)] = 12


Expense = Literal["licensing", "cme", "home_office", "travel", "equipment", "legal", "accounting", "other"]


class Business(Section):
    """Of 1099 income: what is set aside for tax, and what a year costs."""

    set_aside: Dollars = 0
    set_aside_percent: Percent = 30
    expenses: dict[Expense, Dollars] = Field(default_factory=dict)


# -- how much, how close together ----------------------------------------------------------------------------------


class Average(Section):
    """Hours a week, on average over any so many weeks."""

    cap: Annotated[int, Field(strict=True, ge=1, le=168)]
    weeks: Annotated[int, Field(strict=True, ge=2, le=26)]
    over: Warn | None = None


class OffDays(Section):
    """Dates without a minute of work, at least, in any so many."""

    cap: Annotated[int, Field(strict=True, ge=1, le=30)]
    within_days: Annotated[int, Field(strict=True, ge=2, le=92)]
    over: Warn | None = None

    @model_validator(mode="after")
    def _fit(self) -> OffDays:
        if self.cap >= self.within_days:
            raise ValueError("cap must be below within_days, or no work fits at all; lower it")
        return self


class WeekendsIn(Section):
    """Weekends with work, at most, of any so many that follow each other."""

    cap: Annotated[int, Field(strict=True, ge=0, le=12)]
    of: Annotated[int, Field(strict=True, ge=2, le=13)]
    over: Warn | None = None


class Caps(Section):
    nights_per_month: Bound = None
    weekends_per_month: Bound = None
    high_intensity_per_month: Bound = None
    off_days_per_month: Bound = Cap(cap=4)
    """At least."""
    nights_away_per_month: Bound = None
    new_sites_per_month: Bound = None
    hours_per_week: Bound = None
    """Any 7 days."""
    clinical_hours_per_week: Bound = None
    energy_per_7_days: Bound = Cap(cap=18)
    """A high shift counts 3, a moderate one 2, a low one 1."""
    days_in_a_row: Bound = None
    nights_in_a_row: Bound = None
    shift_hours: Bound = None
    night_shift_hours: Bound = None
    screen_hours_per_day: Bound = None
    average_week_hours: Annotated[Average | None, Off] = None
    off_days_in: Annotated[OffDays | None, Off] = None
    weekends_in: Annotated[WeekendsIn | None, Off] = None


class Night(Section):
    """What counts as a night: at least `hours` between two clock times."""

    hours: Annotated[int, Field(strict=True, ge=1, le=12)] = 3
    opens: Clock = time(0)
    closes: Clock = time(5)


class WeeklyRest(Section):
    """At least one stretch of so many hours without work in each week, or in each two, from a Monday on."""

    cap: Annotated[int, Field(strict=True, ge=1, le=168)]
    within_days: Literal[7, 14] = 7
    over: Dollars | None = None

    @model_validator(mode="after")
    def _fit(self) -> WeeklyRest:
        if self.cap > self.within_days * 24:
            raise ValueError(
                "cap is longer than the dates it is looked for in; lower it, or raise within_days"
            )
        return self


class Rest(Section):
    between_shifts_hours: Bound = Cap(cap=11)
    as_long_as_shift: StrictBool = False
    """Also at least as long as the shift before."""
    weekly_hours: Annotated[WeeklyRest | None, Off] = None


class LightWeek(Section):
    """Energy points, at most, in the dates after an intense block."""

    cap: Whole
    within_days: Annotated[int, Field(strict=True, ge=1, le=31)] = 7
    over: Dollars | None = None


class Recovery(Section):
    after_block_of_days: Annotated[int, Field(strict=True, ge=1, le=31)] = 2
    days: Annotated[int, Field(strict=True, ge=0, le=14)] = 1
    over: Dollars | None = None
    """Priced: what a recovery day lost costs, for each block that wanted it (nights of high intensity are two: a run of
    nights, and one of high-intensity dates). Without it, the rule is hard."""
    points_after: Annotated[LightWeek | None, Off] = None


class RunRest(Section):
    """Once `after` such dates in a row end, no shift starts within `hours`."""

    after: Annotated[int, Field(strict=True, ge=1, le=60)]
    hours: Annotated[int, Field(strict=True, ge=1, le=168)]


LONGEST_PRICED = 14
"""Days: a long excess is charged for each window that it lies in, and beyond this nobody could guess the sum."""


class Run(Section):
    """No more than so many dates of a kind in a row, and rest after them.

    early: begins 03:00 to 06:59 and is no night; late: ends after 23:00 and is no night; day: none of the three.
    """

    name: Key
    of: Literal["any", "day", "early", "late", "night", "high", "moderate", "low"] = "any"
    longer_than_hours: Hours | None = None
    at_least_hours: Hours | None = None
    at_most: Annotated[int, Field(strict=True, ge=1, le=60)] | None = None
    within_days: Annotated[int, Field(strict=True, ge=2, le=92)] | None = None
    """At most so many in any so many dates, in place of in a row."""
    rest: RunRest | None = None
    over: Dollars | None = None

    @model_validator(mode="after")
    def _say_something(self) -> Run:
        if self.at_most is None and self.rest is None:
            raise ValueError("write at_most, rest or both; without them nothing is bounded")
        if self.longer_than_hours is not None and self.at_least_hours is not None:
            raise ValueError("longer_than_hours and at_least_hours say nearly the same; write one of them")
        if self.within_days is not None and (self.at_most is None or self.at_most >= self.within_days):
            raise ValueError("within_days needs an at_most below it; write one")
        if self.over and (self.within_days or 0) > LONGEST_PRICED:
            raise ValueError(
                f"a price would be charged once for every window; with within_days above {LONGEST_PRICED} write "
                "over = 0 to be warned, or leave it out to be held to it"
            )
        return self


class Emr(Section):
    at_most: Bound = Cap(cap=2)
    within_days: Annotated[int, Field(strict=True, ge=1, le=31)] = 4


class Window(Section):
    """Dates, both included."""

    first: Annotated[Day, Field(alias="from")]
    until: Day

    @model_validator(mode="after")
    def _in_order(self) -> Window:
        if self.until < self.first:
            raise ValueError("until is before from; write the later one there")
        return self


class Travel(Section):
    tolerance: TravelMode = "fly"
    trips_per_month: Bound = None
    max_drive_minutes: Annotated[Whole | None, Off] = None
    min_block_days: Bound = None
    days_between_trips: Bound = None
    windows: tuple[Window, ...] = ()
    """When trips are wanted: school holidays, childcare."""
    trips_outside_windows: Bound = None
    telemedicine_under_way: Bound = Cap(cap=0, over=0)
    """Telemedicine shifts on the way to or from a site, or on dates of a trip: none, or none without a price."""

    @model_validator(mode="after")
    def _fit(self) -> Travel:
        if self.telemedicine_under_way and self.telemedicine_under_way.cap:
            raise ValueError(
                "telemedicine_under_way allows none or any: write 0, { cap = 0, over = 50 } (each costs $50; "
                'over = 0 only warns), or "none"'
            )
        if self.trips_outside_windows and not self.windows:
            raise ValueError("trips_outside_windows says nothing without windows; write them")
        return self


class Telemedicine(Section):
    visits_per_hour: Bound = None
    per_visit_companies: Bound = Cap(cap=1, over=0)
    break_after_hours: Annotated[int, Field(strict=True, ge=1, le=12)] = 4
    checklist: tuple[Name, ...] = (
        "power and internet, and a second way in",
        "licence of the patient's state",
        "a quiet room, headset and light",
    )


class HandsOn(Section):
    min_shifts_per_month: Bound = None


class Prices(Section):
    change: Dollars = 15_000
    floor_weight: Annotated[int, Field(strict=True, ge=0, le=1_000)] = 10
    off_weekday: Dollars = 10_000
    """For each shift on another weekday than its stream prefers."""
    backward_rotation: Annotated[Dollars | None, Off] = None
    """For each step back in the day: late to day, night to late, night to day with too little sleep between."""
    travel_hour: Dollars = 0
    new_site: Dollars = 0
    """Once for a site where one has not worked yet."""


# -- when not ------------------------------------------------------------------------------------------------------


class Pause(Section):
    """Nothing new from one date to another (or until it is taken out), for all or for some."""

    since: Annotated[Day, Field(alias="from")]
    until: Day | None = None
    streams: tuple[StreamName, ...] = ()
    sites: tuple[Key, ...] = ()
    allow_nonclinical: StrictBool = False
    why: Name | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Pause:
        if self.until is not None and self.until < self.since:
            raise ValueError("until is before from; write the later one there")
        return self

    def meets(self, first: date, last: date) -> bool:
        return self.since <= last and (self.until is None or first <= self.until)


class NonCompete(Section):
    """Nothing until a date where every list that is written names the offer's own."""

    name: Name
    since: Annotated[Day | None, Field(alias="from")] = None
    until: Day
    sites: tuple[Key, ...] = ()
    streams: tuple[StreamName, ...] = ()
    states: tuple[State, ...] = ()
    employers: tuple[Name, ...] = ()
    evidence: Name | None = None

    @model_validator(mode="after")
    def _say_something(self) -> NonCompete:
        if not (self.sites or self.streams or self.states or self.employers):
            raise ValueError("write what it forbids: sites, streams, states or employers")
        return self


class Exclude(Section):
    """Never, whatever it pays."""

    sites: tuple[Key, ...] = ()
    employers: tuple[Name, ...] = ()
    models: tuple[Model, ...] = ()
    settings: tuple[Setting, ...] = ()
    states: tuple[State, ...] = ()


class Allowed(Section):
    """Hours in which shifts may lie, for some streams or sites, or for all; sites before streams before all.

    Wall clock where the body is. `until` at or before `from` is on the next date.
    """

    streams: tuple[StreamName, ...] = ()
    sites: tuple[Key, ...] = ()
    days: Annotated[tuple[Weekday, ...], Field(min_length=1)] = (
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Fri",
        "Sat",
        "Sun",
    )
    opens: Annotated[Clock, Field(alias="from")] = time(0)
    closes: Annotated[Clock, Field(alias="to")] = time(0)
    why: Name | None = None


# -- what is watched -----------------------------------------------------------------------------------------------


class Watch(Section):
    """Something that may change: a law, a contract, a review."""

    name: Key
    on: Day
    what: Name
    streams: tuple[StreamName, ...] = ()
    sites: tuple[Key, ...] = ()


class Reminder(Section):
    name: Key
    on: Day
    text: Name
    every: Literal["month", "quarter", "year"] | None = None


class Mix(Section):
    """Shifts a month of each intensity in a healthy month."""

    high: Whole = 8
    moderate: Whole = 10
    low: Whole = 6


class Notices(Section):
    """When to say something. Each is one entry that changes, and none of them changes a plan."""

    off: tuple[Key, ...] = ()
    """Those that are not wanted, by their names."""
    ladder: Annotated[tuple[Annotated[int, Field(strict=True, ge=1, le=366)], ...], Field(min_length=1)] = (
        90,
        60,
        30,
        7,
    )
    """Days before a date at which it is said, and said again."""
    hot_month: Whole = 13
    """High-intensity shifts."""
    mix: Mix = Mix()
    anchor_percent: Percent = 30
    concentration_percent: Percent = 50
    hands_on_days: Whole = 45
    idle_days: Whole = 180
    workless_days: Whole = 21
    systems_per_month: Whole = 4
    overtime_hours: Whole = 36
    """Rest a week below which a month is called too full."""
    spending_percent: Percent = 90
    volume_percent: Percent = 50
    odd_pay_percent: Annotated[int, Field(strict=True, ge=101, le=1_000)] = 150
    ready_percent: Percent = 60
    net_1099: Dollars = 15_000_000
