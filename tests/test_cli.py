"""The installed command, from outside: the JSON that is promised, the exit codes, and the files that come with it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.waiting import LONG

ROOT = Path(__file__).resolve().parent.parent
COMMAND = Path(sys.executable).parent / "shiftward"
POLICY = ROOT / "config" / "policy.toml"
SCENARIO = ROOT / "config" / "scenario.json"
MESSAGE = ROOT / "config" / "message.eml"
COMMANDS = (
    "init",
    "check",
    "run",
    "status",
    "plan",
    "why",
    "offers",
    "accept",
    "decline",
    "read",
    "quote",
    "doctor",
    "service",
)
SERVICE = """
[[senders]]
address = "shifts@lakeside.example"
sites = ["lakeside-ed"]
date_order = "mdy"

[mail]
authserv = "mx.clinician.example"
"""

# -- the command ------------------------------------------------------------------------------------------------------


def shiftward(where: Path, *args: str | Path) -> subprocess.CompletedProcess[str]:
    """One call, with a home that is nobody's."""
    home = where / "home"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [str(COMMAND), *map(str, args)],
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(home), "LANG": "C.UTF-8", "COLUMNS": "200"},
        cwd=where,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )


def plan(where: Path, scenario: Path = SCENARIO, policy: Path = POLICY) -> subprocess.CompletedProcess[str]:
    return shiftward(where, "plan", "--policy", policy, "--scenario", scenario, "--json")


@pytest.fixture
def service(tmp_path: Path) -> Path:
    path = tmp_path / "service.toml"
    path.write_text(SERVICE, "utf-8")
    return path


def altered(where: Path, **changes: Any) -> Path:
    """The shipped scenario with some keys replaced."""
    world = json.loads(SCENARIO.read_text("utf-8"))
    path = where / "scenario.json"
    path.write_text(json.dumps({**world, **changes}), "utf-8")
    return path


def offer(number: int, **changes: Any) -> dict[str, Any]:
    world = json.loads(SCENARIO.read_text("utf-8"))
    return {**world["offers"][number], **changes}


# -- a strict reader of the promised JSON -----------------------------------------------------------------------------------


class Shape:
    """What a JSON value has to be. A mapping has exactly the keys it names; `bool` is never an `int`."""

    def __init__(self, *kinds: object) -> None:
        self.kinds = kinds

    def wrong(self, value: Any, where: str) -> list[str]:
        found = [_wrong(value, kind, where) for kind in self.kinds]
        return min(found, key=len) if all(found) else []


def _wrong(value: Any, kind: object, where: str) -> list[str]:
    """Every place at which a value is not what it has to be."""
    if isinstance(kind, Shape):
        return kind.wrong(value, where)
    if isinstance(kind, Mapping):
        if not isinstance(value, dict):
            return [f"{where}: {value!r} is no object"]
        if list(kind) == [re.Pattern]:
            pattern, inner = kind[re.Pattern]
            odd = [f"{where}: the key {key}" for key in value if not re.fullmatch(pattern, key)]
            return odd + [text for key, one in value.items() for text in _wrong(one, inner, f"{where}.{key}")]
        keys = [f"{where}: {key} is missing" for key in kind if key not in value]
        keys += [f"{where}: {key} is not promised" for key in value if key not in kind]
        return keys + [
            text
            for key, one in kind.items()
            if key in value
            for text in _wrong(value[key], one, f"{where}.{key}")
        ]
    if isinstance(kind, list):
        if not isinstance(value, list):
            return [f"{where}: {value!r} is no list"]
        return [
            text for number, one in enumerate(value) for text in _wrong(one, kind[0], f"{where}[{number}]")
        ]
    if isinstance(kind, frozenset):
        return [] if value in kind else [f"{where}: {value!r} is none of {sorted(kind)}"]
    if isinstance(kind, re.Pattern):
        return (
            []
            if isinstance(value, str) and kind.fullmatch(value)
            else [f"{where}: {value!r} is not {kind.pattern}"]
        )
    if kind is None:
        return [] if value is None else [f"{where}: {value!r} is not null"]
    assert isinstance(kind, type)
    return [] if type(value) is kind else [f"{where}: {value!r} is no {kind.__name__}"]


INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
AMOUNT = re.compile(r"\d+\.\d\d")
SPAN = re.compile(r"\d{4}-\d\d(-\d\d(/\d{4}-\d\d-\d\d)?)?")
NUMBER = Shape(int, float, None)
REASON = {
    "rule": re.compile(r"[a-z_]+(\.[a-z0-9_-]+)*"),
    "span": Shape(SPAN, None),
    "have": NUMBER,
    "bound": NUMBER,
    "would_be": NUMBER,
    "shifts": [str],
    "text": str,
}
# `shifts` and `hours` are told beside the five counts that the design page names.
COUNTS = {
    "nights": int,
    "weekends": int,
    "high_intensity": int,
    "off_days": int,
    "trips": int,
    "shifts": int,
    "hours": Shape(int, float),
}
PLAN = {
    "status": frozenset({"optimal", "feasible"}),
    "value": int,
    "bound": int,
    "seconds": Shape(float, int),
    "accepted": [str],
    "declined": [
        {
            "offer": str,
            "because": frozenset({"ineligible", "committed", "limit", "price"}),
            "reasons": [REASON],
            "swap": Shape(None, {"drop": [str], "net": int}),
            "worth_from": Shape(int, None),
        }
    ],
    "breaches": [REASON],
    "money": {"floor": {"need": int, "have": int, "short": int}, "expected": int},
    "counts": {re.Pattern: (r"\d{4}-\d\d", COUNTS)},
}
PAY = {
    "amount": AMOUNT,
    "unit": frozenset({"hour", "shift", "day", "visit", "block"}),
    "currency": re.compile("[A-Z]{3}"),
}
SOURCE = {"line": Shape(int, None), "text": str}
READ = {
    "kind": frozenset({"offers", "lead", "status", "other"}),
    "trust": frozenset({"trusted", "untrusted"}),
    "shifts": [
        {
            "status": frozenset({"offered", "changed", "withdrawn", "confirmed", "reinstated"}),
            "site": Shape(str, None),
            "site_text": Shape(str, None),
            "start": INSTANT,
            "end": INSTANT,
            "pay": Shape(PAY, None),
            "emr": Shape(str, None),
            "block": Shape(str, None),
            "choose": Shape({"group": str, "at_most": int}, None),
            "respond_by": Shape(INSTANT, None),
            "from": SOURCE,
            "needs_review": [str],
        }
    ],
    "unresolved": [{**SOURCE, "why": str}],
    "ignored": [{**SOURCE, "rule": str}],
}


def test_the_strict_reader_is_strict() -> None:
    """A missing key, an unpromised key, a wrong type and a bool for a number are each found, at their place."""
    shape = {"a": int, "b": [{"c": Shape(str, None)}]}
    assert _wrong({"a": 1, "b": [{"c": None}]}, shape, "") == []
    assert _wrong({"a": True, "b": []}, shape, "") == [".a: True is no int"]
    assert _wrong({"b": [{"c": 1}], "x": 2}, shape, "")[:2] == [": a is missing", ": x is not promised"]
    assert _wrong({"a": 1, "b": [{"c": "x"}, {}]}, shape, "") == [".b[1]: c is missing"]


# -- plan -----------------------------------------------------------------------------------------------------------------


def test_plan_gives_the_promised_json(tmp_path: Path) -> None:
    """The shipped policy and scenario: exit 0, one JSON object on standard output with exactly the promised shape."""
    done = plan(tmp_path)
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert _wrong(facts, PLAN, "plan") == []
    offers = {one["id"] for one in json.loads(SCENARIO.read_text("utf-8"))["offers"]}
    told = [*facts["accepted"], *(one["offer"] for one in facts["declined"])]
    assert sorted(told) == sorted(offers), "each offer is accepted or declined, once"
    assert all(one["reasons"] for one in facts["declined"])
    assert facts["value"] <= facts["bound"]
    assert set(facts["counts"]) == {"2027-01"}
    floor = facts["money"]["floor"]
    assert floor["short"] == max(0, floor["need"] - floor["have"])


def test_plan_decides_the_shipped_scenario_as_its_policy_says(tmp_path: Path) -> None:
    """Red time refuses one offer, rest another; the held one stays, and each reason names its rule and its shifts."""
    facts = json.loads(plan(tmp_path).stdout)
    declined = {one["offer"]: one for one in facts["declined"]}
    assert declined["o4"]["because"] == "ineligible"
    assert declined["o4"]["worth_from"] is None
    assert {"o4", "r1"} <= set(declined["o4"]["reasons"][0]["shifts"])
    (loser,) = {"o1", "o2"} - set(facts["accepted"])
    (winner,) = {"o1", "o2"} & set(facts["accepted"])
    assert declined[loser]["because"] == "limit"
    assert "rest.between_shifts_hours" in {one["rule"] for one in declined[loser]["reasons"]}
    assert declined[loser]["swap"]["drop"] == [winner]
    assert "o3" in facts["accepted"]


def test_worth_from_is_the_price_at_which_the_answer_turns(tmp_path: Path) -> None:
    """At `worth_from` the offer is accepted, and a dollar below it is not."""
    declined = {one["offer"]: one for one in json.loads(plan(tmp_path).stdout)["declined"]}
    cents = declined["o1"]["worth_from"]
    offers = json.loads(SCENARIO.read_text("utf-8"))["offers"]
    for change, expected in ((0, True), (-100, False)):
        amount = f"{Decimal(cents + change) / 100:.2f}"
        paid = {**offers[0], "pay": {"amount": amount, "unit": "shift", "currency": "USD"}}
        facts = json.loads(plan(tmp_path, altered(tmp_path, offers=[paid, *offers[1:]])).stdout)
        assert ("o1" in facts["accepted"]) is expected, (amount, facts["accepted"])


def test_plan_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """The same files give the same answer, byte for byte, but for the seconds it took."""
    first, second = (re.sub(r'"seconds": [\d.e-]+', "", plan(tmp_path).stdout) for _ in range(2))
    assert first
    assert first == second


def test_plan_does_not_depend_on_the_order_of_the_file(tmp_path: Path) -> None:
    """Offers and commitments written the other way round give the same decision."""
    world = json.loads(SCENARIO.read_text("utf-8"))
    turned = altered(tmp_path, offers=world["offers"][::-1], commitments=world["commitments"][::-1])
    first, second = json.loads(plan(tmp_path).stdout), json.loads(plan(tmp_path, turned).stdout)
    assert (first["accepted"], first["value"]) == (second["accepted"], second["value"])


