"""What is about the clinician, as sentences: goals and money, when not to work, what is watched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policy.phrases import dollars
from policy.schema import Policy
from policy.sections import (
    Allowed,
    Clinician,
    NonCompete,
    Pause,
    Reminder,
    Reserve,
    Smooth,
    Target,
    Watch,
)
from policy.sentences.told import Phrase, day, line, listed, money, parts, plain, told


def you(clinician: Clinician) -> list[str]:
    return told(clinician, YOU, "clinician", always=("role",))


YOU: Mapping[str, Phrase] = {
    "name": line("This is the policy of {}."),
    "home_zone": line("Home is where the clock is that of {}."),
    "home_state": line("Your home state is {}."),
    "role": lambda role: (
        "You are a resident: duty hours and your programme's approval apply." if role == "resident" else ""
    ),
    "pgy": line("You are in year {} of your residency."),
}


def goals(policy: Policy) -> list[str]:
    if policy.goals is None:
        return ["No goals are written yet, and until they are nothing is accepted."]
    one = policy.goals
    written = told(one, GOALS, "goals")
    if one.floor_monthly is None and one.floor:
        written.append(
            f"Your floor is {dollars(one.floor)} a month, from what you want after tax; locums never count to it."
        )
    return [
        *written,
        *([] if policy.reserve is None else [_reserve(policy.reserve)]),
        *told(policy.business, BUSINESS, "business"),
    ]


def _target(one: Target) -> str:
    begun = f" from {day(one.since)}" if one.since else ""
    earned = f", {dollars(one.earned)} of it earned" if one.earned else ""
    weight = f"a missing dollar counts as {one.weight}" if one.weight else "you are told how it stands"
    return f"{one.name}: {dollars(one.amount)} beyond the floor{begun} by {day(one.by)}{earned}; {weight}."


def _smooth(one: Smooth | None) -> str:
    if one is None:
        return "Thin weeks cost nothing."
    return f"A week under {dollars(one.weekly)} costs {one.percent} cents for each dollar missing."


GOALS: Mapping[str, Phrase] = {
    "after_tax_annual": money("You want {} a year after tax."),
    "gross_up": line("It takes {} dollars before tax for one after it."),
    "floor_monthly": money("Your floor is {} a month, without locums."),
    "ceiling_monthly": money("{} a month is enough; it bounds nothing."),
    "baseline_monthly": money("Life costs {} a month."),
    "anchor": line("Your anchor is {}."),
    "anchor_until": line("It is your anchor until {}."),
    "targets": lambda found: " ".join(map(_target, found)),
    "smooth": _smooth,
}


def _reserve(one: Reserve) -> str:
    return (
        f"Your reserve was {dollars(one.amount)} on {day(one.as_of)}; you want {one.months} months of living costs at least, "
        f"and {one.wanted_months} in the end."
    )


def _expenses(found: Mapping[str, int]) -> str:
    return (
        f"A year costs {listed(f'{dollars(cents)} for {plain(key)}' for key, cents in found.items())}."
        if found
        else ""
    )


BUSINESS: Mapping[str, Phrase] = {
    "set_aside": money("{} are set aside for tax."),
    "set_aside_percent": line("{} % of 1099 income is to be set aside for tax."),
    "expenses": _expenses,
}


# -- when not ------------------------------------------------------------------------------------------------------


def times(policy: Policy) -> list[str]:
    return [
        *map(_pause, policy.pauses),
        *map(_non_compete, policy.non_competes),
        *told(policy.exclude, EXCLUDE, "exclude"),
        *map(_allowed, policy.allowed),
    ]


def _scope(one: Pause | Allowed | Watch) -> str:
    return listed((*one.streams, *one.sites))


def _pause(one: Pause) -> str:
    until = f"to {day(one.until)}" if one.until else "until you take this out"
    what = _scope(one) or ("clinical work" if one.allow_nonclinical else "work")
    more = " (nonclinical work goes on)" if one.allow_nonclinical else ""
    return f"From {day(one.since)} {until} no new {what}{more}{_why(one.why)}."


def _non_compete(one: NonCompete) -> str:
    what = parts(
        (one.sites, "sites {}"),
        (one.streams, "streams {}"),
        (one.states, "states {}"),
        (one.employers, "employers {}"),
    )
    since = f"from {day(one.since)} " if one.since else ""
    kept = f" (see {one.evidence})" if one.evidence else ""
    return f"{one.name}: {since}until {day(one.until)} nothing at {what}{kept}."


EXCLUDE: Mapping[str, Phrase] = {
    "sites": line("Never at {}."),
    "employers": line("Never for {}."),
    "models": line("Never work of the kind {}."),
    "settings": line("Never in a setting of {}."),
    "states": line("Never in {}."),
}


def _allowed(one: Allowed) -> str:
    what = _scope(one).capitalize() or "All work"
    days = "on any day" if len(set(one.days)) == 7 else f"on {listed(one.days)}"
    return f"{what} only {days}, {one.opens:%H:%M} to {one.closes:%H:%M}{_why(one.why)}."


def _why(text: str | None) -> str:
    return f" ({text})" if text else ""


# -- what is watched -----------------------------------------------------------------------------------------------


def watched(policy: Policy) -> list[str]:
    return [
        *told(policy.notices, NOTICES, "notices"),
        *map(_watch, policy.watch),
        *map(_reminder, policy.reminders),
    ]


def _watch(one: Watch) -> str:
    scope = _scope(one)
    return f"{one.name}: {one.what}, {day(one.on)}{f', about {scope}' if scope else ''}."


def _reminder(one: Reminder) -> str:
    again = f", and every {one.every} after it" if one.every else ""
    return f"{one.name}: on {day(one.on)}{again} you are reminded: {one.text}."


def _mix(mix: Any) -> str:
    return f"A healthy month has {mix.high} high, {mix.moderate} moderate and {mix.low} low shifts."


NOTICES: Mapping[str, Phrase] = {
    "off": line("You do not want to be told of {}."),
    "ladder": line("Of a date you are told {} days before."),
    "hot_month": line("A month with {} high-intensity shifts runs hot."),
    "mix": _mix,
    "anchor_percent": line("Your anchor should bring {} % of what is planned."),
    "concentration_percent": line("One employer should not bring more than {} % of your income."),
    "hands_on_days": line("You are told after {} days without hands-on work."),
    "idle_days": line("A licence is idle after {} days without a shift in its state."),
    "workless_days": line("You are told of more than {} days without work."),
    "systems_per_month": line("You are told of {} record systems in a month."),
    "overtime_hours": line("{} hours of employed work a week count as a full week."),
    "volume_percent": line("You are told when a stream falls below {} % of what it was."),
    "ready_percent": line("You are told when the portfolio carries {} % of your living costs."),
    "net_1099": money("You are told when net 1099 income passes {} a year."),
    "spending_percent": line("You are told when living costs pass {} % of the floor after tax."),
    "accept_percent": line("You are told when you take {} % of what is offered."),
    "odd_pay_percent": line("Pay of {} % of your usual is a reason to look twice."),
    "shifts_before_rating": line("After {} shifts at a site you are asked to rate it."),
}
