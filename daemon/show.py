"""What a person sees on a terminal: the month as a calendar, the reason for every no, what needs a look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from connectors.offers.mime import parse
from daemon.entries import protected_days, warnings
from daemon.report import pay
from daemon.understand import Outlook
from policy.counts import counts
from policy.money import money
from policy.phrases import clock, dollars
from policy.sentences.answers import ANY, WEIGHED, gives_way, taken_from, would_be_worth
from policy.shift import Shift, Span, months
from policy.words import headline, one_more, relaxed, sentence
from solver.caps import Cap
from solver.explain import Declined
from solver.quote import Quote
from solver.solve import Plan, Problem

_STYLES = {"bound": "green", "held": "bold yellow", "off": "dim", "red": "magenta", "warning": "bold red"}


def month(outlook: Outlook) -> RenderableType:
    """Everything that one pass decided, as it is printed."""
    parts: list[RenderableType] = [
        _calendar(outlook),
        _legend(),
        _counters(outlook),
        _held(outlook),
        _noes(outlook),
    ]
    if outlook.world.review:
        parts.append(_review(outlook))
    if outlook.world.aside:
        parts.append(Text(f"{len(outlook.world.aside)} more set aside; see: shiftward status", style="dim"))
    return Group(*parts)


def _calendar(outlook: Outlook) -> Table:
    problem = outlook.problem
    table = _weeks(f"{problem.policy.clinician.name}: the weeks ahead")
    notes = _notes(outlook)
    first = problem.horizon.first - timedelta(days=problem.horizon.first.weekday())
    last = max((day for day in notes), default=problem.horizon.last)
    week = first
    while week <= last:
        table.add_row(*(_cell(week + timedelta(days=n), notes, problem.horizon) for n in range(7)))
        week += timedelta(days=7)
    return table


def _weeks(title: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1), title=title)
    for name in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"):
        table.add_column(name, ratio=1, vertical="top")
    return table


def _cell(day: date, notes: dict[date, list[tuple[str, str]]], horizon: Span) -> Text:
    head = f"{day.day} {day:%b}" if day.day == 1 or day == horizon.first else str(day.day)
    text = Text(head, style="bold" if day in horizon else "dim")
    for kind, words in notes.get(day, []):
        text.append(f"\n{words}", style=_STYLES[kind])
    return text


def _notes(outlook: Outlook) -> dict[date, list[tuple[str, str]]]:
    problem, plan = outlook.problem, outlook.plan
    notes: dict[date, list[tuple[str, str]]] = defaultdict(list)
    held = {shift.id for offer in problem.candidates if offer.id in plan.accepted for shift in offer.shifts}
    worked = [problem.shifts[key] for key in problem.worked(plan.accepted)]
    for shift in sorted(worked, key=lambda one: one.begins):
        if shift.last >= problem.horizon.first:
            kind = "held" if shift.id in held else "bound"
            notes[shift.first].append(
                (kind, f"{'? ' if kind == 'held' else ''}{shift.site.name} {shift.start:%H}–{shift.end:%H}")
            )
    for red in problem.red:
        home = problem.policy.now(red.start).clinician.home_zone
        opens, closes = red.start.astimezone(home), (red.end - timedelta(microseconds=1)).astimezone(home)
        for offset in range((closes.date() - opens.date()).days + 1):
            day = opens.date() + timedelta(days=offset)
            if day in problem.horizon:
                notes[day].append(("red", red.title or "red time"))
    recovery, kept = protected_days(problem, worked, problem.horizon.first, outlook.shown)
    for day in recovery:
        notes[day].append(("off", "recovery"))
    for day in kept:
        notes[day].append(("off", "off"))
    for reason in warnings(problem, plan, problem.horizon.first):
        named = [problem.shifts[key] for key in reason.shifts if key in problem.shifts]
        if named:
            notes[max(named, key=lambda one: one.begins).first].append(
                ("warning", f"⚠ {headline(reason, {})}")
            )
    return notes


def _legend() -> Text:
    text = Text("  ")
    for kind, words in (
        ("bound", "committed"),
        ("held", "? held for you"),
        ("off", "off, recovery"),
        ("red", "red time"),
        ("warning", "⚠ warning"),
    ):
        text.append(words, style=_STYLES[kind]).append("   ")
    return text


def _counters(outlook: Outlook) -> Table:
    problem = outlook.problem
    worked = [problem.shifts[key] for key in problem.worked(outlook.plan.accepted)]
    table = Table(box=box.SIMPLE, title="Counters, with what is held")
    table.add_column("month")
    for name in (
        "nights",
        "weekends",
        "high-intensity",
        "off days",
        "hours",
        "towards the floor",
        "expected",
    ):
        table.add_column(name, justify="right")
    for one in months(problem.horizon):
        numbers, caps = counts(problem.policy, worked, one), problem.policy.at(one.first).limits
        income = money(problem.policy, worked, Span.month(one))
        table.add_row(
            f"{one.first:%B}",
            _of(numbers.nights, caps.nights_per_month),
            _of(numbers.weekends, caps.weekends_per_month),
            _of(numbers.high_intensity, caps.high_intensity_per_month),
            str(numbers.off_days),
            str(numbers.minutes // 60),
            f"{dollars(income.have)} of {dollars(income.need)}",
            dollars(income.expected),
        )
    return table


def _of(number: int, cap: object) -> str:
    bound = getattr(cap, "cap", None)
    return str(number) if bound is None else f"{number} of {bound}"


def _held(outlook: Outlook) -> Table:
    table = Table(
        box=box.SIMPLE, title="Held for you: answer in the calendar on your phone", title_justify="left"
    )
    table.add_column("offer", min_width=max((len(key) for key in outlook.plan.accepted), default=0))
    for name in ("shifts", "pay", "answer by"):
        table.add_column(name)
    for offer in outlook.problem.candidates:
        if offer.id in outlook.plan.accepted:
            table.add_row(
                offer.id,
                "\n".join(when(shift) for shift in offer.shifts),
                dollars(offer.cents),
                clock(offer.respond_by.astimezone(offer.site.body_zone)) if offer.respond_by else "",
            )
    return table


def when(shift: Shift) -> str:
    return f"{shift.site.name}, {clock(shift.start)}–{shift.end:%H:%M}"


def _noes(outlook: Outlook) -> Table:
    table = Table(box=box.SIMPLE, title="Every no, and why", title_justify="left")
    table.add_column("offer", min_width=max((len(one.offer) for one in outlook.declined), default=0))
    for name in ("shifts", "pay", "because"):
        table.add_column(name)
    offers = {offer.id: offer for offer in outlook.problem.offers}
    for verdict in outlook.declined:
        offer = offers[verdict.offer]
        table.add_row(
            offer.id,
            "\n".join(when(shift) for shift in offer.shifts),
            dollars(offer.cents),
            _because(verdict, outlook),
        )
    return table


def _because(verdict: Declined, outlook: Outlook) -> Text:
    lines = [sentence(reason, outlook.problem.shifts) for reason in verdict.reasons]
    if verdict.relax:
        lines.append(gives_way(list(map(relaxed, verdict.relax))))
    if verdict.worth and verdict.worth.low is not None:
        lines.append(taken_from(verdict.worth.low, verdict.worth.high))
    return Text("\n".join(f"{line[:1].upper()}{line[1:]}." for line in dict.fromkeys(lines)))


def _review(outlook: Outlook) -> Table:
    table = Table(box=box.SIMPLE, title="Please look at these", title_justify="left")
    table.add_column("where")
    table.add_column("what")
    for one in outlook.world.review:
        table.add_row(one.source, f"{one.where.strip()}\n{one.why}".strip())
    return table


# -- what if, and what for ---------------------------------------------------------------------------------------------


def _moved(before: int, after: int) -> str:
    """`$900, as before`, or `$900 in place of $700: $200 more`."""
    if after == before:
        return f"{dollars(after)}, as before"
    word = "more" if after > before else "less"
    return f"{dollars(after)} in place of {dollars(before)}: {dollars(abs(after - before))} {word}"


def change(lines: Iterable[str], before: tuple[Problem, Plan], after: tuple[Problem, Plan]) -> RenderableType:
    """What other words in the policy change: the shifts that come and go, and the money."""
    (old, was), (new, found) = before, after
    table = Table(box=box.SIMPLE, title=f"With {', '.join(lines)}", title_justify="left")
    for name in ("", "offer", "shifts", "pay"):
        table.add_column(name)
    for word, problem, one, other in (("taken", new, found, was), ("dropped", old, was, found)):
        for offer in problem.candidates:
            if offer.id in one.accepted and offer.id not in other.accepted:
                shifts = "\n".join(when(shift) for shift in offer.shifts)
                table.add_row(word, offer.id, shifts, dollars(offer.cents))
    if not table.row_count:
        table.add_row("nothing changes", "", "", "")
    words = (
        f"What is accepted pays {_moved(pay(old, was), pay(new, found))}.\n"
        f"The plan is worth {_moved(was.value, found.value)}. {WEIGHED}"
    )
    if "feasible" in (was.status, found.status):
        words += " Not both plans are proved; more effort might change this."
    return Group(table, Text(words))


def caps(found: Iterable[Cap]) -> RenderableType:
    """A line for each cap that binds."""
    lines = [would_be_worth(one_more(cap.reason), cap.low, cap.high) for cap in found]
    text = "\n".join(f"{line[:1].upper()}{line[1:]}." for line in lines) or "No cap stands against an offer."
    text += f"\n{WEIGHED}"
    return Group(Text("What one more would bring", style="italic"), Text(text))


def prices(quotes: Sequence[Quote]) -> Table:
    """A month of quotes as a calendar."""
    shifts = {one.shift.first: one for one in quotes}
    month = quotes[0].shift.first
    table = _weeks(f"{quotes[0].shift.site.name}, {month:%B %Y}: the least pay")
    day = month - timedelta(days=month.weekday())
    while day <= quotes[-1].shift.first:
        table.add_row(*(_price(one, shifts.get(one)) for one in (day + timedelta(days=n) for n in range(7))))
        day += timedelta(days=7)
    return table


def _price(day: date, quote: Quote | None) -> Text:
    if quote is None:
        return Text("")
    text = Text(str(day.day), style="bold")
    if quote.worth is None:
        kind, words = ("bound", "committed") if quote.because == "committed" else ("off", "no pay would do")
        if any(reason.rule == "red" for reason in quote.reasons):
            kind, words = "red", "red time"
        return text.append(f"\n{words}", style=_STYLES[kind])
    high = quote.worth.high
    words = "not known" if high is None else "any pay" if high <= ANY else dollars(-(-high // 100) * 100)
    return text.append(f"\n{words}", style=_STYLES["held"])


def phone(url: str, user: str) -> RenderableType:
    """How to see it on a phone."""
    return Text.assemble(
        ("\nOn your phone: ", "bold"),
        f"add a CalDAV account with the address {url} and the user {user} (any password).\n",
        ("It keeps running: ", "bold"),
        "drop an .eml into the inbox, or move an event with any CalDAV client. Ctrl-C ends it.\n",
    )


def reasons_table(title: str, rows: Iterable[Sequence[str]], *heads: str) -> Table:
    table = Table(box=box.SIMPLE, title=title, title_justify="left")
    for head in heads:
        table.add_column(head)
    for row in rows:
        table.add_row(*row)
    return table


def console(*, stderr: bool = False) -> Console:
    """Colour only on a terminal."""
    return Console(stderr=stderr, highlight=False)


def message_text(raw: bytes) -> str:
    """Who a message is from, its subject and its lines; nothing in it can steer a terminal."""
    mail = parse(raw)
    lines = [f"From: {mail.sender}", f"Subject: {mail.subject}", "", *(line.text for line in mail.lines)]
    return "\n".join("".join(c for c in line if c.isprintable()) for line in lines)