def test_plan_writes_a_table_without_json(tmp_path: Path) -> None:
    """Without --json, a person reads it: the held offers and every no, without colour codes in a pipe."""
    done = shiftward(tmp_path, "plan", "--policy", POLICY, "--scenario", SCENARIO)
    assert done.returncode == 0
    assert "Lakeside ED" in done.stdout
    assert "school play" in done.stdout
    assert "\x1b" not in done.stdout


def test_an_unknown_site_is_named(tmp_path: Path) -> None:
    """An offer at a site that the policy does not have: exit 1, with the offer, the site and the remedy."""
    done = plan(tmp_path, altered(tmp_path, offers=[offer(0, site="lakeside-er")]))
    assert done.returncode == 1
    assert "o1" in done.stderr
    assert "lakeside-er" in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_an_offer_without_shifts_is_no_crash(tmp_path: Path) -> None:
    """An empty list of shifts is a named problem, or a decline with a reason; it is never accepted or a traceback."""
    done = plan(tmp_path, altered(tmp_path, offers=[offer(0, shifts=[]), offer(2)]))
    assert "Traceback" not in done.stderr, done.stderr[-300:]
    if done.returncode == 0:
        facts = json.loads(done.stdout)
        assert "o1" not in facts["accepted"]
        assert [one["offer"] for one in facts["declined"] if one["reasons"]] == ["o1"]
    else:
        assert done.returncode == 1
        assert "o1" in done.stderr


def test_three_problems_of_a_scenario_are_all_named(tmp_path: Path) -> None:
    """A site too many, a shift that ends before it starts and an id used twice are told in one go."""
    backwards = [{"start": "2027-01-13T10:00:00-06:00", "end": "2027-01-13T09:00:00-06:00"}]
    offers = [offer(0, site="nowhere"), offer(1, shifts=backwards), offer(2), offer(2)]
    done = plan(tmp_path, altered(tmp_path, offers=offers))
    assert done.returncode == 1
    for word in ("nowhere", "o2", "o3"):
        assert word in done.stderr
    assert len(done.stderr.strip().splitlines()) == 3


def test_three_problems_of_a_policy_are_all_named(tmp_path: Path) -> None:
    """A wrong value, a misspelt key and an unknown stream are told in one go, each with its line."""
    text = POLICY.read_text("utf-8").replace("nights_per_month = 6", 'nights_per_month = "six"')
    text = text.replace("weekends_per_month", "weekend_per_month").replace('"per_diem" ', '"perdiem" ')
    broken = tmp_path / "policy.toml"
    broken.write_text(text, "utf-8")
    done = plan(tmp_path, policy=broken)
    assert done.returncode == 1
    lines = text.splitlines()
    for word in ("nights_per_month", "weekend_per_month", "perdiem"):
        at = next(number for number, line in enumerate(lines, 1) if word in line)
        assert any(f"policy.toml:{at}:" in line and word in line for line in done.stderr.splitlines()), word
    assert "weekends_per_month" in done.stderr, "the key that was meant is suggested"


def test_a_policy_without_goals_accepts_nothing(tmp_path: Path) -> None:
    """Until goals and caps are written, every offer is declined with a reason, and warnings are given."""
    text = re.sub(r"\[(goals|caps)\]\n.*?\n(?=\[)", "", POLICY.read_text("utf-8"), flags=re.DOTALL)
    bare = tmp_path / "policy.toml"
    bare.write_text(text, "utf-8")
    done = plan(tmp_path, policy=bare)
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert _wrong(facts, PLAN, "plan") == []
    assert facts["accepted"] == []
    assert all(one["reasons"] for one in facts["declined"])
    assert len(facts["declined"]) == 5


# -- what if, what for, why -------------------------------------------------------------------------------------------


FILES_OF = ("--policy", POLICY, "--scenario", SCENARIO)
RELAX = {
    "rule": REASON["rule"],
    "span": REASON["span"],
    "bound": NUMBER,
    "needed": NUMBER,
    "shifts": [str],
    "text": str,
}
QUOTE = {
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "start": INSTANT,
    "end": INSTANT,
    "worth_from": Shape(int, None),
    "because": Shape(frozenset({"ineligible", "committed", "limit"}), None),
    "reasons": [REASON],
    "displaces": [str],
    "takes": [str],
    "text": str,
}
QUOTES = {
    "site": str,
    "status": frozenset({"optimal", "feasible"}),
    "value": int,
    "bound": int,
    "quotes": [Shape(QUOTE, {**QUOTE, "relax": [RELAX]})],
}


