"""What bounds the work, as sentences: caps, rest, recovery, record systems, travel, runs, prices."""

from __future__ import annotations

from collections.abc import Mapping

from policy.fields import Cap
from policy.phrases import count, dollars
from policy.schema import Policy
from policy.sections import (
    Average,
    Emr,
    LightWeek,
    Night,
    OffDays,
    Recovery,
    Run,
    WeekendsIn,
    WeeklyRest,
    Window,
)
from policy.sentences.told import (
    DEFAULT,
    Phrase,
    day,
    either,
    held,
    least,
    line,
    listed,
    missing,
    money,
    most,
    plain,
    told,
)

WEEK = "in any 7 days"


def rules(policy: Policy) -> list[str]:
    """Every bound that is in force, written or not."""
    written = [] if policy.caps else ["No caps are written yet, and until they are nothing is accepted."]
    return [
        *written,
        *told(policy.limits, CAPS, "caps"),
        _night(policy.night),
        *told(policy.rest, REST, "rest"),
        *_recovery(policy.recovery),
        _emr(policy.emr),
        *map(_run, policy.runs),
        *told(policy.travel, TRAVEL, "travel"),
        *told(policy.telemedicine, TELEMEDICINE, "telemedicine"),
        *told(policy.hands_on, HANDS_ON, "hands_on"),
        *told(policy.prices, PRICES, "prices", always=("change", "floor_weight")),
    ]


def _off_days(cap: Cap | None) -> str:
    if cap is None:
        return "No days off a month are kept."
    text = f"You keep at least {count(cap.cap, 'day')} wholly off a month"
    if cap.over is None:
        return f"{text}, whatever it pays."
    return f"{text}, and are told when it is fewer." if cap.over == 0 else f"{text}; {missing(cap.over)}."


def _average(cap: Average | None) -> str:
    if cap is None:
        return "There is no cap on average hours."
    return held(f"At most {cap.cap} hours a week on average over any {cap.weeks} weeks", cap.over)


def _off_days_in(cap: OffDays | None) -> str:
    if cap is None:
        return "No days off are kept in any run of weeks."
    return held(f"At least {count(cap.cap, 'day')} wholly off in any {cap.within_days} days", cap.over)


def _weekends_in(cap: WeekendsIn | None) -> str:
    if cap is None:
        return "There is no cap on weekends that follow each other."
    return held(f"Of any {cap.of} weekends in a row at most {cap.cap} with work", cap.over)


CAPS: Mapping[str, Phrase] = {
    "nights_per_month": most("night"),
    "weekends_per_month": most("weekend"),
    "high_intensity_per_month": most("high-intensity shift"),
    "off_days_per_month": _off_days,
    "nights_away_per_month": most("night away from home", many="nights away from home", verb="spend"),
    "new_sites_per_month": most("new site", verb="begin at"),
    "hours_per_week": most("hour", WEEK),
    "clinical_hours_per_week": most("clinical hour", WEEK),
    "energy_per_7_days": most(
        "energy point", f"{WEEK} (a high-intensity shift is 3, a moderate one 2, a low one 1)", verb="spend"
    ),
    "days_in_a_row": most("day", "in a row"),
    "nights_in_a_row": most("night", "in a row"),
    "shift_hours": most("hour", "in one shift"),
    "night_shift_hours": most("hour", "in one night shift"),
    "screen_hours_per_day": most("hour at a screen", "a day", many="hours at a screen"),
    "average_week_hours": _average,
    "off_days_in": _off_days_in,
    "weekends_in": _weekends_in,
}


def _night(night: Night) -> str:
    text = f"A night is a shift with {count(night.hours, 'hour')} or more between {night.opens:%H:%M} and {night.closes:%H:%M}."
    return text if night.model_fields_set else text + DEFAULT


def _weekly(cap: WeeklyRest | None) -> str:
    if cap is None:
        return "No long rest a week is kept."
    weeks = "In each week from Monday on" if cap.within_days == 7 else "In every two weeks from a Monday on"
    text = f"{weeks} there are {cap.cap} hours in a row without work"
    return f"{text}; without them, {dollars(cap.over)} count as lost." if cap.over else held(text, cap.over)


def _between(cap: Cap | None) -> str:
    if cap is None:
        return "No rest between shifts is kept."
    text = f"From the end of a shift to the start of the next there are at least {count(cap.cap, 'hour')}"
    if cap.over:
        return f"{text}; less counts as {dollars(cap.over)} lost."
    return held(text, cap.over)


REST: Mapping[str, Phrase] = {
    "between_shifts_hours": _between,
    "as_long_as_shift": either(
        "Rest is at least as long as the shift before it.", "Rest need not be as long as the shift before it."
    ),
    "weekly_hours": _weekly,
}


