"""How well the offer reader reads the corpora, shift by shift.

A shift is asserted when nothing in it is in question. An asserted shift counts as right only where every field is.
A shift of the gold that is not asserted is put up as a question, misread (something wrong is asserted in its place),
or silently missed: nobody would ever hear of it. Where the gold names an equally good reading, that reading is right.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from connectors.offers.reader import read_message
from connectors.offers.reading import Lexicon
from daemon.config import lexicon, read_service
from daemon.readings import to_json
from policy.read import read_policy

Json = dict[str, Any]
What = Literal["asserted wrong", "silently missed", "question dropped", "asked"]
WRONG: tuple[What, ...] = ("asserted wrong", "silently missed")
"""What must never happen; to ask is only a nuisance."""

ROOT = Path(__file__).parents[1]
FIRST = ROOT / "tests" / "corpus"
WIDER = FIRST / "wider"
NEAR = 3
"""Lines that a sentence may go on for; the reader names the first of them."""


@dataclass(frozen=True)
class Corpus:
    """Messages, each with what it says, and the directory of the policy whose world they speak of."""

    name: str
    directory: Path
    world: Path

    @property
    def messages(self) -> list[Path]:
        return sorted(self.directory.glob("*.eml"))

    def lexicon(self) -> Lexicon:
        policy, problems = read_policy(self.world / "policy.toml")
        service, more = read_service(self.world / "service.toml")
        if policy is None or service is None or problems or more:
            raise SystemExit(f"{self.world}: {problems + more}")
        return lexicon(policy, service)


CORPORA = (
    Corpus("first", FIRST, FIRST),
    Corpus("wider", WIDER, WIDER),
    Corpus("third", FIRST / "third", WIDER),
    Corpus("fourth", FIRST / "fourth", WIDER),
    Corpus("fifth", FIRST / "fifth", WIDER),
    Corpus("sixth", FIRST / "sixth", WIDER),
    Corpus("seventh", FIRST / "seventh", WIDER),
    Corpus("eighth", FIRST / "eighth", FIRST),
    Corpus("ninth", FIRST / "ninth", FIRST),
    Corpus("tenth", FIRST / "tenth", FIRST),
    Corpus("eleventh", FIRST / "eleventh", FIRST),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What went wrong with one shift or question, and why as far as the reading tells."""

    what: What
    file: str
    shift: str
    cause: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}: {self.shift}: {self.cause}"


@dataclass
class Score:
    """Counts by name, and each thing that is wrong or missing."""

    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    distrusted: list[str] = field(default_factory=list)
    """Messages whose trust is judged wrongly."""

    def add(self, other: Score) -> None:
        self.counts += other.counts
        self.findings += other.findings
        self.distrusted += other.distrusted

    def part(self, count: str, of: str) -> float:
        """In percent; 100 of nothing."""
        return 100 * self.counts[count] / self.counts[of] if self.counts[of] else 100.0

    @property
    def precision(self) -> float:
        return self.part("right", "asserted")

    @property
    def recall(self) -> float:
        return self.part("right", "gold")


def scored(corpus: Corpus) -> Score:
    words = corpus.lexicon()
    total = Score()
    for path in corpus.messages:
        gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
        total.add(marked(path.stem, gold, to_json(read_message(path.read_bytes(), words))))
    return total


def marked(file: str, gold: Json, mine: Json) -> Score:
    """One reading, as JSON, beside its gold."""
    return _Marking(file, gold, mine).score()


def together(scores: Iterable[Score]) -> Score:
    total = Score()
    for score in scores:
        total.add(score)
    return total


# --- One message ----------------------------------------------------------------------------------------------


class _Doubt:
    """What the gold says of other readings that are as good."""

    def __init__(self, text: str) -> None:
        fine = re.search(r"as good|no harm|may also|may be", text) is not None
        self.kinds = set(re.findall(r"kind: (\w+)", text)) if fine else set()
        self.trusts = set(re.findall(r"trust: (\w+)", text)) if fine else set()
        self.units = set(re.findall(r"unit (\w+) is as good", text))
        self.no_pay = re.search(r"pay (?:may be )?null", text) is not None
        self.left_out = re.search(r"left out|leaving them out", text) is not None
        self.told_withdrawn = (
            re.search(r"told as withdrawn|withdrawn or left out|left out or withdrawn", text) is not None
        )
        asking = re.search(r"question|asking|review|unresolved|asked", text) is not None
        self.asking = asking and fine and "overcautious" not in text


@dataclass(frozen=True)
class _Pair:
    mine: Json
    gold: Json
    wrong: tuple[str, ...]


