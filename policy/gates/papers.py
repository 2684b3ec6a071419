"""Papers: licences state by state, privileges, what a site requires, malpractice, what residents need.

A paper counts on the dates from its first to its last; one that is applied for is not held yet. At home one open
state is enough, for the platform sends those patients; on site all of the site's states must be open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from policy.gates.base import Gate, Moment, ids, worked_dates
from policy.gates.dates import forbids, non_compete
from policy.limits import Reason
from policy.places import Credential, Malpractice
from policy.schema import Policy
from policy.shift import Offer, Site

LICENCE = "licence"
APPROVAL = "programme_approval"
PRIVILEGES = "privileges"
BY_STATE = (LICENCE, "dea", "csr")
"""Registered with each state; all other papers hold everywhere."""
_SAME = {"license": LICENCE, "program_approval": APPROVAL}
FIRST_YEAR_TO_MOONLIGHT = 2
"""ACGME Common Program Requirements VI.F.5: PGY-1 residents are not permitted to moonlight."""


def same_kind(kind: str) -> str:
    """A kind of paper as it is compared: however it is spelled."""
    return _SAME.get(kind.casefold(), kind.casefold())


# -- one paper -----------------------------------------------------------------------------------------------------


def held(paper: Credential, day: date) -> bool:
    """On that date. Applied for and without a first date is not held yet."""
    begun = paper.applied is None if paper.since is None else paper.since <= day
    return begun and (paper.until is None or day <= paper.until)


def lacking(papers: Sequence[Credential], days: Iterable[date]) -> str | None:
    """Why not every date is covered: "" where there is no such paper, None where each is."""
    days = sorted(days)
    if all(any(held(paper, day) for paper in papers) for day in days):
        return None
    known = [paper for paper in papers if paper.since or not paper.applied]
    if ended := [paper.until for paper in known if paper.until and paper.until < days[-1]]:
        return f"ends {max(ended)}"
    if begins := [paper.since for paper in known if paper.since and paper.since > days[0]]:
        return f"from {min(begins)}"
    waiting = [(paper.applied, paper.lead_days) for paper in papers if paper.applied and not paper.since]
    if not waiting:
        return ""
    applied, lead = min(waiting, key=lambda one: one[0] + timedelta(days=one[1]))
    return f"expected {applied + timedelta(days=lead)}" if lead else f"applied {applied}"


def _papers(policy: Policy, kind: str, site: Site, state: str | None = None) -> list[Credential]:
    """The papers of a kind that may serve at a site, for one of its states or for no state in particular."""
    found = [one for one in policy.credentials if same_kind(one.kind) == kind and one.site in (None, site.id)]
    if state:
        return [one for one in found if one.state == state]
    if kind in BY_STATE or not site.states:
        return found
    return [one for one in found if one.state is None or one.state in site.states]


# -- states --------------------------------------------------------------------------------------------------------


def _states(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    against = states(policy, offer)
    if offer.site.place == "home" and not all(against.values()):
        return
    for reasons in against.values():
        yield from reasons


def states(policy: Policy, offer: Offer) -> dict[str, tuple[Reason, ...]]:
    """For each state of the site what closes it; nothing where it is open."""
    return {state: tuple(_against(policy, offer, state)) for state in offer.site.states}


def _against(policy: Policy, offer: Offer, state: str) -> Iterator[Reason]:
    days = worked_dates(offer)
    if licences_judged(policy, offer.site):
        yield from _licence(policy, offer, state)
    for kind in sorted(_required(policy, offer.site) & {"dea", "csr"}):
        if (why := lacking(_papers(policy, kind, offer.site, state), days)) is not None:
            yield _paper(offer, f"{kind} {state}", why)
    if state in policy.exclude.states:
        yield Reason("exclude", about=f"state {state}")
    for one in policy.non_competes:
        if state in one.states and forbids(policy, one, offer):
            yield non_compete(one)


def licences_judged(policy: Policy, site: Site) -> bool:
    """Licences may be kept elsewhere: until one is written or required, nothing is said of them."""
    written = any(same_kind(one.kind) == LICENCE for one in policy.credentials)
    return written or LICENCE in _required(policy, site) or _moonlights(policy, site)


def _licence(policy: Policy, offer: Offer, state: str) -> Iterator[Reason]:
    found = _papers(policy, LICENCE, offer.site, state)
    usable = [one for one in found if _opens(policy, one, offer.site)]
    why = lacking(usable, worked_dates(offer))
    if why is None:
        return
    if found and not usable:
        why = found[0].type
    told = f"{state} {why.removeprefix('ends ')}".strip()
    yield Reason("licence", offer.span, shifts=ids(offer.shifts), about=told)


def _opens(policy: Policy, licence: Credential, site: Site) -> bool:
    """A training licence is for the programme alone; moonlighting wants a full one."""
    if _moonlights(policy, site):
        return licence.type == "full"
    if licence.type == "training":
        return site.stream == "employed"
    return licence.type != "telemedicine" or site.place == "home"


# -- what a site requires ------------------------------------------------------------------------------------------


def _required(policy: Policy, site: Site) -> frozenset[str]:
    return frozenset(same_kind(kind) for kind in policy.entry(site).requires)


def _requires(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    """Each paper that the site requires is held on every date; those of states are judged state by state."""
    site, wanted = offer.site, set(_required(policy, offer.site))
    if _moonlights(policy, site):
        wanted |= {APPROVAL, LICENCE}
    for kind in sorted(wanted):
        if kind == PRIVILEGES or (kind in BY_STATE and site.states):
            continue
        found = _papers(policy, kind, site)
        if kind == LICENCE:
            found = [one for one in found if _opens(policy, one, site)]
        if (why := lacking(found, worked_dates(offer))) is not None:
            yield _paper(offer, kind, why)


def _paper(offer: Offer, what: str, why: str) -> Reason:
    about = f"{what}: {why}" if why else what
    return Reason("credential", offer.span, shifts=ids(offer.shifts), about=about)


def _privileges(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    """Given site by site; judged once any are written for the site, or required there."""
    here = (one for one in policy.credentials if one.site == offer.site.id)
    found = [one for one in here if same_kind(one.kind) == PRIVILEGES]
    if until := offer.site.privileges_until:
        found.append(Credential(kind=PRIVILEGES, until=until))
    if not found and PRIVILEGES not in _required(policy, offer.site):
        return
    why = lacking(found, worked_dates(offer))
    if why and why.startswith("ends "):
        yield Reason("privileges", offer.span, shifts=ids(offer.shifts), about=why.removeprefix("ends "))
    elif why is not None:
        yield _paper(offer, PRIVILEGES, why)


# -- residents -----------------------------------------------------------------------------------------------------


def _moonlights(policy: Policy, site: Site) -> bool:
    return policy.clinician.role == "resident" and site.stream != "employed"


def _resident(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    """Outside the programme: from the second year on, with cover of one's own. Papers are judged above."""
    if not _moonlights(policy, offer.site):
        return
    year = policy.clinician.pgy
    if year is None or year < FIRST_YEAR_TO_MOONLIGHT:
        yield Reason("resident", would_be=year, bound=FIRST_YEAR_TO_MOONLIGHT, about="pgy", minimum=True)
    cover = cover_of(policy, offer.site)
    if cover.by is None and needs_cover(policy, offer.site):
        yield Reason("resident", about="malpractice")


# -- malpractice ---------------------------------------------------------------------------------------------------


def cover_of(policy: Policy, site: Site) -> Malpractice:
    """The site's own cover, else its stream's; without either, nothing is answered."""
    return policy.entry(site).malpractice or policy.stream(site.stream).malpractice or Malpractice()


def needs_cover(policy: Policy, site: Site) -> bool:
    """Only what is not clinical can do without."""
    return cover_of(policy, site).required or site.clinical


def _malpractice(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    cover = cover_of(policy, offer.site)
    if not needs_cover(policy, offer.site):
        return
    if cover.until and cover.until < offer.span.last:
        yield Reason("malpractice", offer.span, shifts=ids(offer.shifts), about=str(cover.until))
    if offer.site.stream == "telemedicine" and cover.covers_telemedicine is False:
        yield Reason("malpractice", offer.span, shifts=ids(offer.shifts), about="telemedicine")


GATES: tuple[Gate, ...] = (_states, _requires, _privileges, _resident, _malpractice)
