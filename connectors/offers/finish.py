"""Drafts -> shifts: what one lacks is filled from the rest of its message, and what is still unclear becomes a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from connectors.offers import bundles, states
from connectors.offers.almanac import QuestionError
from connectors.offers.dates import entries
from connectors.offers.decisions import contradicts
from connectors.offers.differentials import is_paid_more
from connectors.offers.draft import Draft
from connectors.offers.lexer import LONGEST_LINE, lex
from connectors.offers.moments import at_deadline, instant
from connectors.offers.page import Page
from connectors.offers.pay import agree, is_pay
from connectors.offers.plausible import odd_hours, odd_pay
from connectors.offers.quick import Quick
from connectors.offers.rates import rates_of
from connectors.offers.reading import Choice, Money, ReadShift, Status, Unresolved
from connectors.offers.sharing import share_out
from connectors.offers.stating import status_apart
from connectors.offers.template import DOLLARS
from connectors.offers.zones import zone_named

_LOCAL = re.compile(r"\blocal\b", re.IGNORECASE)
"""Beside shifts whose zone is named: local to whom?"""
_PRICE = re.compile(r"\b(?:rates?|pay|prices?|fees?)\b", re.IGNORECASE)
_CALL = Quick(r"\bwith (?:on-?)?call\b", re.IGNORECASE)


def finished(page: Page) -> list[ReadShift]:
    """The shifts, each with what the rest of the message says of it; questions are added to `unresolved`."""
    understood = {
        name
        for name, told in (("zone", page.scope.zone or page.other_zones), ("choose", page.choose))
        if told
    }
    caveats = set(page.caveats) - understood
    subject = states.status_of(page.mail.subject)
    if contradicts(page.mail.subject, subject, letting_go=page.letting_go):
        subject, caveats = None, {*caveats, "status"}
    subject = None if page.open_below and subject == "confirmed" else subject
    zoned = not all(draft.silent_zone for draft in page.drafts)
    _all_but(page)
    share_out(page)
    for draft in page.drafts:
        _complete(page, draft, caveats, subject, zoned=zoned)
    _fill_blocks(page)
    _check_choice(page)
    shifts = []
    for draft in page.drafts:
        try:
            shifts.append(_shift(page, draft))
        except QuestionError as question:
            page.unresolved.append(Unresolved(draft.source, str(question)))
    return _told_once(shifts)


def _told_once(shifts: Iterable[ReadShift]) -> list[ReadShift]:
    """`Your hand-back of Sat 4/17 was declined. You remain confirmed for Sat 4/17`: one shift; but two that are put up are two posts."""
    kept: dict[object, ReadShift] = {}
    for at, one in enumerate(shifts):
        settled = one.status != "offered" and not one.needs_review
        kept.setdefault((one.status, one.site, one.start, one.end, one.pay) if settled else at, one)
    return list(kept.values())


def _complete(
    page: Page, draft: Draft, caveats: AbstractSet[str], subject: Status | None, *, zoned: bool
) -> None:
    """What its own line leaves open, from the rest of the message."""
    if draft.status is None:
        _settle(page, draft, subject)
    if draft.silent_zone and zoned and _LOCAL.search(draft.source.text):
        draft.review.add("zone")
    if draft.silent_zone and (page.doubtful_zone or _elsewhere(page, draft)):
        draft.review.add("zone")
    _settle_pay(page, draft)
    if _no_dollars(page, draft):
        draft.review.add("pay")
    to_answer = draft.status in ("offered", "changed", "reinstated")
    if draft.respond_by is None and page.deadline and to_answer:
        draft.respond_by = at_deadline(page.deadline, draft.zone)
    if page.deadline_lost and draft.respond_by is None and to_answer:
        draft.review.add("respond_by")
    if draft.status == "offered" and not draft.moved:
        draft.review |= caveats if draft.silent_zone else caveats - {"zone"}
    if page.to_another and draft.status == "confirmed":
        draft.review.add("status")
    gone = page.of_earlier and draft.status == "withdrawn"
    if page.taken_back and not gone and (draft.status == "offered" or not page.corrected):
        draft.review.add("status")
    _by_template(page, draft)
    if _CALL.search(draft.source.text) and not page.amount_at(draft.source):
        draft.review.add("pay")  # What is paid with call, and what without, stands elsewhere.
    if draft.pay is None and draft.status != "withdrawn" and page.amount_at(draft.source):
        draft.review.add("pay")
    _too_odd(draft)
    _not_just_that(page, draft)


def _settle_pay(page: Page, draft: Draft) -> None:
    """Its own pay; else its code's, its site's, its kind's, or that of its section."""
    if draft.legend in page.legend_pay:
        draft.pay = draft.pay or page.legend_pay[draft.legend or ""]
    if draft.pay is None and "pay" not in draft.review and draft.status != "withdrawn":
        draft.pay = page.site_pays.get(draft.site or "")
    if draft.pay is None and "pay" not in draft.review:
        draft.pay = _by_kind(page, draft)
    if draft.pay is None and "pay" not in draft.review:
        _fill_pay(page, draft)
    if draft.extra is not None and draft.status != "withdrawn":
        _add_extra(page, draft, draft.extra)


