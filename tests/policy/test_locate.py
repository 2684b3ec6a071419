"""Every value's line, in any spelling of TOML that the parser takes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.locate import Path_, Source

TEXT = '''# a comment with [brackets] and a = "b"
top = 1
"quoted key" . under = "x # no comment"   # a comment
text = """
[not.a.table]
a = 1 """""
plain = \'\'\'
[[nor]]
this = 2\'\'\'

[table]   # [x]
a.b . c = 3
list = [
  1,    # ]
  [2, 3],
  { x = 1, y = [
      "]", "}" ] },
]
inline = { p = { q = 1 }, r = 2027-01-01 07:00:00 }

[[many]]
name = "first"
[many.below]
k = 1
[[many.more]]
z = 0
[[many.more]]
z = 1

  [[many]]
  name = 'second'
  [[many.more]]
  z = 2
'''
LINES: dict[Path_, int] = {
    ("top",): 2,
    ("quoted key", "under"): 3,
    ("text",): 4,
    ("plain",): 7,
    ("table",): 11,
    ("table", "a", "b", "c"): 12,
    ("table", "list"): 13,
    ("table", "list", 0): 14,
    ("table", "list", 1, 1): 15,
    ("table", "list", 2, "x"): 16,
    ("table", "list", 2, "y", 1): 17,
    ("table", "inline", "p", "q"): 19,
    ("table", "inline", "r"): 19,
    ("many",): 21,
    ("many", 0, "name"): 22,
    ("many", 0, "below", "k"): 24,
    ("many", 0, "more", 0, "z"): 26,
    ("many", 0, "more", 1, "z"): 28,
    ("many", 1): 30,
    ("many", 1, "name"): 31,
    ("many", 1, "more", 0, "z"): 33,
}


@pytest.mark.parametrize("where", LINES, ids=str)
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["unix", "windows"])
def test_a_value_is_found_by_its_line(where: Path_, ending: str) -> None:
    """Whatever stands around it: comments, text over several lines, lists of tables in tables."""
    assert Source("x", TEXT.replace("\n", ending)).line(where) == LINES[where]


def test_what_is_missing_is_sought_in_its_table() -> None:
    """And at the top where even the table is missing."""
    source = Source("x", TEXT)
    assert source.line(("many", 1, "stream")) == 30
    assert source.line(("table", "inline", "s")) == 19
    assert source.line(("nowhere", "at", "all")) == 1


def paths(value: Any, here: Path_ = ()) -> Iterator[Path_]:
    """The path of everything that was parsed."""
    if here:
        yield here
    for key, below in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from paths(below, (*here, key))


def test_nothing_that_is_parsed_has_no_place() -> None:
    """The parser and the scanner see the same file."""
    places = Source("x", TEXT).places
    assert set(paths(tomllib.loads(TEXT))) == set(places)


KEYS = st.sampled_from(["a", "b-1", '"q.r"', "'s'", "C_2"])
SCALARS = st.sampled_from(
    ["1", '"x]}"', "'#'", "true", "2027-01-01", "07:00:00", "-1.5", '"""\n]"""', '"\\""', "'''\n[a]\n'''"]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda found: "[\n " + ", # ]\n ".join(found) + "\n]")
        | st.dictionaries(KEYS, inner, max_size=3).map(
            lambda found: f"{{ {', '.join(f'{key} = {value}' for key, value in found.items())} }}"
        )
    ),
    max_leaves=6,
)


@st.composite
def files(draw: st.DrawFn) -> str:
    """Tables and lists of tables, some with a comment behind."""
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 5))):
        opens, closes = draw(st.sampled_from([("[", "]"), ("[[", "]]")]))
        name = ".".join(draw(st.lists(KEYS, min_size=1, max_size=3)))
        lines.append(f"{opens}{name}{closes}{draw(st.sampled_from(['', '  # [x]']))}")
        pairs = draw(st.dictionaries(KEYS, VALUES, max_size=3))
        lines += [f"{key} = {value}" for key, value in pairs.items()]
    return "\n".join(lines)


@given(files())
def test_the_scanner_sees_what_the_parser_sees(text: str) -> None:
    """On any file that parses: each value has a place, and each place a value."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(paths(raw)) == set(Source("x", text).places)