def _recovery(recovery: Recovery) -> list[str]:
    if not recovery.days:
        return ["No recovery days are kept after an intense block."]
    blocks = count(recovery.after_block_of_days, "intense date or night", "intense dates or nights in a row")
    text = f"After {blocks}, and after any trip, {count(recovery.days, 'day')} off"
    lines = [
        held(text, recovery.over)
        if recovery.over is None or not recovery.over
        else f"{text}; each one lost counts as {dollars(recovery.over)}."
    ]
    if not recovery.model_fields_set:
        lines[0] += DEFAULT
    return lines + ([_light(recovery.points_after)] if recovery.points_after else [])


def _light(week: LightWeek) -> str:
    return held(
        f"In the {week.within_days} days after a block at most {count(week.cap, 'energy point')}", week.over
    )


def _emr(emr: Emr) -> str:
    text = most("record system", f"in any {count(emr.within_days, 'day')}", verb="work with")(emr.at_most)
    return text if emr.model_fields_set else text + DEFAULT


_KINDS = {
    "any": "dates with work",
    "day": "dates with a day shift",
    "early": "dates with an early start (03:00 to 06:59)",
    "late": "dates with a shift that ends after 23:00",
    "night": "nights",
    "high": "dates with a high-intensity shift",
    "moderate": "dates with a shift of moderate intensity",
    "low": "dates with a shift of low intensity",
}


def _run(run: Run) -> str:
    kind = _KINDS[run.of]
    if run.longer_than_hours is not None:
        kind += f", of more than {run.longer_than_hours} hours"
    if run.at_least_hours is not None:
        kind += f", of {run.at_least_hours} hours or more"
    said = []
    if run.at_most is not None:
        where = f"in any {run.within_days} days" if run.within_days else "in a row"
        said.append(f"at most {run.at_most} {where}")
    if run.rest:
        said.append(f"after {run.rest.after} or more no work for {run.rest.hours} hours")
    return held(f"{run.name.replace('-', ' ').capitalize()} ({kind}): {' and '.join(said)}", run.over)


def _windows(found: tuple[Window, ...]) -> str:
    return (
        f"Trips are wanted {listed(f'from {day(one.first)} to {day(one.until)}' for one in found)}."
        if found
        else ""
    )


_WAYS = {
    "none": "You do not travel to work.",
    "drive": "You drive to work, and do not fly.",
    "fly": "You drive or fly to work.",
}

TRAVEL: Mapping[str, Phrase] = {
    "tolerance": lambda mode: _WAYS[mode],
    "trips_per_month": most("trip", verb="make"),
    "max_drive_minutes": lambda minutes: (
        "There is no cap on driving."
        if minutes is None
        else f"You never drive more than {minutes} minutes each way."
    ),
    "min_block_days": lambda cap: (
        "A trip may be of any length."
        if cap is None
        else held(f"A trip is of {count(cap.cap, 'day')} or more", cap.over).replace("one over", "day short")
    ),
    "days_between_trips": lambda cap: (
        "Trips may follow each other."
        if cap is None
        else held(f"Between two trips there are {count(cap.cap, 'day')} or more", cap.over).replace(
            "one over", "trip too early"
        )
    ),
    "windows": _windows,
    "trips_outside_windows": most("trip outside those dates", many="trips outside those dates", verb="make"),
    "telemedicine_under_way": most("telemedicine shift on a trip", many="telemedicine shifts on a trip"),
}
TELEMEDICINE: Mapping[str, Phrase] = {
    "visits_per_hour": most("visit", "an hour", verb="see"),
    "per_visit_companies": most(
        "company that pays by the visit", many="companies that pay by the visit", verb="work for"
    ),
    "break_after_hours": line("A telemedicine shift of more than {} hours gets a time for a break."),
    "checklist": line("Before telemedicine you check: {}."),
}
HANDS_ON: Mapping[str, Phrase] = {"min_shifts_per_month": least("hands-on shift")}


def _backward(cents: int | None) -> str:
    if cents is None:
        return "Steps back in the day (late to day, night to late) cost nothing."
    cost = f"counts as {dollars(cents)} lost" if cents else "is told"
    return f"Each step back in the day (late to day, night to late) {cost}."


PRICES: Mapping[str, Phrase] = {
    "change": money("Taking back what you were shown counts as {} lost."),
    "floor_weight": lambda weight: f"Each dollar missing from the floor counts as {plain(weight)}.",
    "off_weekday": money("A shift on another weekday than its stream prefers counts as {} lost."),
    "backward_rotation": _backward,
    "travel_hour": money("Each hour of travel counts as {} lost."),
    "new_site": money("The first shift at a new site counts as {} lost."),
}
