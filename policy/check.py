"""What is odd about a policy that can be read: wishes that cannot all come true, answers that are not there.

A contradiction is a problem. What is only open, or what time alone brought about, is a remark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import NamedTuple, get_args

from policy.gates.papers import LICENCE, PRIVILEGES, same_kind
from policy.locate import Path_
from policy.phrases import count, dollars
from policy.places import Malpractice, SiteSection, Stream
from policy.problems import Problem
from policy.read import Read
from policy.schema import Policy
from policy.sections import Allowed
from policy.shift import StreamName

MONTH = 31
SHIFT_HOURS = 12
"""The longest shift that is reckoned with where nothing says how long one may be."""


class Finding(NamedTuple):
    """`remark` is True where nothing is wrong with the policy itself."""

    where: Path_
    text: str
    remark: bool = False


def check(read: Read, today: date) -> tuple[list[Problem], list[Problem]]:
    """(contradictions, remarks), each with its place, of the policy and of what it changes into."""
    problems: list[Problem] = []
    remarks: list[Problem] = []
    if read.policy is None or read.tree is None:
        return problems, remarks
    seen: set[Finding] = set()
    for number, era in enumerate(read.policy.eras):
        for found in findings(era.policy, max(today, era.span.first)):
            if found in seen or era.span.last < today:
                continue
            seen.add(found)
            told = read.tree.problem(found.where, "", found.text)
            if number and era.span.first > today:
                told = replace(told, text=f"{told.text} (so it stands from {era.span.first})")
            (remarks if found.remark else problems).append(told)
    return problems, remarks


def findings(policy: Policy, today: date) -> Iterator[Finding]:
    yield from _minimums(policy)
    yield from _money(policy)
    yield from _anchor(policy, today)
    yield from _runs(policy)
    yield from _allowed(policy)
    yield from _resident(policy)
    yield from _papers(policy)
    yield from _past(policy, today)
    yield from _open(policy)


# -- wishes against each other --------------------------------------------------------------------------------------


def _minimums(policy: Policy) -> Iterator[Finding]:
    least: dict[StreamName, int] = {}
    for name, stream in policy.streams.items():
        low, high = stream.min_shifts_per_month, stream.max_shifts_per_month
        if low:
            least[name] = low.cap
        if low and high and low.cap > high.cap:
            text = f"at least {low.cap} and at most {high.cap}; lower the one or raise the other"
            yield Finding(("streams", name, "min_shifts_per_month"), text)
    caps = policy.limits
    intense = {name: number for name, number in least.items() if _all_high(policy, name)}
    high_cap = caps.high_intensity_per_month
    if high_cap and high_cap.over is None and sum(intense.values()) > high_cap.cap:
        text = f"{_together(intense)} want at least {sum(intense.values())} high-intensity shifts; raise the cap of {high_cap.cap}, or want fewer"
        yield Finding(("caps", "high_intensity_per_month"), text)
    free = MONTH - (caps.off_days_per_month.cap if caps.off_days_per_month else 0)
    if sum(least.values()) > free:
        text = f"{_together(least)} want {sum(least.values())} shifts in {free} days that may be worked; want fewer, or fewer days off"
        yield Finding(("caps", "off_days_per_month"), text)
    most = {
        name: stream.max_shifts_per_month.cap
        for name, stream in policy.streams.items()
        if stream.max_shifts_per_month and any(one.felt == "high" for one in _sites(policy, name))
    }
    if high_cap and sum(most.values()) > high_cap.cap:
        text = f"{_together(most)} at their most are {sum(most.values())} shifts, and {high_cap.cap} high-intensity ones fit; not all of it fits into one month"
        yield Finding(("caps", "high_intensity_per_month"), text, remark=True)


def _sites(policy: Policy, name: StreamName) -> list[SiteSection]:
    return [site for site in policy.sites.values() if site.stream == name]


def _all_high(policy: Policy, name: StreamName) -> bool:
    return {site.felt for site in _sites(policy, name)} == {"high"}


def _together(streams: Iterable[str]) -> str:
    return " and ".join(name.replace("_", "-") for name in streams)


def _money(policy: Policy) -> Iterator[Finding]:
    goals = policy.goals
    if goals is None or not any(site.pay for site in policy.sites.values()):
        return
    floor = most(policy, locums=False)
    if goals.floor > floor:
        text = (
            f"{dollars(goals.floor)} cannot be met without locums: within the caps a month brings at most {dollars(floor)}, "
            f"short by {dollars(goals.floor - floor)}; lower the floor, or loosen a cap"
        )
        key = "floor_monthly" if goals.floor_monthly is not None else "after_tax_annual"
        yield Finding(("goals", key), text)
    year = int((goals.after_tax_annual or 0) * goals.gross_up)
    reached = 12 * most(policy, locums=True)
    if year > reached:
        text = f"{dollars(year)} a year before tax, and the caps and rates bring at most {dollars(reached)}; lower the goal, or loosen a cap"
        yield Finding(("goals", "after_tax_annual"), text)


def most(policy: Policy, *, locums: bool) -> int:
    """Cents that no month can exceed: the best paid shifts, one a date, none longer than allowed (12 hours by default).

    The maximum of each stream and the cap on high intensity are each reckoned by themselves; the lower of the two counts.
    """
    caps = policy.limits
    days = MONTH - (caps.off_days_per_month.cap if caps.off_days_per_month else 0)
    paid = sorted(
        (
            (_best(policy, site), site)
            for key, site in policy.sites.items()
            if (locums or policy.site(key).counts_to_floor) and site.pay
        ),
        key=lambda one: -one[0],
    )
    streams: dict[str, int] = {}
    for name in get_args(StreamName):
        cap = policy.stream(name).max_shifts_per_month
        streams[name] = cap.cap if cap else days
    high = caps.high_intensity_per_month
    intense = {"high": high.cap if high and high.over is None else days, "moderate": days, "low": days}
    monthly = sum(site.pay.per_month or 0 for _, site in paid if site.pay)
    by_stream = _filled(((cents, site.stream) for cents, site in paid), streams, days)
    return monthly + min(by_stream, _filled(((cents, site.felt) for cents, site in paid), intense, days))


def _filled(paid: Iterable[tuple[int, str]], room: Mapping[str, int], days: int) -> int:
    """The best paid first, as often as there is room for its kind, until no date is left."""
    left, total = dict(room), 0
    for cents, kind in paid:
        number = min(left[kind], days)
        left[kind] -= number
        days -= number
        total += number * cents
    return total


def _best(policy: Policy, site: SiteSection) -> int:
    """Cents of the longest shift there."""
    pay = site.pay.pay if site.pay else None
    if pay is None or pay.currency != "USD":
        return 0
    caps = (policy.limits.shift_hours, policy.stream(site.stream).shift_hours)
    bounds = [caps[0].cap if caps[0] else None, caps[1].at_most if caps[1] else None]
    hours = min((bound for bound in bounds if bound is not None), default=SHIFT_HOURS)
    match pay.unit:
        case "hour":
            return pay.cents * hours
        case "visit":
            return int(pay.cents * Fraction(pay.visits_per_hour or 0) * hours)
        case _:
            return pay.cents


def _anchor(policy: Policy, today: date) -> Iterator[Finding]:
    goals = policy.goals
    if goals is None:
        return
    if goals.anchor is None:
        yield Finding(
            ("goals", "anchor"), "no anchor is written; name the stream that is scheduled first", remark=True
        )
        return
    at: Path_ = ("goals", "anchor")
    name = goals.anchor.replace("_", "-")
    if policy.sites and not _sites(policy, goals.anchor):
        yield Finding(at, f"no site is of the stream {name}; write one, or choose another anchor")
    if goals.anchor_until and goals.anchor_until < today:
        text = f"{name} was your anchor until then; choose again for 6 to 12 months"
        yield Finding(("goals", "anchor_until"), text, remark=True)
    least = policy.stream(goals.anchor).min_shifts_per_month
    if least is None or not least.over:
        text = f"nothing pulls towards it; write streams.{goals.anchor}.min_shifts_per_month = {{ cap = 6, over = 200 }}"
        yield Finding(at, text, remark=True)


def _runs(policy: Policy) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, run in enumerate(policy.runs):
        if run.name in seen:
            yield Finding(("runs", number, "name"), f"{run.name} is there twice; give each run its own name")
        seen.add(run.name)
        if run.rest and run.at_most is not None and run.within_days is None and run.rest.after > run.at_most:
            text = f"rest comes after {run.rest.after} in a row, and {run.at_most} are the most; lower after"
            yield Finding(("runs", number, "rest"), text)


def _allowed(policy: Policy) -> Iterator[Finding]:
    for name, stream in policy.streams.items():
        mine = [one for one in policy.allowed if name in one.streams]
        general: list[Allowed] = [one for one in policy.allowed if not one.streams and not one.sites]
        days = {day for one in mine or general for day in one.days}
        if days and stream.preferred_weekdays and days.isdisjoint(stream.preferred_weekdays):
            text = (
                "none of these days is one on which [[allowed]] lets it be worked; mend the one or the other"
            )
            yield Finding(("streams", name, "preferred_weekdays"), text)


def _resident(policy: Policy) -> Iterator[Finding]:
    if policy.clinician.role != "resident":
        return
    caps = policy.limits
    if caps.average_week_hours is None or caps.off_days_in is None:
        text = 'a resident has duty hours; write extends = ["acgme"], or average_week_hours and off_days_in under [caps]'
        yield Finding(("clinician", "role"), text)
    if policy.clinician.pgy is None:
        yield Finding(
            ("clinician", "pgy"),
            "the year of residency is not written; in the first nobody may moonlight",
            remark=True,
        )


# -- papers and answers ----------------------------------------------------------------------------------------------


def _papers(policy: Policy) -> Iterator[Finding]:
    kinds = {same_kind(one.kind) for one in policy.credentials}
    for key, site in policy.sites.items():
        for number, kind in enumerate(site.requires):
            if same_kind(kind) not in kinds and not (kind == PRIVILEGES and site.privileges_until):
                text = f"{key} wants {kind}, and no [[credentials]] is of that kind; write it, or nothing there is taken"
                yield Finding(("sites", key, "requires", number), text)


def _past(policy: Policy, today: date) -> Iterator[Finding]:
    for where, until, what in _dates(policy):
        if until and until < today:
            yield Finding(
                where,
                f"{what} {until}, which is past; renew it and write the new date, or take it out",
                remark=True,
            )


def _dates(policy: Policy) -> Iterator[tuple[Path_, date | None, str]]:
    for number, paper in enumerate(policy.credentials):
        yield ("credentials", number, "until"), paper.until, f"this {paper.kind} ended on"
    for name, stream in policy.streams.items():
        yield ("streams", name, "malpractice", "until"), _until(stream.malpractice), "this cover ended on"
    for key, site in policy.sites.items():
        yield ("sites", key, "privileges_until"), site.privileges_until, "these privileges ended on"
        yield (
            ("sites", key, "contract", "until"),
            site.contract.until if site.contract else None,
            "this contract ended on",
        )
        yield ("sites", key, "malpractice", "until"), _until(site.malpractice), "this cover ended on"
    for number, pause in enumerate(policy.pauses):
        yield ("pauses", number, "until"), pause.until, "this pause ended on"
    for number, ban in enumerate(policy.non_competes):
        yield ("non_competes", number, "until"), ban.until, "this non-compete ended on"
    for number, target in enumerate(policy.goals.targets if policy.goals else ()):
        yield ("goals", "targets", number, "by"), target.by, "this target was for"
    for number, one in enumerate(policy.watch):
        yield ("watch", number, "on"), one.on, "this was to come on"


def _until(cover: Malpractice | None) -> date | None:
    return cover.until if cover else None


def _open(policy: Policy) -> Iterator[Finding]:
    for missing in ("goals", "caps"):
        if getattr(policy, missing) is None:
            yield Finding(
                (missing,),
                f"[{missing}] is not written, and until it is nothing is accepted; write it",
                remark=True,
            )
    for name in dict.fromkeys(site.stream for site in policy.sites.values()):
        stream = policy.stream(name)
        if stream.employment is None and not all(one.employment for one in _sites(policy, name)):
            yield Finding(
                ("streams", name, "employment"), 'is it "1099" or "W-2" work? write employment', remark=True
            )
        if name != "nonclinical" and (asked := _unanswered(stream, name)):
            text = f"{count(len(asked), 'question')} about malpractice open ({', '.join(asked)}); until all are answered nothing is taken without asking"
            yield Finding(("streams", name, "malpractice"), text, remark=True)
    if policy.sites and not any(same_kind(one.kind) == LICENCE for one in policy.credentials):
        text = "no licence is written, so the licence of the patient's state is not looked at; write [[credentials]]"
        yield Finding(("credentials",), text, remark=True)


def _unanswered(stream: Stream, name: StreamName) -> list[str]:
    cover = stream.malpractice or Malpractice()
    if not cover.required:
        return []
    tele = name == "telemedicine" and cover.covers_telemedicine is None
    return [*cover.open(), *(["covers_telemedicine"] if tele else [])]
