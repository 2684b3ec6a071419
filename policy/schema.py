"""policy.toml as pydantic models: every key, every default.

Money is written in dollars and kept in whole cents. Decimals come from the TOML text itself, so that no
float is ever made. A key that has no default is off until it is written.
"""

from __future__ import annotations

from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, model_validator

from policy.shift import Intensity, Month, Pay, PayUnit, Place, Site, StreamName, TravelMode

Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
STATES = frozenset(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND "
    "OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI".split()
)


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("write a plain number, such as 2500 or 180.50")
    return Decimal(value)


def _cents(value: object) -> int:
    number = _number(value)
    if not number.is_finite() or number < 0 or number > 100_000_000:
        raise ValueError("write an amount in dollars from 0 to 100,000,000")
    return int((number * 100).to_integral_value(ROUND_HALF_UP))


def _day(value: object) -> object:
    if isinstance(value, date | str) and len(str(value)) == len("2027-03-31"):
        return value
    raise ValueError("write a date as 2027-03-31")


def _zone(value: object) -> object:
    if isinstance(value, ZoneInfo):
        return value
    try:
        return ZoneInfo(str(value))
    except (OSError, ValueError, ZoneInfoNotFoundError):
        raise ValueError('write an IANA zone, such as "America/Chicago"') from None


def _state(value: object) -> object:
    if value not in STATES:
        raise ValueError('write a two-letter state, such as "TX"')
    return value


