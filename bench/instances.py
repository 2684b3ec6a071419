"""Offers for one clinician over 90 days, from a size and a seed: the instances of the solver's benchmark.

`python -m bench.instances` writes the small ones as scenarios of `shiftward plan`, and for all of them a
digest in `bench/instances/index.json`, so that anyone can make the large ones again and know that they are
the same. Only whole random numbers are drawn: no platform's floats can change an instance.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from daemon.scenario import read_scenario
from policy.read import read_policy
from policy.schema import Policy
from solver.solve import Problem

Json = dict[str, Any]
Index = dict[str, Json]

SIZES = (20, 60, 200, 1_000, 3_000, 10_000)
SEEDS = (1, 2, 3)
PUBLISHED = 200
"""Up to this size the scenarios themselves are kept; above it only their digests."""

HERE = Path(__file__).with_name("instances")
POLICY = HERE / "policy.toml"
INDEX = HERE / "index.json"

FIRST = date(2027, 1, 1)
DAYS = 90
LAST = FIRST + timedelta(days=DAYS - 1)
NOW = datetime(2026, 12, 15, 8, tzinfo=ZoneInfo("America/Chicago"))
HELD = 3


@dataclass(frozen=True)
class Habit:
    """How a site offers work: how often (of 100), starts and lengths in hours, blocks (of 100 offers).

    `rates` are the least and the most it pays, in steps of $5 an hour or $50 a shift.
    """

    often: int
    starts: tuple[int, ...]
    hours: tuple[int, ...]
    unit: str
    rates: tuple[int, int]
    blocks: int = 0


HABITS: Mapping[str, Habit] = {
    "lakeside-ed": Habit(20, (7, 7, 11, 15, 19), (12,), "shift", (2050, 3100), 4),
    "northgate-ed": Habit(13, (7, 9, 14, 17, 22), (8, 10, 10), "shift", (1700, 2750), 3),
    "ridgeline-ed": Habit(9, (7, 7, 19), (12,), "shift", (2700, 4000), 40),
    "prairie-hospital": Habit(5, (7, 7, 19), (12,), "shift", (2300, 3200), 45),
    "cabin-hospital": Habit(4, (8,), (12, 24), "hour", (130, 180), 30),
    "pinecrest-uc": Habit(14, (8, 9, 12, 13), (8, 8, 10, 12), "hour", (130, 190)),
    "faraway-uc": Habit(3, (8, 10), (10, 12), "hour", (150, 200)),
    "harbor-tele": Habit(19, (6, 8, 9, 12, 16, 18), (4, 5, 6, 8, 10), "hour", (120, 180)),
    "moonlight-tele": Habit(10, (17, 20, 21, 22), (4, 6, 8), "hour", (100, 155)),
    "college": Habit(3, (9, 13), (4, 6), "shift", (350, 800)),
}
COMMITTED = (
    ("lakeside-ed", 7, 12),
    ("harbor-tele", 9, 6),
    ("lakeside-ed", 19, 12),
    ("pinecrest-uc", 9, 8),
    ("harbor-tele", 12, 8),
    ("northgate-ed", 9, 10),
    ("college", 13, 4),
)
GROUPS = 3
"""Of a hundred messages so many put up two to four dates to choose from."""
OWN_PAY = 75
"""Of a hundred offers so many name their pay; the others pay what the site does."""


@cache
def policy() -> Policy:
    found, problems = read_policy(POLICY)
    if found is None:
        raise SystemExit("\n".join(map(str, problems)))
    return found


def problem(size: int, seed: int) -> Problem:
    """The instance as `shiftward plan` reads it; new at each call, so that nothing is remembered."""
    return read(scenario(size, seed))


def read(world: Json) -> Problem:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.json"
        path.write_text(text(world), "utf-8")
        return read_scenario(path, policy())[0]


def scenario(size: int, seed: int) -> Json:
    """A world with `size` offers, in the form of `shiftward plan`."""
    draw = Random(f"{size}/{seed}")
    commitments = list(_commitments(draw))
    taken = {start.date() + timedelta(days=n) for _, start, _ in commitments for n in (-1, 0, 1)}
    red = list(_red(draw, taken))
    offers = list(_offers(draw, size))
    return {
        "now": NOW.isoformat(),
        "from": FIRST.isoformat(),
        "to": LAST.isoformat(),
        "commitments": [
            {"id": f"c{number}", "site": site, **_times(site, start, hours)}
            for number, (site, start, hours) in enumerate(commitments, start=1)
        ],
        "red": red,
        "held": _held(offers, [start.date() for _, start, _ in commitments], red),
        "offers": offers,
    }


def _commitments(draw: Random) -> Iterator[tuple[str, datetime, int]]:
    """Nine single shifts, far enough apart to break nothing, and one trip of three dates."""
    weeks = sorted(draw.sample(range(12), 10))
    trip = draw.choice(weeks)
    for week in weeks:
        friday = FIRST + timedelta(days=7 * week)
        if week == trip:
            for ahead in range(3, 6):
                yield "ridgeline-ed", _at(friday + timedelta(days=ahead), 7), 12
        else:
            site, hour, hours = draw.choice(COMMITTED)
            yield site, _at(friday + timedelta(days=draw.randrange(1, 7)), hour), hours


def _red(draw: Random, taken: set[date]) -> Iterator[Json]:
    """Five whole days and three evenings, none of them beside a commitment."""
    free = [day for day in _days() if day not in taken]
    for number, day in enumerate(sorted(draw.sample(free, 8)), start=1):
        evening = number % 3 == 0
        opens, hours = (18, 4) if evening else (0, 24)
        title = "recital" if evening else "family"
        yield {"id": f"r{number}", "title": title, **_times("lakeside-ed", _at(day, opens), hours)}


def _offers(draw: Random, size: int) -> Iterator[Json]:
    sites = [site for site, habit in HABITS.items() for _ in range(habit.often)]
    made = 0
    while made < size:
        site = draw.choice(sites)
        together = draw.randrange(2, 5) if draw.randrange(100) < GROUPS else 1
        choose = {"group": f"g{made + 1}", "at_most": 1 if together == 2 else draw.randrange(1, 3)}
        for _ in range(min(together, size - made)):
            made += 1
            yield _offer(draw, f"o{made}", site, choose if together > 1 else None)


def _offer(draw: Random, key: str, site: str, choose: Json | None) -> Json:
    habit = HABITS[site]
    block = choose is None and draw.randrange(100) < habit.blocks
    length = draw.randrange(2, 6) if block else 1
    hour, hours = draw.choice(habit.starts), draw.choice(habit.hours)
    if block:
        hours = min(hours, 12)
    first = FIRST + timedelta(days=draw.randrange(DAYS - length + 1))
    shifts = [_times(site, _at(first + timedelta(days=n), hour), hours) for n in range(length)]
    received = NOW - timedelta(hours=draw.randrange(1, 200))
    deadline = NOW + timedelta(hours=draw.randrange(12, 300))
    return {
        "id": key,
        "site": site,
        "received": received.isoformat(),
        "respond_by": deadline.isoformat() if draw.randrange(3) == 0 else None,
        "shifts": shifts,
        "pay": _pay(draw, habit, first, hour),
        **({"choose": choose} if choose else {}),
    }


def _pay(draw: Random, habit: Habit, day: date, hour: int) -> Json | None:
    """Mostly near the middle of what the site pays; nights, weekends and the odd urgent one pay more."""
    if draw.randrange(100) >= OWN_PAY:
        return None
    low, high = habit.rates
    amount = (draw.randrange(low, high + 1) + draw.randrange(low, high + 1)) // 2
    percent = 100 + 12 * (hour >= 17) + 8 * (day.weekday() >= 4) + 30 * (draw.randrange(20) == 0)
    step = 50 if habit.unit == "shift" else 5
    return {
        "amount": f"{amount * percent // 100 // step * step}.00",
        "unit": habit.unit,
        "currency": "USD",
    }


def _held(offers: Sequence[Json], committed: Iterable[date], red: Iterable[Json]) -> list[str]:
    """A few short home shifts, far from all that is fixed and from one another: they break nothing."""
    away = [*committed, *(datetime.fromisoformat(one["start"]).date() for one in red)]
    found: list[str] = []
    for offer in offers:
        day = datetime.fromisoformat(offer["shifts"][0]["start"]).date()
        fits = all(abs((day - other).days) > 3 for other in away)
        if len(found) < HELD and offer["site"] == "harbor-tele" and "choose" not in offer and fits:
            found.append(offer["id"])
            away.append(day)
    return found


def _days() -> Iterator[date]:
    return (FIRST + timedelta(days=n) for n in range(DAYS))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour))


def _times(site: str, start: datetime, hours: int) -> Json:
    """Wall clock from start to end: a shift over the change of clocks is an hour shorter or longer."""
    zone = policy().site(site).body_zone
    ends = start + timedelta(hours=hours)
    return {"start": start.replace(tzinfo=zone).isoformat(), "end": ends.replace(tzinfo=zone).isoformat()}


def text(world: Json) -> str:
    """JSON with one offer a line."""
    lines = []
    for key, value in world.items():
        rows = value if isinstance(value, list) and value and isinstance(value[0], dict) else None
        body = (
            "[\n" + ",\n".join(f"  {json.dumps(one)}" for one in rows) + "\n ]" if rows else json.dumps(value)
        )
        lines.append(f" {json.dumps(key)}: {body}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def name(size: int, seed: int) -> str:
    return f"offers-{size}-{seed}"


def digest(size: int, seed: int) -> str:
    """Of the scenario and of the policy it is read under."""
    return sha256(text(scenario(size, seed)).encode() + POLICY.read_bytes()).hexdigest()


def index() -> Index:
    """What is published: digests, and what is proved of each instance."""
    found: Index = json.loads(INDEX.read_text("utf-8")) if INDEX.exists() else {}
    return found


def write_index(entries: Index) -> None:
    rows = [f" {json.dumps(key)}: {json.dumps(one)}" for key, one in entries.items()]
    INDEX.write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")


def main() -> None:
    """Write the published scenarios, and all digests. What was proved of a changed one is forgotten."""
    entries: Index = {}
    old = index()
    for size in SIZES:
        for seed in SEEDS:
            key, now = name(size, seed), digest(size, seed)
            same = old.get(key, {}).get("sha256") == now
            entries[key] = old[key] if same else {"size": size, "seed": seed, "sha256": now}
            if size <= PUBLISHED:
                (HERE / f"{key}.json").write_text(text(scenario(size, seed)), "utf-8")
    write_index(entries)
    print(f"{len(entries)} instances, {datetime.now(UTC):%Y-%m-%d}")


if __name__ == "__main__":
    main()
