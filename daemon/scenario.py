"""The scenario file of `shiftward plan`: one world as JSON, read into a Problem."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from policy.money import paid
from policy.schema import Policy
from policy.shift import Choose, Offer, Pay, PayUnit, RedTime, Shift, Site, Span
from solver.solve import Problem

UNIT = "\x1f"
"""Between an offer's id and the number of its shift: no id that somebody writes holds it."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True, hide_input_in_errors=True)


def _amount(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError('write an amount, such as "2400.00"')
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError('write an amount, such as "2400.00"') from None
    if not number.is_finite() or number.adjusted() > 8 or abs(number) > 100_000_000:
        raise ValueError("write an amount of at most 100,000,000")
    return number


class _Pay(_Part):
    amount: Annotated[Decimal, BeforeValidator(_amount)]
    unit: PayUnit
    currency: str = "USD"

    def read(self, site: Site) -> Pay:
        visits = site.pay.visits_per_hour if site.pay and self.unit == "visit" else None
        return Pay(
            int((self.amount * 100).to_integral_value(ROUND_HALF_UP)), self.unit, self.currency, visits
        )


def _written(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError('write a time with its zone, such as "2027-01-04T07:00:00-06:00"')
    return value


Instant = Annotated[AwareDatetime, BeforeValidator(_written)]


class _Times(_Part):
    start: Instant
    end: Instant


class _Commitment(_Times):
    id: str
    site: str


class _Red(_Times):
    id: str
    title: str = ""


class _Choose(_Part):
    group: str
    at_most: Annotated[int, Field(ge=0)]


class _Offer(_Part):
    id: str
    site: str
    shifts: tuple[_Times, ...]
    pay: _Pay | None = None
    received: Instant | None = None
    respond_by: Instant | None = None
    choose: _Choose | None = None


class _Scenario(_Part):
    now: Instant
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    commitments: tuple[_Commitment, ...] = ()
    red: tuple[_Red, ...] = ()
    held: tuple[str, ...] = ()
    offers: tuple[_Offer, ...] = ()


class ScenarioError(Exception):
    """The scenario cannot be planned; each line says where, what, and what to write instead."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_scenario(path: Path, policy: Policy) -> tuple[Problem, list[str]]:
    """The world of the file, and notes on keys that mean nothing here. Raises ScenarioError with all problems."""
    try:
        text = path.read_text("utf-8")
        raw = json.loads(text, parse_float=Decimal)
        json.dumps(raw, ensure_ascii=False, default=str).encode()  # half a character would break every answer
        scenario = _Scenario.model_validate(raw)
    except ValidationError as error:
        where = (f"{path.name}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise ScenarioError(sorted(where)) from None
    except OSError as error:
        raise ScenarioError(
            [f"{path.name}: cannot be read: {error.strerror}; check the path {path}"]
        ) from None
    except (ValueError, RecursionError) as error:
        raise ScenarioError([f"{path.name}: not JSON: {error}"]) from None
    problems = sorted(f"{path.name}: {text}" for text in _wrong(scenario, policy))
    if problems:
        raise ScenarioError(problems)
    notes = [f"{path.name}: {key}: unknown key, ignored" for key in _extras(scenario)]
    offered = {offer.id for offer in scenario.offers}
    notes += [
        f"{path.name}: held: {key}: no such offer, ignored" for key in scenario.held if key not in offered
    ]
    return _problem(scenario, policy), sorted(notes)


def _wrong(scenario: _Scenario, policy: Policy) -> Iterator[str]:
    for key, when in (("now", scenario.now.year), ("from", scenario.first.year), ("to", scenario.last.year)):
        if not 1950 <= when <= 2200:
            yield f"{key}: the year {when}; write one from 1950 to 2200"
    if scenario.last < scenario.first:
        yield f"to = {scenario.last}: before from = {scenario.first}; write the later date"
    if (scenario.last - scenario.first).days > 3_660:
        yield f"to = {scenario.last}: more than ten years after from = {scenario.first}; plan a few months"
    seen: set[str] = set()
    parts: tuple[_Commitment | _Offer, ...] = (*scenario.commitments, *scenario.offers)
    for part in parts:
        if part.id in seen:
            yield f"id {part.id}: used twice; give each commitment and offer its own"
        seen.add(part.id)
        if part.site not in policy.sites:
            yield f"{part.id}: site {part.site}: not in the policy; add [sites.{part.site}] or mend the name"
    spans: list[tuple[_Times, str]] = [(one, one.id) for one in scenario.commitments]
    spans += [(one, one.id) for one in scenario.red]
    spans += [(shift, offer.id) for offer in scenario.offers for shift in offer.shifts]
    for times, key in spans:
        if not (times.start.year >= 1950 and times.end.year <= 2200):
            yield f"{key}: a year before 1950 or after 2200"
        elif times.end <= times.start:
            yield f"{key}: ends {times.end.isoformat()}, not after its start {times.start.isoformat()}"


def _problem(scenario: _Scenario, policy: Policy) -> Problem:
    commitments: list[Shift] = []
    for one in scenario.commitments:
        site = policy.site(one.site, one.start)
        commitments += paid((Shift.at(site, one.start, one.end, key=one.id),), site.pay)
    return Problem(
        policy=policy,
        now=scenario.now,
        horizon=Span(scenario.first, scenario.last),
        commitments=tuple(commitments),
        red=tuple(RedTime(one.id, one.start, one.end, one.title) for one in scenario.red),
        offers=tuple(
            _offer(one, policy.site(one.site, min((s.start for s in one.shifts), default=None)))
            for one in scenario.offers
        ),
        held=frozenset(scenario.held),
    )


def _offer(one: _Offer, site: Site) -> Offer:
    pay = one.pay.read(site) if one.pay else None
    alone = len(one.shifts) == 1
    shifts = [
        Shift.at(site, times.start, times.end, key=one.id if alone else f"{one.id}{UNIT}{number}")
        for number, times in enumerate(one.shifts, start=1)
    ]
    return Offer(
        id=one.id,
        site=site,
        shifts=paid(shifts, pay or site.pay),
        pay=pay,
        received=one.received,
        respond_by=one.respond_by,
        choose=Choose(one.choose.group, one.choose.at_most) if one.choose else None,
    )


def _extras(part: BaseModel, where: str = "") -> Iterator[str]:
    for key in part.model_extra or {}:
        yield f"{where}{key}"
    for name in type(part).model_fields:
        value = getattr(part, name)
        for index, one in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(one, BaseModel):
                yield from _extras(
                    one, f"{where}{name}[{index}]." if isinstance(value, tuple) else f"{where}{name}."
                )
