"""The sections of policy.toml about work: streams, sites with their pay, papers and covers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, model_validator

from policy.fields import (
    Bound,
    Day,
    Dollars,
    Key,
    Name,
    Number,
    Off,
    Percent,
    Section,
    State,
    Weekday,
    Whole,
    Zone,
)
from policy.sections import SETTING_INTENSITY, Model, Setting
from policy.shift import Intensity, Pay, PayUnit, Place, Span, StreamName, TravelMode


class RateFloor(Section):
    per_hour: Dollars | None = None
    per_shift: Dollars | None = None
    effective_per_hour: Dollars | None = None
    """After unpaid time and travel."""

    @property
    def floors(self) -> tuple[Pay, ...]:
        hour = () if self.per_hour is None else (Pay(self.per_hour, "hour"),)
        return hour if self.per_shift is None else (*hour, Pay(self.per_shift, "shift"))


QUESTIONS = ("by", "form", "tail", "gaps", "evidence")
"""Who covers, occurrence or claims-made, tail and who pays it, gaps on leaving; and the written evidence."""


class Malpractice(Section):
    """Who covers, how, and what is left open. An answer that is not written is not yes."""

    required: StrictBool = True
    by: Name | None = None
    form: Literal["occurrence", "claims_made"] | None = None
    tail: Name | None = None
    gaps: Name | None = None
    """What is not covered; "none" where everything is."""
    covers_telemedicine: StrictBool | None = None
    position: Literal["primary", "excess"] | None = None
    evidence: Name | None = None
    until: Day | None = None

    def open(self) -> tuple[str, ...]:
        """The keys of `QUESTIONS` that nobody has answered."""
        return tuple(key for key in QUESTIONS if getattr(self, key) is None)


class ShiftHours(Section):
    """How long a shift of a stream should be."""

    at_least: Annotated[int, Field(strict=True, ge=1, le=24)] | None = None
    at_most: Annotated[int, Field(strict=True, ge=1, le=24)] | None = None
    over: Dollars | None = None

    @model_validator(mode="after")
    def _in_order(self) -> ShiftHours:
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError("at_least is above at_most; lower it")
        return self


class Stream(Section):
    employment: Literal["1099", "W-2"] | None = None
    counts_to_floor: StrictBool | None = None
    min_shifts_per_month: Bound = None
    max_shifts_per_month: Bound = None
    hours_per_week: Bound = None
    sites_per_month: Bound = None
    shift_hours: Annotated[ShiftHours | None, Off] = None
    preferred_weekdays: tuple[Weekday, ...] = ()
    rate_floor: RateFloor = RateFloor()
    hours_wanted_per_month: Whole | None = None
    decide: Literal["propose", "auto", "never"] = "propose"
    malpractice: Malpractice | None = None


class Extra(Section):
    """On the site's own pay: per cent more for nights, and for weekends; both add."""

    night_percent: Annotated[int, Field(strict=True, ge=0, le=300)] = 0
    weekend_percent: Annotated[int, Field(strict=True, ge=0, le=300)] = 0


class PayRate(Section):
    """Dollars for one unit; exactly one of the four, or a monthly sum alone."""

    per_hour: Dollars | None = None
    per_shift: Dollars | None = None
    per_day: Dollars | None = None
    per_visit: Dollars | None = None
    per_month: Dollars | None = None
    """For the panel or the post, whatever is worked."""
    visits_per_hour: Annotated[Number, Field(gt=0, le=60)] | None = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "USD"
    guaranteed_percent: Percent | None = None
    """The share that counts to the floor; by default all, and nothing of what is paid by the visit."""
    extra: Extra | None = None
    benefits_per_hour: Dollars = 0

    @model_validator(mode="after")
    def _one_rate(self) -> PayRate:
        if len(self._rates()) != 1 and not (self.per_month is not None and not self._rates()):
            raise ValueError("write exactly one of per_hour, per_shift, per_day, per_visit")
        if (self.per_visit is None) != (self.visits_per_hour is None):
            raise ValueError("per_visit and visits_per_hour go together; write both or neither")
        return self

    def _rates(self) -> list[tuple[int, PayUnit]]:
        units: tuple[tuple[int | None, PayUnit], ...] = (
            (self.per_hour, "hour"),
            (self.per_shift, "shift"),
            (self.per_day, "day"),
            (self.per_visit, "visit"),
        )
        return [(cents, unit) for cents, unit in units if cents is not None]

    @property
    def pay(self) -> Pay | None:
        """None where only a month is paid."""
        rate = next(iter(self._rates()), None)
        return Pay(*rate, self.currency, self.visits_per_hour, self.guaranteed_percent) if rate else None


class SiteTravel(Section):
    mode: TravelMode = "none"
    minutes: Whole = 0
    overnight: StrictBool | None = None
    """Whether nights are spent there; by default, where one flies."""
    min_block_days: Bound = None
    """In place of the one for all sites."""
    cost: Dollars = 0
    """A trip, of what nobody pays back."""


