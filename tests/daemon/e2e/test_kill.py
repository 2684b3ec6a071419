"""The daemon, killed at random instants again and again while its world changes, ends as if nothing had happened.

`KILLS=1000` asks for more of them than the few of an ordinary run (`make kill`); `SEED` repeats a run's choices.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.daemon.e2e.harness import HARBOR, LAKESIDE, Seen, World, environment
from tests.daemon.e2e.starter import Starter
from tests.waiting import LONG, until

KILLS = int(os.environ.get("KILLS", "40"))
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(10**6)
LOST = 0.03
"""Of the requests, as many are lost on their way; of the answers as well."""
PATIENCE = 0.4
"""Seconds that a daemon lives on average; a pass with its writes takes about as long."""
Step = Callable[[World], None]


def _told(world: World) -> None:
    world.mail(
        "more", LAKESIDE, f"Two more:\n\n{world.us(21)} 7a-7p LKSD $2,500\n{world.us(25)} 7a-7p LKSD $2,520\n"
    )


def _declined(world: World) -> None:
    hold = world.hold(17)
    assert hold
    world.remove(hold.href)


def _accepted(world: World) -> None:
    hold = world.hold(21)
    assert hold
    world.retitle(hold, f"yes {hold.title}")


def _refused(world: World) -> None:
    hold = world.hold(23)
    assert hold
    world.retitle(hold, f"no {hold.title}")


def _seen(world: World) -> None:
    (warning,) = [one for one in world.titled("⚠") if "rest" in one.title]
    world.remove(warning.href)


def _moved(world: World) -> None:
    world.move("work", "c2", world.at(25, 10), world.at(25, 16))


def _filled(world: World) -> None:
    world.mail("filled", LAKESIDE, f"The {world.us(14)} 7p-7a shift at LKSD has been filled.\n")


def _busy(world: World) -> None:
    world.put("personal", "r2", "Wombat matinee", world.day(28), world.day(29))
    world.mail(
        "late", HARBOR, f"Harbor Telehealth slots at $155/hr:\n\n{world.us(28)} 9a-3p\n{world.us(29)} 9a-3p\n"
    )


@dataclass(frozen=True)
class Chapter:
    """Something happens, and in time it shows. `by_hand`: to an entry, so it waits for a quiet moment."""

    step: Step
    shows: Callable[[World], object]
    by_hand: bool = False


def _on(world: World, day: int) -> list[str]:
    """What is shown of work on a day, whatever was put in front of its title."""
    return [one.title for one in world.published() if one.day == world.day(day) and "HOLD" in one.title]


def _answers(world: World) -> int:
    return len(world.rows("SELECT about FROM answer"))


CHAPTERS = (
    Chapter(World.furnish, World.settled),
    Chapter(_told, lambda world: world.hold(21) and world.hold(25)),
    Chapter(_declined, lambda world: _answers(world) >= 1, by_hand=True),
    Chapter(_accepted, lambda world: world.titled("YES", 21), by_hand=True),
    Chapter(_moved, lambda world: world.hold(25) is None),
    Chapter(_filled, lambda world: world.hold(14) is None),
    Chapter(_seen, lambda world: _answers(world) >= 3, by_hand=True),
    Chapter(_busy, lambda world: world.hold(29) and world.hold(28) is None),
    Chapter(_refused, lambda world: not _on(world, 23), by_hand=True),
)


@dataclass
class Victim:
    """A clinician's daemon that is started and killed, over and over."""

    world: World
    starter: Starter
    chance: random.Random
    kills: int = 0
    told: list[str] = field(default_factory=list)
    _pid: int = 0
    _left: int | None = None
    _answered: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def live(self, patience: float) -> None:
        """Once, to its end: after a random time about `patience` seconds, or at a random request."""
        world, chance = self.world, self.chance
        with self._lock:
            self._left = chance.randint(1, 25) if chance.random() < 0.5 else None
            self._answered = chance.random() < 0.5
            self._pid = self.starter.start(
                ["run", *world.args()], environment(world.root), world.root, world.log_path
            )
        seconds = chance.expovariate(1 / patience) if self._left is None else 6 * patience
        deadline = time.monotonic() + min(seconds, 6 * patience)
        while self._pid and time.monotonic() < deadline:
            time.sleep(0.005)
        self._kill(f"after {seconds:.3f} s")

    def calm(self) -> None:
        """One more life, until all is known that is there."""
        with self._lock:
            self._left = None
            self._pid = self.starter.start(
                ["run", *self.world.args()],
                environment(self.world.root),
                self.world.root,
                self.world.log_path,
            )
        until(self.world.rests, "all is known", hint=lambda: self.world.log_text[-1500:])
        self._kill("at rest")

    def _kill(self, where: str) -> None:
        with self._lock:
            if not self._pid:
                return
            os.kill(self._pid, signal.SIGKILL)
            until(lambda: not Path(f"/proc/{self._pid}").exists(), "it is gone")
            self._pid = 0
            self.kills += 1
            self.told.append(where)

    def _strike(self, *, answered: bool) -> bool:
        """Whether this request, or its answer, was the last."""
        if self._left is None or not self._pid:
            return False
        if not answered:
            self._left -= 1
        if self._left > 0 or self._answered != answered:
            return False
        self._kill(f"{'after' if answered else 'before'} a request")
        return True

    def before(self, _: Seen) -> bool:
        return self._strike(answered=False) or self.chance.random() < LOST

    def after(self, _: Seen) -> None:
        if self._strike(answered=True) or self.chance.random() < LOST:
            raise ConnectionResetError


