"""Streams, sites and papers, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policy.phrases import count, dollars
from policy.places import (
    Contact,
    Contract,
    Credential,
    Malpractice,
    MinShifts,
    Pattern,
    PayRate,
    RateFloor,
    RedFlag,
    ShiftHours,
    SiteSection,
    SiteTravel,
    Stream,
)
from policy.sentences.told import (
    Phrase,
    day,
    either,
    held,
    least,
    line,
    listed,
    missing,
    most,
    parts,
    plain,
    told,
)

_DECIDE = {
    "propose": "What fits is held for you to answer.",
    "auto": "What fits is taken without asking, where all questions about malpractice are answered.",
    "never": "Nothing of it is ever taken.",
}


def stream(name: str, one: Stream) -> list[str]:
    return told(one, STREAM, f"streams.{name}")


def _rate_floor(one: RateFloor) -> str:
    said = [
        f"{dollars(cents)} {per}"
        for cents, per in (
            (one.per_hour, "an hour"),
            (one.per_shift, "a shift"),
            (one.effective_per_hour, "an hour with unpaid time and travel"),
        )
        if cents is not None
    ]
    return f"Nothing below {listed(said)}." if said else ""


def _malpractice(one: Malpractice | None) -> str:
    if one is None:
        return ""
    if not one.required:
        return "No malpractice cover is needed."
    form = one.form.replace("_", "-") if one.form else None
    covers = (
        None
        if one.covers_telemedicine is None
        else "telemedicine named"
        if one.covers_telemedicine
        else "telemedicine not named"
    )
    text = parts(
        (one.by, "by {}"),
        (form, "{}"),
        (one.tail, "tail by {}"),
        (one.gaps, "gaps: {}"),
        (covers, "{}"),
        (one.position, "{} cover"),
        (one.evidence, "see {}"),
        (one.until, "until {}"),
    )
    asked = {
        "who covers": one.by,
        "its form": one.form,
        "the tail": one.tail,
        "gaps": one.gaps,
        "evidence": one.evidence,
    }
    open_ = [question for question, answer in asked.items() if answer is None]
    return f"Malpractice: {text or 'nothing is said'}{f'. Still open: {listed(open_)}' if open_ else ''}."


def _shift_hours(one: ShiftHours | None) -> str:
    if one is None:
        return "Its shifts may be of any length."
    said = parts((one.at_least, "{} hours at least"), (one.at_most, "{} hours at most"))
    return held(f"A shift is of {said or 'any length'}", one.over).replace("each one over", "each other one")


STREAM: Mapping[str, Phrase] = {
    "employment": line("It is {} work."),
    "counts_to_floor": either("It counts to the floor.", "It does not count to the floor."),
    "min_shifts_per_month": least("shift"),
    "max_shifts_per_month": most("shift"),
    "hours_per_week": most("hour", "in any 7 days"),
    "sites_per_month": most("site", verb="work at"),
    "shift_hours": _shift_hours,
    "preferred_weekdays": line("You prefer {}."),
    "rate_floor": _rate_floor,
    "hours_wanted_per_month": line("You would like {} hours a month."),
    "decide": lambda how: _DECIDE[how],
    "malpractice": _malpractice,
}


# -- sites ---------------------------------------------------------------------------------------------------------


def site(name: str, one: SiteSection) -> list[str]:
    return told(one, SITE, f"sites.{name}")


def _pay(one: PayRate | None) -> str:
    if one is None:
        return ""
    rates = (
        (one.per_hour, "an hour"),
        (one.per_shift, "a shift"),
        (one.per_day, "a day"),
        (one.per_visit, "a visit"),
        (one.per_month, "a month"),
    )
    text = " and ".join(f"{dollars(cents)} {per}" for cents, per in rates if cents is not None)
    text += f", {one.visits_per_hour} visits an hour" if one.visits_per_hour is not None else ""
    text += "" if one.currency == "USD" else f" in {one.currency}, which cannot be weighed"
    text += "" if one.guaranteed_percent is None else f"; {one.guaranteed_percent} % of it is sure"
    if one.extra:
        text += (
            f"; {one.extra.night_percent} % more for nights, {one.extra.weekend_percent} % more on weekends"
        )
    text += f"; benefits worth {dollars(one.benefits_per_hour)} an hour" if one.benefits_per_hour else ""
    return f"It pays {text}."


_MODES = {"none": "No way to go", "drive": "A drive", "fly": "A flight"}


def _travel(one: SiteTravel) -> str:
    text = f"{_MODES[one.mode]}{f' of {one.minutes} minutes' if one.minutes else ''}"
    if one.overnight is not None:
        text += ", with nights there" if one.overnight else ", without a night there"
    text += f", at {dollars(one.cost)} a trip" if one.cost else ""
    blocks = (
        ""
        if one.min_block_days is None
        else held(
            f" A trip there is of {count(one.min_block_days.cap, 'day')} or more", one.min_block_days.over
        ).replace("one over", "day short")
    )
    return f"{text}.{blocks}"


def _contract(one: Contract | None) -> str:
    if one is None:
        return ""
    said = parts(
        (one.since, "from {}"),
        (one.until, "until {}"),
        (one.notice_days, "{} days' notice"),
        (one.evidence, "see {}"),
    )
    return f"Contract: {said}." if said else ""


def _flags(found: tuple[RedFlag, ...]) -> str:
    def one(flag: RedFlag) -> str:
        state = f"cleared on {day(flag.cleared)}" if flag.cleared else "open"
        more = parts((flag.since, "since {}"), (state, "{}"), (flag.note, "{}"))
        return f"{plain(flag.flag)} ({more})"

    return (
        f"Red flags: {listed(map(one, found))}; while one is open nothing is taken without asking."
        if found
        else ""
    )


_PERIODS = {"month": "a month", "quarter": "a quarter", "half": "half a year", "year": "a year"}


def _min_shifts(one: MinShifts | None) -> str:
    if one is None:
        return "No least number of shifts there."
    text = f"You want at least {count(one.cap, 'shift')} there in {_PERIODS[one.per]}"
    return f"{text}; {missing(one.over)}." if one.over else f"{text}, and are told when it is fewer."


def _pattern(one: Pattern | None) -> str:
    if one is None:
        return "No agreed month."
    text = f"Agreed for a month: {count(one.weekdays, 'weekday shift')} and {count(one.weekends, 'weekend')}"
    return f"{text}; {missing(one.over)}." if one.over else f"{text}; you are told when it is fewer."


def _contacts(found: tuple[Contact, ...]) -> str:
    return " ".join(
        f"{one.kind.capitalize()}: {one.name}{f', {one.how}' if one.how else ''}." for one in found
    )


def _scores(found: Mapping[str, int]) -> str:
    return f"Your marks: {listed(f'{key} {mark}' for key, mark in found.items())} of 5." if found else ""


def _buffer(one: Any) -> str:
    return f"{one.before} minutes before and {one.after} after each shift are kept free."


SITE: Mapping[str, Phrase] = {
    "stream": line("It is a {} site."),
    "names": line("It is also written {}."),
    "place": lambda place: (
        "You work there from home." if place == "home" else "You work on site." if place else ""
    ),
    "zone": line("Its clock is that of {}."),
    "states": line("Its patients are in {}."),
    "emr": line("Its record system is {}."),
    "setting": line("Its setting is {}."),
    "intensity": line("Its intensity is {}."),
    "model": line("It works as {}."),
    "employer": line("{} pays."),
    "risk_group": line("It stands and falls with {}."),
    "employment": line("It is {} work."),
    "pay": _pay,
    "rate_floor": _rate_floor,
    "travel": _travel,
    "privileges_until": line("Your privileges there end on {}."),
    "requires": line("It wants {}."),
    "contract": _contract,
    "malpractice": _malpractice,
    "red_flags": _flags,
    "buffer": _buffer,
    "visits_per_hour": line("About {} visits an hour."),
    "unpaid_minutes": line("Each shift has {} unpaid minutes."),
    "worked_percent": line("Of the paid time {} % is work."),
    "hassle": lambda cents: f"A shift there costs {dollars(cents)} in nerves.",
    "onboarded": either("You have worked there.", "You have not worked there yet."),
    "min_shifts": _min_shifts,
    "pattern": _pattern,
    "hands_on": either("It is hands-on work.", "It is no hands-on work."),
    "clinical": either("It is clinical work.", "It is no clinical work."),
    "screen": either("It is work at a screen.", "It is no work at a screen."),
    "scores": _scores,
    "notes": line("Your notes: {}."),
    "contacts": _contacts,
}


# -- papers --------------------------------------------------------------------------------------------------------


def credential(one: Credential) -> str:
    """One paper, all that is written of it."""
    hours = one.hours and f"{one.hours.have} of {one.hours.need} hours by {day(one.hours.by)}"
    said = parts(
        (one.since, "from {}"),
        (one.until, "until {}"),
        (one.applied, "applied for on {}"),
        (one.lead_days, "takes {} days"),
        (dollars(one.cost) if one.cost is not None else None, "costs {}"),
        (hours, "{}"),
        (one.file, "see {}"),
    )
    words = [*([] if one.type == "full" else [one.type]), one.kind]
    head = " ".join(
        [*words, *(f"in {one.state}" for _ in "x" if one.state), *(f"at {one.site}" for _ in "x" if one.site)]
    )
    named = f" ({one.name})" if one.name else ""
    return f"{head[:1].upper()}{head[1:]}{named}{f': {said}' if said else ''}."
