"""Papers that end, are missing, or are not used: licences, privileges, covers, contracts, continuing education."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from policy.gates.papers import LICENCE, held, same_kind
from policy.notices.base import Facts, Lost, Notice, rung, rungs, steps
from policy.phrases import count, day, dollars
from policy.places import Credential, Malpractice

FEWEST_LOST, LEAST_LOST = 3, 500_000
"""Offers a year, or cents, that a missing licence has cost before it is worth a word."""
CME_AHEAD = 180
"""Days before its date at which education is counted."""


def papers(facts: Facts) -> Iterator[Notice]:
    yield from _due(facts)
    yield from _education(facts)
    yield from _covers(facts)
    yield from _open_questions(facts)
    yield from _privileges(facts)
    yield from _contracts(facts)
    yield from _idle(facts)
    yield from _lost(facts)
    yield from _packets(facts)


def _name(one: Credential, facts: Facts) -> str:
    """`TX licence`, `privileges at Lakeside ED`, `ACLS`."""
    site = facts.policy.sites.get(one.site or "")
    place = f" at {site.called(one.site) if site else one.site}" if one.site else ""
    return f"{one.state + ' ' if one.state else ''}{one.name or one.kind}{place}"


def _due(facts: Facts) -> Iterator[Notice]:
    ladder = facts.policy.notices.ladder
    for one in facts.policy.credentials:
        if one.until is None:
            continue
        # What takes long to renew is told so much earlier.
        act = one.until - timedelta(days=one.lead_days)
        level = rung((act - facts.today).days, ladder)
        if level == 0:
            continue
        name, ends = _name(one, facts), _ends(one.until, facts)
        extra = [f"renewing takes about {count(one.lead_days, 'day')}"] if one.lead_days else []
        extra += [f"costs {dollars(one.cost)}"] if one.cost else []
        text = f"Your {name} {ends} {one.until.year}" + (f"; {' and '.join(extra)}" if extra else "") + "."
        key, again = f"{name} {one.until}", rungs(act, ladder)
        yield Notice("credential-due", key, "reminder", f"{name} {ends}", text, level, one.until, again)


def _ends(when: date, facts: Facts) -> str:
    return f"{'ended' if when < facts.today else 'ends'} on {day(when)}"


def _education(facts: Facts) -> Iterator[Notice]:
    for one in facts.policy.credentials:
        hours = one.hours
        if hours is None or hours.have >= hours.need:
            continue
        left = (hours.by - facts.today).days
        # On an even pace over a year nothing is said.
        if left > CME_AHEAD or hours.have * 365 >= hours.need * (365 - max(0, left)):
            continue
        name, short = _name(one, facts), hours.need - hours.have
        text = (
            f"{hours.have} of {hours.need} hours of education for your {name} by {_date(hours.by)}; "
            f"{short} are missing."
        )
        level = steps(CME_AHEAD - left, 30)
        yield Notice(
            "cme-hours", name, "reminder", f"{short} hours missing for {name}", text, level, hours.by
        )


def _covered(facts: Facts) -> Iterator[tuple[str, Malpractice]]:
    """Each cover with what it is of."""
    for stream, section in facts.policy.streams.items():
        if section.malpractice:
            yield stream.replace("_", "-"), section.malpractice
    for key, site in facts.policy.sites.items():
        if site.malpractice:
            yield site.called(key), site.malpractice


def _covers(facts: Facts) -> Iterator[Notice]:
    ladder = facts.policy.notices.ladder
    for name, cover in _covered(facts):
        level = rung((cover.until - facts.today).days, ladder) if cover.until else 0
        if cover.until and level:
            ends = _ends(cover.until, facts)
            tail = "; it is claims-made, so ask who pays the tail" if cover.form == "claims_made" else ""
            text = f"Your malpractice cover for {name} {ends} {cover.until.year}{tail}."
            title, key = f"malpractice cover for {name} {ends}", f"{name} {cover.until}"
            again = rungs(cover.until, ladder)
            yield Notice("malpractice-due", key, "reminder", title, text, level, cover.until, again)


_ASKED = {
    "by": "who covers",
    "form": "occurrence or claims-made",
    "tail": "who pays the tail",
    "gaps": "what is not covered",
    "evidence": "evidence",
}


def _unanswered(cover: Malpractice, *, telemedicine: bool) -> list[str]:
    """The questions that nobody has answered, with a yes where telemedicine is worked."""
    if not cover.required:
        return []
    more = ["telemedicine"] if telemedicine and not cover.covers_telemedicine else []
    return [*(_ASKED[key] for key in cover.open()), *more]


def _open_questions(facts: Facts) -> Iterator[Notice]:
    sites = defaultdict(list)
    for site in facts.policy.sites.values():
        if site.stream != "nonclinical" and site.malpractice is None:
            sites[site.stream].append(site)
    for stream in sorted(sites):
        telemedicine = stream == "telemedicine"
        asked = _unanswered(
            facts.policy.stream(stream).malpractice or Malpractice(), telemedicine=telemedicine
        )
        if asked:
            name, whole = stream.replace("_", "-"), 6 if telemedicine else 5
            text = (
                f"{len(asked)} of {whole} malpractice questions for {name} are open ({', '.join(asked)}); "
                "nothing there is taken automatically."
            )
            yield Notice(
                "malpractice-open",
                stream,
                "warning",
                f"{count(len(asked), 'malpractice question')} open for {name}",
                text,
                len(asked),
            )


def _privileges(facts: Facts) -> Iterator[Notice]:
    local = [
        facts.policy.site(key)
        for key in facts.policy.sites
        if (site := facts.policy.site(key)).place == "onsite"
        and not site.away
        and site.stream != "nonclinical"
    ]
    if not local:
        return
    last = max((site.privileges_until for site in local if site.privileges_until), default=None)
    if last is None or any(site.privileges_until is None for site in local) or last > facts.horizon.last:
        return
    text = f"No local site holds privileges beyond {_date(last)}; you want at least 1."
    level = steps((facts.horizon.last - last).days, 30)
    yield Notice(
        "local-privileges", "", "warning", f"no local privileges after {day(last)}", text, level, last
    )


def _contracts(facts: Facts) -> Iterator[Notice]:
    for key, site in facts.policy.sites.items():
        contract = site.contract
        if contract is None or contract.until is None:
            continue
        notice = contract.until - timedelta(days=contract.notice_days or 0)
        left = (notice - facts.today).days
        level = rung(left, facts.policy.notices.ladder)
        if level and facts.today <= contract.until:
            name = site.called(key)
            due = f"; notice is due by {_date(notice)}" if contract.notice_days and left >= 0 else ""
            text = (
                f"Your contract with {name} ends on {_date(contract.until)}{due}: tail, papers, last shift."
            )
            yield Notice(
                "contract-end",
                f"{key} {contract.until}",
                "reminder",
                f"contract with {name} ends",
                text,
                level,
                notice,
            )


def _idle(facts: Facts) -> Iterator[Notice]:
    idle = facts.policy.notices.idle_days
    since = facts.today - timedelta(days=idle)
    if since < facts.known.first:
        return
    for one in facts.policy.credentials:
        left = (one.until - facts.today).days if one.until else None
        if same_kind(one.kind) != LICENCE or one.state is None or left is None or not 0 <= left <= idle:
            continue
        used = any(one.state in shift.site.states for shift in facts.shifts if shift.first >= since)
        if not used and one.until:
            cost = f" and renewing costs {dollars(one.cost)}" if one.cost else ""
            text = (
                f"No shift in {one.state} for {idle} days; the licence ends on {_date(one.until)}{cost}: "
                "renew it only if you will use it."
            )
            yield Notice(
                "licence-idle",
                f"{one.state} {one.until}",
                "reminder",
                f"{one.state} licence is not used",
                text,
                1 + (left <= 30),
                one.until,
            )


def _lost(facts: Facts) -> Iterator[Notice]:
    states: dict[str, list[Lost]] = defaultdict(list)
    for lost in facts.lost:
        if lost.day.year == facts.today.year:
            states[lost.state].append(lost)
    for state, found in sorted(states.items()):
        cents = sum(one.cents for one in found)
        if len(found) >= FEWEST_LOST or cents >= LEAST_LOST:
            text = f"{count(len(found), 'offer')} worth {dollars(cents)} were closed to you this year for want of a {state} licence."
            level = len(found).bit_length()
            yield Notice(
                "offers-lost",
                f"{state} {facts.today.year}",
                "warning",
                f"{count(len(found), 'offer')} lost for want of a {state} licence",
                text,
                level,
            )


def _packets(facts: Facts) -> Iterator[Notice]:
    """Sites with work ahead whose papers are not all there."""
    ahead = facts.between(facts.today, facts.horizon.last)
    for key, site in facts.policy.sites.items():
        first = min((shift.first for shift in ahead if shift.site.id == key), default=None)
        if first is None or not site.requires:
            continue
        missing = [kind for kind in site.requires if not _held(facts, kind, key, first)]
        if missing:
            name = site.called(key)
            text = (
                f"{name} wants {count(len(site.requires), 'paper')} and {len(missing)} "
                f"{'is' if len(missing) == 1 else 'are'} missing: {', '.join(missing)}; your first shift there is on {_date(first)}."
            )
            yield Notice(
                "packet-incomplete",
                key,
                "warning",
                f"{count(len(missing), 'paper')} missing for {name}",
                text,
                len(missing),
                first,
            )


def _held(facts: Facts, kind: str, site: str, when: date) -> bool:
    mine = (one for one in facts.policy.credentials if same_kind(one.kind) == same_kind(kind))
    return any(one.site in (None, site) and held(one, when) for one in mine)


def _date(when: date) -> str:
    return f"{day(when)} {when.year}"