Dollars = Annotated[int, BeforeValidator(_cents)]
"""Written in dollars, kept in cents."""
Whole = Annotated[int, Field(strict=True, ge=0, le=10_000)]
Day = Annotated[date, BeforeValidator(_day)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
State = Annotated[str, BeforeValidator(_state)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class Section(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, hide_input_in_errors=True
    )


class Cap(Section):
    """A bound: hard, or soft where `over` prices each unit beyond it (cents)."""

    cap: Whole
    over: Dollars | None = None


def _cap(value: object) -> object:
    if value == "none":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return {"cap": value}
    if isinstance(value, dict | Cap):
        return value
    raise ValueError('write a number (hard), { cap = 6, over = 500 } (each one over costs $500), or "none"')


Bound = Annotated[Cap | None, BeforeValidator(_cap)]


class Clinician(Section):
    name: Name
    home_zone: Zone
    home_state: State | None = None
    role: Literal["attending", "resident"] = "attending"


class Goals(Section):
    after_tax_annual: Dollars | None = None
    gross_up: Annotated[Decimal, BeforeValidator(_number), Field(ge=1, le=5)] = Decimal("1.4")
    """Gross dollars needed for one after tax."""
    floor_monthly: Dollars | None = None
    ceiling_monthly: Dollars | None = None
    anchor: StreamName | None = None
    anchor_until: Day | None = None

    @property
    def floor(self) -> int:
        """Cents a month: as written, else a twelfth of the after-tax goal grossed up, else none at all."""
        if self.floor_monthly is not None:
            return self.floor_monthly
        year = (self.after_tax_annual or 0) * self.gross_up
        return int((year / 12).to_integral_value(ROUND_HALF_UP))


class Caps(Section):
    nights_per_month: Bound = None
    weekends_per_month: Bound = None
    high_intensity_per_month: Bound = None
    off_days_per_month: Bound = Cap(cap=4)
    """At least."""
    hours_per_week: Bound = None
    """Any 7 days."""
    energy_per_7_days: Bound = Cap(cap=18)
    """A high shift counts 3, a moderate one 2, a low one 1."""
    days_in_a_row: Bound = None
    nights_in_a_row: Bound = None


def _clock(value: object) -> object:
    if isinstance(value, time) and value.tzinfo is None:
        return value
    raise ValueError("write a time of day as 05:00:00, without a zone")


Clock = Annotated[time, BeforeValidator(_clock)]


class Night(Section):
    """What counts as a night: at least `hours` between two clock times."""

    hours: Annotated[int, Field(strict=True, ge=1, le=12)] = 3
    opens: Clock = time(0)
    closes: Clock = time(5)


class Rest(Section):
    between_shifts_hours: Bound = Cap(cap=11)


class Recovery(Section):
    after_block_of_days: Annotated[int, Field(strict=True, ge=1, le=31)] = 2
    days: Annotated[int, Field(strict=True, ge=0, le=14)] = 1
    over: Dollars | None = None
    """Priced: what a recovery day lost costs, for each block that wanted it (nights of high intensity are two: a run of
    nights, and one of high-intensity dates). Without it, the rule is hard."""


class Emr(Section):
    at_most: Bound = Cap(cap=2)
    within_days: Annotated[int, Field(strict=True, ge=1, le=31)] = 4


class Travel(Section):
    tolerance: TravelMode = "fly"
    trips_per_month: Bound = None
    max_drive_minutes: Whole | None = None
    min_block_days: Bound = None


class Prices(Section):
    change: Dollars = 15_000
    floor_weight: Annotated[int, Field(strict=True, ge=0, le=1_000)] = 10


class Malpractice(Section):
    by: Name | None = None
    form: Literal["occurrence", "claims_made"] | None = None
    tail: Name | None = None
    covers_telemedicine: StrictBool | None = None
    evidence: Name | None = None
    until: Day | None = None


class Stream(Section):
    employment: Literal["1099", "W-2"] | None = None
    counts_to_floor: StrictBool | None = None
    min_shifts_per_month: Bound = None
    preferred_weekdays: tuple[Weekday, ...] = ()
    decide: Literal["propose", "auto", "never"] = "propose"
    malpractice: Malpractice | None = None


class PayRate(Section):
    """Dollars for one unit; exactly one of the four."""

    per_hour: Dollars | None = None
    per_shift: Dollars | None = None
    per_day: Dollars | None = None
    per_visit: Dollars | None = None
    visits_per_hour: Annotated[Decimal, BeforeValidator(_number), Field(gt=0, le=60)] | None = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "USD"

    @model_validator(mode="after")
    def _one_rate(self) -> PayRate:
        if len(self._rates()) != 1:
            raise ValueError("write exactly one of per_hour, per_shift, per_day, per_visit")
        if (self.per_visit is None) != (self.visits_per_hour is None):
            raise ValueError("per_visit and visits_per_hour go together")
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
    def pay(self) -> Pay:
        ((cents, unit),) = self._rates()
        return Pay(cents, unit, self.currency, self.visits_per_hour)


class RateFloor(Section):
    per_hour: Dollars | None = None
    per_shift: Dollars | None = None

    @property
    def floors(self) -> tuple[Pay, ...]:
        hour = () if self.per_hour is None else (Pay(self.per_hour, "hour"),)
        return hour if self.per_shift is None else (*hour, Pay(self.per_shift, "shift"))


class SiteTravel(Section):
    mode: TravelMode = "none"
    minutes: Whole = 0
    overnight: StrictBool | None = None
    """Whether nights are spent there; by default, where one flies."""


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
    intensity: Intensity = "high"
    pay: PayRate | None = None
    rate_floor: RateFloor = RateFloor()
    travel: SiteTravel = SiteTravel()
    privileges_until: Day | None = None


class Credential(Section):
    kind: Name
    state: State | None = None
    site: Name | None = None
    name: Name | None = None
    until: Day | None = None


class Policy(Section):
    """The whole file. `goals` and `caps` may be missing: then nothing is accepted."""

    clinician: Clinician
    goals: Goals | None = None
    caps: Caps | None = None
    night: Night = Night()
    rest: Rest = Rest()
    recovery: Recovery = Recovery()
    emr: Emr = Emr()
    travel: Travel = Travel()
    prices: Prices = Prices()
    streams: dict[StreamName, Stream] = {}
    sites: dict[Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")], SiteSection] = {}
    credentials: tuple[Credential, ...] = ()

    @property
    def limits(self) -> Caps:
        """The caps, or their defaults where none are written yet: warnings are given all the same."""
        return self.caps or Caps()

    def stream(self, name: StreamName) -> Stream:
        return self.streams.get(name, Stream())

    def counts_to_floor(self, name: StreamName) -> bool:
        """Locums is upside, never survival: it cannot be made to count."""
        return name != "locums" and self.stream(name).counts_to_floor is not False

    def floor(self, month: Month) -> int:  # noqa: ARG002  # values that change from a date will need it
        """The income floor of a month, in cents."""
        return self.goals.floor if self.goals else 0

    def site(self, key: str) -> Site:
        """The site with the facts that rules judge by. Raises KeyError for a key that is not in the policy."""
        text = self.sites[key]
        home = self.clinician.home_zone
        zone = text.zone or home
        place = text.place or ("home" if text.stream == "telemedicine" else "onsite")
        mode = text.travel.mode
        return Site(
            id=key,
            name=text.names[0] if text.names else key,
            stream=text.stream,
            place=place,
            zone=zone,
            body_zone=home if place == "home" else zone,
            intensity=text.intensity,
            emr=text.emr or (None if text.stream == "nonclinical" else key),
            states=text.states,
            away=place == "onsite"
            and (mode == "fly" if text.travel.overnight is None else text.travel.overnight),
            mode=mode,
            travel_minutes=text.travel.minutes,
            pay=text.pay.pay if text.pay else None,
            rate_floor=text.rate_floor.floors,
            privileges_until=text.privileges_until,
            counts_to_floor=self.counts_to_floor(text.stream),
        )
