"""What gates say of one offer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from policy.limits import Reason
from policy.phrases import Line, Shifts, count, dated, day, dollars, known, shift_line, when


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
        f"it pays {dollars(known(reason.would_be))} {per(reason.about)}; "
        f"your floor for this site is {dollars(known(reason.bound))}"
    )


def per(unit: str) -> str:
    """The unit of a rate floor, as a gate names it in `about`."""
    if unit == "hour in effect":
        return "an hour in effect, after unpaid time and travel"
    return "an hour" if unit == "hour" else f"a {unit}"


def _pauses(reason: Reason, _: Shifts) -> str:
    assert reason.span
    first, last = reason.span.first, reason.span.last
    why = f" ({reason.about})" if reason.about else ""
    until = " on" if last == date.max else f" to {dated(last)}"
    return f"you take nothing new from {dated(first)}{until}{why}"


def _non_competes(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return f"the non-compete {reason.about} holds until {dated(reason.span.last)}"


def _exclude(reason: Reason, _: Shifts) -> str:
    what, _sep, name = reason.about.partition(" ")
    return f"you never work {_EXCLUDED[what].format(name.replace('_', ' '))}, whatever it pays"


_EXCLUDED = {
    "site": "at {}",
    "employer": "for {}",
    "model": "in the model “{}”",
    "setting": "in the setting “{}”",
    "state": "in {}",
}


def _allowed(reason: Reason, shifts: Shifts) -> str:
    names = [shift_line(shifts[key]) for key in reason.shifts if key in shifts]
    return f"{' and '.join(names) or 'it'} lies outside the hours you allow there ({reason.about})"


def _contract(reason: Reason, _: Shifts) -> str:
    return f"your contract there {_dated_word(reason.about)}"


def _dated_word(told: str) -> str:
    """`ends 2027-03-31` and the like, as the end of a sentence."""
    word, _, iso = told.partition(" ")
    when = dated(date.fromisoformat(iso))
    return {
        "begins": f"begins {when}, after this shift does",
        "from": f"holds from {when} on, and this shift begins before",
        "ends": f"ends {when}, before this shift is over",
        "expected": f"is applied for and expected by {when}; until it is there, it does not count",
        "applied": f"was applied for on {when} and is not there yet",
    }[word]


_TYPES = {
    "training": "is for training, and opens nothing outside your programme",
    "telemedicine": "is for telemedicine only",
    "compact": "came through the compact, and this wants a full one",
}


def _licence(reason: Reason, _: Shifts) -> str:
    state, _sep, why = reason.about.partition(" ")
    if not why:
        return f"no {state} licence in your policy"
    if why in _TYPES:
        return f"your {state} licence {_TYPES[why]}"
    return f"your {state} licence {_dated_word(f'ends {why}' if why[0].isdigit() else why)}"


def _credential(reason: Reason, _: Shifts) -> str:
    what, _sep, why = reason.about.partition(": ")
    kind, _sep, state = what.partition(" ") if what[-2:].isupper() else (what, "", "")
    name = paper(kind) + (f" for {state}" if state else "")
    if not why:
        return f"no {name} in your policy, and it is required here"
    return f"your {name} {_dated_word(why)}"


def paper(kind: str) -> str:
    """The kind of a credential as it is said: `DEA`, `programme approval`."""
    return kind.upper() if kind in _LETTERS else kind.replace("_", " ")


_LETTERS = frozenset("dea csr acls bls pals atls nrp cme npi".split())


def _resident(reason: Reason, _: Shifts) -> str:
    if reason.about == "malpractice":
        return "nothing says who covers your malpractice outside your programme"
    year = "your year is not written" if reason.would_be is None else f"you are in year {reason.would_be}"
    return f"residents may work outside their programme from year {known(reason.bound)} on, and {year}"


# -- what a hold says beside its numbers ---------------------------------------------------------------------------

_FLAGS = {
    "quotas": "visit quotas",
    "malpractice_unclear": "unclear malpractice cover",
    "tax_class_unclear": "unclear tax class",
    "prescribing": "pressure to prescribe",
    "privacy": "privacy",
    "billing": "billing",
    "solo": "alone on duty",
    "other": "see your notes",
}


def _red_flags(reason: Reason, _: Shifts) -> str:
    flag, *rest = reason.about.split(" ", 2)
    since = f" since {dated(date.fromisoformat(rest[0]))}" if rest and rest[0] else ""
    note = f": {rest[1]}" if len(rest) > 1 else ""
    return f"a red flag there is not cleared: {_FLAGS[flag]}{since}{note}"


def _open_questions(reason: Reason, _: Shifts) -> str:
    asked = ", ".join(_QUESTIONS[name] for name in reason.about.split(", "))
    verb = "is" if reason.would_be == 1 else "are"
    return f"{known(reason.would_be)} of {known(reason.bound)} malpractice questions {verb} open ({asked})"


_QUESTIONS = {
    "by": "who covers",
    "form": "occurrence or claims-made",
    "tail": "tail",
    "gaps": "gaps on leaving",
    "evidence": "written evidence",
}


def _limited(reason: Reason, _: Shifts) -> str:
    return f"limited to {reason.about}: {known(reason.would_be)} of the {known(reason.bound)} states that the site names are open to you"


def _notice(reason: Reason, _: Shifts) -> str:
    return (
        f"giving it back takes {count(known(reason.bound), 'day')} of notice there, "
        f"so it can be done until {dated(date.fromisoformat(reason.about))}"
    )


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


def _twin(reason: Reason, _: Shifts) -> str:
    return f"the same shift is offered as {reason.about}, for as much or more; of so many offers only the best of such is weighed"


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
    "pauses": _pauses,
    "non_competes": _non_competes,
    "exclude": _exclude,
    "allowed": _allowed,
    "contract": _contract,
    "licence": _licence,
    "credential": _credential,
    "resident": _resident,
    "privileges": _until("your privileges there"),
    "malpractice": _until("your malpractice cover"),
    "travel.tolerance": _gate("getting there means to {about}, which your travel tolerance leaves out"),
    "travel.max_drive_minutes": _drive,
    "twin": _twin,
    "price": _price,
    "choose": lambda reason, _: (
        f"{known(reason.would_be)} of the group would be taken; {known(reason.bound)} is the most"
    ),
    "red_flags": _red_flags,
    "malpractice.open": _open_questions,
    "malpractice.telemedicine": _gate("cover of telemedicine is not confirmed"),
    "employment": _gate("nothing says whether {about} is 1099 or W-2"),
    "telemedicine.visits_unknown": lambda reason, _: (
        f"nothing says how many visits an hour it brings; your cap is {known(reason.bound)}"
    ),
    "limited": _limited,
    "contract.notice": _notice,
    "site": _gate("the site {about} is not in your policy"),
}