def test_quote_answers_each_date_of_a_month(tmp_path: Path) -> None:
    """A price, a commitment, red time or a recovery day: one answer a date, with what it would displace."""
    args = ("--site", "lakeside-ed", "--month", "2027-01", "--hours", "19:00-07:00", *FILES_OF)
    done = shiftward(tmp_path, "quote", *args, "--json")
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert _wrong(facts, QUOTES, "quote") == []
    found = {one["date"][-2:]: one for one in facts["quotes"]}
    assert len(found) == 31
    assert found["04"]["because"] == "committed"
    assert found["09"]["because"] == "ineligible"
    assert found["05"]["because"] == "limit"
    assert [one["rule"] for one in found["05"]["relax"]] == ["recovery"]
    assert (found["14"]["displaces"], found["14"]["because"]) == (["o5"], None)
    assert found["14"]["worth_from"] in (520_000, 520_001)
    assert found["25"]["worth_from"] == 216_000, "the floor of $180 an hour there"
    told = shiftward(tmp_path, "quote", *args).stdout
    assert "Lakeside ED, January 2027: the least pay" in told
    assert "in place of o5" in told
    assert "$2,160 is what your floor of $180 an hour there comes to." in told


def test_a_quote_is_what_an_offer_of_it_would_turn_at(tmp_path: Path) -> None:
    """Put up for the price that was quoted it is accepted, and a dollar below it is not."""
    args = ("--site", "lakeside-ed", "--date", "2027-01-14", "--hours", "19:00-07:00", *FILES_OF, "--json")
    (quoted,) = json.loads(shiftward(tmp_path, "quote", *args).stdout)["quotes"]
    offers = json.loads(SCENARIO.read_text("utf-8"))["offers"]
    for change, expected in ((0, True), (-100, False)):
        amount = f"{Decimal(quoted['worth_from'] + change) / 100:.2f}"
        more = {
            "id": "o9",
            "site": "lakeside-ed",
            "shifts": [{"start": quoted["start"], "end": quoted["end"]}],
            "pay": {"amount": amount, "unit": "shift", "currency": "USD"},
        }
        facts = json.loads(plan(tmp_path, altered(tmp_path, offers=[*offers, more])).stdout)
        assert ("o9" in facts["accepted"]) is expected, amount


def test_a_kind_of_shift_is_quoted_without_a_site(tmp_path: Path) -> None:
    """A stream and an intensity are enough; --set says more of it, such as its record system."""
    args = ("--stream", "per_diem", "--intensity", "low", "--date", "2027-01-20", "--hours", "08:00-16:00")
    done = shiftward(tmp_path, "quote", *args, *FILES_OF)
    assert done.stdout == "any per_diem shift, Wed 20 Jan 08:00–16:00: any pay.\n", done.stderr
    floor = shiftward(tmp_path, "quote", *args, *FILES_OF, "--set", "sites.quote.rate_floor.per_hour = 150")
    assert "from $1,200." in floor.stdout


def test_quote_takes_the_hours_of_the_shifts_known_there(tmp_path: Path) -> None:
    """Without --hours those of most; where nothing is known it asks for them."""
    asked = ("--date", "2027-01-20", *FILES_OF, "--json")
    (found,) = json.loads(shiftward(tmp_path, "quote", "--site", "lakeside-ed", *asked).stdout)["quotes"]
    assert (found["start"][11:16], found["end"][11:16]) == ("07:00", "19:00")
    done = shiftward(tmp_path, "quote", "--stream", "locums", *asked)
    assert done.returncode == 2
    assert "--hours 19:00-07:00" in done.stderr


def test_plan_tells_what_other_words_would_change(tmp_path: Path) -> None:
    """One high-intensity shift less: two offers go, with the money, as JSON and in words."""
    args = (*FILES_OF, "--set", "caps.high_intensity_per_month=1")
    facts = json.loads(shiftward(tmp_path, "plan", *args, "--json").stdout)
    change = facts.pop("change")
    relaxed = [one.pop("relax") for one in facts["declined"] if "relax" in one]
    assert _wrong(facts, PLAN, "plan") == []
    assert _wrong(relaxed, [[RELAX]], "relax") == []
    assert (change["taken"], change["dropped"]) == ([], ["o2", "o5"])
    before = json.loads(plan(tmp_path).stdout)
    assert change["before"]["value"] == before["value"]
    assert change["after"]["value"] == facts["value"]
    assert change["net"] == facts["value"] - before["value"] < 0
    assert change["pay"] == {"before": 892_000, "after": 112_000}
    told = shiftward(tmp_path, "plan", *args).stdout
    for words in (
        "With caps.high_intensity_per_month=1",
        "dropped",
        "o5",
        "pays $1,120 in place of $8,920: $7,800 less.",
    ):
        assert words in told


def test_what_changes_nothing_is_told_so(tmp_path: Path) -> None:
    told = shiftward(tmp_path, "plan", *FILES_OF, "--set", "caps.nights_per_month = 7").stdout
    for words in ("nothing changes", "pays $8,920, as before.", "is worth -$88,480, as before."):
        assert words in told


def test_two_lines_are_set_at_once_and_read_as_the_policy_is(tmp_path: Path) -> None:
    """Problems are those of the policy's own reading, with the number of the line, all at once."""
    args = ("--set", "caps.nights_pr_month = 7", "--set", 'travel.tolerance = "bike"')
    done = shiftward(tmp_path, "plan", *FILES_OF, *args)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        '--set:1: caps.nights_pr_month: unknown key; did you mean "nights_per_month"?',
        "--set:2: travel.tolerance = \"bike\": write 'none', 'drive' or 'fly'",
    ]
    contradiction = shiftward(tmp_path, "plan", *FILES_OF, "--set", "goals.ceiling_monthly = 10")
    assert contradiction.returncode == 1
    assert contradiction.stderr.startswith(
        "--set:1: goals.ceiling_monthly = 10: the ceiling is below the floor"
    )


