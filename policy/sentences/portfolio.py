"""What rules say of streams, of sites, and of income beyond the floor."""

from __future__ import annotations

from collections.abc import Mapping

from policy.limits import Reason
from policy.phrases import Head, Line, Shifts, count, day, dollars, hours, known, named, when


def _site(reason: Reason) -> str:
    """A site's key as it is written; its name is not known here."""
    return reason.rule.split(".")[1]


def _weekdays(reason: Reason, shifts: Shifts) -> str:
    assert reason.span
    dates = sorted({shifts[key].first for key in reason.shifts if key in shifts})
    told = f" ({', '.join(day(one) for one in dates)})" if dates else ""
    work = count(known(reason.would_be), f"{named(reason)} shift")
    return f"{work} in {when(reason.span)} on weekdays you do not prefer{told}; you wish for {known(reason.bound)}"


def _most(what: str) -> Line:
    def line(reason: Reason, _: Shifts) -> str:
        assert reason.span
        work = count(known(reason.would_be), f"{named(reason)} {what}")
        return f"{work} in {when(reason.span)}; your cap is {known(reason.bound)}"

    return line


def _hours(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return (
        f"{hours(known(reason.would_be))} of {named(reason)} in the 7 days {when(reason.span)}; "
        f"your cap is {hours(known(reason.bound))}"
    )


def _length(reason: Reason, _: Shifts) -> str:
    assert reason.span
    wanted = f"at {'least' if reason.minimum else 'most'} {hours(known(reason.bound))}"
    length = hours(known(reason.would_be))
    return f"a {named(reason)} shift of {length} on {day(reason.span.first)}; you want {wanted}"


def _companies(reason: Reason, shifts: Shifts) -> str:
    assert reason.span
    names = sorted(
        {shifts[key].site.per_visit or shifts[key].site.name for key in reason.shifts if key in shifts}
    )
    told = f" ({', '.join(names)})" if names else ""
    work = count(known(reason.would_be), "company", "companies")
    return f"{work} that pay by the visit in {when(reason.span)}{told}; your cap is {known(reason.bound)}"


def _least(what: str) -> Line:
    """A minimum at one site, or of one kind of shift."""

    def line(reason: Reason, _: Shifts) -> str:
        assert reason.span
        return f"{_counted(reason, what)} in {when(reason.span)}; you want at least {known(reason.bound)}"

    return line


def _counted(reason: Reason, what: str) -> str:
    at = f" at {_site(reason)}" if reason.rule.startswith("sites.") else ""
    return count(known(reason.would_be), what) + at


def _min_shifts(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return f"{_counted(reason, 'shift')}, {when(reason.span)}; you want at least {known(reason.bound)}"


def _new_sites(reason: Reason, shifts: Shifts) -> str:
    assert reason.span
    names = sorted({shifts[key].site.name for key in reason.shifts if key in shifts})
    told = f" ({', '.join(names)})" if names else ""
    return f"{count(known(reason.would_be), 'new site')} in {when(reason.span)}{told}; your cap is {known(reason.bound)}"


def _first_days(reason: Reason, _: Shifts) -> str:
    return f"first days at {count(known(reason.would_be), 'new site')}, which you price"


def _hassle(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return f"{_counted(reason, 'shift')} in {when(reason.span)}, each with the hassle that you price"


def _target(reason: Reason, _: Shifts) -> str:
    assert reason.span
    have, bound = known(reason.would_be), known(reason.bound)
    return (
        f"{dollars(have)} in {when(reason.span)}; with your target {_target_name(reason)} "
        f"you want {dollars(bound)}, short by {dollars(bound - have)}"
    )


def _target_name(reason: Reason) -> str:
    return reason.rule.split(".")[2]


def _smooth(reason: Reason, _: Shifts) -> str:
    assert reason.span
    week = f"{dollars(known(reason.would_be))} in the week {when(reason.span)}"
    return f"{week}; below {dollars(known(reason.bound))} a week is thin"


LINES: Mapping[str, Line] = {
    "streams.preferred_weekdays": _weekdays,
    "streams.max_shifts_per_month": _most("shift"),
    "streams.hours_per_week": _hours,
    "streams.sites_per_month": _most("site"),
    "streams.shift_hours": _length,
    "telemedicine.per_visit_companies": _companies,
    "sites.min_shifts": _min_shifts,
    "sites.pattern.weekdays": _least("weekday shift"),
    "sites.pattern.weekends": _least("weekend"),
    "hands_on.min_shifts_per_month": _least("hands-on shift"),
    "caps.new_sites_per_month": _new_sites,
    "prices.new_site": _first_days,
    "sites.hassle": _hassle,
    "goals.targets": _target,
    "goals.smooth": _smooth,
}


def _over(what: str, many: str | None = None) -> Head:
    return lambda reason: f"{count(known(reason.would_be), what, many)}, cap {known(reason.bound)}"


def _under(what: str) -> Head:
    return lambda reason: f"{_counted(reason, what)}, at least {known(reason.bound)}"


HEADS: Mapping[str, Head] = {
    "streams.preferred_weekdays": lambda reason: (
        f"{count(known(reason.would_be), f'{named(reason)} shift')} off your weekdays, {known(reason.bound)} wished"
    ),
    "streams.max_shifts_per_month": lambda reason: _over(f"{named(reason)} shift")(reason),
    "streams.hours_per_week": lambda reason: (
        f"{hours(known(reason.would_be))} of {named(reason)} in 7 days, cap {hours(known(reason.bound))}"
    ),
    "streams.sites_per_month": lambda reason: _over(f"{named(reason)} site")(reason),
    "streams.shift_hours": lambda reason: (
        f"a shift of {hours(known(reason.would_be))}, at {'least' if reason.minimum else 'most'} "
        f"{hours(known(reason.bound))}"
    ),
    "telemedicine.per_visit_companies": _over("company by the visit", "companies by the visit"),
    "sites.min_shifts": _under("shift"),
    "sites.pattern.weekdays": _under("weekday shift"),
    "sites.pattern.weekends": _under("weekend"),
    "hands_on.min_shifts_per_month": _under("hands-on shift"),
    "caps.new_sites_per_month": _over("new site"),
    "goals.targets": lambda reason: (
        f"target {_target_name(reason)} short by {dollars(known(reason.bound) - known(reason.would_be))}"
    ),
}
"""Tolls have none: nobody is warned of them."""
