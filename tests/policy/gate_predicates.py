"""The third voice of the gates: each once more, from its sentence alone, as yes or no.

Nothing here asks the gates how they do it. A predicate says whether its sentence stands against the offer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction

from policy.gates import Moment
from policy.places import Credential, Malpractice, SiteSection
from policy.schema import Policy
from policy.sections import Allowed, NonCompete
from policy.shift import Offer, Shift
from tests.policy.predicates import body_zone, days_between, elapsed_minutes, runs, utc, worked_dates

Says = Callable[[Policy, Offer, Moment], bool]
QUARTER = timedelta(minutes=15)


def text(policy: Policy, offer: Offer) -> SiteSection:
    return policy.sites[offer.site.id]


def dates(policy: Policy, offer: Offer) -> list[date]:
    return sorted({day for shift in offer.shifts for day in worked_dates(policy, shift)})


def is_clinical(policy: Policy, offer: Offer) -> bool:
    said = text(policy, offer).clinical
    return said if said is not None else offer.site.stream != "nonclinical"


# -- the offer itself ----------------------------------------------------------------------------------------------


def written(policy: Policy, _: Offer, __: Moment) -> bool:
    """Until goals and caps are written, nothing is accepted."""
    return policy.goals is None or policy.caps is None


def known(policy: Policy, offer: Offer, moment: Moment) -> bool:
    """No calendar is unread, no schedule ends before the offer does."""
    last = dates(policy, offer)[-1]
    return bool(moment.unread) or any(last > told for _, told in moment.published)


def still_open(policy: Policy, offer: Offer, moment: Moment) -> bool:
    """It begins later than now, each shift on a planned date, and can still be answered."""
    begins = [utc(shift.start) for shift in offer.shifts]
    first = [worked_dates(policy, shift)[0] for shift in offer.shifts]
    late = offer.respond_by is not None and utc(offer.respond_by) < utc(moment.now)
    planned = all(moment.horizon.first <= day <= moment.horizon.last for day in first)
    return min(begins) <= utc(moment.now) or not planned or late


def whole(_: Policy, offer: Offer, __: Moment) -> bool:
    """No two of its shifts overlap."""
    return any(
        one is not other and utc(one.start) <= utc(other.start) < utc(one.end)
        for one in offer.shifts
        for other in offer.shifts
    )


def decide(policy: Policy, offer: Offer, _: Moment) -> bool:
    """The stream never takes anything."""
    stream = policy.streams.get(offer.site.stream)
    return stream is not None and stream.decide == "never"


def exclude(policy: Policy, offer: Offer, _: Moment) -> bool:
    """The site, who pays there, its model or its setting is excluded; states are told with the papers."""
    site, never = text(policy, offer), policy.exclude
    return (
        offer.site.id in never.sites
        or bool(payers(policy, offer) & {name.lower() for name in never.employers})
        or (site.model is not None and site.model in never.models)
        or (site.setting is not None and site.setting in never.settings)
    )


def payers(policy: Policy, offer: Offer) -> set[str]:
    site = text(policy, offer)
    if site.employer:
        return {site.employer.lower()}
    return {offer.site.id.lower(), *(name.lower() for name in site.names)}


# -- dates ---------------------------------------------------------------------------------------------------------


def red(_: Policy, offer: Offer, moment: Moment) -> bool:
    """No minute of work inside red time."""
    return any(
        max(utc(shift.start), utc(one.start)) < min(utc(shift.end), utc(one.end))
        for shift in offer.shifts
        for one in moment.red
    )


def pauses(policy: Policy, offer: Offer, _: Moment) -> bool:
    """No minute on a date of a pause at home that is for all work, for the stream or for the site."""
    home = policy.clinician.home_zone
    found = False
    for pause in policy.pauses:
        everything = not pause.streams and not pause.sites
        if not (everything or offer.site.stream in pause.streams or offer.site.id in pause.sites):
            continue
        if pause.allow_nonclinical and not is_clinical(policy, offer):
            continue
        for shift in offer.shifts:
            first = utc(shift.start).astimezone(home).date()
            last = (utc(shift.end) - timedelta(microseconds=1)).astimezone(home).date()
            for day in days_between(first, last):
                found = found or (pause.since <= day and (pause.until is None or day <= pause.until))
    return found


def contract(policy: Policy, offer: Offer, _: Moment) -> bool:
    """Every date lies within the site's contract."""
    paper = text(policy, offer).contract
    return paper is not None and any(
        (paper.since is not None and day < paper.since) or (paper.until is not None and day > paper.until)
        for day in dates(policy, offer)
    )


def non_competes(policy: Policy, offer: Offer, _: Moment) -> bool:
    """No non-compete without states names the offer in all of its lists."""
    return any(not one.states and _binds(policy, one, offer) for one in policy.non_competes)


