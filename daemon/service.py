"""The daemon: sources are polled in threads, everything else happens in one loop.

Level-triggered: every event (a tick, a changed file, a signal, an answer of a source) only says "look now". A pass
rebuilds the world from the store, decides, and publishes the difference; passing twice changes nothing.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue

from watchfiles import watch

from connectors.base import Waking
from connectors.errors import RefusedError, UnreachableError
from daemon import log, notify, report
from daemon.clock import Jumps, now
from daemon.config import OUTLETS, ConfigError, SecretMissingError, Settings
from daemon.desk import Answered, Desk, Due, Happening, Look, Published, Reload, Stop
from daemon.metrics import Tally
from daemon.observe import Observer
from daemon.publish import Publisher
from daemon.rejected import mended, reject
from daemon.sources import Places, build
from daemon.store import GONE, Store, StoreError
from daemon.understand import Outlook
from daemon.understand import digest as world_digest
from daemon.upkeep import NOTHING, prune
from daemon.world import World
from policy.shift import DAY
from solver.explain import declined
from solver.solve import DisagreementError, Problem, solve

EFFORT, SECONDS = 2.0, 3.0
FIRST_WAIT = 2.5
"""Seconds that the first pass waits for sources to answer; those that do not are unread until they do."""
RETRY, CALM = 10, 20.0
"""Seconds after which everything is tried again that the store did not take, and without trouble until that is over."""
HEARTBEAT = 60.0
"""Seconds after which the loop looks up where nothing happens."""


class Daemon:
    """One clinician's loop. All state but the connections is in the store."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        places: Places,
        show: Callable[[Outlook], None] | None = None,
        look_ahead: Callable[[], None] | None = None,
    ) -> None:
        """`show` is told of each new outlook; `look_ahead` is called when there may be something to decide soon."""
        self.events: SimpleQueue[Happening] = SimpleQueue()
        sources = {source.name: source for source in build(settings.service, places)}
        self.desk = Desk(settings, store, places, sources, log.of_store(store.instance()), self.events.put)
        self.show = show
        self.look_ahead = look_ahead
        self.refused = False
        """The last decision did not pass the policy's own check."""
        self.outlook: Outlook | None = None
        self.tally = Tally()
        self.observer = Observer(self.desk, store.instance())
        self.publisher = Publisher(self.desk, self.observer, store.instance())
        self._stop_watching = threading.Event()
        self._linked: frozenset[Path] = frozenset()
        """Files elsewhere that the configuration links to."""
        self._world_digest = ""
        self._pruned = datetime.min.replace(tzinfo=UTC)
        self._jumps = Jumps()
        self._first_look = 0.0
        """When the first pass waits no longer, by the monotonic clock."""
        self._stumbled = False
        """A bug met since the last pass that finished."""
        self.trouble: tuple[str, datetime] | None = None
        """Why the store cannot be written, and since when."""
        self._troubled = 0.0
        """When that was last met, by the monotonic clock."""
        self._news = False
        self._shown = False
        mended(store)
        self._forget_moved()

    # -- from outside -----------------------------------------------------------------------------------------

    def stop(self) -> None:
        """Safe to call from a signal handler or any thread, as are the next two."""
        self.events.put(Stop())

    def reload(self) -> None:
        self.events.put(Reload())

    def look(self) -> None:
        self.events.put(Look())

    # -- the loop -----------------------------------------------------------------------------------------------

    def once(self) -> bool:
        """Ask every source, decide, publish; False when something could not be reached."""
        for name in self.desk.sources:
            self.observer.ask(name)
        while self.observer.asked or self.publisher.writing or self.desk.dirty:
            if self.observer.asked or self.publisher.writing:
                if (event := self._next(HEARTBEAT)) is not None:
                    self._handle(event)
                self._give_up_waiting()
            if not self.observer.asked and not self.publisher.writing and self.desk.dirty:
                self._pass()
        self._prune()
        return not self.desk.failing()

    def run(self) -> None:
        """Until `stop`."""
        for name, source in self.desk.sources.items():
            self.desk.alarms.every(source.poll, self.desk.due(name), name)
            self.observer.ask(name)
        self.desk.alarms.start()
        self._watch()
        # Where there is no source whose answer would wake it.
        self.look()
        pause = min(notify.watchdog_seconds() or HEARTBEAT, HEARTBEAT)
        self._first_look = time.monotonic() + FIRST_WAIT
        ready, sign = False, 0.0
        try:
            while (went_well := self._step(pause)) is not None:
                if not ready and self.outlook is not None:
                    ready = notify.tell("READY=1") or True
                if went_well and time.monotonic() - sign >= pause / 2 and not self.observer.is_stuck():
                    sign = time.monotonic()
                    notify.tell("WATCHDOG=1")
        finally:
            notify.tell("STOPPING=1")
            self.close()

    def _step(self, pause: float) -> bool | None:
        """One turn of the loop: take what has happened, then look.

        True when that is done, or nothing was to do; False when no pass finished since a bug was met; None when it is
        time to stop.
        """
        if self.outlook is None:
            pause = min(pause, max(0.0, self._first_look - time.monotonic()) or pause)
        event = self._next(pause)
        if self.desk.store.is_gone():
            self.desk.log.error("store.gone")
            notify.tell(f"STATUS={GONE}")
            raise StoreError(GONE)
        try:
            while event is not None:
                if isinstance(event, Stop):
                    return None
                self._handle(event)
                event = None if self.events.empty() else self.events.get()
            self._give_up_waiting()
            self._follow_the_clock()
            if self.desk.dirty and not self.publisher.writing and self._may_look():
                self._pass()
                self._stumbled = False
            elif self.outlook is not None:
                self._prune()
            self._end_of_trouble()
        except StoreError as error:
            # A full disk is no reason to be ended and begun anew: that would not empty it.
            if self.trouble is None:
                self.desk.log.error("store.trouble", reason=str(error))
            self.trouble = str(error), self.trouble[1] if self.trouble else now()
            self._troubled = time.monotonic()
            notify.tell(f"STATUS={error}")
            self._try_again_in(RETRY)
        except Exception as error:  # noqa: BLE001  # a bug must not end the service; the next event may not meet it
            where = traceback.extract_tb(error.__traceback__)[-1]
            self.desk.log.error(
                "loop.unforeseen",
                kind=type(error).__name__,
                module=Path(where.filename).stem,
                line=where.lineno,
            )
            notify.tell(
                f"STATUS=an unforeseen {type(error).__name__}; nothing new is published until it is mended"
            )
            self._stumbled = True
            self._try_again_in(60)
        return not self._stumbled

    def _end_of_trouble(self) -> None:
        """After everything was tried again; what is small may find room where the rest does not. Raises StoreError."""
        if self.trouble is not None and time.monotonic() - self._troubled >= CALM:
            self.desk.store.set_fact("written again", now().isoformat())
            self.desk.log.info("store.recovered")
            self.trouble = None

    def _try_again_in(self, seconds: int) -> None:
        """Look at all of it: what a source had said may not have been stored."""

        def again() -> None:
            for name in list(self.desk.sources):
                self.events.put(Due(name))
            self.look()

        self.desk.alarms.at(now() + timedelta(seconds=seconds), again, "retry")

    def _next(self, pause: float) -> Happening | None:
        try:
            return self.events.get(timeout=pause)
        except Empty:
            return None

    def _may_look(self) -> bool:
        """The first look waits for every source's first answer, good or bad, but not for long."""
        return self.observer.answered >= set(self.desk.sources) or time.monotonic() >= self._first_look

    def _give_up_waiting(self) -> None:
        """A source that hangs beyond every time-out is failing; it gets a new connection, and is asked again."""
        for name in dict.fromkeys([*self.observer.asked.overdue(), *self.publisher.writing.overdue()]):
            if name not in self.desk.sources:
                continue
            try:
                fresh = {one.name: one for one in build(self.desk.settings.service, self.desk.places)}
            except (SecretMissingError, RefusedError):
                fresh = {}
            self.desk.sources[name] = fresh.get(name, self.desk.sources[name])
            self.observer.failed(self.desk.sources[name], UnreachableError("it hangs, and does not answer"))

    def _follow_the_clock(self) -> None:
        """After the clock was set, or the machine slept, everything is looked at and asked anew."""
        jump = self._jumps.since()
        if not jump:
            return
        self.desk.log.warning("clock.jumped", seconds=round(jump.total_seconds()))
        self.desk.alarms.moved(jump)
        self.observer.forget_rests()
        for name in self.desk.sources:
            self.observer.ask(name)
        self.desk.dirty = True

    def _handle(self, event: Happening) -> None:
        self.tally.heard(event)
        match event:
            case Due(name=name):
                self.observer.ask(name)
            case Answered():
                self.observer.answered_by(event)
            case Published():
                self.publisher.published(event)
            case Reload():
                self._reload()
            case Look():
                self.desk.dirty = True
            case Stop():
                self.close()

    # -- understand, decide, publish ----------------------------------------------------------------------------

    def _prune(self) -> None:
        """Once a day, when nothing else is to be done; a store of years stays as large as one of a year."""
        moment = now()
        if moment - self._pruned < DAY:
            return
        self._pruned = moment
        gone = prune(self.desk.store, moment)
        if gone != NOTHING:
            self.desk.dirty = True
            self.desk.log.info("pruned", messages=gone.messages, decisions=gone.decisions, items=gone.items)

    def _pass(self) -> None:
        self.desk.dirty = False
        if self.look_ahead:
            self.look_ahead()
        self.publisher.answers()
        moment = now()
        self.tally.passed(moment)
        world, problem = self.desk.understand(moment)
        for name, last in problem.published:
            self.desk.store.note(f"published {name}", last.isoformat())
        digest = world_digest(problem, self.desk.settings)
        fresh = digest != self._world_digest or self.outlook is None
        if fresh and not self._decide(world, problem, digest, moment):
            return
        assert self.outlook is not None
        self.publisher.publish(self.outlook, world, moment)
        self._wake_at_next(problem, moment)
        if self.show and fresh and (self._news or not self._shown):
            self.show(self.outlook)
            self._shown = True
        self._world_digest = digest
        notify.tell(f"STATUS={self._status(world)}")

    def _decide(self, world: World, problem: Problem, digest: str, moment: datetime) -> bool:
        started = time.perf_counter()
        try:
            plan = solve(problem, effort=EFFORT, seconds=SECONDS)
        except DisagreementError as error:
            self.refused = True
            self.tally.decisions["refused"] += 1
            self.desk.log.error("decide.disagreement", reason=str(error))
            notify.tell(f"STATUS={error}")
            return False
        self.tally.decisions[plan.status] += 1
        verdicts = tuple(declined(problem, plan, prices=False))
        self.outlook = Outlook(problem, plan, verdicts, world, moment, frozenset(self.desk.store.shown()))
        facts = {**report.plan_json(problem, plan, verdicts), "seconds": None}
        before = self.desk.store.decision()
        self._news = before is None or before[1] != facts
        if self._news:
            self.desk.store.decided(digest, facts, moment)
        self.desk.log.info(
            "decided",
            status=plan.status,
            offers=len(problem.offers),
            accepted=len(plan.accepted),
            seconds=round(time.perf_counter() - started, 3),
        )
        if plan.trouble:
            self.desk.log.warning("decide.trouble", reason=plan.trouble)
        return True

    def _wake_at_next(self, problem: Problem, moment: datetime) -> None:
        """The next instant at which the same world means something else: a deadline, a start, midnight at home."""
        home = self.desk.settings.policy.now(moment).clinician.home_zone
        midnight = (moment.astimezone(home) + DAY).replace(hour=0, minute=0, second=5, microsecond=0)
        instants = [midnight.astimezone(UTC)]
        instants += [offer.respond_by.astimezone(UTC) for offer in problem.offers if offer.respond_by]
        instants += [shift.begins for offer in problem.offers for shift in offer.shifts]
        ahead = [instant for instant in instants if instant > moment]
        self.desk.alarms.at(min(ahead) + timedelta(seconds=1), self.look, "next")

    def _status(self, world: World) -> str:
        assert self.outlook is not None
        # Anybody on the machine may read it: how a source is called is for `shiftward status`.
        failing = len(self.desk.failing())
        parts = [f"{len(self.outlook.plan.accepted)} of {len(self.outlook.problem.offers)} offers held"]
        parts += [f"{len(world.review)} to review"] if world.review else []
        parts += [f"no contact with {failing} of {len(self.desk.sources)} sources"] if failing else []
        return ", ".join(parts)

    # -- life -----------------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        """Read both files anew; with problems, keep the old ones and say so."""
        notify.reloading()
        try:
            settings = Settings.read(self.desk.settings.config)
            changed = settings.service != self.desk.settings.service
            sources = (
                {s.name: s for s in build(settings.service, self.desk.places)}
                if changed
                else self.desk.sources
            )
        except (ConfigError, SecretMissingError, RefusedError) as error:
            # What is wrong may quote names or a password: `shiftward check` and `status` tell it, the log does not.
            problems = getattr(error, "problems", (str(error),))
            self.desk.log.error("config.rejected", problems=len(problems), remedy="shiftward check")
            reject(self.desk.store, problems, now())
            self.desk.dirty = True
            notify.tell("READY=1", "STATUS=the new configuration has problems; the old one is in force")
            return
        mended(self.desk.store)
        self.desk.settings = settings
        if changed:
            for source in self.desk.sources.values():
                self.desk.alarms.cancel(source.name)
            self.desk.sources = sources
            self.desk.verified.clear()
            self._forget_moved()
            self.observer.answered &= set(sources)
            for name, source in sources.items():
                self.desk.alarms.every(source.poll, self.desk.due(name), name)
        if changed or self._linked != _linked(settings.config):
            self._stop_watching.set()
            self._stop_watching = threading.Event()
            self._watch()
        for name in self.desk.sources:
            self.observer.ask(name)
        self.desk.dirty = True
        self._world_digest = ""
        self.desk.log.info("config.read")
        notify.tell("READY=1")

    def _forget_moved(self) -> None:
        """A source whose address changed is another source: what was known of the old one says nothing of it."""
        for source in self.desk.sources.values():
            fact = f"where {source.name}"
            before = self.desk.store.known_fact(fact)
            if before != source.where:
                if before is not None:
                    self.desk.log.warning("source.moved", source=source.name)
                    self.desk.store.forget_source(source.name, publish=source.role in OUTLETS)
                self.desk.store.set_fact(fact, source.where)
            made = self.desk.store.known_fact(f"made {source.name}") == source.where
            # One that was found missing is looked at as a whole when it is made anew: an old cursor says nothing of it.
            if made and not self.desk.store.known_fact(f"missing {source.name}"):
                self.desk.verified.add(source.name)

    def _watch(self) -> None:
        """Files that change wake their source; the configuration's own files are read again."""
        watched = {
            path: source.name
            for source in self.desk.sources.values()
            for path in source.watch
            if path.is_dir()
        }
        config = self.desk.settings.config
        self._linked = _linked(config)
        paths = [*watched, config, *{path.parent for path in self._linked if path.parent.is_dir()}]
        stopping = self._stop_watching

        def run() -> None:
            try:
                for changes in watch(
                    *paths, stop_event=stopping, recursive=False, raise_interrupt=False, debounce=400, step=30
                ):
                    self._changed_files({Path(path) for _, path in changes}, watched)
            except OSError as error:
                # Polls go on; only the quickness is lost until the next start or reload.
                self.desk.log.warning("watch.ended", reason=error.strerror)

        threading.Thread(target=run, name="watch", daemon=True).start()
        for source in self.desk.sources.values():
            if isinstance(source.inbox, Waking):
                threading.Thread(
                    target=source.inbox.watch,
                    args=(stopping, self.desk.due(source.name)),
                    name=f"wait-{source.name}",
                    daemon=True,
                ).start()

    def _changed_files(self, changed: Iterable[Path], watched: dict[Path, str]) -> None:
        for parent in {path.parent for path in changed}:
            if parent in watched:
                self.events.put(Due(watched[parent]))
        # A policy may extend any file beside it, and each of them may be a link to a file elsewhere.
        config = self.desk.settings.config
        if any(
            (path.suffix == ".toml" and path.parent == config) or path in self._linked for path in changed
        ):
            self.events.put(Reload())

    def close(self) -> None:
        self.desk.alarms.stop()
        self._stop_watching.set()
        deadline = time.monotonic() + 3
        while self.publisher.writing and time.monotonic() < deadline:
            try:
                event = self.events.get(timeout=0.1)
            except Empty:
                continue
            if isinstance(event, Published):
                self.publisher.published(event)
        self.desk.reader.close()
        self.desk.store.close()


def _linked(config: Path) -> frozenset[Path]:
    """Where the files of a configuration lie that are only links in it."""
    return frozenset(path.resolve() for path in config.glob("*.toml") if path.is_symlink())