class _Marking:
    """One reading beside its gold."""

    def __init__(self, file: str, gold: Json, mine: Json) -> None:
        self.file, self.gold, self.mine = file, gold, mine
        self.doubt = _Doubt(gold.get("doubt") or "")
        self.sure = [one for one in gold["shifts"] if not one["needs_review"]]
        self.unsure = [one for one in gold["shifts"] if one["needs_review"]]
        self.asserted = [one for one in mine["shifts"] if not one["needs_review"]]
        self.reviewed = [one for one in mine["shifts"] if one["needs_review"]]
        self.asked = {one["line"] for one in mine["unresolved"]} | {_line(one) for one in self.reviewed}
        self.out = Score()

    def score(self) -> Score:
        counts = self.out.counts
        counts["messages"] += 1
        counts["kind"] += self.mine["kind"] in {self.gold["kind"], *self.doubt.kinds}
        counts["gold"] += len(self.sure)
        if self.mine["trust"] in {self.gold["trust"], *self.doubt.trusts}:
            counts["trust"] += 1
        else:
            self.out.distrusted.append(self.file)
        pairs, missing, extra = self._matched()
        for pair in pairs:
            self._mark(pair)
        wrong = [one for one in extra if not self._may_be_told(one)]
        for one in wrong:
            counts["asserted"] += 1
            self._find("asserted wrong", one, self._why_made_up(one, missing))
        for one in missing:
            self._missed(one, wrong)
        self._questions()
        return self.out

    def _find(self, what: What, shift: Json, cause: str) -> None:
        self.out.findings.append(Finding(what, self.file, _short(shift), cause))

    def _matched(self) -> tuple[list[_Pair], list[Json], list[Json]]:
        """(pairs of the same start, end and site; gold without a partner; asserted without one)."""
        left, extra = list(self.sure), []
        both: list[tuple[Json, Json]] = []
        for one in self.asserted:
            same = [other for other in left if _key(other) == _key(one)]
            if not same:
                extra.append(one)
                continue
            best = min(same, key=lambda other: len(self._differences(one, other)))
            left.remove(best)
            both.append((one, best))
        split = {
            at
            for name in ("block", "choose")
            for at in range(len(both))
            if _companions([mine for mine, _ in both], at, name)
            != _companions([gold for _, gold in both], at, name)
        }
        pairs = []
        for at, (mine, gold) in enumerate(both):
            wrong = self._differences(mine, gold) + (["grouped with others"] if at in split else [])
            pairs.append(_Pair(mine, gold, tuple(wrong)))
        return pairs, left, extra

    def _differences(self, mine: Json, gold: Json) -> list[str]:
        """What two shifts of the same start, end and site differ in, as text; the deadline last."""
        told: list[tuple[str, object, object]] = [
            ("status", mine["status"], gold["status"]),
            ("pay", _pay(mine), self._pay_allowed(mine, gold)),
            ("block", bool(mine["block"]), bool(gold["block"])),
            (
                "choose",
                mine["choose"] and mine["choose"]["at_most"],
                gold["choose"] and gold["choose"]["at_most"],
            ),
            ("respond_by", _instant(mine["respond_by"]), _instant(gold["respond_by"])),
        ]
        return [f"{name} {one} for {other}" for name, one, other in told if one != other]

    def _pay_allowed(self, mine: Json, gold: Json) -> str | None:
        """The pay of the gold, or the other one that is as good."""
        told, there = _pay(mine), _pay(gold)
        if told is None and self.doubt.no_pay:
            return None
        if told and there and mine["pay"]["unit"] in self.doubt.units:
            return _pay({"pay": {**gold["pay"], "unit": mine["pay"]["unit"]}})
        return there

    def _mark(self, pair: _Pair) -> None:
        counts = self.out.counts
        counts["asserted"] += 1
        counts["right"] += not pair.wrong
        counts["right but for the deadline"] += all(one.startswith("respond_by") for one in pair.wrong)
        if pair.wrong:
            counts["misread"] += 1
            self._find("asserted wrong", pair.mine, "; ".join(pair.wrong))

    def _may_be_told(self, one: Json) -> bool:
        return self.doubt.told_withdrawn and one["status"] == "withdrawn"

    def _why_made_up(self, one: Json, missing: Sequence[Json]) -> str:
        if any(_day(other) == _day(one) for other in self.unsure) or _line(one) in _lines(
            self.gold["unresolved"]
        ):
            return f"a question in the gold, from «{one['from']['text'][:80]}»"
        near = next((other for other in missing if _day(other) == _day(one)), None)
        if near:
            return f"for {_short(near)}, from «{one['from']['text'][:80]}»"
        return f"nothing of the kind is said, from «{one['from']['text'][:80]}»"

    def _missed(self, one: Json, wrong: Sequence[Json]) -> None:
        counts = self.out.counts
        if self._is_asked(one):
            counts["asked"] += 1
            counts["asked, as good"] += self.doubt.asking
            self._find("asked", one, self._why_asked(one))
        elif one["status"] == "withdrawn" and self.doubt.left_out:
            counts["left out, as good"] += 1
        elif any(_day(other) == _day(one) or _line(other) == _line(one) != 0 for other in wrong):
            counts["misread"] += 1
        else:
            counts["silently missed"] += 1
            self._find("silently missed", one, self._why_missed(one))

    def _is_asked(self, one: Json) -> bool:
        """Whether a person is asked about this very shift: on its day, or where it stands in the message."""
        line = _line(one)
        if any(_day(other) == _day(one) for other in self.reviewed) or (line and line in self.asked):
            return True
        claimed = {_line(other) for other in self.gold["shifts"] if _line(other)} | _lines(
            self.gold["unresolved"]
        )
        free = [told for told in self.mine["unresolved"] if (told["line"] or 0) not in claimed]
        if self.doubt.asking:
            return bool(free)
        near = [told for told in free if not line or abs((told["line"] or line) - line) <= NEAR]
        return any(not told["line"] or _speaks_of(told["text"], one) for told in near)

    def _why_asked(self, one: Json) -> str:
        for other in self.reviewed:
            if _day(other) == _day(one):
                return f"in question: {', '.join(other['needs_review'])}"
        whys = {told["why"]: told["line"] for told in self.mine["unresolved"]}
        near = [why for why, line in whys.items() if line and abs(line - _line(one)) <= NEAR]
        return "; ".join(near or whys)

    def _why_missed(self, one: Json) -> str:
        line = _line(one)
        if not line:
            return f"nothing came of it; {len(self.mine['shifts'])} shifts read, kind {self.mine['kind']}"
        rules = [told["rule"] for told in self.mine["ignored"] if told["line"] == line]
        if rules:
            return f"line {line} was set aside as {rules[0]}"
        return f"line {line} " + (
            "gave other shifts" if line in {_line(other) for other in self.mine["shifts"]} else "gave nothing"
        )

    def _questions(self) -> None:
        """Those of the gold that are still asked, and those that only the reader asks."""
        counts = self.out.counts
        there = {_line(one) for one in self.gold["shifts"]} | _lines(self.gold["unresolved"])
        for one in self.unsure:
            kept = any(_day(other) == _day(one) for other in self.reviewed) or self._near_asked(_line(one))
            self._question(_short(one), kept=kept)
        for one in self.gold["unresolved"]:
            self._question(
                f"line {one['line']} «{one.get('text', '')[:60]}»", kept=self._near_asked(one["line"])
            )
        days = {_day(one) for one in self.gold["shifts"]}
        needless = [one for one in self.reviewed if _day(one) not in days and _line(one) not in there]
        lines = [line for line in _lines(self.mine["unresolved"]) if line and not _is_near(line, there)]
        counts["questions about nothing"] += len(needless) + len(lines)

    def _near_asked(self, line: int | None) -> bool:
        return _is_near(line, self.asked) if line else bool(self.asked)

    def _question(self, told: str, *, kept: bool) -> None:
        self.out.counts["questions"] += 1
        self.out.counts["questions kept"] += kept
        if not kept:
            self.out.findings.append(Finding("question dropped", self.file, told, "nobody is asked"))


