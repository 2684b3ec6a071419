"""Files that were saved with problems while the daemon runs: what was in force before stays in force, and that is said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from daemon.store import Store
from policy.notices import Notice
from policy.phrases import clock

FACT = "rejected"
MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Rejected:
    """Since when (an instant), and each problem as `shiftward check` tells it."""

    since: datetime
    problems: tuple[str, ...]


def reject(store: Store, problems: Sequence[str], now: datetime) -> None:
    """Remember them; who saves another mistake over the first one has mended nothing since."""
    before = rejected(store)
    since = (before.since if before else now).isoformat()
    store.note(FACT, json.dumps({"since": since, "problems": list(problems)}))


def mended(store: Store) -> None:
    if store.known_fact(FACT):
        store.set_fact(FACT, "")


def rejected(store: Store) -> Rejected | None:
    known = store.known_fact(FACT)
    if not known:
        return None
    told = json.loads(known)
    return Rejected(datetime.fromisoformat(told["since"]), tuple(told["problems"]))


def notice(one: Rejected, home: tzinfo) -> Notice:
    """What the phone says of it."""
    since = one.since.astimezone(home)
    more = len(one.problems) - MOST_TOLD
    lines = [
        f"The files that were saved on {clock(since)} have problems.",
        "What was in force before stays in force until they are mended; this entry goes away by itself then.",
        *(f"· {problem}" for problem in one.problems[:MOST_TOLD]),
        *([f"· and {more} more: shiftward check"] if more > 0 else []),
    ]
    return Notice(
        "files-rejected",
        one.since.isoformat(),
        "warning",
        "your saved settings have problems",
        "\n".join(lines),
        day=since.date(),
    )