class Contract(Section):
    since: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    notice_days: Whole | None = None
    evidence: Name | None = None

    def covers(self, span: Span) -> bool:
        """Whether it holds on every one of these dates."""
        return not ((self.since and span.first < self.since) or (self.until and self.until < span.last))


class RedFlag(Section):
    """Holds until it is cleared: nothing there is taken automatically."""

    flag: Literal[
        "quotas",
        "malpractice_unclear",
        "tax_class_unclear",
        "prescribing",
        "privacy",
        "billing",
        "solo",
        "other",
    ]
    since: Day | None = None
    cleared: Day | None = None
    note: Name | None = None


class Buffer(Section):
    """Minutes kept free around each shift."""

    before: Annotated[int, Field(strict=True, ge=0, le=240)] = 0
    after: Annotated[int, Field(strict=True, ge=0, le=240)] = 0


class MinShifts(Section):
    """At least so many there in each calendar period."""

    cap: Whole
    per: Literal["month", "quarter", "half", "year"] = "quarter"
    over: Dollars | None = None


class Pattern(Section):
    """An agreed month: shifts that begin on weekdays, and weekends with work there."""

    weekdays: Whole = 0
    weekends: Whole = 0
    over: Dollars | None = None


Score = Annotated[int, Field(strict=True, ge=1, le=5)]
Scored = Literal["hassle", "risk", "prospects", "support", "technology", "autonomy", "quality"]


class Contact(Section):
    kind: Literal["scheduler", "recruiter", "credentialing", "technology", "medical", "mentor", "other"] = (
        "other"
    )
    name: Name
    how: Name | None = None


class SiteSection(Section):
    stream: StreamName
    names: tuple[Name, ...] = ()
    place: Place | None = None
    """By default at home for telemedicine, else on site."""
    zone: Zone | None = None
    """By default the home zone."""
    states: tuple[State, ...] = ()
    emr: Name | None = None
    """By default a site is an EMR of its own."""
    setting: Setting | None = None
    intensity: Intensity | None = None
    """By default what the setting says, else high."""
    model: Model | None = None
    employer: Name | None = None
    """Who pays; by default the site itself."""
    risk_group: Name | None = None
    """What would take several sites away at once: a payer, a parent company."""
    employment: Literal["1099", "W-2"] | None = None
    pay: PayRate | None = None
    rate_floor: RateFloor = RateFloor()
    travel: SiteTravel = SiteTravel()
    privileges_until: Day | None = None
    requires: tuple[Name, ...] = ()
    """Kinds of credentials that must be held."""
    contract: Contract | None = None
    malpractice: Malpractice | None = None
    """In place of the stream's."""
    red_flags: tuple[RedFlag, ...] = ()
    buffer: Buffer = Buffer()
    visits_per_hour: Annotated[Number, Field(gt=0, le=60)] | None = None
    unpaid_minutes: Annotated[int, Field(strict=True, ge=0, le=600)] = 0
    """A shift: notes, handover."""
    worked_percent: Annotated[int, Field(strict=True, ge=1, le=100)] = 100
    """Of the paid time; call from home is less."""
    hassle: Dollars = 0
    """What a shift there costs in nerves."""
    onboarded: StrictBool = True
    min_shifts: Annotated[MinShifts | None, Off] = None
    pattern: Annotated[Pattern | None, Off] = None
    hands_on: StrictBool | None = None
    """By default on site and clinical."""
    clinical: StrictBool | None = None
    """By default all but the nonclinical stream."""
    screen: StrictBool | None = None
    """By default telemedicine."""
    scores: dict[Scored, Score] = Field(default_factory=dict)
    notes: tuple[Name, ...] = ()
    contacts: tuple[Contact, ...] = ()

    @property
    def treats(self) -> bool:
        """Whether work there is clinical."""
        return self.stream != "nonclinical" if self.clinical is None else self.clinical

    def called(self, key: str) -> str:
        """The first of its names; without any, the key that it has in the file."""
        return self.names[0] if self.names else key

    @property
    def felt(self) -> Intensity:
        """The intensity that counts."""
        return self.intensity or (SETTING_INTENSITY[self.setting] if self.setting else "high")


class CreditHours(Section):
    """Continuing education: hours needed by a date, and done."""

    need: Whole
    have: Whole = 0
    by: Day


class Credential(Section):
    kind: Name
    state: State | None = None
    site: Key | None = None
    name: Name | None = None
    type: Literal["full", "training", "telemedicine", "compact"] = "full"
    since: Annotated[Day | None, Field(alias="from")] = None
    applied: Day | None = None
    lead_days: Annotated[int, Field(strict=True, ge=0, le=730)] = 0
    """What an application takes."""
    until: Day | None = None
    cost: Dollars | None = None
    hours: CreditHours | None = None
    file: Name | None = None
