"""What a message says once for all of its shifts: a zone, a site, an order of dates, a month."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from connectors.offers import daynight, phrases
from connectors.offers.almanac import order_told
from connectors.offers.colours import legend_of_colours
from connectors.offers.deadlines import cut_deadline
from connectors.offers.headings import month_heading, month_of_weekdays
from connectors.offers.lexer import lex
from connectors.offers.page import Page
from connectors.offers.tokens import RawDate
from connectors.offers.zones import zone_named


def _zone_said_once(page: Page, text: str) -> None:
    """The zone of all hours that name none: a sentence, a line of its own, a bracket in the subject."""
    subject = page.mail.subject
    # That of a deadline is no shift's.
    text = "\n".join(
        cut_deadline(page, line)[0] if phrases.DEADLINE.search(line) else line for line in text.split("\n")
    )
    found = phrases.ZONE_SENTENCE.search(text) or phrases.ZONE_SENTENCE.search(subject)
    if found:
        word = next(part for part in found.groups() if part).lower()
        if zone_named(word, None):
            page.scope.zone = word
        elif word not in ("local", "hospital", "site"):
            page.doubtful_zone = True
        return
    # Beside one of several sites it is a heading's, and holds for what stands below.
    lines = [line for line in (subject, *text.split("\n")[:400]) if line.strip()]
    several = len({value for line in lines for value in _sites(page, line)}) > 1
    apart = [line for line in lines if not _has_clock(page, line) and not (several and _sites(page, line))]
    alone = {
        next(part for part in one.groups() if part).lower()
        for line in apart
        for one in phrases.ZONE_ALONE.finditer(line)
    }
    if len(alone) == 1:
        (page.scope.zone,) = alone
        return
    beside = {
        next(part for part in one.groups() if part).lower()
        for line in apart
        for one in phrases.ZONE_BESIDE.finditer(line)
    }
    page.other_zones = alone | beside


def _sites(page: Page, line: str) -> set[object]:
    return {token.value for token in lex(line, page.lexicon) if token.kind == "site"}


def _has_clock(page: Page, line: str) -> bool:
    return any(token.kind in ("hours", "clock", "date") for token in lex(line, page.lexicon))


def said_once(page: Page, text: str) -> None:
    """A zone or a site that is said once for the whole message."""
    _zone_said_once(page, text)
    dates = list(_numeric_dates(page, [page.mail.subject, *text.split("\n")[:400]]))
    page.order = order_told(((raw, None) for raw, _ in dates), page.today)
    page.order_of_weekdays = order_told(dates, page.today)
    page.colours = legend_of_colours(text) if page.mail.rows else {}
    page.usual_half = daynight.usual_half(f"{page.mail.subject}\n{text}")
    page.subject_month, _ = month_heading(page.mail.subject, lex(page.mail.subject, page.lexicon))
    page.subject_month = (
        page.subject_month or _month_of_subject(page) or month_of_weekdays(page, text.split("\n")[:400])
    )
    tokens = [t for line in text.split("\n")[:400] for t in lex(line, page.lexicon) if t.kind == "site"]
    subject = [t for t in lex(page.mail.subject, page.lexicon) if t.kind == "site"]
    named = tokens or subject
    if len({token.value for token in named}) == 1:
        page.scope.site, page.scope.site_text = str(named[0].value), named[0].text
    elif not named and page.template.site:
        page.scope.site = page.template.site
    elif not named and page.sender and len(page.sender.sites) == 1:
        page.scope.site = page.sender.sites[0]
    elif not named and len(sites := _sites_of_forwarded(page)) == 1:
        (page.scope.site,) = sites


def _month_of_subject(page: Page) -> tuple[int, int | None] | None:
    """`Nights, last week of Feb`: the one month of a subject that names no day of it."""
    tokens = lex(page.mail.subject, page.lexicon)
    months = [token.value for token in tokens if token.kind == "month"]
    dated = any(token.kind in ("date", "number", "span", "hours") for token in tokens)
    return (months[0], None) if len(months) == 1 and isinstance(months[0], int) and not dated else None


_FROM = re.compile(r"^\W*from:.{0,200}?([\w.+-]{1,64}@[\w.-]{1,200}\w)", re.IGNORECASE)


def _sites_of_forwarded(page: Page) -> set[str]:
    """The sites of whom the head of a forwarded message names as its sender."""
    heads = (one.source.text for one in page.ignored if one.rule == "forward-header")
    wrote = {found[1].lower() for head in heads if (found := _FROM.match(head))}
    return {
        site for sender in page.lexicon.senders if sender.address.lower() in wrote for site in sender.sites
    }


def _numeric_dates(page: Page, lines: Sequence[str]) -> Iterator[tuple[RawDate, int | None]]:
    """Each `3/1` of a text, with the weekday that stands beside it."""
    for tokens in map(page.lex, lines):
        plain = [token for token in tokens if token.text not in (",", "(", ")")]
        for at, token in enumerate(plain):
            if isinstance(token.value, RawDate) and token.value.numeric:
                before = plain[at - 1] if at else None
                weekday = before.value if before and before.kind == "weekday" else None
                yield token.value, weekday if isinstance(weekday, int) else None
