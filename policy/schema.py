"""policy.toml as pydantic models: every section of the file, and the sites that rules judge by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, NamedTuple

from pydantic import Field, PrivateAttr, model_validator

from policy.fields import Day, Key, Name, Section
from policy.places import Credential, RateFloor, SiteSection, Stream
from policy.sections import (
    Allowed,
    Business,
    Caps,
    Clinician,
    Emr,
    Exclude,
    Goals,
    HandsOn,
    Night,
    NonCompete,
    Notices,
    Pause,
    Prices,
    Recovery,
    Reminder,
    Reserve,
    Rest,
    Run,
    Telemedicine,
    Travel,
    Watch,
)
from policy.shift import ALWAYS, Extra, Month, Pay, Site, Span, StreamName


class Era(NamedTuple):
    """The dates for which a policy holds, that policy, and why it changed."""

    span: Span
    policy: Policy
    why: tuple[str, ...] = ()


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
    telemedicine: Telemedicine = Telemedicine()
    hands_on: HandsOn = HandsOn()
    runs: tuple[Run, ...] = ()
    pauses: tuple[Pause, ...] = ()
    non_competes: tuple[NonCompete, ...] = ()
    exclude: Exclude = Exclude()
    allowed: tuple[Allowed, ...] = ()
    streams: dict[StreamName, Stream] = Field(default_factory=dict)
    sites: dict[Key, SiteSection] = Field(default_factory=dict)
    credentials: tuple[Credential, ...] = ()
    reserve: Reserve | None = None
    business: Business = Business()
    notices: Notices = Notices()
    watch: tuple[Watch, ...] = ()
    reminders: tuple[Reminder, ...] = ()

    _eras: tuple[Era, ...] = PrivateAttr(default=())

    def changing(self, eras: tuple[Era, ...]) -> Policy:
        """The policy as it changes over time; the eras follow each other from the first date to the last."""
        changed = self.model_copy()
        changed._eras = eras  # noqa: SLF001  # its own class
        return changed

    @property
    def eras(self) -> tuple[Era, ...]:
        """Each stretch of time with its policy; one for ever where nothing changes from a date."""
        return self._eras or (Era(ALWAYS, self),)

    def at(self, day: date) -> Policy:
        """As it holds on a date: by the first date of a month, a window, a block, an offer."""
        return next(era.policy for era in reversed(self.eras) if era.span.first <= day)

    def now(self, moment: datetime) -> Policy:
        """As it holds at an instant, by the date at home."""
        for era in reversed(self.eras):
            if moment.astimezone(era.policy.clinician.home_zone).date() >= era.span.first:
                return era.policy
        return self

    @property
    def limits(self) -> Caps:
        """The caps, or their defaults where none are written yet: warnings are given all the same."""
        return self.caps or Caps()

    def stream(self, name: StreamName) -> Stream:
        return self.streams.get(name, Stream())

    def counts_to_floor(self, name: StreamName) -> bool:
        """Locums is upside, never survival: it cannot be made to count."""
        return name != "locums" and self.stream(name).counts_to_floor is not False

    def floor(self, month: Month) -> int:
        """The income floor of a month, in cents: that of its first date."""
        goals = self.at(month.first).goals
        return goals.floor if goals else 0

    def entry(self, site: Site) -> SiteSection:
        """What the file says of a site, beyond the facts that rules judge by; the defaults where it is not there."""
        return self.sites.get(site.id) or SiteSection(stream=site.stream)

    def employment(self, site: Site) -> str | None:
        """`1099` or `W-2`, by the site or else by its stream; None where neither says."""
        return self.entry(site).employment or self.stream(site.stream).employment

    def rests(self, span: Span) -> bool:
        """Whether a pause of all work holds on one of these dates."""
        everything = (pause for pause in self.pauses if not (pause.streams or pause.sites))
        return any(pause.meets(span.first, span.last) for pause in everything)

    def rate_floor(self, text: SiteSection) -> RateFloor:
        """The stream's, key by key unless the site writes its own."""
        own = {key: cents for key, cents in text.rate_floor if cents is not None}
        return self.stream(text.stream).rate_floor.model_copy(update=own)

    def site(self, key: str, start: datetime | None = None) -> Site:
        """The site with the facts that rules judge by, as they are for a shift that starts then.

        Without a start: as they were before anything changed. Raises KeyError for a key that is not in the policy.
        """
        for era in reversed(self._eras if start else ()):
            site = era.policy._site(key)  # noqa: SLF001  # its own class
            if start and start.astimezone(site.body_zone).date() >= era.span.first:
                return site
        return self._site(key)

    def _site(self, key: str) -> Site:
        text = self.sites[key]
        home = self.clinician.home_zone
        zone = text.zone or home
        place = text.place or ("home" if text.stream == "telemedicine" else "onsite")
        mode = text.travel.mode
        away = place == "onsite" and (
            mode == "fly" if text.travel.overnight is None else text.travel.overnight
        )
        return Site(
            id=key,
            name=text.called(key),
            stream=text.stream,
            place=place,
            zone=zone,
            body_zone=home if place == "home" else zone,
            intensity=text.felt,
            emr=text.emr or (None if text.stream == "nonclinical" else key),
            states=text.states,
            away=away,
            mode=mode,
            travel_minutes=text.travel.minutes,
            pay=self._pay(text),
            rate_floor=self.rate_floor(text).floors,
            privileges_until=text.privileges_until,
            # What one lives on is earned without flights and without nights away.
            counts_to_floor=self.counts_to_floor(text.stream) and not away and mode != "fly",
            clinical=text.treats,
            screen=text.stream == "telemedicine" if text.screen is None else text.screen,
            buffer=(text.buffer.before, text.buffer.after),
            hands_on=place == "onsite" and text.treats if text.hands_on is None else text.hands_on,
            onboarded=text.onboarded,
            per_visit=(text.employer or key)
            if text.model == "dtc" and text.pay and text.pay.per_visit is not None
            else None,
        )

    def _pay(self, text: SiteSection) -> Pay | None:
        """The site's own pay, with its extra for what the policy calls a night."""
        if not (text.pay and text.pay.pay and (more := text.pay.extra)):
            return text.pay.pay if text.pay else None
        night = self.night
        extra = Extra(more.night_percent, more.weekend_percent, night.opens, night.closes, night.hours * 60)
        return replace(text.pay.pay, extra=extra)


class Preset(Section):
    """Where a preset comes from: shown by `check`, judged by nothing."""

    title: Name
    whom: Annotated[Name, Field(alias="for")]
    source: tuple[Name, ...] = Field(min_length=1)
    """Addresses, or what to look for."""
    read: Day
    """When the source was read."""
    left_out: tuple[Name, ...] = ()
    """What the source asks for and no key of ours can say."""


class Entry(Section):
    """The head of a `[[from]]` entry; any section of the policy may follow below it."""

    first: Annotated[Day, Field(alias="date")]
    until: Day | None = None
    why: Name | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Entry:
        if self.until is not None and self.until < self.first:
            raise ValueError("until is before date; write the later one")
        return self


class PolicyFile(Policy):
    """All keys of a file, with those that only say how it is put together."""

    extends: tuple[Name, ...] = ()
    changes: Annotated[tuple[Entry, ...], Field(alias="from")] = ()
