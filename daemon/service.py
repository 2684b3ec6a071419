"""The daemon: sources are polled in threads, everything else happens in one loop.

Level-triggered: every event (a tick, a changed file, a signal, an answer of a source) only says "look now". A pass
rebuilds the world from the store, decides, and publishes the difference; passing twice changes nothing.
"""

from __future__ import annotations

import json
import random
import threading
import time
import traceback
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from watchfiles import watch

from connectors.base import Changes, Mail, Waking
from connectors.calendars.expand import EventReader
from connectors.errors import ConnectorError, RefusedError, UnreachableError
from daemon import log, notify, readings, reconcile, report
from daemon.clock import Alarms, now
from daemon.config import ConfigError, SecretMissingError, Settings
from daemon.entries import View, entries
from daemon.outbox import Outcome, carry_out
from daemon.sources import (
    Places,
    Polled,
    ReadMail,
    Source,
    build,
    lexicon_digest,
    make_calendar,
    poll_calendar,
    poll_inbox,
)
from daemon.store import MessageRow, Store, StoreError, Write
from daemon.understand import Outlook, understand
from daemon.understand import digest as world_digest
from daemon.upkeep import NOTHING, prune
from daemon.world import World
from policy.shift import DAY
from solver.explain import declined
from solver.solve import DisagreementError, Problem, solve

LONGEST_PAUSE = timedelta(minutes=15)
AGAIN = 60
"""Seconds until a calendar from which much vanished is asked again, at most."""
MOST_PROBLEMS = 50
"""Of one inbox that are kept to be shown."""
RELIST = timedelta(hours=24)
"""Between two listings of a whole calendar."""
FEW = 5
"""Vanished events that are believed at once; more than these, or than a fifth of all, are asked for again."""
FEWEST_OF_A_CALENDAR = 3
MOST_ROUNDS = 3
"""Publishing rounds in a row that met conflicts before the next event is awaited."""
EFFORT, SECONDS = 2.0, 3.0


@dataclass(frozen=True, slots=True)
class _Polled:
    source: Source
    result: Polled | tuple[Mail, list[ReadMail], str] | None
    trouble: ConnectorError | None = None


@dataclass(frozen=True, slots=True)
class _Published:
    outcome: Outcome
    writes: tuple[Write, ...]


@dataclass(frozen=True, slots=True)
class _Due:
    name: str


@dataclass(frozen=True, slots=True)
class _Reload:
    pass


@dataclass(frozen=True, slots=True)
class _Look:
    pass


@dataclass(frozen=True, slots=True)
class _Stop:
    pass


_Event = _Polled | _Published | _Due | _Reload | _Look | _Stop


