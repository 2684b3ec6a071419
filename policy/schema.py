"""policy.toml as pydantic models: every section of the file, and the sites that rules judge by."""

from __future__ import annotations

from pydantic import Field

from policy.fields import Key, Section
from policy.places import Credential, SiteSection, Stream
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
from policy.shift import Month, Site, StreamName


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
            intensity=text.felt,
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
