"""A heading that tells the day of the hours below it, and perhaps what they pay and in which zone they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from connectors.offers.dates import entries
from connectors.offers.doubts import doubts
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.page import Page
from connectors.offers.tokens import Token

MOST_TOKENS = 5
"""Between the first and the last of what names the day."""


def day_of_hours_below(page: Page, below: Line | None, text: str, tokens: Sequence[Token]) -> str:
    """`On Tue 2/16 we open three blocks ($150/hr, PT):` above lines of hours alone: its day, rate and zone, or nothing."""
    if below is None or below.cells or not text.rstrip().endswith(":") or not _hours_alone(page, below):
        return ""
    months = [n for n, token in enumerate(tokens) if token.kind == "month"]
    at = [
        n
        for n, token in enumerate(tokens)
        if token.kind in ("date", "month", "weekday")
        or (token.kind == "number" and any(abs(n - month) <= 2 for month in months))
    ]
    zones = {str(token.value): token.text for token in tokens if token.kind == "zone"}
    if not at or at[-1] - at[0] > MOST_TOKENS or len(zones) > 1:
        return ""
    day = text[tokens[at[0]].start : tokens[at[-1]].end]
    days = [one for entry in entries(page.lex(day), page.calendar()) for one in entry.days]
    return " ".join([day, *_hourly_rate(page, text, tokens, days), *zones.values()])


def _hours_alone(page: Page, line: Line) -> bool:
    tokens = page.lex(line.text[:LONGEST_LINE])
    first = bool(tokens) and tokens[0].kind in ("hours", "span", "mark")
    timed = first and any(token.kind == "hours" for token in tokens)
    return timed and not page.names_day(tokens) and not any(token.kind == "weekday" for token in tokens)


def _hourly_rate(page: Page, text: str, tokens: Sequence[Token], days: Collection[date]) -> list[str]:
    """The one rate by the hour of a heading, where all of its words are understood; another may be for all of them."""
    money = [token for token in tokens if token.kind == "money"]
    pay, doubtful = page.pick_once(money)
    if len(money) != 1 or pay is None or doubtful or pay.unit != "hour":
        return []
    return [] if doubts(page, tokens, text, days) else [money[0].text]
