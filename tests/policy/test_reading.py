"""A policy in plain words: nothing that is written is silent, and the words of shipped files are known by heart.

`python -m tests.policy.test_reading` writes the readings anew; read the difference before committing it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

from policy.files import shipped
from policy.locate import Path_
from policy.problems import _models
from policy.read import read_files
from policy.reading import reading, text
from policy.schema import Policy
from policy.sentences import told, told_life, told_rules, told_work

HERE = Path(__file__).parent
EVERYTHING = HERE / "everything.toml"
READINGS = HERE / "readings"
RAW: dict[str, Any] = tomllib.loads(EVERYTHING.read_text("utf-8"), parse_float=Decimal)
PRESETS = tuple(sorted(path.stem for path in shipped("config/presets").glob("*.toml")))


def words(raw: dict[str, Any]) -> str:
    return text(reading(Policy.model_validate(raw)))


def shown(name: str, where: Path) -> str:
    """The reading of the example policy, of the file with every key, or of a preset with nothing added."""
    path = {"example": shipped("config/policy.toml"), "everything": EVERYTHING}.get(name)
    if path is None:
        path = where / "policy.toml"
        me = '[clinician]\nname = "R. Example"\nhome_zone = "America/Chicago"\n'
        path.write_text(f'extends = ["{name}"]\n{me}', "utf-8")
    found = read_files(path)
    assert found.policy, found.problems
    return text(reading(found.policy, found.presets))


@pytest.mark.parametrize("name", ["example", "everything", *PRESETS])
def test_the_reading_of_a_shipped_file_is_known(tmp_path: Path, name: str) -> None:
    """Word for word: what a partner reads changes only where somebody meant it."""
    assert shown(name, tmp_path) == (READINGS / f"{name}.txt").read_text("utf-8")


# -- no key is silent ------------------------------------------------------------------------------------------------


def leaves(value: Any, here: Path_ = ()) -> Iterator[Path_]:
    """Every value that is no table and no list of tables."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, (*here, key))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for at, below in enumerate(value):
            yield from leaves(below, (*here, at))
    else:
        yield here


