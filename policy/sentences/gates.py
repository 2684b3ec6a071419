"""What gates say of one offer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from policy.limits import Reason
from policy.phrases import Line, Shifts, day, dollars, known, when


def _gate(text: str) -> Line:
    def line(reason: Reason, _: Shifts) -> str:
        assert reason.span or "{span}" not in text
        return text.format(about=reason.about, span=when(reason.span) if reason.span else "")

    return line


def _unwritten(reason: Reason, _: Shifts) -> str:
    verb = "are" if " and " in reason.about else "is"
    return f"{reason.about} {verb} not written in your policy yet, and until then nothing is accepted"


def _unpublished(reason: Reason, _: Shifts) -> str:
    name, _space, last = reason.about.rpartition(" ")
    told = day(date.fromisoformat(last))
    return f"the schedule {name} is published up to {told} only; what you work after that is not known yet"


def _pay(reason: Reason, _: Shifts) -> str:
    if reason.about == "unknown":
        return "neither the offer nor the site's entry in your policy says what it pays"
    if reason.about == "visits":
        return "it pays by the visit, and nothing says how many visits an hour brings"
    if reason.about == "nothing":
        return "it pays nothing"
    return f"it pays in {reason.about}, which cannot be weighed against dollars"


def _rate_floor(reason: Reason, _: Shifts) -> str:
    return (
        f"it pays {dollars(known(reason.would_be))} {_per(reason.about)}; "
        f"your floor for this site is {dollars(known(reason.bound))}"
    )


def _per(unit: str) -> str:
    return "an hour" if unit == "hour" else f"a {unit}"


def _licence(reason: Reason, _: Shifts) -> str:
    state, _sep, until = reason.about.partition(" ")
    if until:
        return f"your {state} licence ends {day(date.fromisoformat(until))} {until[:4]}, before this shift is over"
    return f"no {state} licence in your policy"


def _until(what: str) -> Line:
    def line(reason: Reason, _: Shifts) -> str:
        if not reason.about[:4].isdigit():
            return f"your malpractice cover does not name {reason.about}"
        return f"{what} end{'s' if what.endswith('cover') else ''} {day(date.fromisoformat(reason.about))} {reason.about[:4]}, before this shift is over"

    return line


def _drive(reason: Reason, _: Shifts) -> str:
    return f"{known(reason.would_be)} minutes of driving each way; your cap is {known(reason.bound)}"


def _shifts(reason: Reason, _: Shifts) -> str:
    if reason.about == "none":
        return "it names no shift with a date and hours"
    return "its own shifts overlap"


def _price(reason: Reason, _: Shifts) -> str:
    return (
        f"it pays {dollars(known(reason.have))} and would cost {dollars(known(reason.would_be))} "
        "in what it displaces and in the prices you set"
    )


LINES: Mapping[str, Line] = {
    "unwritten": _unwritten,
    "unread": _gate("the calendar {about} could not be read yet, and may hold a shift at that time"),
    "unpublished": _unpublished,
    "past": _gate("it has already begun"),
    "horizon": _gate("it lies outside the dates being planned ({span})"),
    "respond_by": _gate("the time to answer ended {about}"),
    "shifts": _shifts,
    "pay": _pay,
    "rate_floor": _rate_floor,
    "decide": _gate("your policy never takes {about} shifts by itself"),
    "licence": _licence,
    "privileges": _until("your privileges there"),
    "malpractice": _until("your malpractice cover"),
    "travel.tolerance": _gate("getting there means to {about}, which your travel tolerance leaves out"),
    "travel.max_drive_minutes": _drive,
    "price": _price,
    "choose": lambda reason, _: (
        f"{known(reason.would_be)} of the group would be taken; {known(reason.bound)} is the most"
    ),
    "site": _gate("the site {about} is not in your policy"),
}
