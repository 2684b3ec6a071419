"""Readings as JSON, for the command line and for the store, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.offers.reading import (
    Choice,
    Ignored,
    Money,
    OfferReading,
    ReadShift,
    Source,
    Unresolved,
    Version,
)

Json = dict[str, Any]


class Recall:
    """Readings as the store had them when it was last asked: a year of messages is not parsed at each pass."""

    def __init__(self) -> None:
        self._known: dict[str, OfferReading] = {}
        """By their JSON: the same words say the same."""

    def of(self, texts: Iterable[str]) -> Iterator[OfferReading]:
        """Each reading in turn; those that are not among the texts any more are forgotten."""
        known, self._known = self._known, {}
        for text in texts:
            found = known.get(text)
            self._known[text] = found if found is not None else from_json(json.loads(text))
            yield self._known[text]


def to_json(reading: OfferReading) -> Json:
    return {
        "kind": reading.kind,
        "trust": reading.trust,
        "shifts": [_shift(shift) for shift in reading.shifts],
        "unresolved": [{**_source(one.source), "why": one.why} for one in reading.unresolved],
        "ignored": [{**_source(one.source), "rule": one.rule} for one in reading.ignored],
        **({"invitation": reading.invitation} if reading.invitation else {}),
        **({"forwarded": True} if reading.forwarded else {}),
    }


def to_store(reading: OfferReading) -> Json:
    """The same without the words of the message, but for the lines that a person still has to look at."""
    kept = to_json(reading)
    kept["ignored"] = []
    kept["taken_back"] = [asdict(one) for one in reading.taken_back]
    for shift, read in zip(kept["shifts"], reading.shifts, strict=True):
        shift["version"] = asdict(read.version) if read.version else None
        if not (shift["needs_review"] or reading.forwarded):
            shift["from"]["text"] = ""
    return kept


def from_json(raw: Mapping[str, Any]) -> OfferReading:
    return OfferReading(
        kind=raw["kind"],
        trust=raw["trust"],
        shifts=tuple(_read_shift(one) for one in raw["shifts"]),
        unresolved=tuple(Unresolved(_read_source(one), one["why"]) for one in raw["unresolved"]),
        ignored=tuple(Ignored(_read_source(one), one["rule"]) for one in raw["ignored"]),
        invitation=raw.get("invitation"),
        taken_back=tuple(Version(**one) for one in raw.get("taken_back", ())),
        forwarded=raw.get("forwarded", False),
    )


def _shift(shift: ReadShift) -> Json:
    pay = shift.pay
    return {
        "status": shift.status,
        "site": shift.site,
        "site_text": shift.site_text,
        "start": shift.start.isoformat(),
        "end": shift.end.isoformat(),
        "pay": {"amount": f"{pay.amount:.2f}", "unit": pay.unit, "currency": pay.currency} if pay else None,
        "emr": shift.emr,
        "block": shift.block,
        "choose": {"group": shift.choose.group, "at_most": shift.choose.at_most} if shift.choose else None,
        "respond_by": shift.respond_by.isoformat() if shift.respond_by else None,
        "from": _source(shift.source),
        "needs_review": list(shift.needs_review),
    }


def _source(source: Source) -> Json:
    """Line 0 is not a line of the text: the subject, or a calendar part."""
    return {"line": source.line or None, "text": source.text, **({"id": source.id} if source.id else {})}


def _read_source(raw: Mapping[str, Any]) -> Source:
    return Source(raw["line"] or 0, raw["text"], raw.get("id", ""))


def _read_shift(raw: Mapping[str, Any]) -> ReadShift:
    pay, choose, respond_by = raw["pay"], raw["choose"], raw["respond_by"]
    return ReadShift(
        status=raw["status"],
        site=raw["site"],
        site_text=raw["site_text"],
        start=datetime.fromisoformat(raw["start"]),
        end=datetime.fromisoformat(raw["end"]),
        pay=Money(Decimal(pay["amount"]), pay["unit"], pay["currency"]) if pay else None,
        source=_read_source(raw["from"]),
        emr=raw["emr"],
        block=raw["block"],
        choose=Choice(choose["group"], choose["at_most"]) if choose else None,
        respond_by=datetime.fromisoformat(respond_by) if respond_by else None,
        needs_review=tuple(raw["needs_review"]),
        version=Version(**raw["version"]) if raw.get("version") else None,
    )
