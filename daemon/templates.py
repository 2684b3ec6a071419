"""templates/NAME.toml: what is special about one sender, and the messages that prove it.

A template is drafted from a message (`shiftward read --learn`), mended by hand, and read again with all its fixtures by
`shiftward check`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated, cast, get_args

from pydantic import Field

from connectors.offers.fields import FieldKind
from connectors.offers.mime import Mail, parse
from connectors.offers.page import Page
from connectors.offers.reader import read_message
from connectors.offers.reading import (
    DateOrder,
    Layout,
    Lexicon,
    Match,
    Money,
    OfferReading,
    Sender,
    Template,
    Unit,
)
from connectors.offers.template import CANONICAL
from connectors.offers.vocabulary import strange, words_of
from daemon.readings import to_json
from policy.fields import Name, Section, Zone
from policy.locate import Path_
from policy.problems import Problem
from policy.read import read_toml

Hours = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$")]
Count = Annotated[int, Field(strict=True, ge=0, le=100_000)]
PayText = Annotated[str, Field(pattern=r"^\d{1,6}(\.\d\d)? ?/ ?(hour|shift|day|visit)$")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Plausible(Section):
    """Outside of these, pay (an hour, in the sender's currency) or length (hours) is asked about."""

    hourly: tuple[Count, Count] | None = None
    lasting: tuple[Count, Count] | None = None


class MatchSection(Section):
    """Which messages of a sender it is for; `*` stands for any text, and all that is written must fit."""

    sender: Annotated[Name, Field(alias="from")] = "*"
    list_id: Name = "*"
    subject: Name = "*"


class Fixture(Section):
    """A message of this sender, and the reading that it must give; both beside the template."""

    message: Path
    expect: Path


class TemplateFile(Section):
    match: MatchSection = MatchSection()
    layout: Layout | None = None
    """How shifts are told; what is told in another way is asked about."""
    date_order: DateOrder | None = None
    zone: Zone | None = None
    site: Name | None = None
    emr: Name | None = None
    hours: Hours | None = None
    currency: Currency = "USD"
    """Of `pay`, and of a bare $ in the message."""
    aliases: dict[Name, Name] = Field(default_factory=dict)
    codes: dict[Name, Hours] = Field(default_factory=dict)
    columns: dict[Name, FieldKind] = Field(default_factory=dict)
    words: tuple[Name, ...] = ()
    ignore: tuple[Name, ...] = ()
    closed: tuple[Name, ...] = ()
    reject: tuple[Name, ...] = ()
    pay: PayText | None = None
    respond_within: Annotated[int, Field(strict=True, ge=1, le=720)] | None = None
    """Hours from when a message was sent."""
    plausible: Plausible = Plausible()
    fixtures: tuple[Fixture, ...] = ()

    def plain(self) -> Template:
        """As the reader takes it."""
        return Template(
            match=Match(self.match.sender, self.match.list_id, self.match.subject),
            layout=self.layout,
            date_order=self.date_order,
            zone=self.zone,
            site=self.site,
            emr=self.emr,
            hours=self.hours or "",
            currency=self.currency,
            reject=self.reject,
            aliases=self.aliases,
            codes=self.codes,
            columns=self.columns,
            words=self.words,
            ignore=self.ignore,
            closed=self.closed,
            pay=_money(self.pay, self.currency) if self.pay else None,
            respond_within=self.respond_within,
            hourly=self.plausible.hourly,
            lasting=self.plausible.lasting,
        )


def _money(text: str, currency: str) -> Money:
    amount, unit = re.split(r" ?/ ?", text)
    units: Mapping[str, Unit] = {"hour": "hour", "shift": "shift", "day": "day", "visit": "visit"}
    return Money(Decimal(amount), units[unit], currency)


def read_templates(directory: Path, names: Iterable[str]) -> tuple[dict[str, TemplateFile], list[Problem]]:
    """The templates of these names in the folder beside service.toml; each problem names its file and line."""
    found: dict[str, TemplateFile] = {}
    problems: list[Problem] = []
    for name in sorted(set(names)):
        template, wrong = read_toml(directory / "templates" / f"{name}.toml", TemplateFile, _contradictions)
        problems += wrong
        if template:
            found[name] = template
    return found, problems


def _contradictions(template: TemplateFile) -> Iterator[tuple[Path_, str]]:
    for name, kind in template.columns.items():
        if kind not in CANONICAL:
            yield (
                ("columns", name),
                f"{kind} is no kind that a heading can have; write one of: {' | '.join(CANONICAL)}",
            )
    for key in ("hourly", "lasting"):
        bounds = getattr(template.plausible, key)
        if bounds and bounds[0] > bounds[1]:
            yield ("plausible", key), "the first number is above the second; write the lower one first"


def fixture_problems(
    directory: Path, templates: Mapping[str, TemplateFile], lexicon: Lexicon
) -> Iterator[str]:
    """What the fixtures of the templates say now, where that is not what they should."""
    for name, template in templates.items():
        for fixture in template.fixtures:
            where = f"templates/{name}.toml: {fixture.message}"
            try:
                raw = (directory / "templates" / fixture.message).read_bytes()
                wanted = json.loads((directory / "templates" / fixture.expect).read_text("utf-8"))
            except (OSError, ValueError) as error:
                yield f"{where}: cannot be read ({type(error).__name__}); mend the paths, or take the fixture out"
                continue
            if to_json(read_message(raw, lexicon)) != wanted:
                yield f"{where}: is read another way than {fixture.expect} says; compare: shiftward read … --json"


def draft(raw: bytes, lexicon: Lexicon) -> str:
    """A template to begin with, from one message: what the reader did not understand, as keys to fill in."""
    mail = parse(raw)
    reading = read_message(raw, lexicon)
    page = Page(mail, lexicon, None)
    lines = [
        f'# For {mail.sender or "an unknown sender"}: name it in service.toml as template = "NAME".',
        f"# The message gave {len(reading.shifts)} shifts and {len(_questions(reading))} questions.",
        "",
    ]
    lines += [f"# asked: {why}" for why in dict.fromkeys(_questions(reading))]
    lines += ["", *_this_kind(raw, mail, reading, lexicon)]
    lines += [*_listed("words", _unknown_words(page, mail), "words that change nothing beside a shift")]
    lines += ["", *_table("codes", _unknown_codes(page, mail), '"07:00-19:00"', "codes that stand for hours")]
    lines += _table(
        "aliases", _unknown_sites(reading), '"a-site-of-policy-toml"', "their names of your sites"
    )
    lines += _table("columns", _unknown_columns(mail), '"ignore"', f"headings: {' | '.join(CANONICAL)}")
    lines += [
        "# [[fixtures]]                 # read again by `shiftward check`",
        '# message = "one.eml"',
        '# expect = "one.json"',
    ]
    return "\n".join(lines) + "\n"


def _this_kind(raw: bytes, mail: Mail, reading: OfferReading, lexicon: Lexicon) -> list[str]:
    """Which messages it is for, and how they are laid out; not in force until somebody has read it."""
    told = [("list_id", mail.list_id), ("subject", mail.subject)]
    match = ", ".join(f"{key} = {_quoted(text)}" for key, text in told if text)
    found = _layout(raw, mail, lexicon) if reading.shifts else None
    layout = found or " | ".join(get_args(Layout))
    return [
        f"# match = {{ {match} }}  # where they write in several ways; * stands for any text",
        f'# layout = "{layout}"  # what is told in another way is asked about',
    ]


def _layout(raw: bytes, mail: Mail, lexicon: Lexicon) -> Layout | None:
    """The one layout in which all shifts of a message are told."""
    for layout in get_args(Layout):
        sender = Sender(mail.sender, templates=(Template(layout=layout),))
        shifts = read_message(raw, replace(lexicon, senders=(sender,))).shifts
        if shifts and not any("layout" in one.needs_review for one in shifts):
            return cast("Layout", layout)
    return None


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's, but for the one of DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _questions(reading: OfferReading) -> list[str]:
    return [one.why for one in reading.unresolved] + [
        f"{' '.join(shift.needs_review)} of a shift on {shift.start:%a %b} {shift.start.day}"
        for shift in reading.shifts
        if shift.needs_review
    ]


def _slots(page: Page, mail: Mail) -> list[str]:
    return [line.text for line in mail.lines if page.has_slot(line.text[:2000])]


def _unknown_words(page: Page, mail: Mail) -> list[str]:
    found: dict[str, None] = {}
    for text in _slots(page, mail):
        known = [token for token in page.lex(text) if token.kind not in ("word", "mark")]
        for token in reversed(known):
            text = f"{text[: token.start]} {text[token.end :]}"  # noqa: PLW2901
        found |= dict.fromkeys(
            word.lower() for word in strange(words_of(text), frozenset()) if not word.isupper()
        )
    return list(found)


def _unknown_codes(page: Page, mail: Mail) -> list[str]:
    texts = (
        line.text
        for line in mail.lines
        if {"date", "month"} & {token.kind for token in page.lex(line.text[:2000])}
    )
    codes = (token.text for text in texts for token in page.lex(text) if token.kind == "word")
    return list(dict.fromkeys(code for code in codes if re.fullmatch(r"[A-Z][A-Z0-9]{0,3}", code)))


def _unknown_sites(reading: OfferReading) -> list[str]:
    return list(
        dict.fromkeys(shift.site_text for shift in reading.shifts if shift.site is None and shift.site_text)
    )


def _unknown_columns(mail: Mail) -> list[str]:
    from connectors.offers.fields import kind_of

    heads = next((row.cells for row in mail.rows if len(row.cells) > 2), ())
    return [head for head in heads if head and not any(c.isdigit() for c in head) and kind_of(head) is None]


def _listed(key: str, values: list[str], why: str) -> list[str]:
    # Not in force until somebody has read them: `not` and `might` are among such words.
    return [f"# {key} = {json.dumps(values, ensure_ascii=False)}  # {why}"]


def _table(key: str, names: list[str], value: str, why: str) -> list[str]:
    mark = "" if names else "# "
    rows = [f"# {json.dumps(name, ensure_ascii=False)} = {value}" for name in names or ["…"]]
    return [f"{mark}[{key}]  # {why}", *rows, ""]
