"""Figures to look at: a month, a year, the books, alertness. Plain facts, in cents and minutes; the command line prints them."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from policy.alertness import sleepiness
from policy.counts import counts
from policy.money import money, round_half_up
from policy.notices import Facts
from policy.phrases import count, dollars
from policy.rules.months import is_night
from policy.shift import Month, Shift, Span, months

Json = dict[str, Any]
SLEEPY, FIGHTING = 7.0, 8.0
"""On Karolinska's scale: sleepy, and with some effort to stay awake."""
ALERTNESS = "Karolinska scale, 1 to 9: 7 is sleepy, 8 takes effort to stay awake. Within about 1.4, for a group, not for you."


def month_facts(facts: Facts, month: Month, secured: Iterable[str]) -> Json:
    """What a month brings: `secured` are the ids of shifts that are committed; the rest is planned."""
    committed = frozenset(secured)
    shifts = facts.of(month)
    sure = [shift for shift in shifts if shift.id in committed]
    goals, income = facts.policy.goals, money(facts.policy, shifts, Span.month(month))
    near = [shift for shift in facts.shifts if abs((shift.first - month.first).days) < 70]
    counted = counts(facts.policy, near, month)
    return {
        "month": str(month),
        "secured": sum(shift.cents for shift in sure),
        "expected": income.expected,
        "ceiling": goals.ceiling_monthly if goals else None,
        "floor": {"need": income.need, "have": income.have, "short": income.short},
        "mix": {
            level: sum(s.site.intensity == level for s in shifts) for level in ("high", "moderate", "low")
        },
        "wanted_mix": facts.policy.notices.mix.model_dump(),
        "counts": {
            "nights": counted.nights,
            "weekends": counted.weekends,
            "high_intensity": counted.high_intensity,
            "off_days": counted.off_days,
            "trips": counted.trips,
            "hours": round(counted.minutes / 60, 2),
        },
        "streams": {name: _summed(of) for name, of in _by_stream(shifts)},
    }


def month_text(found: Iterable[Json]) -> str:
    return "".join(f"{line}\n" for one in found for line in _month_lines(one))


def _month_lines(one: Json) -> Iterator[str]:
    floor = one["floor"]
    yield f"{one['month']}: {dollars(one['secured'])} secured, {dollars(one['expected'])} expected"
    if floor["need"]:
        short = f", short by {dollars(floor['short'])}" if floor["short"] else ""
        yield f"  floor: {dollars(floor['have'])} of {dollars(floor['need'])}{short}"
    yield "  " + ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in one["counts"].items())
    yield "  " + ", ".join(
        f"{key} {value} (mix {one['wanted_mix'][key]})" for key, value in one["mix"].items()
    )
    for name, stream in one["streams"].items():
        yield f"  {name.replace('_', '-')}: {stream['shifts']} shifts, {dollars(stream['cents'])}"


def _by_stream(shifts: Iterable[Shift]) -> list[tuple[str, list[Shift]]]:
    table: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts:
        table[shift.site.stream].append(shift)
    return sorted(table.items())


def _summed(shifts: Sequence[Shift]) -> Json:
    minutes, cents = sum(shift.minutes for shift in shifts), sum(shift.cents for shift in shifts)
    return {
        "shifts": len(shifts),
        "hours": round(minutes / 60, 2),
        "cents": cents,
        "cents_an_hour": round_half_up(Fraction(cents * 60, minutes)) if minutes else None,
    }


def year_facts(facts: Facts, year: int) -> Json:
    """What each stream and site brought and cost, and the stream that pays an hour the least."""
    shifts = [shift for shift in facts.shifts if shift.first.year == year]
    streams = {
        name: {
            **_summed(of),
            "nights": sum(is_night(shift, facts.policy.night) for shift in of),
            "sites": {site: _site(facts, site, mine) for site, mine in _by_site(of)},
        }
        for name, of in _by_stream(shifts)
    }
    paid = {name: one["cents_an_hour"] for name, one in streams.items() if one["cents_an_hour"]}
    lost: dict[str, list[int]] = defaultdict(list)
    for offer in facts.lost:
        if offer.day.year == year:
            lost[offer.state].append(offer.cents)
    return {
        "year": year,
        "known_from": max(facts.known.first, date(year, 1, 1)).isoformat(),
        "income": sum(shift.cents for shift in shifts),
        "streams": streams,
        "weakest": min(paid, key=lambda name: (paid[name], name)) if len(paid) > 1 else None,
        "lost_for_want_of_a_licence": {
            state: {"offers": len(cents), "cents": sum(cents)} for state, cents in sorted(lost.items())
        },
    }