def _add_extra(page: Page, draft: Draft, extra: Decimal) -> None:
    """`Base $118/hr` below a list, and `+$15/hr` on one of its lines: the sum.

    A question where nobody says that it is the base, or it is not paid by the hour.
    """
    pay = draft.pay
    if (
        pay is None
        or pay not in page.base_pays
        or pay.unit != "hour"
        or pay.currency != "USD"
        or 2 * extra > pay.amount
    ):
        draft.pay = None
        draft.review.add("pay")
        return
    draft.pay = replace(pay, amount=pay.amount + extra)


_AMERICAN = ("America/", "US/", "Canada/", "Pacific/", "Australia/")
_DOLLARS = re.compile(r"\$|\b(?:usd|dollars?|bucks)\b", re.IGNORECASE)


def _no_dollars(page: Page, draft: Draft) -> bool:
    """`90/hr` for a place in London: an amount without a sign where nobody pays in dollars."""
    if draft.pay is None or draft.pay.currency != "USD" or draft.site is None:
        return False
    if page.lexicon.site(draft.site).zone.key.startswith(_AMERICAN):
        return False
    told = (page.mail.subject, *(line.told or line.text for line in page.mail.lines))
    return page.template.currency == "USD" and not any(map(_DOLLARS.search, told))


def _settle(page: Page, draft: Draft, subject: Status | None) -> None:
    """The status of a shift whose line and heading state none: the subject's, or that it is put up."""
    draft.status = "offered"
    if page.told_above and page.told_above[1] in (None, len(page.drafts) > 1) and not page.unresolved:
        draft.status = page.told_above[0]
        return
    loose = not page.subject_of_all and any(_may_mean(page, text, draft) for text in page.loose_statuses)
    draft.review |= {"status"} if loose else set()
    if subject in ("withdrawn", "confirmed", "reinstated", "changed"):
        named = page.subject_of_all or _in_subject(page, draft)
        if (
            subject == "changed"
            and not named
            and (draft.pay or page.pays)
            and _PRICE.search(page.mail.subject)
        ):
            return  # `Weekend rate corrected`: what they pay is told below, and whether it was known before is not.
        draft.status = subject
        if not named or status_apart(page, page.mail.subject):
            draft.review.add("status")
    elif page.settled and not page.subject_of_all:
        draft.review.add("status")


def _all_but(page: Page) -> None:
    """`Everything on the list is filled except 3/7`: whatever it does not name is gone; what it names has to be there."""
    if not page.all_but:
        return
    for draft in page.drafts:
        if not page.all_but <= {one.day for one in page.drafts}:
            draft.review.add("status")
        elif draft.status is None and draft.day not in page.all_but:
            draft.status = "withdrawn"