def test_plan_tells_what_one_more_of_a_cap_would_bring(tmp_path: Path) -> None:
    """On request, as JSON and in the words of the policy."""
    args = (*FILES_OF, "--set", "caps.high_intensity_per_month=1", "--set", "goals.floor_monthly=0", "--caps")
    facts = json.loads(shiftward(tmp_path, "plan", *args, "--json").stdout)
    assert facts["caps"] == [
        {
            "rule": "caps.high_intensity_per_month",
            "span": "2027-01",
            "bound": 1,
            "would_be": 2,
            "worth": 260_000,
            "text": "a 2nd high-intensity shift in January would be worth $2,600",
        }
    ]
    assert (
        "A 2nd high-intensity shift in January would be worth $2,600."
        in shiftward(tmp_path, "plan", *args).stdout
    )


def test_why_tells_what_a_held_offer_brings(tmp_path: Path) -> None:
    """Pay, floor, and what would be lost without it; of an offer left out what plan tells."""
    facts = json.loads(shiftward(tmp_path, "why", "o5", *FILES_OF, "--json").stdout)
    assert (facts["held"], facts["pay"], facts["floor"], facts["prices"]) == (True, 520_000, 520_000, 0)
    assert facts["worth"] == 520_000 * 11, "a dollar that the floor lacks weighs ten more"
    told = shiftward(tmp_path, "why", "o5", *FILES_OF).stdout
    assert "it pays $5,200 and fills $5,200 of your floor\n" in told
    declined = {one["offer"]: one for one in json.loads(plan(tmp_path).stdout)["declined"]}
    facts = json.loads(shiftward(tmp_path, "why", "o1", *FILES_OF, "--json").stdout)
    assert facts == {**declined["o1"], "pays": 240_000}
    assert "it would have to pay $2,600" in shiftward(tmp_path, "why", "o1", *FILES_OF).stdout
    assert shiftward(tmp_path, "why", "o99", *FILES_OF).returncode == 1


def test_plan_and_quote_of_the_store_need_no_files(tmp_path: Path) -> None:
    """With a configuration and an empty store: an empty plan, and a price all the same."""
    there = ("--config", tmp_path / "config", "--state", tmp_path / "state")
    assert shiftward(tmp_path, "init", *there[:2]).returncode == 0
    done = shiftward(tmp_path, "plan", *there, "--json")
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert _wrong(facts, PLAN, "plan") == []
    assert (facts["status"], facts["accepted"], facts["declined"]) == ("optimal", [], [])
    more = shiftward(tmp_path, "plan", *there, "--set", "caps.nights_per_month=7")
    assert "nothing changes" in more.stdout, more.stderr
    soon = (datetime.now(UTC) + timedelta(days=20)).date()
    args = ("--site", "lakeside-ed", "--date", str(soon), "--hours", "07:00-19:00", *there, "--json")
    done = shiftward(tmp_path, "quote", *args)
    assert done.returncode == 0, done.stderr
    assert _wrong(json.loads(done.stdout), QUOTES, "quote") == []


# -- read -----------------------------------------------------------------------------------------------------------------


def test_read_gives_the_promised_json(tmp_path: Path, service: Path) -> None:
    """The shipped message: exit 0, exactly the promised shape, and what it says in the reader's own terms."""
    done = shiftward(tmp_path, "read", MESSAGE, "--policy", POLICY, "--service", service, "--json")
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert _wrong(facts, READ, "read") == []
    assert (facts["kind"], facts["trust"]) == ("offers", "trusted")
    first, second = facts["shifts"]
    assert (first["start"], first["end"]) == ("2027-01-12T19:00:00-06:00", "2027-01-13T07:00:00-06:00")
    assert first["pay"] == {"amount": "2400.00", "unit": "shift", "currency": "USD"}
    assert first["respond_by"] == "2027-01-04T12:00:00-06:00"
    assert first["needs_review"] == []
    assert second["needs_review"], "8-8 can be read in two ways"


def test_read_trusts_nobody_by_default(tmp_path: Path) -> None:
    """With an empty service file the same message is untrusted."""
    empty = tmp_path / "service.toml"
    empty.write_text("", "utf-8")
    done = shiftward(tmp_path, "read", MESSAGE, "--policy", POLICY, "--service", empty, "--json")
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert _wrong(facts, READ, "read") == []
    assert facts["trust"] == "untrusted"


def test_read_dates_a_message_by_now_where_it_is_given(tmp_path: Path, service: Path) -> None:
    """`--now` decides the year of a message that has none, in place of its Date header."""
    undated = tmp_path / "undated.eml"
    undated.write_text(re.sub(r"(?m)^Date:.*\n", "", MESSAGE.read_text("utf-8")), "utf-8")
    args = ("--policy", POLICY, "--service", service, "--json", "--now", "2031-12-28T09:00:00-0600")
    done = shiftward(tmp_path, "read", undated, *args)
    assert done.returncode == 0, done.stderr
    starts = [one["start"][:4] for one in json.loads(done.stdout)["shifts"]]
    assert set(starts) <= {"2032"}, starts