def keys(annotation: Any, here: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every key of the model, without the names that people give to streams, sites and items of lists."""
    for model in _inside(annotation):
        for name, field in model.model_fields.items():
            below = (*here, field.alias or name)
            found = list(keys(field.annotation, below))
            yield from found or [below]


def _inside(annotation: Any) -> list[type[BaseModel]]:
    found = _models(annotation)
    return found or [one for part in get_args(annotation) for one in _inside(part)]


def unnamed(where: Path_) -> tuple[str, ...]:
    """`sites.x.pay.per_hour` -> `sites.pay.per_hour`."""
    plain = [str(step) for step in where if isinstance(step, str)]
    return tuple([plain[0], *plain[2:]] if plain[0] in ("sites", "streams") else plain)


BOUND_OR_TABLE = ("over", "cap")


def test_every_key_of_the_model_is_in_the_file_of_all_keys() -> None:
    """A new key is written there too, and then it must be told."""
    written = {unnamed(where)[: len(unnamed(where))] for where in leaves(RAW)}
    written |= {where[:depth] for where in written for depth in range(1, len(where))}
    missing = {key if key[-1] not in BOUND_OR_TABLE else key[:-1] for key in keys(Policy)} - written
    assert missing == set()


WORDS = ("attending", "locums", "per_diem", "fly", "propose", "low", "night", "1099", "W-2", "claims_made", "occurrence",
         "excess", "primary", "privacy", "month", "year", "training", "recruiter", "home", "Fri", "TX", "FL", "EUR", "dtc", "ward",
         "America/Phoenix", "dea", "other words")  # fmt: skip


def others(value: Any) -> Iterator[Any]:
    """Values to put in place of this one; some of them will fit."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | Decimal):
        yield from sorted({value + 1, value - 1, value // 2} - {value})
    elif isinstance(value, date):
        yield from (value + timedelta(days=1), value - timedelta(days=1))
    elif isinstance(value, time):
        yield value.replace(minute=value.minute - 15)
    elif isinstance(value, list):
        yield from ([other] for one in value for other in others(one))
    else:
        yield from (word for word in WORDS if word != value)


def changed(where: Path_) -> Iterator[dict[str, Any]]:
    """The file with another value there, each time it is a policy."""
    *path, last = where
    for other in (one for one in others(_at(RAW, where)) if one != _at(RAW, where)):
        raw = deepcopy(RAW)
        _at(raw, tuple(path))[last] = other
        try:
            Policy.model_validate(raw)
        except ValidationError:
            continue
        yield raw


def _at(raw: Any, where: Path_) -> Any:
    for step in where:
        raw = raw[step]
    return raw


@pytest.mark.parametrize("where", tuple(leaves(RAW)), ids=lambda where: ".".join(map(str, where)))
def test_no_key_is_silent(where: Path_) -> None:
    """Another value reads otherwise."""
    before = words(RAW)
    after = [words(raw) for raw in changed(where)]
    # What can only be 0 (`over` of a long window) is there or not, which the next test looks at.
    assert after or _at(RAW, where) == 0
    assert all(one != before for one in after)


@pytest.mark.parametrize("where", tuple(leaves(RAW)), ids=lambda where: ".".join(map(str, where)))
def test_a_key_taken_out_is_no_longer_told(where: Path_) -> None:
    """Where the file can be read without it."""
    raw = deepcopy(RAW)
    *path, last = where
    del _at(raw, tuple(path))[last]
    try:
        without = Policy.model_validate(raw)
    except ValidationError:
        return
    # What is written as the default would be is no news.
    assert without == Policy.model_validate(RAW) or words(raw) != words(RAW)


def test_every_key_has_a_sentence_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """None is told by its name for want of words."""
    monkeypatch.setattr(told, "unsaid", lambda key, _: f"UNSAID {key}")
    assert "UNSAID" not in words(RAW)


def test_every_literal_can_be_told() -> None:
    """No word that a key may hold lacks its sentence."""
    tables = {
        ("clinician", "role"): told_life.YOU,
        ("travel", "tolerance"): told_rules.TRAVEL,
        ("streams", "telemedicine", "decide"): told_work.STREAM,
    }
    for where, table in tables.items():
        for raw in changed(where):
            words(raw)
        assert where[-1] in table


def test_a_change_from_a_date_tells_only_what_changes(tmp_path: Path) -> None:
    """With its dates and why; and what no longer holds."""
    path = tmp_path / "policy.toml"
    path.write_text(
        '[clinician]\nname = "R. Example"\nhome_zone = "America/Chicago"\n[goals]\n[caps]\nnights_per_month = 6\n'
        '[[from]]\ndate = 2027-03-01\nuntil = 2027-05-31\nwhy = "a child"\n[from.caps]\nnights_per_month = 0\n'
        'weekends_per_month = { cap = 0, over = 500 }\n[from.streams.locums]\ndecide = "never"\n',
        "utf-8",
    )
    policy = read_files(path).policy
    assert policy
    first, second = reading(policy)[-2:]
    assert first.title == "From 1 March 2027 to 31 May 2027 (a child)"
    assert first.lines == (
        "You never work nights.",
        "Each weekend counts as $500 lost.",
        "No longer: You never work more than 6 nights a month.",
        "Stream locums: Nothing of it is ever taken.",
    )
    assert second.title == "From 1 June 2027"
    assert "You never work more than 6 nights a month." in second.lines
    assert "Stream locums: No longer: Nothing of it is ever taken." in second.lines


def main() -> None:
    READINGS.mkdir(exist_ok=True)
    for name in ("example", "everything", *PRESETS):
        with TemporaryDirectory() as there:
            (READINGS / f"{name}.txt").write_text(shown(name, Path(there)), "utf-8")


if __name__ == "__main__":
    main()