def _binds(policy: Policy, one: NonCompete, offer: Offer) -> bool:
    if one.sites and offer.site.id not in one.sites:
        return False
    if one.streams and offer.site.stream not in one.streams:
        return False
    if one.employers and not payers(policy, offer) & {name.lower() for name in one.employers}:
        return False
    return any(day <= one.until and day >= (one.since or day) for day in dates(policy, offer))


def allowed(policy: Policy, offer: Offer, _: Moment) -> bool:
    """Each shift lies, every minute of it, in the hours of one entry that is for it."""
    mine = [one for one in policy.allowed if offer.site.id in one.sites]
    mine = mine or [one for one in policy.allowed if offer.site.stream in one.streams]
    mine = mine or [one for one in policy.allowed if not one.sites and not one.streams]
    return bool(mine) and not all(any(_covers(policy, one, s) for one in mine) for s in offer.shifts)


def _covers(policy: Policy, one: Allowed, shift: Shift) -> bool:
    zone, instant = body_zone(policy, shift), utc(shift.start)
    while instant < utc(shift.end):
        if not _hour(one, instant.astimezone(zone)):
            return False
        instant += QUARTER
    return True


def _hour(one: Allowed, wall: datetime) -> bool:
    clock, today = wall.time(), f"{wall:%a}" in one.days
    yesterday = f"{wall - timedelta(days=1):%a}" in one.days
    if one.opens < one.closes:
        return today and one.opens <= clock < one.closes
    return (today and clock >= one.opens) or (yesterday and clock < one.closes)


# -- papers --------------------------------------------------------------------------------------------------------


def moonlighting(policy: Policy, offer: Offer) -> bool:
    return policy.clinician.role == "resident" and offer.site.stream != "employed"


def _kind(kind: str) -> str:
    return {"license": "licence", "program_approval": "programme_approval"}.get(kind.lower(), kind.lower())


def wanted(policy: Policy, offer: Offer) -> set[str]:
    more = {"licence", "programme_approval"} if moonlighting(policy, offer) else set()
    return {_kind(kind) for kind in text(policy, offer).requires} | more


def holds(policy: Policy, offer: Offer, papers: Iterable[Credential]) -> bool:
    """On each date one of them is held: begun (not only applied for), and not over."""
    mine = list(papers)
    return all(any(_good(one, day) for one in mine) for day in dates(policy, offer))


def _good(one: Credential, day: date) -> bool:
    if one.since is None and one.applied is not None:
        return False
    return (one.since or day) <= day <= (one.until or day)


def papers(policy: Policy, offer: Offer, kind: str) -> list[Credential]:
    """Those of a kind that are not another site's; licences only where their type opens the offer."""
    found = [
        one
        for one in policy.credentials
        if _kind(one.kind) == kind and (one.site is None or one.site == offer.site.id)
    ]
    if kind != "licence":
        return found
    types = {"full", "compact"}
    if offer.site.place == "home":
        types.add("telemedicine")
    if offer.site.stream == "employed":
        types.add("training")
    if moonlighting(policy, offer):
        types = {"full"}
    return [one for one in found if one.type in types]


def states(policy: Policy, offer: Offer, _: Moment) -> bool:
    """On site every state is open; at home at least one is."""
    closed = [closes(policy, offer, state) for state in text(policy, offer).states]
    return bool(closed) and (all(closed) if offer.site.place == "home" else any(closed))


def closes(policy: Policy, offer: Offer, state: str) -> bool:
    """Its licence (once any is written or wanted), a DEA or state registration that is wanted, what is excluded."""
    kinds = wanted(policy, offer) & {"dea", "csr", "licence"}
    if any(_kind(one.kind) == "licence" for one in policy.credentials):
        kinds.add("licence")
    here = {kind: [one for one in papers(policy, offer, kind) if one.state == state] for kind in kinds}
    return (
        not all(holds(policy, offer, found) for found in here.values())
        or state in policy.exclude.states
        or any(state in one.states and _binds(policy, one, offer) for one in policy.non_competes)
    )


def requires(policy: Policy, offer: Offer, _: Moment) -> bool:
    """What is wanted and hangs on no state of the site is held on each date."""
    site = text(policy, offer)
    for kind in wanted(policy, offer) - {"privileges"}:
        if kind in ("licence", "dea", "csr"):
            found = papers(policy, offer, kind)
            if not site.states and not holds(policy, offer, found):
                return True
            continue
        found = papers(policy, offer, kind)
        if site.states:
            found = [one for one in found if one.state is None or one.state in site.states]
        if not holds(policy, offer, found):
            return True
    return False


def privileges(policy: Policy, offer: Offer, _: Moment) -> bool:
    """Once any are written for the site, or wanted there, they are held on each date."""
    mine = [
        one for one in policy.credentials if _kind(one.kind) == "privileges" and one.site == offer.site.id
    ]
    until = text(policy, offer).privileges_until
    if not mine and until is None:
        return "privileges" in wanted(policy, offer)
    return not all(
        any(_good(one, day) for one in mine) or (until is not None and day <= until)
        for day in dates(policy, offer)
    )