def _may_mean(page: Page, text: str, draft: Draft) -> bool:
    """Whether a sentence may speak of a shift: it names neither other months nor other sites nor other weekdays alone."""
    tokens = lex(text, page.lexicon)
    months = {token.value for token in tokens if token.kind == "month"}
    sites = {token.value for token in tokens if token.kind == "site"}
    weekdays = {token.value for token in tokens if token.kind == "weekday"}
    apart = weekdays and draft.day.weekday() not in weekdays
    if page.answers and _ASKED_FOR.match(text) and _BESIDES.search(draft.source.text):
        return False
    return not apart and (not months or draft.day.month in months) and (not sites or draft.site in sites)


_ASKED_FOR = re.compile(
    r"\W*(?:sorry,? |ah,? |oh,? |no,? )?(?:that|it|this)(?:['’]s)?(?: (?:one|shift|night|day|date))?\b",
    re.IGNORECASE,
)
_BESIDES = re.compile(
    r"\b(?:still|also|do|now) (?:have|need)\b|\b(?:instead|another)\b|\b(?:how|what) about\b|\bwould you (?:like|want|take|do)\b",
    re.IGNORECASE,
)
"""In an answer: `That one went to Hal`, of what was asked for; `But I still have Mon 4/19`, of another."""


def _elsewhere(page: Page, draft: Draft) -> bool:
    """Whether a zone that is named somewhere would put it at another hour."""
    here = instant(draft.day, draft.hours.start, draft.zone)
    zones = (zone_named(word, draft.zone) for word in page.other_zones)
    return any(zone and here.astimezone(zone).utcoffset() != here.utcoffset() for zone in zones)


def _by_template(page: Page, draft: Draft) -> None:
    """What the sender always means, and what of it is too odd to be meant."""
    template, minutes = page.template, (draft.hours.end - draft.hours.start) % (24 * 60) or 24 * 60
    if template.layout not in (None, draft.layout):
        draft.review.add("layout")
    draft.emr = draft.emr or template.emr
    if draft.pay and draft.pay.currency == "USD" and template.currency in DOLLARS:
        draft.pay = replace(draft.pay, currency=template.currency)
    if draft.status != "offered":
        return
    if draft.pay is None and "pay" not in draft.review:
        draft.pay = template.pay
    if draft.respond_by is None and template.respond_within:
        draft.respond_by = (page.sent + timedelta(hours=template.respond_within)).astimezone(draft.zone)
    if template.lasting and not template.lasting[0] * 60 <= minutes <= template.lasting[1] * 60:
        draft.review.add("hours")
    if template.hourly and draft.pay and draft.pay.unit in ("hour", "shift", "day"):
        hourly = draft.pay.amount if draft.pay.unit == "hour" else draft.pay.amount * 60 / minutes
        if not template.hourly[0] <= hourly <= template.hourly[1]:
            draft.review.add("pay")


def _in_subject(page: Page, draft: Draft) -> bool:
    try:
        found = entries(lex(page.mail.subject, page.lexicon), page.calendar())
    except QuestionError:
        return False
    return any(draft.day in entry.days for entry in found)


def _by_kind(page: Page, draft: Draft) -> Money | None:
    """The pay that is said for days or nights, for weekdays or weekends; where both are, nobody knows."""
    plain = any(section == draft.section for section, _ in page.pays)
    rates = page.rates.get(draft.section) or ({} if plain else page.rates.get(0, {}))
    found = rates_of(draft.day, draft.hours, rates)
    if rates and len(found) != 1:
        draft.review.add("pay")
    return next(iter(found)) if len(found) == 1 and draft.status != "withdrawn" else None


