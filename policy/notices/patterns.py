"""Patterns of a whole career that go wrong slowly: too much for too long, neglected papers, one's own cover."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from statistics import median

from policy.money import hourly
from policy.notices.base import Facts, Notice, cents, percent
from policy.phrases import count, day, dollars, hours
from policy.places import MinShifts
from policy.shift import Intensity, Month

GROWTH, FULL_WEEK = 120, 40
"""Per cent of the quarter before, and hours a week, from which more work is called too much more."""
WEEKS = 13
"""Of a quarter."""
OWN_COVER_FROM = 50
"""Per cent of income from 1099 work at which a cover of one's own is worth a call."""
FEWEST_RATES = 5
"""Shifts of an intensity of which a usual rate can be told."""
PERIOD = {"month": 1, "quarter": 3, "half": 6, "year": 12}
LEFT_DAYS = 45
"""Before the end of a period, when too few shifts at a site are worth a word."""


def patterns(facts: Facts) -> Iterator[Notice]:
    yield from _over_committed(facts)
    yield from _compliance(facts)
    yield from _own_cover(facts)
    yield from _activity(facts)
    yield from _too_good(facts)


def _over_committed(facts: Facts) -> Iterator[Notice]:
    """Three hot months running, or a fifth more hours than in the quarter before."""
    bar, months = facts.policy.notices.hot_month, facts.behind(6)
    recent, before = months[:3], months[3:]
    high = [sum(shift.site.intensity == "high" for shift in facts.of(month)) for month in reversed(recent)]
    now, was = (
        sum(shift.minutes for month in three for shift in facts.of(month)) for three in (recent, before)
    )
    signs = []
    if len(recent) == 3 and bar and min(high) >= bar:
        signs.append(
            f"{', '.join(map(str, high[:-1]))} and {high[-1]} high-intensity shifts in the last 3 months; "
            f"{bar} is where a month runs hot"
        )
    if len(before) == 3 and was and 100 * now > GROWTH * was and now > FULL_WEEK * 60 * WEEKS:
        signs.append(
            f"{hours(now)} in the last 3 months, {percent(now, was)} % of the {hours(was)} in the 3 before; "
            f"{GROWTH} % is the mark"
        )
    if signs:
        text = f"{'; and '.join(signs)}."
        yield Notice("over-committed", "", "warning", "too much for too long", text, len(signs))


def _compliance(facts: Facts) -> Iterator[Notice]:
    """Papers that have run out, and sites that leave no time for notes."""
    wanted = {kind for site in facts.policy.sites.values() for kind in site.requires}
    out = [
        one.name or one.kind
        for one in facts.policy.credentials
        if one.kind in wanted and one.until is not None and one.until < facts.today
    ]
    tight = [
        site.called(key)
        for key, site in facts.policy.sites.items()
        if site.stream == "telemedicine" and not (site.buffer.after or site.unpaid_minutes)
        if any(shift.site.id == key for shift in facts.between(facts.today, facts.horizon.last))
    ]
    if out:
        text = f"{count(len(out), 'paper')} {'has' if len(out) == 1 else 'have'} run out ({', '.join(sorted(out))})"
        text += (
            f", and {count(len(tight), 'site')} leave{'s' if len(tight) == 1 else ''} no time for notes."
            if tight
            else "."
        )
        title = f"{count(len(out), 'paper')} run out"
        yield Notice("compliance", "", "warning", title, text, len(out) + len(tight))


def _own_cover(facts: Facts) -> Iterator[Notice]:
    shifts = [shift for month in (*facts.behind(3), *facts.ahead(3)) for shift in facts.of(month)]
    share = percent(
        cents(one for one in shifts if facts.policy.employment(one.site) == "1099"), cents(shifts)
    )
    covers = [section.malpractice for section in facts.policy.streams.values()]
    if share > OWN_COVER_FROM and not any(cover and cover.by == "self" for cover in covers):
        text = f"{share} % of your income is 1099 and no cover is your own: worth a call to a broker."
        yield Notice("own-malpractice", "", "reminder", "no malpractice cover of your own", text)


def _activity(facts: Facts) -> Iterator[Notice]:
    """Shifts that keep privileges at a site, by calendar period."""
    for key, site in facts.policy.sites.items():
        wanted = site.min_shifts
        if wanted is None:
            continue
        first, last = _period(facts.today, wanted)
        planned = sum(shift.site.id == key for shift in facts.between(first, last))
        if planned < wanted.cap and (last - facts.today).days <= LEFT_DAYS and first >= facts.known.first:
            name = site.called(key)
            missing = wanted.cap - planned
            text = (
                f"{planned} of {count(wanted.cap, 'shift')} at {name} this {wanted.per}; "
                f"{missing} more by {day(last)} keep your privileges."
            )
            yield Notice(
                "privileges-activity",
                f"{key} {first}",
                "warning",
                f"{missing} shifts short at {name}",
                text,
                missing,
                last,
            )


def _period(when: date, wanted: MinShifts) -> tuple[date, date]:
    """The calendar month, quarter, half or year of a date."""
    length = PERIOD[wanted.per]
    first = Month(when.year, (when.month - 1) // length * length + 1)
    last = first
    for _ in range(length - 1):
        last = last.next
    return first.first, last.last


def _too_good(facts: Facts) -> Iterator[Notice]:
    """An offer far above what such work pays, at a site where nobody has worked yet."""
    bar = facts.policy.notices.odd_pay_percent
    known = {shift.site.id for shift in facts.shifts if shift.first < facts.today}
    usual: dict[Intensity, Fraction] = {}
    for intensity in ("high", "moderate", "low"):
        rates = [
            Fraction(shift.cents * 60, shift.minutes)
            for shift in facts.shifts
            if shift.site.intensity == intensity and shift.site.id in known and shift.cents
        ]
        if len(rates) >= FEWEST_RATES:
            usual[intensity] = median(rates)
    for offer in facts.offers:
        middle = usual.get(offer.site.intensity)
        if (
            middle
            and offer.site.id not in known
            and 100 * hourly(offer) >= bar * middle
            and offer.span.first >= facts.today
        ):
            times = hourly(offer) * 10 // middle
            text = (
                f"{offer.site.name} offers {dollars(int(hourly(offer)))} an hour, {times // 10}.{times % 10} times your usual "
                f"{dollars(int(middle))}, and you have not worked there; your mark is {bar} %. Look twice."
            )
            title = f"{offer.site.name} pays oddly well"
            yield Notice("pay-too-good", offer.id, "warning", title, text, 1, offer.span.first)