def test_read_every_corpus_message_in_the_promised_shape(tmp_path: Path) -> None:
    """A message of each kind in the corpus keeps to the promised shape."""
    corpus = ROOT / "tests" / "corpus"
    for name in ("029", "032", "038", "043", "049", "053", "058", "063"):
        (path,) = corpus.glob(f"{name}-*.eml")
        args = ("--policy", corpus / "policy.toml", "--service", corpus / "service.toml", "--json")
        done = shiftward(tmp_path, "read", path, *args)
        assert done.returncode == 0, (path.name, done.stderr)
        facts = json.loads(done.stdout)
        facts.pop("invitation", None)  # told beside what is promised, for calendar mail
        assert _wrong(facts, READ, path.name) == []


# -- init, check, help --------------------------------------------------------------------------------------------------------


def test_init_writes_both_files_and_never_overwrites(tmp_path: Path) -> None:
    """The first call writes two files; the second refuses with exit 4 and leaves even an emptied one as it is."""
    there = tmp_path / "deep" / "config"
    done = shiftward(tmp_path, "init", "--config", there)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in there.iterdir()) == ["policy.toml", "service.toml"]
    (there / "policy.toml").write_text("# mine\n", "utf-8")
    (there / "service.toml").unlink()
    again = shiftward(tmp_path, "init", "--config", there)
    assert again.returncode == 4
    assert "policy.toml" in again.stderr
    assert (there / "policy.toml").read_text("utf-8") == "# mine\n"
    assert not (there / "service.toml").exists()