def cover(policy: Policy, offer: Offer) -> Malpractice:
    stream = policy.streams.get(offer.site.stream)
    return text(policy, offer).malpractice or (stream.malpractice if stream else None) or Malpractice()


def insured_work(policy: Policy, offer: Offer) -> bool:
    return is_clinical(policy, offer) or cover(policy, offer).required


def resident(policy: Policy, offer: Offer, _: Moment) -> bool:
    """Outside the programme from the second year on, and somebody covers."""
    if not moonlighting(policy, offer):
        return False
    year = policy.clinician.pgy
    uncovered = insured_work(policy, offer) and cover(policy, offer).by is None
    return year is None or year == 1 or uncovered


def malpractice(policy: Policy, offer: Offer, _: Moment) -> bool:
    """The cover lasts, and does not leave telemedicine out where it is telemedicine."""
    mine = cover(policy, offer)
    if not insured_work(policy, offer):
        return False
    over = mine.until is not None and dates(policy, offer)[-1] > mine.until
    return over or (offer.site.stream == "telemedicine" and mine.covers_telemedicine is False)


# -- money and travel ----------------------------------------------------------------------------------------------


def pay(_: Policy, offer: Offer, __: Moment) -> bool:
    """It pays, in dollars."""
    rate = offer.pay or offer.site.pay
    return rate is None or rate.currency != "USD" or sum(shift.cents for shift in offer.shifts) <= 0


def rate_floor(policy: Policy, offer: Offer, _: Moment) -> bool:
    """An hour, a shift, an hour in effect: each at least what the site wants, or else its stream."""
    stream = policy.streams.get(offer.site.stream)
    cents = sum(shift.cents for shift in offer.shifts)
    hours = Fraction(sum(elapsed_minutes(shift) for shift in offer.shifts), 60)
    rates = {
        "per_hour": Fraction(cents) / hours,
        "per_shift": Fraction(cents, len(offer.shifts)),
        "effective_per_hour": effective(policy, offer),
    }
    low = False
    for key, rate in rates.items():
        own = getattr(text(policy, offer).rate_floor, key)
        least = own if own is not None else getattr(stream.rate_floor, key) if stream else None
        low = low or (least is not None and rate < least)
    return low


def effective(policy: Policy, offer: Offer) -> Fraction:
    """Pay and benefits less travel, by all the hours it takes."""
    site = text(policy, offer)
    hours = Fraction(sum(elapsed_minutes(shift) for shift in offer.shifts), 60)
    if offer.site.place == "home":
        times = 0
    elif offer.site.away:
        times = len(list(runs(dates(policy, offer))))
    else:
        times = len(offer.shifts)
    cents = Fraction(sum(shift.cents for shift in offer.shifts)) - times * site.travel.cost
    if site.pay:
        cents += hours * site.pay.benefits_per_hour
    takes = hours * site.worked_percent / 100
    for minutes in (site.unpaid_minutes, site.buffer.before, site.buffer.after):
        takes += Fraction(minutes * len(offer.shifts), 60)
    return cents / (takes + Fraction(2 * site.travel.minutes * times, 60))


def visits(policy: Policy, offer: Offer, _: Moment) -> bool:
    """A hard cap on the visits of an hour of telemedicine; what is not known is not refused."""
    cap = policy.telemedicine.visits_per_hour
    if cap is None or cap.over is not None or offer.site.stream != "telemedicine":
        return False
    rates = [text(policy, offer).visits_per_hour]
    rates += [rate.visits_per_hour for rate in (offer.pay, offer.site.pay) if rate]
    first = next((rate for rate in rates if rate is not None), None)
    return first is not None and first > cap.cap


def travel(policy: Policy, offer: Offer, _: Moment) -> bool:
    """On site: reached in a way that is tolerated, and no longer a drive than the cap."""
    site, most = text(policy, offer), policy.travel.max_drive_minutes
    if offer.site.place == "home":
        return False
    order = ["none", "drive", "fly"]
    far = order.index(site.travel.mode) > order.index(policy.travel.tolerance)
    return far or (site.travel.mode == "drive" and most is not None and site.travel.minutes > most)


PREDICATES: Mapping[str, Says] = {
    "_written": written,
    "_known": known,
    "_open": still_open,
    "_whole": whole,
    "_red": red,
    "_pauses": pauses,
    "_allowed": allowed,
    "_contract": contract,
    "_non_competes": non_competes,
    "_pay": pay,
    "_rate_floor": rate_floor,
    "_visits": visits,
    "_decide": decide,
    "_exclude": exclude,
    "_states": states,
    "_requires": requires,
    "_privileges": privileges,
    "_resident": resident,
    "_malpractice": malpractice,
    "_travel": travel,
}
"""By the name of the gate's function."""