def _by_site(shifts: Iterable[Shift]) -> list[tuple[str, list[Shift]]]:
    table: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts:
        table[shift.site.id].append(shift)
    return sorted(table.items())


def _site(facts: Facts, key: str, shifts: Sequence[Shift]) -> Json:
    section = facts.policy.sites.get(key)
    return {**_summed(shifts), "scores": dict(section.scores) if section else {}}


def year_text(found: Json) -> str:
    """The same as Markdown, to keep and to talk about."""
    lines = [
        f"# {found['year']}",
        "",
        f"{dollars(found['income'])} in all, as known from {found['known_from']} on.",
        "",
        "| stream | shifts | hours | nights | income | an hour |",
        "|---|---|---|---|---|---|",
    ]
    for name, one in found["streams"].items():
        hourly = dollars(one["cents_an_hour"]) if one["cents_an_hour"] else "—"
        cells = (
            name.replace("_", "-"),
            one["shifts"],
            one["hours"],
            one["nights"],
            dollars(one["cents"]),
            hourly,
        )
        lines.append(f"| {' | '.join(map(str, cells))} |")
    lines += ["", "| site | shifts | an hour | hassle | risk | prospects |", "|---|---|---|---|---|---|"]
    for stream in found["streams"].values():
        for site, one in stream["sites"].items():
            scores = [str(one["scores"].get(key, "—")) for key in ("hassle", "risk", "prospects")]
            hourly = dollars(one["cents_an_hour"]) if one["cents_an_hour"] else "—"
            lines.append(f"| {' | '.join((site, str(one['shifts']), hourly, *scores))} |")
    if found["weakest"]:
        lines += ["", f"The stream that pays an hour the least is {found['weakest'].replace('_', '-')}."]
    for state, one in found["lost_for_want_of_a_licence"].items():
        offers = count(one["offers"], "offer")
        lines += [
            "",
            f"{offers} worth {dollars(one['cents'])} lost for want of a {state} licence.",
        ]
    return "\n".join(lines) + "\n"


def books(facts: Facts, year: int) -> Iterator[Json]:
    """One line a shift of the year up to today, for whoever keeps the books."""
    for shift in facts.shifts:
        if shift.first.year == year and shift.first <= facts.today:
            yield {
                "date": shift.first.isoformat(),
                "quarter": (shift.first.month + 2) // 3,
                "site": shift.site.name,
                "payer": facts.employer(shift),
                "stream": shift.site.stream,
                "employment": facts.policy.employment(shift.site) or "",
                "hours": f"{shift.minutes / 60:.2f}",
                "dollars": f"{shift.cents // 100}.{shift.cents % 100:02}",
                "state": " ".join(shift.site.states),
            }


def as_csv(rows: Iterable[Json]) -> str:
    """Comma-separated values with a heading; nothing where there are no rows."""
    found = list(rows)
    out = io.StringIO()
    if found:
        writer = csv.DictWriter(out, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: _plain(value) for key, value in row.items()} for row in found)
    return out.getvalue()


def _plain(value: object) -> object:
    """A text that a spreadsheet would take for a formula is only a text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def alertness_facts(facts: Facts) -> list[Json]:
    """The worst moment of each shift ahead; a few shifts before it are lived through too."""
    ahead = [
        shift
        for shift in facts.shifts
        if (facts.today - shift.last).days < 8 and shift.first <= facts.horizon.last
    ]
    return [
        {
            "shift": one.shift.id,
            "site": one.shift.site.name,
            "start": one.shift.start.isoformat(),
            "worst_at": one.at.isoformat(timespec="minutes"),
            "kss": round(one.kss, 1),
            "slept_hours": round(one.slept.total_seconds() / 3600, 1),
            "means": "fighting sleep" if one.kss >= FIGHTING else "sleepy" if one.kss >= SLEEPY else "awake",
        }
        for one in sleepiness(ahead)
        if one.shift.last >= facts.today
    ]


def alertness_text(found: Iterable[Json]) -> str:
    lines = [
        f"{one['start'][:16].replace('T', ' ')}  {one['site']}: {one['kss']} at {one['worst_at'][11:16]}, {one['means']}"
        for one in found
    ]
    return "".join(f"{line}\n" for line in (ALERTNESS, *lines))


def months_ahead(facts: Facts) -> list[Month]:
    return list(months(facts.horizon))