def test_init_with_a_preset_passes_check(tmp_path: Path) -> None:
    """What `init --preset em-two-years-out` writes has no problems, without any calendar."""
    there = tmp_path / "config"
    assert shiftward(tmp_path, "init", "--preset", "em-two-years-out", "--config", there).returncode == 0
    done = shiftward(tmp_path, "check", "--config", there, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    facts = json.loads(done.stdout)
    assert (facts["problems"], facts["unreached"]) == ([], [])
    assert any("11 shifts, and 10 high-intensity ones fit" in line for line in facts["remarks"])


def test_check_explains_the_policy_and_asks_nothing(tmp_path: Path) -> None:
    """In plain words, as text and as JSON; service.toml need not even be there."""
    there = tmp_path / "config"
    assert shiftward(tmp_path, "init", "--preset", "acgme", "--config", there).returncode == 0
    (there / "service.toml").unlink()
    done = shiftward(tmp_path, "check", "--explain", "--config", there)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\n  You never work more than 24 hours in one shift.\n" in done.stdout
    assert "still open, or worth a look:\n" in done.stdout
    facts = json.loads(shiftward(tmp_path, "check", "--explain", "--json", "--config", there).stdout)
    assert [one["title"] for one in facts["reading"]] == [
        "Where it comes from",
        "You",
        "Goals and money",
        "Limits",
    ]
    assert facts["problems"] == []


def test_check_fails_on_a_contradiction(tmp_path: Path) -> None:
    """Exit 1, with its place, with and without --explain; a policy that cannot be read is no reading."""
    there = tmp_path / "config"
    assert shiftward(tmp_path, "init", "--config", there).returncode == 0
    policy = there / "policy.toml"
    policy.write_text(
        policy.read_text("utf-8").replace("floor_monthly = 22_000", "floor_monthly = 44_900\n"), "utf-8"
    )
    for more in ((), ("--explain",)):
        assert shiftward(tmp_path, "check", "--config", there, *more).returncode == 0
    policy.write_text(
        policy.read_text("utf-8").replace("off_days_per_month = 4", "off_days_per_month = 24"), "utf-8"
    )
    for more in ((), ("--explain",)):
        done = shiftward(tmp_path, "check", "--config", there, *more)
        assert done.returncode == 1
        assert "goals.floor_monthly: $44,900 cannot be met without locums" in done.stdout
    policy.write_text("[caps]\n", "utf-8")
    done = shiftward(tmp_path, "check", "--explain", "--config", there)
    assert done.returncode == 1
    assert "clinician: missing" in done.stdout


def test_every_preset_passes_check(tmp_path: Path) -> None:
    """`init --preset list` names the presets, and each of them is a policy without problems."""
    names = json.loads(shiftward(tmp_path, "init", "--preset", "list").stdout)
    assert "em-two-years-out" in names
    for name in names:
        there = tmp_path / name
        assert shiftward(tmp_path, "init", "--preset", name, "--config", there).returncode == 0
        assert shiftward(tmp_path, "check", "--config", there).returncode == 0


def test_check_names_what_it_cannot_reach(tmp_path: Path) -> None:
    """A calendar folder that is not there: exit 3, with the name of the calendar."""
    there = tmp_path / "config"
    assert shiftward(tmp_path, "init", "--config", there).returncode == 0
    with (there / "service.toml").open("a") as file:
        file.write('\n[[calendars]]\nname = "duty"\nkind = "folder"\nrole = "work"\npath = "nowhere"\n')
    done = shiftward(tmp_path, "check", "--config", there, "--json")
    assert done.returncode == 3
    facts = json.loads(done.stdout)
    assert facts["problems"] == []
    assert [line.partition(":")[0] for line in facts["unreached"]] == ["duty"]


def test_doctor_tells_what_is_wrong_by_its_exit_code(tmp_path: Path) -> None:
    """0 where all is well, 3 for a source that gives no answer, 1 for a problem; each with a remedy."""
    there, state = tmp_path / "config", tmp_path / "state"
    assert shiftward(tmp_path, "init", "--config", there).returncode == 0

    def doctor(*more: str) -> subprocess.CompletedProcess[str]:
        return shiftward(tmp_path, "doctor", "--config", there, "--state", state, *more)

    well = doctor("--json")
    assert well.returncode == 0, well.stdout
    assert {one["state"] for one in json.loads(well.stdout)} <= {"good", "note"}
    assert not state.exists(), "nothing is made by looking"
    with (there / "service.toml").open("a") as file:
        file.write('\n[[calendars]]\nname = "duty"\nkind = "folder"\nrole = "work"\npath = "nowhere"\n')
    away = doctor()
    assert away.returncode == 3
    assert re.search(r"NO ANSWER +sources: duty: .*\n +do: .", away.stdout)
    (there / "policy.toml").write_text("[clinician]\n", "utf-8")
    broken = doctor("--json")
    assert broken.returncode == 1
    (problem,) = [one for one in json.loads(broken.stdout) if one["state"] == "problem"]
    assert problem["remedy"] == "shiftward check"
    assert "Traceback" not in well.stderr + away.stderr + broken.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(tmp_path: Path, name: str) -> None:
    """`--help` of each command: exit 0, with its usage."""
    done = shiftward(tmp_path, name, "--help")
    assert done.returncode == 0, done.stderr
    assert f"shiftward {name}" in done.stdout


@pytest.mark.parametrize("name", ["status", "offers", "why", "plan", "read", "check", "doctor", "quote"])
def test_every_command_that_prints_facts_has_json(tmp_path: Path, name: str) -> None:
    """Facts can always be had as JSON."""
    assert "--json" in shiftward(tmp_path, name, "--help").stdout


# -- wrong calls ----------------------------------------------------------------------------------------------------------------


FILES: dict[str, bytes] = {
    "text.json": b"{not json",
    "list.json": b"[1, 2]",
    "deep.json": b"[" * 200_000,
    "latin.json": b'{"now": "\xe9"}',
    "empty.toml": b"",
    "text.toml": b"clinician = [",
    "latin.toml": b'[clinician]\nname = "\xe9"\n',
    "service.toml": SERVICE.encode(),
    "file": b"",
}


def _plan(scenario: str, policy: str = str(POLICY)) -> tuple[str, ...]:
    return ("plan", "--policy", policy, "--scenario", scenario, "--json")


def _read(message: str, *more: str) -> tuple[str, ...]:
    return ("read", message, "--policy", str(POLICY), "--service", "service.toml", *more)


BAD: dict[str, tuple[tuple[str, ...], int]] = {
    "no such command": (("plans",), 2),
    "no such option": (("plan", "--polcy", str(POLICY)), 2),
    "an option missing": (("plan", "--policy", str(POLICY)), 2),
    "a message missing": (("read", "--policy", str(POLICY), "--service", "service.toml"), 2),
    "a time that is none": (_read(str(MESSAGE), "--now", "yesterday"), 2),
    "a time without a zone": (_read(str(MESSAGE), "--now", "2026-12-28T09:00:00"), 2),
    "a quote of no place": (("quote", "--date", "2027-01-04"), 2),
    "a quote of two places": (("quote", "--site", "icu", "--stream", "locums", "--date", "2027-01-04"), 2),
    "a quote of no date": (("quote", "--site", "icu"), 2),
    "a quote of a month that is none": (("quote", "--site", "icu", "--month", "2027-13"), 2),
    "a quote of hours that are none": (
        ("quote", "--site", "icu", "--date", "2027-01-04", "--hours", "7p-7a"),
        2,
    ),
    "a quote of hours beyond the clock": (
        ("quote", "--site", "icu", "--date", "2027-01-04", "--hours", "25:00-07:00"),
        2,
    ),
    "a quote at no such site": (
        ("quote", "--site", "lakeside", "--date", "2027-01-04", *map(str, FILES_OF)),
        1,
    ),
    "a quote of no such stream": (
        ("quote", "--stream", 'per"diem', "--date", "2027-01-04", *map(str, FILES_OF)),
        1,
    ),
    "a scenario without its policy": (("plan", "--scenario", str(SCENARIO)), 2),
    "a line that is no TOML": ((*_plan(str(SCENARIO)), "--set", "caps"), 1),
    "no such preset": (("init", "--preset", "astronaut", "--config", "new"), 2),
    "no such scenario": (_plan("nowhere.json"), 1),
    "a scenario that is a directory": (_plan("."), 1),
    "a scenario that is no JSON": (_plan("text.json"), 1),
    "a scenario that is a list": (_plan("list.json"), 1),
    "a scenario nested too deep": (_plan("deep.json"), 1),
    "a scenario that is not UTF-8": (_plan("latin.json"), 1),
    "no such policy": (_plan(str(SCENARIO), "nowhere.toml"), 1),
    "an empty policy": (_plan(str(SCENARIO), "empty.toml"), 1),
    "a policy that is no TOML": (_plan(str(SCENARIO), "text.toml"), 1),
    "a policy that is not UTF-8": (_plan(str(SCENARIO), "latin.toml"), 1),
    "a policy that is a directory": (_plan(str(SCENARIO), "."), 1),
    "no such message": (_read("nowhere.eml"), 1),
    "a message that is a directory": (_read("."), 1),
    "no configuration": (("run", "--config", "nowhere", "--once"), 1),
    "a configuration that is a file": (("status", "--config", "file"), 1),
    "an init into a file": (("init", "--config", "file"), 4),
    "an init where nothing can be made": (("init", "--config", "/proc/nowhere/config"), 4),
}
"""Calls that must fail: what is typed, and the exit code that is right."""


@pytest.mark.parametrize("name", list(BAD))
def test_a_wrong_call_is_told_and_never_a_traceback(tmp_path: Path, name: str) -> None:
    """Each wrong call has its exit code, says something on standard error, nothing on standard output, and no traceback."""
    for file, raw in FILES.items():
        (tmp_path / file).write_bytes(raw)
    args, code = BAD[name]
    done = shiftward(tmp_path, *args)
    assert "Traceback" not in done.stderr, done.stderr[-400:]
    assert done.returncode == code, done.stderr
    assert done.stderr.strip()
    assert not done.stdout


def test_a_store_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    """`run` and `status` with a state directory that is a file: exit 4 and a sentence."""
    there = tmp_path / "config"
    assert shiftward(tmp_path, "init", "--config", there).returncode == 0
    (tmp_path / "file").write_bytes(b"")
    for command in (("run", "--once"), ("status",), ("offers", "--json")):
        done = shiftward(tmp_path, *command, "--config", there, "--state", tmp_path / "file")
        assert "Traceback" not in done.stderr, (command, done.stderr[-300:])
        assert done.returncode == 4, (command, done.stderr)


def test_status_reads_as_a_page(tmp_path: Path) -> None:
    """Without --json: whether it runs, sources with what to do, counters, what comes next."""
    there, state = tmp_path / "config", tmp_path / "state"
    assert shiftward(tmp_path, "init", "--config", there).returncode == 0
    with (there / "service.toml").open("a") as file:
        file.write('\n[[calendars]]\nname = "duty"\nkind = "folder"\nrole = "work"\npath = "nowhere"\n')
    assert shiftward(tmp_path, "run", "--once", "--config", there, "--state", state).returncode == 3
    done = shiftward(tmp_path, "status", "--config", there, "--state", state)
    assert done.returncode == 0, done.stderr
    for told in (
        "no daemon runs",
        "the plan stands since",
        "never",
        "0 of 6",
        "TX licence ends",
        "asks it now",
    ):
        assert told in done.stdout, told


def test_an_unknown_offer_is_told(tmp_path: Path) -> None:
    """`why`, `accept` and `decline` of an offer that is not there: exit 1, with its name."""
    there = tmp_path / "config"
    assert shiftward(tmp_path, "init", "--config", there).returncode == 0
    for command in ("why", "accept", "decline"):
        done = shiftward(
            tmp_path, command, "lakeside-0101-beef", "--config", there, "--state", tmp_path / "state"
        )
        assert done.returncode == 1, done.stderr
        assert "lakeside-0101-beef" in done.stderr


def test_the_shipped_scenario_lies_within_itself() -> None:
    """The example that the tests lean on is dated so that its message and its month fit together."""
    world = json.loads(SCENARIO.read_text("utf-8"))
    first, last = date.fromisoformat(world["from"]), date.fromisoformat(world["to"])
    starts = [datetime.fromisoformat(one["shifts"][0]["start"]).date() for one in world["offers"]]
    assert all(first <= start <= last for start in starts)


def test_an_id_that_looks_like_a_shift_of_another_offer_is_its_own(tmp_path: Path) -> None:
    """A commitment called a/2 is not the second shift of the offer a: the two that overlap are told apart."""
    policy = tmp_path / "policy.toml"
    policy.write_text(
        '[clinician]\nname = "R."\nhome_zone = "America/Chicago"\n[goals]\nfloor_monthly = 0\n[caps]\n'
        '[sites.den]\nstream = "per_diem"\nintensity = "low"\npay = { per_shift = 1000 }\n',
        "utf-8",
    )
    day = "2027-01-{:02}T{:02}:00:00-06:00"
    shifts = [{"start": day.format(n, 9), "end": day.format(n, 17)} for n in (5, 7)]
    scenario = tmp_path / "scenario.json"
    world = {
        "now": "2026-12-01T08:00:00-06:00",
        "from": "2027-01-01",
        "to": "2027-01-31",
        "commitments": [{"id": "a/2", "site": "den", "start": day.format(7, 9), "end": day.format(7, 17)}],
        "offers": [{"id": "a", "site": "den", "shifts": shifts}],
    }
    scenario.write_text(json.dumps(world), "utf-8")
    done = shiftward(tmp_path, "plan", "--policy", str(policy), "--scenario", str(scenario), "--json")
    (verdict,) = json.loads(done.stdout)["declined"]
    assert verdict["because"] == "committed"
    assert verdict["reasons"][0]["shifts"] == ["a", "a/2"]