def _fill_pay(page: Page, draft: Draft) -> None:
    if draft.status == "withdrawn" or draft.moved:
        return
    near = {pay for section, pay in page.pays if section == draft.section}
    found = near or {pay for section, pay in page.pays if section == 0} or _behind(page, draft)
    if len(found) == 1 and draft.stretch not in page.unclear_stretches:
        (draft.pay,) = found
        above = {stretch for stretch in page.unclear_stretches if stretch < draft.stretch}
        lost = {amount for stretch, amount in page.amounts_lost if stretch not in above}
        if any(_may_be_instead(amount, draft.pay) for amount in lost):
            draft.review.add("pay")
    elif (
        page.pay_of_single and (len(page.drafts) == 1 or page.choose == 1) and not (found or page.unresolved)
    ):
        draft.pay = page.pay_of_single
    elif page.pay_of_kind and not found and all(_is_of_kind(one, page.pay_of_kind[0]) for one in page.drafts):
        draft.pay = page.pay_of_kind[1]
    elif found or page.conditional_pay or _unclaimed(page) or _beside_a_day(page):
        draft.review.add("pay")


def _beside_a_day(page: Page) -> bool:
    """`$150/hr except Monday July 5, which is $190/hr`: the other amount of a day in question may be that of all others."""
    return any(
        "pay" in draft.review
        and draft.pay is None
        and sum(map(is_pay, page.lex(draft.source.text[:LONGEST_LINE]))) > 1
        for draft in page.drafts
    )


_AFTERNOON, _DUSK, _MIDNIGHT = 14 * 60, 17 * 60, 24 * 60
"""Minutes."""


def _is_of_kind(draft: Draft, kind: str) -> bool:
    """Whether a shift is plainly a day's, an evening's, a night's, or of a weekend or a weekday."""
    start, end = draft.hours.start, draft.hours.end
    over = end <= start
    return {
        "day": not over and start < 12 * 60,
        "evening": start >= _AFTERNOON and (end or _MIDNIGHT) > start,
        "night": over and start >= _DUSK,
        "weekend": draft.day.weekday() >= 5,
        "weekday": draft.day.weekday() < 5,
    }.get(kind, False)


def _may_be_instead(amount: Decimal, pay: Money) -> bool:
    """Whether an amount that nobody placed is another, and about as much: it may be the pay of some of them."""
    return amount != pay.amount and pay.amount <= 2 * amount <= 4 * pay.amount


def _behind(page: Page, draft: Draft) -> set[Money]:
    """`$120 per hour. Harbor Tele` below all its shifts: what a heading pays that has none of its own."""
    return {pay for section, pay in _unclaimed(page) if page.sections.get(section) == draft.site}


def _unclaimed(page: Page) -> set[tuple[int, Money]]:
    """Pay that stands where no shift does. Whoever lacks pay may be who gets it."""
    settled = {draft.section for draft in page.drafts}
    return {(section, pay) for section, pay in page.pays if section not in settled}


def _fill_blocks(page: Page) -> None:
    offered = [draft for draft in page.drafts if draft.status == "offered"]
    by_line: dict[int, list[Draft]] = {}
    for draft in offered:
        by_line.setdefault(draft.source.line, []).append(draft)
    if page.all_or_nothing:
        for draft in offered:  # `Block 1: 3/19-3/21`, and below: `Each block cannot be divided`.
            draft.review -= {"block"} if bundles.LETTERED_BLOCK.match(draft.source.text) else set()
    for line, drafts in by_line.items():
        priced = any(draft.pay and draft.pay.unit == "block" for draft in drafts)
        if len(drafts) > 1 and line in page.stacked and page.all_or_nothing == "each":
            for draft in drafts:
                draft.review.add("block")  # `Each week goes to one`: which of the days above are one.
        elif len(drafts) > 1 and (page.all_or_nothing == "each" or priced):
            for draft in drafts:
                draft.block = draft.block or f"b{line}"
    loose = [draft for draft in offered if draft.block is None]
    whole = page.all_or_nothing == "all" or any(pay.unit == "block" for _, pay in page.pays)
    if page.maybe_whole and not whole and len(loose) > 1:
        for draft in loose:
            draft.review.add("block")
    if whole and len(loose) > 1:
        lines = Counter(draft.source.line for draft in loose)
        # All of it, and a choice: each line that has several is one of those to choose from.
        apart = page.choose is not None and len(lines) > 1 and min(lines.values()) > 1
        for draft in loose:
            draft.block = f"b{draft.source.line}" if apart else "b1"
        if len({draft.site for draft in loose}) > 1 or (page.choose and not apart):
            for draft in loose:
                draft.review.add("block")


