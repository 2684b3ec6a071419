"""Blocks: shifts that are held for an answer, taken by the policy, or said yes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Literal

from connectors.event import Alarm, Timed
from daemon.entries import catalogue
from daemon.entries.entry import Entry, View, first_shown, make, name_of, soon_after
from policy.counts import counts
from policy.gates import hindrances, remarks
from policy.money import effective_hourly, hourly
from policy.rules.months import is_night
from policy.schema import Policy
from policy.shift import DAY, Month, Offer, Shift
from policy.words import sentence

EVENING = 15
"""The hour from which a start is called evening."""
Word = Literal["HOLD", "TAKE", "YES"]
FACES = {"HOLD": catalogue.HOLD, "TAKE": catalogue.TAKE, "YES": catalogue.YES}


def block_entries(view: View) -> Iterator[Entry]:
    candidates = {offer.id: offer for offer in view.problem.candidates}
    worked = [view.problem.shifts[key] for key in view.problem.worked(view.plan.accepted)]
    for key in view.plan.accepted:
        yield from _block(view, candidates[key], _proposed(view, candidates[key]), worked)
    for key, offer in view.accepted.items():
        yield from _block(view, offer, "TAKE" if key in view.by_policy else "YES", worked)


def _proposed(view: View, offer: Offer) -> Word:
    policy = view.problem.policy.at(offer.span.first)
    return "TAKE" if _decides(policy, offer) and not hindrances(policy, offer) else "HOLD"


def _block(view: View, offer: Offer, word: Word, worked: Sequence[Shift]) -> Iterator[Entry]:
    policy = view.problem.policy.at(offer.span.first)
    name = offer.site.stream.replace("_", "-") if view.minimal else offer.site.name
    why = _why(view, offer, word, worked)
    for number, shift in enumerate(offer.shifts, start=1):
        if shift.ends <= view.now:
            continue
        fell_out = word == "YES" and name_of("shift", shift.id) in view.fell_out
        asked = [catalogue.FELL_OUT] if fell_out else []
        desk = [] if word == "HOLD" else at_the_desk(view.problem.policy.at(shift.first), shift)
        cents = None if view.minimal else shift.cents
        part = (
            "night" if is_night(shift, policy.night) else "evening" if shift.start.hour >= EVENING else "day"
        )
        yield make(
            view,
            "accepted" if word == "YES" else "hold",
            shift.id,
            FACES[word],
            about=offer.id,
            when=Timed(shift.start, shift.end),
            title=catalogue.block_title(word, name, part, number, len(offer.shifts), cents),
            text=catalogue.lines((*asked, *why, *desk)),
            alarms=_alarms(view, offer, shift, word),
        )


def _decides(policy: Policy, offer: Offer) -> bool:
    return policy.stream(offer.site.stream).decide == "auto"


def _why(view: View, offer: Offer, word: Word, worked: Sequence[Shift]) -> list[str]:
    policy = view.problem.policy.at(offer.span.first)
    lines = [_rates(policy, offer)]
    if word != "YES":
        lines += [*_told(view, offer), catalogue.FITS]
    lines += [
        _counted(view, worked, month) for month in sorted({Month.of(shift.first) for shift in offer.shifts})
    ]
    match word:
        case "YES":
            notices = [sentence(one, {}) for one in remarks(policy, offer) if one.rule == "contract.notice"]
            lines += [catalogue.SAID_YES, *map(catalogue.note, notices), catalogue.GIVE_BACK]
        case "TAKE":
            lines.append(catalogue.by_policy(offer.site.stream))
        case "HOLD":
            if offer.respond_by:
                lines.append(catalogue.answer_by(offer.respond_by.astimezone(offer.site.body_zone)))
            lines += [catalogue.DECLINE, catalogue.TOLD_NOBODY]
    return [*lines, catalogue.named_by(offer.id)]


def _rates(policy: Policy, offer: Offer) -> str:
    return catalogue.rates(
        offer.site.name, offer.cents, hourly(offer) // 1, effective_hourly(policy, offer) // 1
    )


def _told(view: View, offer: Offer) -> list[str]:
    """What the clinician should know before the answer; with a stream that decides by itself, why this is asked."""
    policy, shifts = view.problem.policy.at(offer.span.first), view.problem.shifts
    told = [sentence(reason, shifts) for reason in remarks(policy, offer)]
    lines = [catalogue.note(text) for text in told]
    if _decides(policy, offer):
        why = [sentence(reason, shifts) for reason in hindrances(policy, offer)]
        lines += [catalogue.not_by_itself(text) for text in why if text not in told]
    return lines


def at_the_desk(policy: Policy, shift: Shift) -> list[str]:
    """For a telemedicine shift that is taken: when to have a break, and what to look after before it."""
    if shift.site.stream != "telemedicine":
        return []
    stretch = timedelta(hours=policy.telemedicine.break_after_hours)
    last = -(-(shift.ends - shift.begins) // stretch)
    breaks = [(shift.begins + number * stretch).astimezone(shift.start.tzinfo) for number in range(1, last)]
    lines = [catalogue.breaks_by(breaks)] if breaks else []
    if policy.telemedicine.checklist:
        lines += [catalogue.BEFORE, *catalogue.bullets(policy.telemedicine.checklist)]
    return lines


def _counted(view: View, worked: Sequence[Shift], month: Month) -> str:
    policy = view.problem.policy
    caps, one = policy.at(month.first).limits, counts(policy, worked, month)

    def of(number: int, cap: object, word: str) -> str:
        bound = getattr(cap, "cap", None)
        return f"{word} {number}" if bound is None else f"{word} {number} of {bound}"

    parts = [
        of(one.nights, caps.nights_per_month, "nights"),
        of(one.weekends, caps.weekends_per_month, "weekends"),
        of(one.high_intensity, caps.high_intensity_per_month, "high-intensity"),
    ]
    least = caps.off_days_per_month
    parts.append(f"off days {one.off_days}" + (f" (at least {least.cap})" if least else ""))
    return f"{month.first:%B}: {', '.join(parts)}."


def _alarms(view: View, offer: Offer, shift: Shift, word: Word) -> tuple[Alarm, ...]:
    """Soon after it appears, and a day before the answer is due; of what is taken, half a day before it begins."""
    starts = Alarm(timedelta(hours=12), catalogue.STARTS_SOON)
    if word == "YES":
        return (starts,)
    since = first_shown(view, "shift", shift.id, offer.id)
    left: tuple[Alarm, ...] = ()
    if offer.respond_by and offer.respond_by - DAY > since:
        left = (Alarm(offer.respond_by - DAY, catalogue.DAY_LEFT),)
    if word == "TAKE":
        return (Alarm(soon_after(since), catalogue.NEW_TAKE), *left, starts)
    return (Alarm(soon_after(since), catalogue.NEW_HOLD), *left)
