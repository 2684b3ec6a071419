"""What commands ask of the store, as plain facts: the same in the daemon, behind its socket, and beside it.

Each ask is a function of what is known and of plain arguments; it returns what JSON can hold, or raises NotDoneError.
"""

from __future__ import annotations

import inspect
import tempfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, get_args

from connectors.offers.reader import read_line
from daemon import upkeep
from daemon.clock import now
from daemon.config import Settings
from daemon.exits import PROBLEMS, REFUSED, UNREACHED, WRONG, NotDoneError
from daemon.report import why_json
from daemon.rows import Said, Verdict
from daemon.settle import YES, is_clear, message_with, question, takes_yes
from daemon.standing import standing
from daemon.store import Store, StoreError
from daemon.templates import draft
from daemon.understand import understand
from daemon.world import World

Json = dict[str, Any]


@dataclass
class Known:
    """The configuration, the directory of the store, and the store where it is open already."""

    settings: Settings
    state: Path
    opened: Store | None = None
    trouble: tuple[str, datetime] | None = None
    """Why the running daemon cannot write to its store, and since when."""

    @cached_property
    def store(self) -> Store:
        """Raises StoreError."""
        return self.opened or Store.in_directory(self.state, self.settings.service.store)


def status(known: Known) -> Json:
    why, since = known.trouble or (None, None)
    trouble = {"trouble": why, "since": since.isoformat() if since else None}
    return standing(known.store, known.settings, known.state, now()) | {"store": trouble}


def _world(known: Known) -> World:
    return understand(known.store, known.settings, now())[0]


def _told(said: Said) -> Json:
    return {"verdict": said.verdict, "at": said.at.isoformat(), "how": said.how}


def answer(known: Known, offer: str, verdict: str) -> Json:
    if verdict not in get_args(Verdict):
        raise NotDoneError(WRONG, f"{verdict!r} is no answer")
    world = _world(known)
    if offer not in world.lives:
        raise NotDoneError(PROBLEMS, f"no offer {offer}; see: shiftward offers")
    if world.lives[offer] == "confirmed" and verdict != "accepted":
        raise NotDoneError(
            REFUSED,
            f"{offer} is confirmed: it is a commitment, by your work calendar or by a message of the site, and only they can "
            "end it. Tell the site; it counts until it is out of the calendar, or until the site says that it is cancelled",
        )
    said = known.store.answers()
    if verdict == "open" and not any(
        said.get(one) in ("accepted", "declined") for one in world.names_of(offer)
    ):
        raise NotDoneError(PROBLEMS, f"nothing was answered to {offer}; see: shiftward why {offer}")
    known.store.answer(offer, verdict, now(), "command line")  # type: ignore[arg-type]  # just looked at
    return {"offer": offer, "verdict": verdict}


def settle(known: Known, line: str, text: str, *, nothing: bool, learn: bool) -> Json:
    """`template` is a draft for the sender of the line, where that is asked for; else it is empty."""
    store, words = known.store, known.settings.lexicon
    asked = {one.id for one in _world(known).review if one.id}
    if line not in asked and line not in store.settled():
        raise NotDoneError(PROBLEMS, f"nothing to settle under {line!r}; see: shiftward offers --review")
    if bool(text.strip()) == nothing:
        raise NotDoneError(WRONG, "say what it means, or --nothing")
    if text.strip().lower() == YES:
        text = YES
        found = message_with(store.messages(), line)
        if found is None or not takes_yes(*found, line):
            raise NotDoneError(PROBLEMS, "that question wants more than a yes: say date, hours, site and pay")
    elif text:
        reading = read_line(text, words, now())
        if not is_clear(reading):
            open_still = [one.why for one in reading.unresolved]
            open_still += [question(shift.needs_review) for shift in reading.shifts if shift.needs_review]
            said = "; ".join(dict.fromkeys(open_still)) or "no shift with a date, hours and a site"
            raise NotDoneError(PROBLEMS, f"still open: {said}")
    template = draft(_message(store, line), words) if learn else ""
    store.settle(line, text.strip(), now())
    return {"line": line, "template": template}


def believe(known: Known, source: str) -> Json:
    if not known.store.known_fact(f"vanished {source}"):
        raise NotDoneError(PROBLEMS, f"nothing vanished at once from {source!r}; see: shiftward status")
    known.store.set_fact(f"believe {source}", "yes")
    return {"source": source}


