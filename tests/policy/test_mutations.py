"""Hundreds of ways to spoil a good policy: each is told at its line with a remedy, and none is an error of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from policy.files import shipped
from policy.read import read_policy

EVERYTHING = (Path(__file__).parent / "everything.toml").read_text("utf-8")
EXAMPLE = shipped("config/policy.toml").read_text("utf-8")
KEY = re.compile(r"^([\w-]+) = (.*?)(\s+#.*)?$")
REMEDY = re.compile(
    r"\b(write|did you mean|known here|mend|give|save|check the path|raise|lower|take|choose|use)\b"
)


def told(tmp_path: Path, text: str | bytes) -> list[tuple[int, str]]:
    """(line, text) of every problem; there is one at least, and each can be acted upon."""
    path = tmp_path / "policy.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found, problems = read_policy(path)
    assert found is None
    assert problems
    for one in problems:
        assert one.file == "policy.toml"
        assert one.line >= 1
        assert REMEDY.search(one.text), one.text
        assert "Input should" not in one.text
        assert "Traceback" not in one.text
    return [(one.line, one.text) for one in problems]


def lines(text: str) -> Iterator[tuple[int, str, str]]:
    """(number, key, value) of each line that sets a key."""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := KEY.match(line):
            yield number, found[1], found[2]


def with_line(text: str, number: int, line: str) -> str:
    every = text.splitlines()
    every[number - 1] = line
    return "\n".join(every) + "\n"


KEYS = tuple(lines(EVERYTHING))
OTHER_TYPES = ("[[true]]", "{ nonsense = [1] }", "1979-05-27T07:32:00Z")


def test_there_is_much_to_spoil() -> None:
    """Each of these lines is spoilt in several ways."""
    assert len(KEYS) > 180
    assert len({key for _, key, _ in KEYS}) > 130


@pytest.mark.parametrize(
    "number", [number for number, *_ in KEYS], ids=lambda n: EVERYTHING.splitlines()[n - 1][:40]
)
def test_a_value_of_another_type_is_told(tmp_path: Path, number: int) -> None:
    """A list of lists, a table of nonsense, an instant: no key takes all of them, and each is told at its own line."""
    key = next(key for at, key, _ in KEYS if at == number)
    found = [told(tmp_path, with_line(EVERYTHING, number, f"{key} = {other}")) for other in OTHER_TYPES]
    assert all(number in [line for line, _ in problems] for problems in found)


@pytest.mark.parametrize(
    "number", [number for number, *_ in KEYS], ids=lambda n: EVERYTHING.splitlines()[n - 1][:40]
)
def test_a_misspelt_key_is_told(tmp_path: Path, number: int) -> None:
    """With the one that was meant, or all that may stand there."""
    key, value = next((key, value) for at, key, value in KEYS if at == number)
    problems = dict(told(tmp_path, with_line(EVERYTHING, number, f"{key}x = {value}")))
    assert re.search(r"did you mean|known here", problems[number])


def _numbers() -> Iterator[tuple[int, str]]:
    for number, key, value in KEYS:
        if re.fullmatch(r"[\d_.]+", value):
            yield from ((number, f"{key} = {other}") for other in ("-1", "999_999_999_999", "nan", "true"))


@pytest.mark.parametrize(("number", "line"), tuple(_numbers()), ids=str)
def test_a_number_out_of_range_is_told(tmp_path: Path, number: int, line: str) -> None:
    """Below nothing, beyond all measure, no number at all."""
    assert number in dict(told(tmp_path, with_line(EVERYTHING, number, line)))


def _dates() -> Iterator[tuple[int, str]]:
    for number, key, value in KEYS:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            yield from (
                (number, f"{key} = {other}") for other in ('"soon"', "20270331", "07:00:00", '"2027-02-30"')
            )


@pytest.mark.parametrize(("number", "line"), tuple(_dates()), ids=str)
def test_a_date_that_is_none_is_told(tmp_path: Path, number: int, line: str) -> None:
    """A word, a number, a time, a day that February does not have."""
    assert number in dict(told(tmp_path, with_line(EVERYTHING, number, line)))


@pytest.mark.parametrize(
    "number",
    [n for n, _, value in KEYS if value.startswith('"')],
    ids=lambda n: EVERYTHING.splitlines()[n - 1][:40],
)
@pytest.mark.parametrize("word", ['""', f'"{"x" * 201}"'], ids=["empty", "long"])
def test_text_that_is_empty_or_endless_is_told(tmp_path: Path, number: int, word: str) -> None:
    """Names, zones, states, words of a fixed set."""
    key = next(key for at, key, _ in KEYS if at == number)
    assert number in dict(told(tmp_path, with_line(EVERYTHING, number, f"{key} = {word}")))


HEADERS = tuple(
    (number, line) for number, line in enumerate(EVERYTHING.splitlines(), start=1) if line.startswith("[")
)


@pytest.mark.parametrize(("number", "line"), HEADERS, ids=str)
def test_a_misspelt_section_is_told(tmp_path: Path, number: int, line: str) -> None:
    """Of one table or of many."""
    first = next(at for at, other in HEADERS if other == line)
    spoilt = re.sub(r"^(\[\[?)(\w+)", r"\1\2x", line)
    problems = dict(told(tmp_path, with_line(EVERYTHING, number, spoilt)))
    assert number in problems
    assert first <= number


SPOILT: Mapping[str, tuple[str | bytes, int, str]] = {
    "nothing": ("", 1, "missing"),
    "a site twice": (f'{EXAMPLE}\n[sites.lakeside-ed]\nstream = "locums"\n', 0, "not TOML"),
    "a key twice": (EXAMPLE.replace("days = 1\n", "days = 1\ndays = 2\n"), 0, "not TOML"),
    "a section twice": (f"{EXAMPLE}\n[caps]\nnights_per_month = 2\n", 0, "not TOML"),
    "a name of two sites": (EXAMPLE.replace('"Harbor"]', '"LKSD"]'), 0, "also names the site lakeside-ed"),
    "a name that is another's key": (
        EXAMPLE.replace('"Harbor"]', '"Lakeside-ED"]'),
        0,
        "also names the site lakeside-ed",
    ),
    "a site with capitals": (EXAMPLE.replace("[sites.harbor-tele]", "[sites.Harbor]"), 0, "lower-case"),
    "a stream that is none": (f"{EXAMPLE}\n[streams.telemed]\n", 0, '"telemedicine"'),
    "a zone that is none": (EXAMPLE.replace("America/New_York", "America/Boston"), 0, "IANA"),
    "a zone's abbreviation": (EXAMPLE.replace('"America/New_York"', '"PT"'), 0, "IANA"),
    "a state that is none": (EXAMPLE.replace('["TX", "FL"]', '["TX", "XX"]'), 0, '"TX"'),
    "a state in words": (EXAMPLE.replace('state = "TX"', 'state = "Texas"'), 0, '"TX"'),
    "two rates": (EXAMPLE.replace("{ per_hour = 140 }", "{ per_hour = 140, per_day = 900 }"), 0, "exactly one"),
    "no rate": (EXAMPLE.replace("{ per_hour = 140 }", "{ }"), 0, "exactly one"),
    "visits without their rate": (
        EXAMPLE.replace("{ per_hour = 140 }", "{ per_visit = 30 }"),
        0,
        "go together",
    ),
    "a ceiling below the floor": (EXAMPLE.replace("= 45_000", "= 4_500"), 0, "below the floor"),
    "locums in the floor": (
        EXAMPLE.replace("[streams.locums]\n", "[streams.locums]\ncounts_to_floor = true\n"),
        0,
        "never counts",
    ),
    "a night that ends before it begins": (EXAMPLE.replace("opens = 00:00:00", "opens = 06:00:00"), 0, "later on the clock"),
    "a pause that ends before it begins": (f"{EXAMPLE}\n[[pauses]]\nfrom = 2027-05-01\nuntil = 2027-04-01\n", 0, "before from"),
    "a pause of a site that is none": (f'{EXAMPLE}\n[[pauses]]\nfrom = 2027-05-01\nsites = ["lakeside"]\n', 0, "lakeside-ed"),
    "a site excluded that is none": (f'{EXAMPLE}\n[exclude]\nsites = ["lakeside"]\n', 0, "lakeside-ed"),
    "a credential of a site that is none": (EXAMPLE + 'site = "lakeside"\n', 0, "lakeside-ed"),
    "a price for a long window": (
        EXAMPLE.replace("[caps]\n", "[caps]\naverage_week_hours = { cap = 60, weeks = 4, over = 5 }\n"),
        0,
        "over = 0",
    ),
    "more days off than days": (
        EXAMPLE.replace("[caps]\n", "[caps]\noff_days_in = { cap = 28, within_days = 28 }\n"),
        0,
        "below within_days",
    ),
    "a run that bounds nothing": (f'{EXAMPLE}\n[[runs]]\nname = "nights"\n', 0, "write at_most"),
    "a list where one is": ("[[clinician]]\nname = 'R'\n", 1, "write a table"),
    "one where a list is": (f'{EXAMPLE}\n[runs]\nname = "nights"\n', 0, "write a list"),
    "a section that is a number": (f"caps = 3\n{EXAMPLE.replace('[caps]', '[capx]')}", 1, "write a table"),
    "sites that are a list": ('[clinician]\nname = "R"\nhome_zone = "UTC"\n[[sites]]\nstream = "locums"\n', 4, "write a table"),
    "not TOML": (f"{EXAMPLE}\nnights = = 3\n", 0, "mend this line"),
    "a bracket too few": (EXAMPLE.replace("[travel]", "[travel"), 0, "mend this line"),
    "a quote too few": (EXAMPLE.replace('"R. Example"', '"R. Example'), 0, "mend this line"),
    "a number with a nought before": (EXAMPLE.replace("days = 1\n", "days = 01\n"), 0, "mend this line"),
    "dollars with a sign": (EXAMPLE.replace("per_hour = 140", "per_hour = $140"), 0, "mend this line"),
    "a fraction of a shift": (EXAMPLE.replace("min_shifts_per_month = 6 ", "min_shifts_per_month = 6.5 "), 0, "write a number"),
    "a list that never ends": ("a = " + "[" * 20_000, 1, "not TOML"),
    "a number too long": (f"a = {'9' * 5_000}", 1, ""),
    "ten megabytes": (b"# x\n" * 2_500_000, 1, "larger than"),
    "not UTF-8": (EXAMPLE.encode() + b"# caf\xe9\n", 1, "UTF-8"),
    "UTF-16": (EXAMPLE.encode("utf-16"), 1, "UTF-8"),
    "a nought byte": (EXAMPLE + "\x00", 0, "not TOML"),
    "a thousand sites without a stream": ("".join(f"[sites.s{n}]\n" for n in range(1_000)), 1, "missing"),
}  # fmt: skip


@pytest.mark.parametrize("case", SPOILT, ids=str)
def test_a_spoilt_file_is_told(tmp_path: Path, case: str) -> None:
    """By hand: what no list of keys would come upon."""
    text, line, words = SPOILT[case]
    problems = told(tmp_path, text)
    assert any(words in text for _, text in problems), problems
    if line:
        assert line in dict(problems)
    elif not isinstance(text, bytes):
        # The line that is named is one that was changed, or the first of two that disagree.
        every, before = text.splitlines(), EXAMPLE.splitlines()
        at = dict(problems)
        assert min(at) <= len(every) + 1
        assert any(n > len(before) or every[n - 1 : n] != before[n - 1 : n] or "also names" in why or "below the floor" in why
                   or "later on the clock" in why for n, why in at.items())  # fmt: skip


def test_a_missing_file_and_a_directory(tmp_path: Path) -> None:
    """Told with the path that was tried."""
    for path in (tmp_path / "nowhere.toml", tmp_path):
        found, problems = read_policy(path)
        assert found is None
        assert [(one.line, "check the path" in one.text) for one in problems] == [(1, True)]
