"""Where a shift is, in which zone its hours are, and how it is put down among those of its message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from connectors.offers import phrases
from connectors.offers.almanac import QuestionError
from connectors.offers.colours import names_of
from connectors.offers.draft import Draft, Said
from connectors.offers.mime import Line
from connectors.offers.moments import Deadline, at_deadline, instant
from connectors.offers.page import MOST_SHIFTS, Page, legend_of, source
from connectors.offers.pairing import Slot
from connectors.offers.reading import Money
from connectors.offers.services import is_service
from connectors.offers.tokens import Hours, Token
from connectors.offers.zones import zone_named


def site_of(page: Page, tokens: Sequence[Token], text: str) -> tuple[str | None, str | None, set[str]]:
    """The site of a line, by its own words or the heading above; with "site" where a person would ask."""
    named = [token for token in tokens if token.kind == "site"]
    if len({token.value for token in named}) > 1:
        raise QuestionError("two sites on one line")
    if named:
        near = re.search(
            r"\b(?:from|of|near|miles|minutes|min|(?<!giving )(?<!give )(?<!gives )(?<!gave )away)\s*$",
            text[: named[0].start],
            re.IGNORECASE,
        )
        other = phrases.FACILITY.search(text[named[0].end :])
        elsewhere = near and (other or not _WHO_WRITES.search(text, 0, named[0].start))
        return str(named[0].value), named[0].text, {"site"} if elsewhere else set()
    bare = text
    for token in reversed(
        [t for t in tokens if t.kind in ("emr", "zone", "month", "weekday") and t.end <= len(text)]
    ):
        bare = bare[: token.start] + " ; " + bare[token.end :]
    if tokens and tokens[0].kind == "word" and tokens[0].text in page.site_codes:
        return None, tokens[0].text, {"site"}
    found = phrases.FACILITY.search(bare)
    if found and not (page.scope.site and is_service(found[1])):
        return None, found[1].strip(), {"site"}
    if page.line_site:
        return *page.line_site, set()
    if page.scope.site is None:
        if page.scope.site_text:
            return None, page.scope.site_text, {"site"}
        raise QuestionError("the site is not named")
    codes = [code for code in phrases.CODE.findall(bare) if code not in phrases.KNOWN_CODES]
    codes = [] if page.shouted else codes
    return page.scope.site, page.scope.site_text, {"site"} if codes and not page.legend else set()


_NAME = r"(?-i:[A-Z][\w'’-]{1,20}\.?)(?: (?-i:[A-Z][\w.'’-]{0,20}))?"
_WHO_WRITES = re.compile(
    r"\b(?:coordinator|scheduler|recruiter|manager|director|chief|head|team|staff|office|desk|group|schedule|department|behalf)s? (?:of|from) (?:the )?$"
    rf"|(?:\b(?:this is|it['’]?s|i am|i['’]m|we are|we['’]re|my name is)|(?:^|[.!,:])) *(?:Dr\.? )?{_NAME},?(?: (?:here|again|writing|calling|texting|reaching out|the [a-z ]{{3,20}}))* from (?:the )?$"
    r"|\b(?:i am|i['’]m|we are|we['’]re|is) (?:writing|calling|texting|e-?mailing|reaching out|contacting you)(?: to you)?(?: again)? from (?:the )?$"
    r"|\b(?:i am|i['’]m|we are|we['’]re|greetings|hello|hi|hey|news|message|note|update|request|plea|appeal|question|favou?r|s\.?o\.?s\.?|opening|openings|need|needs|call|shifts?|word|heard|hearing|regards|e-?mail|text) from (?:the |everyone at |all of us at )?$",
    re.IGNORECASE,
)
"""`I am the scheduler of`, `this is Tomas from`, `a request from`: no place near it."""


def zone_of(page: Page, slot: Slot, tokens: Sequence[Token], site: str | None) -> tuple[ZoneInfo, bool]:
    """The zone of a slot: its own word, the message's, the sender's, the site's; and whether the message names it.

    Raises QuestionError.
    """
    own = page.lexicon.site(site).zone if site else None
    word = (
        slot.hours.zone or next((str(t.value) for t in tokens if t.kind == "zone"), None) or page.scope.zone
    )
    if word:
        zone = zone_named(word, own)
        if zone is None:
            raise QuestionError("a time zone that is not known")
        return zone, True
    if page.sender and page.sender.zone:
        return page.sender.zone, False
    if own is None:
        raise QuestionError("the site is not known, so its time zone is not either")
    return own, False


def put(
    page: Page,
    line: Line,
    slot: Slot,
    tokens: Sequence[Token],
    said: Said,
    pay: tuple[Money | None, bool],
    deadline: Deadline | None,
) -> None:
    """A slot with what its line or record says of it; `pay` with whether a person would have to ask."""
    zone, named = zone_of(page, slot, tokens, said.site)
    unclear = {"zone"} if _several_zones(slot, tokens) else set()
    draft = Draft(
        day=slot.day,
        hours=slot.hours,
        source=source(line),
        status="withdrawn" if line.void else said.status,
        site=said.site,
        site_text=said.site_text,
        zone=zone,
        silent_zone=not named,
        section=page.scope.section,
        stretch=page.stretch,
        pay=pay[0],
        emr=said.emr or page.scope.emr,
        review={
            *slot.review,
            *said.review,
            *unclear,
            *({"pay"} if pay[1] else ()),
            *page.asked_below.get(line.number, ()),
        },
        legend=legend_of(tokens).get((slot.hours.start, slot.hours.end)),
    )
    add(page, line, draft, deadline)


def _several_zones(slot: Slot, tokens: Sequence[Token]) -> bool:
    """`5p-9p EST/PST`, `9a-12p PT / 11a-2p CT`: two clocks, and nothing that says how they belong together."""
    words = {str(token.value) for token in tokens if token.kind == "zone"}
    told = [token.value for token in tokens if isinstance(token.value, Hours)]
    words |= {hours.zone for hours in told if hours.zone}
    days = {
        instant(slot.day, 12 * 60, zone).utcoffset() for word in words if (zone := zone_named(word, None))
    }
    return len(days) > 1 and not any(hours.also for hours in told)


def add(page: Page, line: Line, draft: Draft, deadline: Deadline | None) -> None:
    if len(page.drafts) >= MOST_SHIFTS:
        raise QuestionError("more shifts than a person offers in one message")
    if line.colour:
        _by_colour(page, line.colour, draft)
    elif line.cells and "offered" in page.colours.values():
        draft.review.add("status")  # A row without the colour that open ones have.
    if deadline:
        draft.respond_by = at_deadline(deadline, draft.zone)
    draft.layout = page.layout
    page.drafts.append(draft)


def _by_colour(page: Page, colour: str, draft: Draft) -> None:
    """What the message's legend says of a colour; without one, or beside other words, a question."""
    meant = {status for name, status in page.colours.items() if name in names_of(colour)}
    if len(meant) != 1 or draft.status not in (None, *meant):
        draft.review.add("status")
        return
    (draft.status,) = meant
