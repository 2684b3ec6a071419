"""Amounts that stand apart from the shifts, several of them: which is for which, by where they stand or by their words."""

from __future__ import annotations

import re
from itertools import pairwise

from connectors.offers.page import Page
from connectors.offers.rates import rates_of
from connectors.offers.reading import Money


def share_out(page: Page) -> None:
    """Give each unpaid shift its amount, where the order, the labels or the headings of the amounts leave but one."""
    _in_order(page)
    _by_label(page)
    _of_one_sentence(page)
    _by_stretch(page)


def _in_order(page: Page) -> None:
    """`$248 / $255 / $280 per hr in that order`: one amount for each line with shifts."""
    lines = list(dict.fromkeys(draft.source.line for draft in page.drafts))
    if len(lines) == len(page.ordered_pays):
        for draft in page.drafts:
            draft.pay = draft.pay or page.ordered_pays[lines.index(draft.source.line)]


def _by_label(page: Page) -> None:
    """`Urgent care 117/h, overnight 138/h`: where each unpaid shift is told with the words of just one amount."""
    unpaid = [draft for draft in page.drafts if draft.pay is None and draft.status != "withdrawn"]
    found: list[Money] = []
    for draft in unpaid:
        words = set(re.findall(r"[a-z]{3,}", draft.source.text.lower()))
        pays = [pay for label, pay in page.labelled_pays if label & words]
        if len(pays) != 1 or "pay" in draft.review:
            return
        found += pays
    for draft, pay in zip(unpaid, found, strict=True):
        draft.pay = pay


_OPEN = re.compile(r"(?:,|\band|\bplus|&)\s*$", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*[a-z]")
_PAID_ALL = re.compile(
    r"[.!?;]\s+(?:(?:they )?(?:both|each|either|all)(?: (?:of (?:them|these|the (?:two|three|four))|one|shifts?|days?|nights?|sessions?|blocks?|slots?|three|four|five))?(?: (?:is|are|will|would))? (?:pays?|paid|at)\b[^.!?$£€]{0,20}[$£€]|(?:they|these) pay [$£€]"
    r"|[^.!?$£€]{0,40}[$£€] ?\d[\d,.]*k?(?: ?/ ?\w{1,6}| (?:an?|per) \w{3,6})?,? (?:for |on )?(?:both|each|either|all(?: of them| \w+)?)(?: (?:one|of them|shifts?|days?|nights?|sessions?|blocks?))?\s*(?:[.!,;]|$))",
    re.IGNORECASE,
)
"""`Both pay $220/hr`, `The rate is $220/hr for either`, behind the last of them."""
_PAID_APART = re.compile(r"[.!?]\s+[^.!?]{0,60}[$£€]")


def _of_one_sentence(page: Page) -> None:
    """`Wed 3/10 from 8a to 8p,` and in the next line `and again on Fri 3/12 from 8a to 8p. Pay is $150/hr`: the pay of both.

    Where the amount stands in the sentence itself, nobody knows whether it is.
    """
    for draft, after in reversed(list(pairwise(page.drafts))):
        text, below = draft.source.text, after.source.text
        if not (draft.source.line < after.source.line and draft.pay is None and after.pay):
            continue
        if not draft.status == after.status != "withdrawn":
            continue
        running = draft.source.line in page.running
        if after.pay.unit == "block":
            if running and len(page.drafts) == 2:
                draft.pay = after.pay
                draft.block = after.block = f"b{draft.source.line}"
            elif running:
                draft.review.add("pay")
                after.review.add("pay")
        elif _PAID_ALL.search(below) and after is page.drafts[-1]:
            draft.pay = after.pay
        elif running or _OPEN.search(text) or _GOES_ON.match(below):
            if _PAID_APART.search(below):
                draft.pay = after.pay
            else:
                draft.review.add("pay")


def _by_stretch(page: Page) -> None:
    """`Days 7a-7p, $310/hr` above some dates, `Nights 7p-7a, $335/hr` above others: where each stretch has its one amount.

    Or each has its amount below it, and only so does it come out even.
    """
    unpaid = [draft for draft in page.drafts if draft.pay is None and draft.status != "withdrawn"]
    of_blocks = any(pay.unit == "block" for _, _, pay in page.pays_told)
    if len(page.pays_told) < 2 or of_blocks or page.conditional_pay or not unpaid:
        return
    above = {stretch: pay for stretch, _, pay in page.pays_told}
    below = {count: pay for _, count, pay in page.pays_told}
    if len(above) == len(page.pays_told) and above.keys() == {draft.stretch for draft in unpaid}:
        due = {id(draft): above[draft.stretch] for draft in unpaid}
    elif len(below) == len(page.pays_told) and min(below) > 0 and max(below) == len(page.drafts):
        due = {id(one): below[min(n for n in below if n > at)] for at, one in enumerate(page.drafts)}
    else:
        return
    rates = {draft.section: page.rates.get(draft.section, {}) for draft in unpaid}
    if all(rates_of(one.day, one.hours, rates[one.section]) <= {due[id(one)]} for one in unpaid):
        for draft in unpaid:
            draft.pay = due[id(draft)]