def _through(world: World, chapters: tuple[Chapter, ...] = CHAPTERS) -> None:
    """All that happens, to a daemon that nobody disturbs."""
    world.start()
    for chapter in chapters:
        if chapter.by_hand:
            until(world.rests, "all is known")
        chapter.step(world)
        world.until(lambda chapter=chapter: chapter.shows(world), chapter.step.__name__)  # type: ignore[misc]
    assert world.stop() == 0
    assert world.once().returncode == 0


def _killed(world: World, starter: Starter, seed: int) -> int:
    """The same to one that is killed all the time; how often it was."""
    victim = Victim(world, starter, random.Random(seed))
    world.proxy.strikes[world.user, "before"] = victim.before
    world.proxy.strikes[world.user, "after"] = victim.after
    for number, chapter in enumerate(CHAPTERS):
        if chapter.by_hand:
            victim.calm()
        chapter.step(world)
        # A slow machine gets nothing done in so short lives, so they grow.
        patience, deadline = PATIENCE, time.monotonic() + 4 * LONG
        while not chapter.shows(world):
            victim.live(patience)
            patience *= 1.07
            titles = [(one.title, one.start) for one in world.published()]
            assert len(titles) == len(set(titles)), f"twice: {titles}, {victim.told[-3:]}"
            assert time.monotonic() < deadline, f"chapter {number} never shows: {world.log_text[-2000:]}"
        for _ in range(victim.chance.randint(0, 3)):
            victim.live(PATIENCE)
    del world.proxy.strikes[world.user, "before"], world.proxy.strikes[world.user, "after"]
    return victim.kills


@pytest.fixture
def starter() -> Iterator[Starter]:
    with Starter() as made:
        yield made


def test_killed_all_the_time_it_ends_as_if_undisturbed(world: World, starter: Starter) -> None:
    """No entry twice and none lost, no answer lost, no mail touched, and in the end nothing is left to be written."""
    _through(world)
    picture, own = world.picture(), world.bodies("work", "personal")
    answers = sorted(world.rows("SELECT about, verdict FROM answer"))
    mails = sorted(path.name for path in (world.inbox / "new").iterdir())
    sys.stdout.write(f"seed {SEED}\n")
    kills = lives = 0
    while kills < KILLS:
        lives += 1
        told = f"seed {SEED}, life {lives}"
        with world.neighbour(f"twin{lives}") as twin:
            kills += _killed(twin, starter, SEED + lives)
            assert twin.once().returncode == 0, told
            assert twin.once().returncode == 0, told
            assert twin.picture() == picture, told
            assert sorted(twin.rows("SELECT about, verdict FROM answer")) == answers, told
            assert twin.bodies("work", "personal").keys() == own.keys(), told
            assert sorted(path.name for path in (twin.inbox / "new").iterdir()) == mails, told
            assert not [
                one for one in twin.writes() if b"ATTENDEE" in one.body or b"ORGANIZER" in one.body
            ], told
            assert not [one for one in twin.writes() if one.calendar != twin.publish], told
            since = twin.mark
            assert twin.once().returncode == 0, told
            assert not twin.writes(since), told
    sys.stdout.write(f"{kills} kills in {lives} lives\n")
