"""A policy with one unit more of one of its caps: the question behind what a cap costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel

from policy.schema import Era, Policy

Model = TypeVar("Model", bound=BaseModel)
MINIMUMS = frozenset({"caps.off_days_per_month", "caps.off_days_in", "rest.between_shifts_hours"})
"""Keys that are read as at least: a unit of freedom is one less of them."""


def raised(policy: Policy, rule: str) -> Policy:
    """One unit (a night, an hour, as the key counts) more wherever `rule` has a cap, in every stretch of time."""
    step = -1 if rule in MINIMUMS else 1
    eras = tuple(Era(era.span, _more(era.policy, rule.split("."), step), era.why) for era in policy.eras)
    return eras[0].policy if len(eras) == 1 else eras[0].policy.changing(eras)


def _more(section: Model, path: Sequence[str], step: int) -> Model:
    key, *rest = path
    value = getattr(section, key)
    if value is None:
        return section
    if isinstance(value, dict):
        name, *rest = rest
        changed: object = {**value, name: _more(value[name], rest, step)} if name in value else value
    else:
        changed = _more(value, rest, step) if rest else _counted(value, step)
    return section.model_copy(update={key: changed})


def _counted(cap: BaseModel, step: int) -> BaseModel:
    """Whatever has a `cap`: a bound, an average, days off in a window."""
    return cap.model_copy(update={"cap": max(0, getattr(cap, "cap") + step)})  # noqa: B009  # several models have it