def _check_choice(page: Page) -> None:
    """`Either Thu or Fri` beside other shifts on other lines: of which of them one is to be chosen, nobody knows."""
    offered = [draft for draft in page.drafts if draft.status == "offered"]
    mine = [draft for draft in offered if draft.source.line == page.choose_line]
    lines = Counter(draft.source.line for draft in offered if draft.block is None)
    if page.choose and len(lines) > 1 and min(lines.values()) > 1:
        for draft in offered:
            draft.review.add("choose")  # One of several weekends: whether with all of its days, nobody says.
    if page.choose and mine and len(mine) < len(offered):
        page.choose = None
        for draft in mine if len(mine) > 1 else offered:
            draft.review.add("choose")


def _shift(page: Page, draft: Draft) -> ReadShift:
    start = instant(draft.day, draft.hours.start, draft.zone)
    end = instant(
        draft.day + timedelta(days=draft.hours.end <= draft.hours.start), draft.hours.end, draft.zone
    )
    _both_zones(draft, start)
    for one in (start, end):
        if one.astimezone(UTC).astimezone(draft.zone).replace(tzinfo=None) != one.replace(tzinfo=None):
            raise QuestionError("the clock is put forward over that time")
    if end.astimezone(UTC) <= start.astimezone(UTC):
        raise QuestionError("the clock is put back within it")
    status = draft.status or "offered"
    if draft.day < page.today and status == "offered":
        draft.review.add("date")
    if draft.pay and draft.pay.unit == "block" and draft.block is None and status == "offered":
        # One price for all, and one shift found: unless another was not understood, it is the price of that one.
        draft.pay = replace(draft.pay, unit="shift")
        if page.unresolved:
            draft.review.add("pay")
    return ReadShift(
        status=status,
        site=draft.site,
        site_text=draft.site_text,
        start=start,
        end=end,
        pay=draft.pay,
        source=draft.source,
        emr=draft.emr,
        block=draft.block,
        choose=Choice("g1", page.choose) if page.choose and status == "offered" else None,
        respond_by=draft.respond_by,
        needs_review=tuple(sorted(draft.review)),
    )


def _not_just_that(page: Page, draft: Draft) -> None:
    """{"pay"} where something comes on top for such a shift, or where what it comes to is told otherwise."""
    if draft.pay is None or draft.status == "withdrawn":
        return
    if is_paid_more(draft.day, draft.hours, page.paid_more) and not _shows_it(page, draft):
        draft.review.add("pay")
    others = page.twice_told.get(draft.pay, ())
    if others and not any(agree(draft.pay, other, draft.hours, len(page.drafts)) for other in others):
        draft.review.add("pay")


def _shows_it(page: Page, draft: Draft) -> bool:
    """Whether its own amount is higher than those of the shifts for which nothing comes on top: it is in it already."""
    plain = [
        one.pay
        for one in page.drafts
        if one.pay and not is_paid_more(one.day, one.hours, page.paid_more) and page.amount_at(one.source)
    ]
    return (
        draft.pay is not None
        and page.amount_at(draft.source)
        and bool(plain)
        and all(pay.unit == draft.pay.unit and pay.amount < draft.pay.amount for pay in plain)
    )


def _too_odd(draft: Draft) -> None:
    if draft.status == "withdrawn":
        return
    if odd_hours(draft.hours):
        draft.review.add("hours")
    if draft.pay and odd_pay(draft.pay, draft.hours):
        draft.review.add("pay")


def _both_zones(draft: Draft, start: datetime) -> None:
    if draft.hours.also is None:
        return
    minutes, word = draft.hours.also
    zone = zone_named(word, None)
    if zone is None or instant(draft.day, minutes, zone).astimezone(UTC) != start.astimezone(UTC):
        raise QuestionError("the two zones do not give the same time")