def why(known: Known, offer: str) -> Json:
    """Why an open offer is held or left out; of each, where it stands and every answer to it, the first one first."""
    world, problem = understand(known.store, known.settings, now())
    if offer not in world.lives:
        raise NotDoneError(PROBLEMS, f"no offer {offer}; see: shiftward offers")
    told = [_told(one) for one in known.store.history(world.names_of(offer))]
    return {**(why_json(problem, offer) or {"offer": offer}), "life": world.lives[offer], "answers": told}


def why_then(known: Known, offer: str, at: str) -> Json:
    """From the plans and the answers that are kept; `at` is a date, or a time in ISO form, at home where it has no zone.

    A date means its end. `weighed`: whether the plan of then knew of the offer as one to decide.
    """
    moment = _moment(at, known.settings.policy.now(now()).clinician.home_zone)
    world = _world(known)
    given = [one for one in known.store.history(world.names_of(offer)) if one.at <= moment]
    found = known.store.decision_at(moment)
    if found is None and not given:
        raise NotDoneError(
            PROBLEMS, f"no plan is known of {moment:%Y-%m-%d %H:%M %z}; plans are kept for 400 days"
        )
    decided, plan = found or (None, {"accepted": [], "declined": []})
    left_out = next((one for one in plan["declined"] if one["offer"] == offer), None)
    held = offer in plan["accepted"]
    if not held and left_out is None and not given:
        raise NotDoneError(PROBLEMS, f"the plan of {decided:%Y-%m-%d %H:%M} UTC knows no offer {offer!r}")
    return {
        "at": decided.isoformat() if decided else None,
        "accepted": held,
        "weighed": held or left_out is not None,
        **(left_out or {"offer": offer}),
        "answer": _told(given[-1]) if given and given[-1].verdict != "open" else None,
    }


def _moment(at: str, home: tzinfo) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(at), time.max, home)
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        raise NotDoneError(
            WRONG, f"{at!r} is no date and no time: write 2027-01-03, or 2027-01-03T10:00"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=home)


def message(known: Known, line: str) -> str:
    """The message that a line of a review is from, byte by byte as the first 256 letters of Unicode."""
    return _message(known.store, line).decode("latin-1")


def _message(store: Store, line: str) -> bytes:
    found = message_with(store.messages(), line)
    if found is None:
        raise NotDoneError(
            PROBLEMS, f"no line of a message is called {line!r}; see: shiftward offers --review"
        )
    row, _ = found
    body = store.body(row.source, row.key)
    if body is None:
        raise NotDoneError(
            PROBLEMS,
            "the message itself is not kept: look at it in your mailbox, or set keep_days in [mail] for the next ones",
        )
    return zlib.decompress(body)


def backup(known: Known) -> BinaryIO:
    """A copy of the store at one moment, as an open file that no directory lists any more."""
    store = known.state / "shiftward.db"
    if known.settings.service.store is not None:
        raise NotDoneError(
            REFUSED, "service.toml names a database of its own; copy it with the tools of that database"
        )
    if not store.is_file():
        raise NotDoneError(REFUSED, f"{store} is not there")
    try:
        with tempfile.TemporaryDirectory(dir=known.state, prefix=".copy-") as directory:
            copy = Path(directory) / "copy.db"
            upkeep.backup(store, copy)
            return copy.open("rb")
    except OSError as error:
        raise NotDoneError(REFUSED, f"no copy was made in {known.state}: {error.strerror}") from None


def look(_: Known) -> Json:
    """Nothing but that the daemon looks again."""
    return {}


ASKS: Mapping[str, Callable[..., Any]] = {
    one.__name__: one for one in (status, answer, settle, believe, why, why_then, message, backup, look)
}
WAKING = frozenset({"answer", "settle", "believe", "look"})
"""What changes the world that the daemon decides on."""


def carry_out(known: Known, what: str, told: Mapping[str, Any]) -> Any:  # what JSON can hold, or an open file
    """Raises NotDoneError, also for what only another version of Shiftward asks."""
    ask = ASKS.get(what)
    try:
        bound = inspect.signature(ask).bind(known, **told) if ask else None
    except TypeError:
        bound = None
    if ask is None or bound is None:
        raise NotDoneError(
            REFUSED, "the daemon that runs is of another version than this command; restart the daemon"
        )
    try:
        return ask(*bound.args, **bound.kwargs)
    except StoreError as error:
        raise NotDoneError(UNREACHED if error.passing else REFUSED, str(error)) from None
