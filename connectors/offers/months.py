"""Which month the bare days of a line are of: that which a heading, a sentence or the subject told last, where it is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from connectors.offers import phrases, states
from connectors.offers.almanac import QuestionError, nearest
from connectors.offers.dates import entries
from connectors.offers.daywords import MONTHS
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.page import Page

_I = re.IGNORECASE
_NAMED = re.compile(
    r"(?<!\w)(?<!\d[/-])(?:(?P<sure>jan(?:uary)?|feb(?:ruary)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
    r"|(?P<march>(?-i:March|MARCH|Mar))"
    r"|(?P<may>(?-i:(?<=[Ii]n )May|(?<=[Oo]f )May|(?<=[Ff]or )May|(?<=[Oo]ur )May|(?<=[Tt]his )May|(?<=[Tt]hese )May|(?<=[Tt]he )May|(?<=[-–—/&,] )May|(?<=[a-z]/)May|(?<=[a-z]-)May|MAY(?= |\W*$)"
    r"|May(?=\W*$|\W*:|,? 20\d\d| [-–—] |/| (?:dates?|days?|nights?|shifts?|openings?|needs|gaps|holes|coverage|schedule|list|slots?|availability|weekends?)\b))))\b(?!['’-]\w)",
    _I,
)
_DAY_BESIDE = re.compile(r"\.?,? ?(?:the )?\d{1,2}(?:st|nd|rd|th)?\b(?!\d|:)", _I)
_DAY_BEFORE = re.compile(r"(?<![\d:])\d{1,2}(?:st|nd|rd|th)?,? (?:of |de )?$", _I)
_PUTS_UP = re.compile(
    r"\b(?:open\w*|unfilled|uncovered|unstaffed|uncommitted|vacan\w+|available|availability|free|left|leftovers?|remain\w*|needs?|needed|needing|short|shortage|gaps?|holes?|below|follow\w*|here|these|those|list\w*"
    r"|shifts?|dates?|days?|nights?|slots?|weekends?|sessions?|blocks?|clinics?|cover\w*|staff\w*|schedul\w+|grid|roster|rota|board|calendar|looking|outstanding|spots?|assignments?|up for grabs|help|sheet|post\w*|unclaimed|requirements?)\b",
    _I,
)
"""What a sentence speaks of that tells the month of a list below it."""
_CLOSED = re.compile(
    r"\b(?:full|nothing|none|no (?:more )?(?:open\w*|needs|shifts|dates|gaps|holes)|fully|complete(?:d|ly)?|done|all set|sorted)\b",
    _I,
)
_COUNTS = re.compile(
    r"\b(?:how many|number of|counts?|counted|totals?|quantity|qty|tally|per (?:site|hospital|place|facility|clinic)|headcount)\b",
    _I,
)
_ANSWER = re.compile(r"\s*(?:re|fwd?|fw|aw)\s*:", _I)
_YEAR = re.compile(r"\b20\d\d\b")
_PAST = re.compile(r"\b(?:last|past|previous) (?=jan|feb|mar|apr|may\b|ju[nl]|aug|sep|oct|nov|dec)", _I)
LAST_OF_ALL = 28
"""A day that each month has."""
MOST_WORDS = 12
"""Of a heading."""
_SENTENCE = re.compile(r"(?<=[\w)][.!?;])\s+")
UNTOLD = 0
"""In place of a month: one of which nobody can say whether the days are of it."""


def months_in(text: str) -> set[int]:
    """The months that a text names without a day."""
    return {
        MONTHS.index(found[0][:3].lower()) + 1
        for found in _NAMED.finditer(text)
        if not _DAY_BESIDE.match(text, found.end()) and not _DAY_BEFORE.search(text[: found.start()])
    }


def without_months(text: str) -> str:
    """The text without its months and their years."""
    return re.sub(r"\b20\d\d\b", " ", _NAMED.sub(" ", text))


class MonthTold:
    """Which months are in force while the lines are gone through; one alone settles what a bare day is."""

    def __init__(self, page: Page, lines: Sequence[Line]) -> None:
        self.page = page
        subject = page.mail.subject
        self.of_subject = months_in(subject)
        self.counts = _COUNTS.search(subject) is not None
        self.told: set[int] = set(self.of_subject)
        self.sure = bool(self.told)
        told = {month for line in lines for month in _told(line.text[:LONGEST_LINE])}
        self.disputed = bool(self.of_subject and told) and not (self.of_subject & told)
        if self.disputed and _ANSWER.match(subject):
            self.disputed, self.told, self.sure = False, set(), False

    @property
    def month(self) -> int | None:
        """The one month in force; None where there is none, or nobody can say which."""
        if len(self.told) != 1 or not self.sure or self.disputed or self.counts or UNTOLD in self.told:
            return None
        return next(iter(self.told))

    def hear(self, text: str) -> None:
        """What a line says of months, sentence by sentence."""
        if not re.search(r"[A-Za-z]{3}|\d/\d", text):
            return
        for sentence, months in _sentences(text):
            self.counts = self.counts or bool(months and _COUNTS.search(sentence))
            if months and _tells(sentence, text):
                gone = _is_closed(sentence) or self._of_another_year(sentence, months)
                self.told, self.sure = {UNTOLD} if gone else months, True
            else:
                self.told |= months
        if self.page.has_slot(text):
            self.told |= self._dated(text)

    def _of_another_year(self, sentence: str, months: set[int]) -> bool:
        """`June 2026`, where the next June is another one; `last June`."""
        years = {int(found[0]) for found in _YEAR.finditer(sentence)}
        near = {nearest(month, LAST_OF_ALL, None, self.page.today).year for month in months}
        return bool(years and years != near) or _PAST.search(sentence) is not None

    def follow(self, text: str) -> None:
        """Days that name their month carry it on."""
        if months := self._dated(text):
            self.told, self.sure = months, True

    def _dated(self, text: str) -> set[int]:
        try:
            found = entries(self.page.lex(text), self.page.calendar())
        except QuestionError:
            return set()
        return {day.month for entry in found for day in entry.days}


def _sentences(text: str) -> Iterator[tuple[str, set[int]]]:
    for sentence in _SENTENCE.split(text):
        yield sentence, months_in(sentence)


def _told(text: str) -> set[int]:
    return {
        month
        for sentence, months in _sentences(text)
        if months and _tells(sentence, text)
        for month in months
    }


def _tells(sentence: str, line: str) -> bool:
    """Whether a sentence with a month is about the days below it: a heading, or one that speaks of what there is."""
    bare = sentence.strip()
    heading = bare.endswith(":") or (
        bare == line.strip() and len(bare.split()) <= MOST_WORDS and not bare.endswith((".", "!", "?"))
    )
    deadline = phrases.DEADLINE.search(sentence)
    return not deadline and (heading or _PUTS_UP.search(sentence) is not None)


def _is_closed(sentence: str) -> bool:
    return _CLOSED.search(sentence) is not None or states.status_of(sentence) == "withdrawn"