class Daemon:
    """One clinician's loop. All state but the connections is in the store."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        places: Places,
        show: Callable[[Outlook], None] | None = None,
    ) -> None:
        self.settings = settings
        self.store = store
        self.show = show
        self.log = log.get()
        self.events: SimpleQueue[_Event] = SimpleQueue()
        self.places = places
        self.sources = {source.name: source for source in build(settings.service, places)}
        self.reader = EventReader()
        self.alarms = Alarms()
        self.refused = False
        """The last decision did not pass the policy's own check."""
        self.instance = store.instance()
        self.outlook: Outlook | None = None
        self._verified: set[str] = set()
        self._asked: set[str] = set()
        self._answered: set[str] = set()
        self._again: set[str] = set()
        self._not_before: dict[str, float] = {}
        self._publishing = False
        self._rounds = 0
        self._dirty = True
        self._stop_watching = threading.Event()
        self._world_digest = ""
        self._pruned = datetime.min.replace(tzinfo=UTC)
        self._news = False
        self._shown = False
        self._forget_moved()

    # -- from outside -----------------------------------------------------------------------------------------

    def stop(self) -> None:
        """Safe to call from a signal handler or any thread, as are the next two."""
        self.events.put(_Stop())

    def reload(self) -> None:
        self.events.put(_Reload())

    def look(self) -> None:
        self.events.put(_Look())

    # -- the loop -----------------------------------------------------------------------------------------------

    def once(self) -> bool:
        """Ask every source, decide, publish; False when something could not be reached."""
        for name in self.sources:
            self._ask(name)
        while self._asked or self._publishing or self._dirty:
            if self._asked or self._publishing:
                self._handle(self.events.get())
            if not self._asked and not self._publishing and self._dirty:
                self._pass()
        return not self._failing()

    def run(self) -> None:
        """Until `stop`."""
        for name, source in self.sources.items():
            self.alarms.every(source.poll, self._due(name), name)
            self._ask(name)
        self.alarms.start()
        self._watch()
        pause = notify.watchdog_seconds() or 60.0
        ready = False
        try:
            while self._step(pause):
                if not ready and self.outlook is not None:
                    ready = notify.tell("READY=1") or True
                notify.tell("WATCHDOG=1")
        finally:
            notify.tell("STOPPING=1")
            self._close()

    def _step(self, pause: float) -> bool:
        """One turn of the loop: take what has happened, then look. False when it is time to stop."""
        try:
            event: _Event | None = self.events.get(timeout=pause)
        except Empty:
            event = None
        try:
            while event is not None:
                if isinstance(event, _Stop):
                    return False
                self._handle(event)
                event = None if self.events.empty() else self.events.get()
            # The first look waits for every source's first answer, good or bad.
            if self._dirty and not self._publishing and self._answered >= set(self.sources):
                self._pass()
        except StoreError as error:
            self.log.error("store.trouble", reason=str(error))
            notify.tell(f"STATUS={error}")
            self.alarms.at(now() + timedelta(seconds=10), self.look, "retry")
            self._dirty = True
        except Exception as error:  # noqa: BLE001  # a bug must not end the service; the next event may not meet it
            where = traceback.extract_tb(error.__traceback__)[-1]
            self.log.error(
                "loop.unforeseen",
                kind=type(error).__name__,
                module=Path(where.filename).stem,
                line=where.lineno,
            )
            notify.tell(
                f"STATUS=an unforeseen {type(error).__name__}; nothing new is published until it is mended"
            )
            self.alarms.at(now() + timedelta(minutes=1), self.look, "retry")
        return True

    def _due(self, name: str) -> Callable[[], None]:
        return lambda: self.events.put(_Due(name))

    def _handle(self, event: _Event) -> None:
        match event:
            case _Due(name=name):
                self._ask(name)
            case _Polled():
                self._polled(event)
            case _Published():
                self._published(event)
            case _Reload():
                self._reload()
            case _Look():
                self._dirty = True
            case _Stop():
                self._close()

    # -- observe ------------------------------------------------------------------------------------------------

    def _ask(self, name: str) -> None:
        """Poll a source in a thread of its own, unless it is being polled or rests after a failure."""
        if name in self._asked:
            self._again.add(name)
            return
        if time.monotonic() < self._not_before.get(name, 0) or name not in self.sources:
            return
        source = self.sources[name]
        self._asked.add(name)
        self._again.discard(name)
        job = self._poll_inbox(source) if source.role == "inbox" else self._poll_calendar(source)
        self._in_thread(job, source)

    def _in_thread(self, job: Callable[[], Any], source: Source) -> None:
        def run() -> None:
            try:
                self.events.put(_Polled(source, job()))
            except ConnectorError as error:
                self.events.put(_Polled(source, None, error))
            except Exception as error:  # noqa: BLE001  # a bug in one connector must not end the others
                self.events.put(
                    _Polled(source, None, UnreachableError(f"an unforeseen {type(error).__name__}"))
                )

        threading.Thread(target=run, name=f"poll-{source.name}", daemon=True).start()

    def _poll_calendar(self, source: Source) -> Callable[[], Polled]:
        listed = self.store.listed(source.name)
        # Some servers lose differences without a word.
        whole = listed is None or now() - listed > RELIST
        cursor = None if whole else self.store.cursor(source.name)
        known = self.store.etags(source.name)
        unseen = self.store.unseen(source.name)
        if source.role != "publish" or source.name in self._verified:
            return lambda: poll_calendar(source, cursor, known, unseen)

        def make_first() -> Polled:
            # At the first poll of an address, and after each failure: it may have been taken away, or be
            # somebody else's by now.
            make_calendar(source, self.instance)
            return poll_calendar(source, None, known, unseen)

        return make_first

    def _poll_inbox(self, source: Source) -> Callable[[], tuple[Mail, list[ReadMail], str]]:
        words = self.settings.lexicon
        digest = lexicon_digest(words)
        # Other names or senders read the same message another way, so everything still there is read again.
        fresh = self.store.known_fact(f"lexicon {source.name}") != digest
        known = frozenset() if fresh else self.store.message_keys(source.name)
        cursor = None if fresh else self.store.cursor(source.name)
        # Only what is read again was asked about before.
        signed = self.store.signed(source.name) if fresh else {}
        return lambda: (*poll_inbox(source, cursor, known, words, now(), signed), digest)

    def _polled(self, event: _Polled) -> None:
        name = event.source.name
        self._asked.discard(name)
        self._answered.add(name)
        if self.sources.get(name) is not event.source:
            # Asked before a reload, of an address that may be another by now.
            self._ask(name)
            return
        if event.trouble is not None:
            self._failed(event.source, event.trouble)
        elif isinstance(event.result, Polled):
            self._changes(event.source, event.result)
        elif event.result is not None:
            self._mail(event.source, *event.result)
        if name in self._again:
            self._ask(name)

    def _failed(self, source: Source, trouble: ConnectorError) -> None:
        """Say it once, and ask again after a growing pause; what is known stays known."""
        failures = self.store.failed(source.name, str(trouble), now())
        self._verified.discard(source.name)
        asked = trouble.retry_after if isinstance(trouble, UnreachableError) else None
        pause = asked or min(2.0**failures, LONGEST_PAUSE.total_seconds())
        wait = pause * random.uniform(0.8, 1.2)  # noqa: S311  # jitter, not a secret
        self._not_before[source.name] = time.monotonic() + wait
        self.alarms.at(now() + timedelta(seconds=wait + 0.05), self._due(source.name), f"again {source.name}")
        if failures == 1:
            self.log.warning("source.failing", source=source.name, reason=str(trouble))
            self._dirty = True

    def _note(self, fact: str, value: str) -> None:
        """Write a fact down where it is news."""
        if self.store.known_fact(fact) != value:
            self.store.set_fact(fact, value)

    def _recovered(self, source: Source) -> None:
        self._not_before.pop(source.name, None)
        health = self.store.health().get(source.name)
        if health and health.failing_since:
            self.log.info("source.recovered", source=source.name, failures=health.failures)
            self._dirty = True

    def _changes(self, source: Source, polled: Polled) -> None:
        etags = self.store.etags(source.name)
        changes = replace(polled.changes, gone=polled.changes.gone & etags.keys())
        known = len(etags)
        if source.role == "publish":
            if source.name not in self._verified:
                self._verified.add(source.name)
                self.store.set_fact(f"made {source.name}", source.where)
            if len(changes.gone) == known >= FEWEST_OF_A_CALENDAR:
                # All of it at once is a calendar that was taken away and made anew, and no answer to anything.
                self.log.warning("publish.emptied", source=source.name, entries=known)
                self.store.forget_source(source.name, publish=True)
                changes = replace(changes, gone=frozenset())
                self._dirty = True
        if self._suspicious(source, changes, known):
            return
        self._recovered(source)
        self.store.observed(
            source.name,
            changes.items,
            changes.gone,
            changes.cursor,
            now(),
            ours=source.role == "publish",
            unreadable=polled.unreadable,
            whole=changes.listed is not None,
            keep=source.role == "offers",
            seen=polled.seen,
        )
        if changes.items or changes.gone:
            self.log.info(
                "source.changed", source=source.name, changed=len(changes.items), gone=len(changes.gone)
            )
            self._dirty = True

    def _suspicious(self, source: Source, changes: Changes, known: int) -> bool:
        """Many events gone at once may be the server's mistake: it has to say so twice."""
        gone, fact = len(changes.gone), f"vanished {source.name}"
        suspected = self.store.known_fact(fact)
        digest = blake2b("\n".join(sorted(changes.gone)).encode(), digest_size=8).hexdigest()
        if suspected and self.store.known_fact(f"believe {source.name}"):
            suspected = digest
            self.store.set_fact(f"believe {source.name}", "")
        if gone <= 1 or (gone <= FEW and gone * 5 <= known) or suspected == digest:
            if suspected:
                self.store.set_fact(fact, "")
            return False
        self.store.set_fact(fact, digest)
        self._dirty = True
        self.log.warning("source.vanished", source=source.name, gone=gone, known=known)
        self.alarms.at(
            now() + timedelta(seconds=min(source.poll, AGAIN)), self._due(source.name), f"again {source.name}"
        )
        return True

    def _mail(self, source: Source, mail: Mail, read: list[ReadMail], digest: str) -> None:
        self._recovered(source)
        rows = [
            MessageRow(
                source.name,
                one.key,
                one.sent,
                json.dumps(readings.to_store(one.reading), sort_keys=True) if one.reading else None,
                one.problem,
                one.signed,
                zlib.compress(one.raw) if self.settings.service.mail.keep_days else None,
            )
            for one in read
        ]
        self.store.received(source.name, rows, mail.cursor, now())
        self.store.forget_bodies(now() - self.settings.service.mail.keep_days * DAY)
        fact = f"problems {source.name}"
        listed = mail.cursor is None or self.store.known_fact(f"lexicon {source.name}") != digest
        # What is read by a cursor is told of once.
        earlier = [] if listed else json.loads(self.store.known_fact(fact) or "[]")
        self._note(fact, json.dumps([*dict.fromkeys([*earlier, *mail.problems])][-MOST_PROBLEMS:]))
        self.store.set_fact(f"lexicon {source.name}", digest)
        if rows:
            self.log.info(
                "inbox.received",
                source=source.name,
                messages=len(rows),
                unreadable=sum(not r.reading for r in rows),
            )
            self._dirty = True

    # -- understand, decide, publish ----------------------------------------------------------------------------

    def _prune(self) -> None:
        """Once a day; a store of years stays as large as one of a year."""
        moment = now()
        if moment - self._pruned < DAY:
            return
        self._pruned = moment
        gone = prune(self.store, moment)
        if gone != NOTHING:
            self.log.info("pruned", messages=gone.messages, decisions=gone.decisions, items=gone.items)

    def _pass(self) -> None:
        self._dirty = False
        self._answers()
        moment = now()
        world, problem = understand(self.store, self.settings, moment, self.reader)
        for name, last in problem.published:
            self._note(f"published {name}", last.isoformat())
        digest = world_digest(problem, self.settings)
        fresh = digest != self._world_digest or self.outlook is None
        if fresh and not self._decide(world, problem, digest, moment):
            return
        assert self.outlook is not None
        self._publish(self.outlook, world, moment)
        self._wake_at_next(problem, moment)
        if self.show and fresh and (self._news or not self._shown):
            self.show(self.outlook)
            self._shown = True
        self._world_digest = digest
        self._prune()
        notify.tell(f"STATUS={self._status(world)}")

    def _decide(self, world: World, problem: Problem, digest: str, moment: datetime) -> bool:
        started = time.perf_counter()
        try:
            plan = solve(problem, effort=EFFORT, seconds=SECONDS)
        except DisagreementError as error:
            self.refused = True
            self.log.error("decide.disagreement", reason=str(error))
            notify.tell(f"STATUS={error}")
            return False
        verdicts = tuple(declined(problem, plan, prices=False))
        self.outlook = Outlook(problem, plan, verdicts, world, moment, frozenset(self.store.shown()))
        facts = {**report.plan_json(problem, plan, verdicts), "seconds": None}
        before = self.store.decision()
        self._news = before is None or before[1] != facts
        if self._news:
            self.store.decided(digest, facts, moment)
        self.log.info(
            "decided",
            status=plan.status,
            offers=len(problem.offers),
            accepted=len(plan.accepted),
            seconds=round(time.perf_counter() - started, 3),
        )
        return True

    def _answers(self) -> None:
        """Deletions and titles in the publish calendar, taken as answers before the world is judged."""
        source = self._publish_source()
        if source is None or source.name not in self._verified:
            return
        there = {item.href: item for item in self.store.items(source.name)}
        shown = self.store.shown()
        settled = self.store.answers()
        deleting = [write.name for write in self.store.open_writes() if write.verb == "delete"]
        for given in reconcile.answers(shown, there, deleting):
            if settled.get(given.about) != given.verdict:
                self.store.answer(given.about, given.verdict, now(), given.how)
                self.log.info("answered", verdict=given.verdict, how=given.how)
        self.store.forget_shown([row.name for row in shown.values() if row.there and row.href not in there])

    def _publish(self, outlook: Outlook, world: World, moment: datetime) -> None:
        source = self._publish_source()
        if source is None or source.calendar is None or source.name not in self._verified:
            return
        health = self.store.health().get(source.name)
        if (health and health.failing_since) or self.store.known_fact(f"vanished {source.name}"):
            return
        shown = self.store.shown()
        settled = self.store.answers()
        today = moment.astimezone(self.settings.policy.clinician.home_zone).date()
        view = View(
            problem=outlook.problem,
            plan=outlook.plan,
            accepted=world.accepted,
            since={name: row.since for name, row in shown.items()},
            today=today,
            now=moment,
            instance=self.instance,
            minimal=self.settings.service.minimal_titles,
        )
        wanted = {
            name: entry
            for name, entry in entries(view).items()
            if "seen" not in (settled.get(entry.about), settled.get(name))
        }
        there = {item.href: item for item in self.store.items(source.name)}
        calendar = source.calendar
        change = reconcile.difference(
            wanted,
            shown,
            there,
            lambda name: calendar.address(f"{self.instance}-{name}"),
            moment,
            self.store.moved(),
        )
        self.store.forget_shown(change.forget)
        if not change.writes and not change.shown:
            self._rounds = 0
            if self.store.open_writes():
                # What was left open is settled by now, or was not taken.
                self.store.decide((), (), moment)
            return
        self.store.decide(change.shown, change.writes, moment)
        if not change.writes:
            return
        self._publishing = True

        def write() -> None:
            with source.busy:
                try:
                    outcome = carry_out(calendar, change.writes)
                except Exception as error:  # noqa: BLE001  # the loop must hear of it, whatever it is
                    outcome = Outcome(trouble=UnreachableError(f"an unforeseen {type(error).__name__}"))
            self.events.put(_Published(outcome, change.writes))

        threading.Thread(target=write, name="publish", daemon=True).start()

    def _published(self, event: _Published) -> None:
        self._publishing = False
        outcome = event.outcome
        source = self._publish_source()
        if source is None:
            return
        kept, blocked = reconcile.made_of(event.writes, outcome, self.store.shown(), self.store.moved())
        # Whether what was to be changed was deleted by hand, or all of the calendar is gone, the next look tells.
        vanished = {write.href for write in event.writes if write.verb == "update"} & {*outcome.gone}
        gone = [href for href in outcome.gone if href not in vanished]
        self.store.published(source.name, outcome.items, gone, kept, blocked)
        self.log.info(
            "published",
            written=len(outcome.items),
            removed=len(outcome.gone),
            conflicts=len(outcome.conflicts),
            rejected=len(outcome.rejected),
        )
        if outcome.trouble is not None:
            self._failed(source, outcome.trouble)
            return
        if vanished:
            self._ask(source.name)
            return
        self._rounds += 1
        # The next look finds nothing to write, or what a conflict brought to light.
        self._dirty = self._dirty or self._rounds <= MOST_ROUNDS

    def _publish_source(self) -> Source | None:
        return next((source for source in self.sources.values() if source.role == "publish"), None)

    def _wake_at_next(self, problem: Problem, moment: datetime) -> None:
        """The next instant at which the same world means something else: a deadline, a start, midnight at home."""
        home = self.settings.policy.clinician.home_zone
        midnight = (moment.astimezone(home) + DAY).replace(hour=0, minute=0, second=5, microsecond=0)
        instants = [midnight.astimezone(UTC)]
        instants += [offer.respond_by.astimezone(UTC) for offer in problem.offers if offer.respond_by]
        instants += [shift.begins for offer in problem.offers for shift in offer.shifts]
        ahead = [instant for instant in instants if instant > moment]
        self.alarms.at(min(ahead) + timedelta(seconds=1), self.look, "next")

    def _status(self, world: World) -> str:
        assert self.outlook is not None
        failing = self._failing()
        parts = [f"{len(self.outlook.plan.accepted)} of {len(self.outlook.problem.offers)} offers held"]
        parts += [f"{len(world.review)} to review"] if world.review else []
        parts += [f"no contact: {', '.join(sorted(failing))}"] if failing else []
        return ", ".join(parts)

    def _failing(self) -> list[str]:
        health = self.store.health()
        return [name for name in self.sources if name in health and health[name].failing_since]

    # -- life -----------------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        """Read both files anew; with problems, keep the old ones and say so."""
        notify.reloading()
        try:
            settings = Settings.read(self.settings.config)
            changed = settings.service != self.settings.service
            sources = {s.name: s for s in build(settings.service, self.places)} if changed else self.sources
        except (ConfigError, SecretMissingError, RefusedError) as error:
            # What is wrong may quote names or a password: `shiftward check` tells it, the log does not.
            self.log.error(
                "config.rejected", problems=len(getattr(error, "problems", ("",))), remedy="shiftward check"
            )
            notify.tell("READY=1", "STATUS=the new configuration has problems; the old one is in force")
            return
        self.settings = settings
        if changed:
            self._stop_watching.set()
            for source in self.sources.values():
                self.alarms.cancel(source.name)
            self.sources = sources
            self._verified.clear()
            self._forget_moved()
            self._answered &= set(sources)
            self._stop_watching = threading.Event()
            self._watch()
            for name, source in sources.items():
                self.alarms.every(source.poll, self._due(name), name)
        for name in self.sources:
            self._ask(name)
        self._dirty = True
        self._world_digest = ""
        self.log.info("config.read")
        notify.tell("READY=1")

    def _forget_moved(self) -> None:
        """A source whose address changed is another source: what was known of the old one says nothing of it."""
        for source in self.sources.values():
            fact = f"where {source.name}"
            before = self.store.known_fact(fact)
            if before != source.where:
                if before is not None:
                    self.log.warning("source.moved", source=source.name)
                    self.store.forget_source(source.name, publish=source.role == "publish")
                self.store.set_fact(fact, source.where)
            if self.store.known_fact(f"made {source.name}") == source.where:
                self._verified.add(source.name)

    def _watch(self) -> None:
        """Files that change wake their source; the configuration's own files are read again."""
        watched = {
            path: source.name for source in self.sources.values() for path in source.watch if path.is_dir()
        }
        paths = [*watched, self.settings.config]
        stopping = self._stop_watching

        def run() -> None:
            try:
                for changes in watch(
                    *paths, stop_event=stopping, recursive=False, raise_interrupt=False, debounce=400, step=30
                ):
                    self._changed_files({Path(path) for _, path in changes}, watched)
            except OSError as error:
                # Polls go on; only the quickness is lost until the next start or reload.
                self.log.warning("watch.ended", reason=error.strerror)

        threading.Thread(target=run, name="watch", daemon=True).start()
        for source in self.sources.values():
            if isinstance(source.inbox, Waking):
                threading.Thread(
                    target=source.inbox.watch,
                    args=(stopping, self._due(source.name)),
                    name=f"wait-{source.name}",
                    daemon=True,
                ).start()

    def _changed_files(self, changed: Iterable[Path], watched: dict[Path, str]) -> None:
        for parent in {path.parent for path in changed}:
            if parent in watched:
                self.events.put(_Due(watched[parent]))
        if any(path.name in ("policy.toml", "service.toml") for path in changed):
            self.events.put(_Reload())

    def _close(self) -> None:
        self.alarms.stop()
        self._stop_watching.set()
        deadline = time.monotonic() + 3
        while self._publishing and time.monotonic() < deadline:
            try:
                event = self.events.get(timeout=0.1)
            except Empty:
                continue
            if isinstance(event, _Published):
                self._published(event)
        self.reader.close()
        self.store.close()
