"""Money that is watched: tax dates, what leans on one payer, what a reserve covers, goals and their pace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from policy.money import money, round_half_up
from policy.notices.base import Facts, Notice, cents, percent, steps
from policy.phrases import count, day, dollars
from policy.shift import Month, Shift, Span

TAX_AHEAD = 21
"""Days before a quarterly date at which it is told."""
READY_AGAIN = 80
"""Per cent of the way out of employment at which it is told once more."""
NET_AGAIN = 20_000_000
"""Cents of net income at which an S corporation is told of once more."""


def moneys(facts: Facts) -> Iterator[Notice]:
    yield from _tax(facts)
    yield from _net(facts)
    yield from _reserve(facts)
    yield from _anchor(facts)
    yield from _concentration(facts)
    yield from _vanished(facts)
    yield from _lifestyle(facts)
    yield from _targets(facts)
    yield from _ceiling(facts)
    yield from _ready(facts)


def _self_employed(facts: Facts, year: int) -> list[Shift]:
    return [
        shift
        for shift in facts.shifts
        if shift.first.year == year and facts.policy.employment(shift.site) == "1099"
    ]


def tax_dates(year: int) -> list[tuple[int, date]]:
    """(quarter, date due) of a tax year: 15 April, June, September and January (IRS Form 1040-ES).

    On a Saturday, a Sunday or one of the holidays that can fall there, the next business day.
    """
    days = [date(year, 4, 15), date(year, 6, 15), date(year, 9, 15), date(year + 1, 1, 15)]
    return [(number, _business_day(one)) for number, one in enumerate(days, start=1)]


def _business_day(when: date) -> date:
    while when.weekday() >= 5 or _is_holiday(when):
        when += timedelta(days=1)
    return when


def _is_holiday(when: date) -> bool:
    """Martin Luther King day (third Monday of January), and Emancipation day in the District (16 April)."""
    king = when.month == 1 and when.weekday() == 0 and 15 <= when.day <= 21
    emancipation = date(when.year, 4, 16)
    shift = {5: -1, 6: 1}.get(emancipation.weekday(), 0)
    return king or when == emancipation + timedelta(days=shift)


def _tax(facts: Facts) -> Iterator[Notice]:
    for year in (facts.today.year - 1, facts.today.year):
        for quarter, due in tax_dates(year):
            left = (due - facts.today).days
            if not 0 <= left <= TAX_AHEAD:
                continue
            so_far = [one for one in _self_employed(facts, year) if one.first <= facts.today]
            if not so_far:
                continue
            business = facts.policy.business
            income = cents(so_far)
            owed = income * business.set_aside_percent // 100
            short = max(0, owed - business.set_aside)
            text = (
                f"Estimated tax is due on {day(due)} {due.year}: {dollars(income)} of 1099 income is known of {year}, "
                f"{business.set_aside_percent} % of it is {dollars(owed)}; you have set aside {dollars(business.set_aside)}"
                + (f", short by {dollars(short)}." if short else ".")
            )
            level = 1 + (left <= 7)
            yield Notice(
                "tax-quarter",
                f"{year} {quarter}",
                "reminder",
                f"estimated tax, {dollars(owed)}",
                text,
                level,
                due,
            )


def _net(facts: Facts) -> Iterator[Notice]:
    year, bar = facts.today.year, facts.policy.notices.net_1099
    total = -sum(facts.policy.business.expenses.values())
    for shift in sorted(_self_employed(facts, year), key=lambda shift: shift.begins):
        total += shift.cents
        if total > bar:
            whole = cents(_self_employed(facts, year)) - sum(facts.policy.business.expenses.values())
            text = (
                f"Net 1099 income reaches {dollars(whole)} this year, above {dollars(bar)}: worth asking an accountant "
                "whether an S corporation or a PLLC pays."
            )
            yield Notice(
                "net-1099",
                str(year),
                "reminder",
                f"net 1099 income above {dollars(bar)}",
                text,
                1 + (whole > NET_AGAIN),
                shift.first,
            )
            return


def _reserve(facts: Facts) -> Iterator[Notice]:
    reserve, goals = facts.policy.reserve, facts.policy.goals
    if reserve is None or goals is None or not goals.baseline:
        return
    missing = reserve.months * goals.baseline - reserve.amount
    if missing > 0:
        tenths = reserve.amount * 10 // goals.baseline
        text = (
            f"Your reserve of {dollars(reserve.amount)} covers {tenths // 10}.{tenths % 10} months of {dollars(goals.baseline)}; "
            f"you want at least {reserve.months}, which is {dollars(missing)} more."
        )
        yield Notice(
            "reserve",
            "",
            "warning",
            f"reserve {tenths // 10}.{tenths % 10} months of {reserve.months}",
            text,
            steps(missing, goals.baseline // 2),
        )


def _anchor(facts: Facts) -> Iterator[Notice]:
    goals, bar = facts.policy.goals, facts.policy.notices.anchor_percent
    if goals is None or goals.anchor is None:
        return
    name = goals.anchor.replace("_", "-")
    if goals.anchor_until is not None:
        left = (goals.anchor_until - facts.today).days
        if left <= 30:
            ends = "ended" if left < 0 else "ends"
            text = f"Your anchor, {name}, {ends} on {day(goals.anchor_until)} {goals.anchor_until.year}: say what comes next in anchor and anchor_until."
            yield Notice(
                "anchor",
                str(goals.anchor_until),
                "reminder",
                f"your anchor {ends}",
                text,
                1 + (left < 0),
                goals.anchor_until,
            )
    planned = [shift for month in facts.ahead(3) for shift in facts.of(month)]
    whole, part = cents(planned), cents(shift for shift in planned if shift.site.stream == goals.anchor)
    share = percent(part, whole)
    if whole and share < bar:
        text = f"{name.capitalize()}, your anchor, brings {share} % of the next 3 months' income; you want at least {bar} %."
        yield Notice(
            "under-anchored",
            "",
            "warning",
            f"anchor at {share} %, at least {bar} %",
            text,
            steps(bar - share, 5),
        )


def _employers(facts: Facts, shifts: Sequence[Shift]) -> dict[str, int]:
    table: dict[str, int] = defaultdict(int)
    for shift in shifts:
        table[facts.employer(shift)] += shift.cents
    return dict(sorted(table.items()))


def _concentration(facts: Facts) -> Iterator[Notice]:
    bar = facts.policy.notices.concentration_percent
    months = [*facts.behind(3), *facts.ahead(3)]
    shifts = [shift for month in months for shift in facts.of(month)]
    whole = cents(shifts)
    for employer, part in _employers(facts, shifts).items():
        share = percent(part, whole)
        if share > bar:
            text = f"{share} % of {count(len(months), 'month')}' income comes from {employer}; your mark is {bar} %."
            yield Notice(
                "concentration",
                employer,
                "warning",
                f"{share} % from {employer}",
                text,
                steps(share - bar, 5),
            )


def _vanished(facts: Facts) -> Iterator[Notice]:
    """Who alone holds the floor up."""
    months = facts.ahead(3)[1:]
    if not facts.policy.goals or not facts.policy.goals.floor:
        return
    for employer in _employers(facts, [shift for month in months for shift in facts.of(month)]):
        short = with_all = 0
        for month in months:
            span, mine = Span.month(month), facts.of(month)
            with_all += money(facts.policy, mine, span).short
            short += money(facts.policy, [one for one in mine if facts.employer(one) != employer], span).short
        if not with_all and short:
            each = short // len(months)
            text = f"Without {employer} your floor would be short by {dollars(each)} a month."
            yield Notice(
                "if-vanished",
                employer,
                "warning",
                f"if {employer} vanished: short by {dollars(each)}",
                text,
                steps(each, facts.policy.goals.floor // 5),
            )


def _lifestyle(facts: Facts) -> Iterator[Notice]:
    goals = facts.policy.goals
    months = [month for month in facts.ahead(3) if facts.of(month)]
    if goals is None or goals.baseline_monthly is None or not months:
        return
    have = sum(money(facts.policy, facts.of(month), Span.month(month)).have for month in months) // len(
        months
    )
    left = round_half_up(Fraction(have) / Fraction(goals.gross_up))
    share = percent(goals.baseline_monthly, left)
    bar = facts.policy.notices.spending_percent
    if left and share > bar:
        text = f"Fixed costs of {dollars(goals.baseline_monthly)} are {share} % of what your floor leaves after tax ({dollars(left)} a month); {bar} % is your mark."
        yield Notice(
            "lifestyle", "", "warning", f"fixed costs {share} % of a month", text, steps(share - bar, 5)
        )


def _targets(facts: Facts) -> Iterator[Notice]:
    goals = facts.policy.goals
    for target in goals.targets if goals else ():
        first = target.since or facts.today
        whole = (target.by - first).days or 1
        gone = min(whole, max(0, (facts.today - first).days))
        due, missing = target.amount * gone // whole, target.amount - target.earned
        if missing > 0 and 10 * target.earned < 9 * due:
            left = max(1, len(list(_months(facts.today, target.by))))
            text = (
                f"{dollars(target.earned)} of {dollars(target.amount)} for {target.name} by {day(target.by)} {target.by.year}; "
                f"{dollars(missing // left)} a month is still needed."
            )
            behind = percent(due - target.earned, target.amount)
            yield Notice(
                "target", target.name, "warning", f"{target.name} is behind", text, steps(behind, 10)
            )


def _months(first: date, last: date) -> Iterator[Month]:
    month = Month.of(first)
    while month.first <= last:
        yield month
        month = month.next


def _ceiling(facts: Facts) -> Iterator[Notice]:
    goals = facts.policy.goals
    if goals is None or goals.ceiling_monthly is None:
        return
    for month in facts.ahead(3):
        income = cents(facts.of(month))
        if income > goals.ceiling_monthly:
            text = f"{dollars(income)} in {month.first:%B}, above your ceiling of {dollars(goals.ceiling_monthly)}: you may stop here."
            over = percent(income - goals.ceiling_monthly, goals.ceiling_monthly)
            yield Notice(
                "ceiling",
                str(month),
                "warning",
                f"{month.first:%B} is above your ceiling",
                text,
                steps(over, 10),
                month.last,
            )


def _ready(facts: Facts) -> Iterator[Notice]:
    """How much of life would be paid for without the employed post."""
    goals, bar = facts.policy.goals, facts.policy.notices.ready_percent
    months = facts.ahead(4)[1:]
    if (
        goals is None
        or not goals.baseline
        or not any(site.stream == "employed" for site in facts.policy.sites.values())
    ):
        return
    own = cents(
        shift
        for month in months
        for shift in facts.of(month)
        if shift.site.stream in ("telemedicine", "per_diem")
    ) // len(months)
    need = round_half_up(goals.baseline * Fraction(goals.gross_up))
    share = percent(own, need)
    if share >= bar:
        text = f"Telemedicine and per-diem bring {dollars(own)} of the {dollars(need)} a month that you live on, {share} %; your mark for going is {bar} %."
        yield Notice(
            "transition-ready",
            "",
            "warning",
            f"{share} % of the way out of employment",
            text,
            1 + (share >= READY_AGAIN),
        )