def _is_near(line: int, others: Iterable[int | None]) -> bool:
    return any(other and abs(other - line) <= NEAR for other in others)


def _line(shift: Mapping[str, Any]) -> int:
    """0 where it stands on no line of the text, or the gold does not tell."""
    return (shift.get("from") or {}).get("line") or 0


def _lines(told: Iterable[Json]) -> set[int]:
    return {one["line"] or 0 for one in told}


def _speaks_of(text: str, shift: Json) -> bool:
    """Whether the day of a shift is among the numbers of a text."""
    return int(shift["start"][8:10]) in {int(number) for number in re.findall(r"\d{1,4}", text)}


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)


def _key(shift: Json) -> tuple[datetime | None, datetime | None, str | None]:
    return _instant(shift["start"]), _instant(shift["end"]), shift["site"]


def _day(shift: Json) -> str:
    return str(shift["start"][:10])


def _pay(shift: Json) -> str | None:
    pay = shift["pay"]
    return f"{pay['amount']} {pay['unit']} {pay['currency']}" if pay else None


def _companions(shifts: Sequence[Json], at: int, name: str) -> set[int]:
    """Which others are in the same group, whatever it is called."""
    group = _group(shifts[at], name)
    return {other for other, one in enumerate(shifts) if group is not None and _group(one, name) == group}


def _group(shift: Json, name: str) -> object:
    value = shift[name]
    return value["group"] if isinstance(value, dict) else value


def _short(shift: Json) -> str:
    pay = _pay(shift)
    return f"{shift['status']} {shift['site']} {shift['start'][:16]}–{shift['end'][11:16]}" + (
        f" {pay}" if pay else ""
    )


def ordinary(corpora: Sequence[Corpus] = CORPORA) -> Iterator[tuple[bytes, Lexicon]]:
    """Every message of the corpora, with the world that it is read in."""
    for corpus in corpora:
        words = corpus.lexicon()
        for path in corpus.messages:
            yield path.read_bytes(), words
