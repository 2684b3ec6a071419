"""Asking the sources: each in a thread of its own, with pauses after failures; what they say goes into the store.

What vanishes in numbers has to be said twice. A dead source never delays another.
"""

from __future__ import annotations

import json
import random
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import blake2b
from typing import Any

from connectors.base import Changes, Mail
from connectors.errors import ConnectorError, MissingError, UnreachableError
from daemon import readings
from daemon.clock import now
from daemon.config import OUTLETS
from daemon.desk import Answered, Desk
from daemon.rows import MessageRow
from daemon.sources import Polled, ReadMail, Source, lexicon_digest, make_calendar, poll_calendar, poll_inbox
from daemon.underway import Underway
from policy.shift import DAY

LONGEST_PAUSE = timedelta(minutes=15)
AGAIN = 60
"""Seconds until a calendar from which much vanished is asked again, at most."""
MOST_PROBLEMS = 50
"""Of one inbox that are kept to be shown."""
RELIST = timedelta(hours=24)
"""Between two listings of a whole calendar."""
FEW = 5
"""Vanished events that are believed at once. More than these are asked for again, and so is more than a fifth of a calendar
of others: of ours, the clinician may well delete all that there is."""
MOST_HUNG = 3
"""Polls of one source that may hang at the same time; no further one is begun then."""


class Observer:
    """Who was asked, who answered, and who rests."""

    def __init__(self, desk: Desk, instance: str) -> None:
        self.desk = desk
        self.instance = instance
        self.asked = Underway()
        self.answered: set[str] = set()
        """Those that answered, well or not, since the start."""
        self.not_before: dict[str, float] = {}
        """Until when one rests after failures, by the monotonic clock."""
        self.looked: dict[str, float] = {}
        """When the last good look at a calendar began, by the monotonic clock."""
        self.expected: set[str] = set()
        """Calendars whose next good look somebody waits for."""
        self._again: set[str] = set()
        self._began: dict[str, float] = {}
        self._threads: dict[str, list[threading.Thread]] = {}
        """Those that were begun for a source; of the ones that ended there may be left."""

    def ask(self, name: str) -> None:
        """Poll a source in a thread of its own, unless it is being polled or rests after a failure."""
        if name in self.asked:
            self._again.add(name)
            return
        if time.monotonic() < self.not_before.get(name, 0) or name not in self.desk.sources:
            return
        if self._hung(name) >= MOST_HUNG:
            return
        source = self.desk.sources[name]
        job = self._poll_inbox(source) if source.role == "inbox" else self._poll_calendar(source)
        self._began[name] = self.asked.begin(source)
        self._again.discard(name)
        self._in_thread(job, source)

    def expect(self, name: str) -> None:
        """Ask a calendar, and have the world looked at when it has answered well, changed or not."""
        self.expected.add(name)
        self.ask(name)

    def _in_thread(self, job: Callable[[], Any], source: Source) -> None:
        def run() -> None:
            try:
                self.desk.put(Answered(source, job()))
            except ConnectorError as error:
                self.desk.put(Answered(source, None, error))
            except Exception as error:  # noqa: BLE001  # a bug in one connector must not end the others
                self.desk.put(
                    Answered(source, None, UnreachableError(f"an unforeseen {type(error).__name__}"))
                )

        thread = threading.Thread(target=run, name=f"poll-{source.name}", daemon=True)
        self._threads.setdefault(source.name, []).append(thread)
        thread.start()

    def _hung(self, name: str) -> int:
        """How many polls of a source that nobody waits for any more have not ended."""
        alive = [thread for thread in self._threads.get(name, ()) if thread.is_alive()]
        self._threads[name] = alive
        return len(alive)

    def is_stuck(self) -> bool:
        """Whether some source cannot be asked any more, because too many of its polls hang."""
        return any(self._hung(name) >= MOST_HUNG for name in self.desk.sources)

    def _poll_calendar(self, source: Source) -> Callable[[], Polled]:
        listed = self.desk.store.listed(source.name)
        # Some servers lose differences without a word.
        whole = listed is None or now() - listed > RELIST
        cursor = None if whole else self.desk.store.cursor(source.name)
        known = self.desk.store.etags(source.name)
        unseen = self.desk.store.unseen(source.name)
        if source.role not in OUTLETS or source.name in self.desk.verified:
            return lambda: poll_calendar(source, cursor, known, unseen)

        missing = not known or bool(self.desk.store.known_fact(f"missing {source.name}"))

        def make_first() -> Polled:
            # At the first poll of an address, and after each failure: it may have been taken away, or be
            # somebody else's by now. That it was taken away is noted before it is made anew.
            found = None if missing else poll_calendar(source, None, known, unseen)
            make_calendar(source, self.instance)
            return found or poll_calendar(source, None, known, unseen)

        return make_first

    def _poll_inbox(self, source: Source) -> Callable[[], tuple[Mail, list[ReadMail], str]]:
        words = self.desk.settings.lexicon
        digest = lexicon_digest(words)
        # Other names or senders read the same message another way, so everything still there is read again.
        fresh = self.desk.store.known_fact(f"lexicon {source.name}") != digest
        known = frozenset() if fresh else self.desk.store.message_keys(source.name)
        cursor = None if fresh else self.desk.store.cursor(source.name)
        # Only what is read again was asked about before.
        signed = self.desk.store.signed(source.name) if fresh else {}
        return lambda: (*poll_inbox(source, cursor, known, words, now(), signed), digest)

    def answered_by(self, event: Answered) -> None:
        name = event.source.name
        self.asked.end(event.source)
        # The first answer is news also where it is empty: until then nothing could be taken.
        self.desk.dirty = self.desk.dirty or name not in self.answered
        self.answered.add(name)
        if self.desk.sources.get(name) is not event.source:
            # Asked before a reload, of an address that may be another by now; or nobody waited for it any more.
            self.ask(name)
            return
        if event.trouble is not None:
            self.failed(event.source, event.trouble)
        elif isinstance(event.result, Polled):
            self._changes(event.source, event.result)
        elif event.result is not None:
            self._mail(event.source, *event.result)
        if name in self._again:
            self.ask(name)

    def failed(self, source: Source, trouble: ConnectorError) -> None:
        """Say it once, and ask again after a growing pause; what is known stays known."""
        failures = self.desk.store.failed(source.name, str(trouble), now())
        self.desk.verified.discard(source.name)
        if isinstance(trouble, MissingError) and source.role in OUTLETS:
            self.desk.store.set_fact(f"missing {source.name}", "yes")
        asked = trouble.retry_after if isinstance(trouble, UnreachableError) else None
        pause = asked or min(2.0**failures, LONGEST_PAUSE.total_seconds())
        wait = pause * random.uniform(0.8, 1.2)  # noqa: S311  # jitter, not a secret
        self.not_before[source.name] = time.monotonic() + wait
        self.desk.alarms.at(
            now() + timedelta(seconds=wait + 0.05), self.desk.due(source.name), f"again {source.name}"
        )
        if failures == 1:
            self.desk.log.warning("source.failing", source=source.name, reason=str(trouble))
        if failures == 1 or any(one.source == source.name for one in self.desk.silences(now())):
            self.desk.dirty = True

    def forget_rests(self) -> None:
        """Everybody may be asked at once."""
        self.not_before.clear()

    def _recovered(self, source: Source) -> None:
        self.not_before.pop(source.name, None)
        health = self.desk.store.health().get(source.name)
        if health and health.failing_since:
            self.desk.log.info("source.recovered", source=source.name, failures=health.failures)
            self.desk.dirty = True

    def _changes(self, source: Source, polled: Polled) -> None:
        etags = self.desk.store.etags(source.name)
        changes = replace(polled.changes, gone=polled.changes.gone & etags.keys())
        known = len(etags)
        if source.role in OUTLETS:
            found = source.name not in self.desk.verified
            if found:
                self.desk.verified.add(source.name)
                self.desk.store.set_fact(f"made {source.name}", source.where)
            if known and len(changes.gone) == known:
                if self.desk.store.known_fact(f"missing {source.name}"):
                    # It was taken away and made anew, which is no answer to anything.
                    self.desk.log.warning("publish.emptied", source=source.name, entries=known)
                    self.desk.store.forget_source(source.name, publish=True)
                    changes = replace(changes, gone=frozenset())
                    self.desk.dirty = True
                elif not found:
                    # Whether it is still the calendar that we made has to be seen before all in it was deleted.
                    self.desk.verified.discard(source.name)
                    self._again.add(source.name)
                    return
        if self._suspicious(source, changes, known):
            return
        self._recovered(source)
        if source.role in OUTLETS and self.desk.store.known_fact(f"missing {source.name}"):
            self.desk.store.set_fact(f"missing {source.name}", "")
        self.desk.store.observed(
            source.name,
            changes.items,
            changes.gone,
            changes.cursor,
            now(),
            ours=source.role in OUTLETS,
            unreadable=polled.unreadable,
            whole=changes.listed is not None,
            keep=source.role == "offers",
            seen=polled.seen,
        )
        self.looked[source.name] = self._began[source.name]
        if source.name in self.expected:
            self.expected.discard(source.name)
            self.desk.dirty = True
        if changes.items or changes.gone:
            self.desk.log.info(
                "source.changed", source=source.name, changed=len(changes.items), gone=len(changes.gone)
            )
            self.desk.dirty = True

    def _suspicious(self, source: Source, changes: Changes, known: int) -> bool:
        """Many events gone at once may be the server's mistake: it has to say so twice."""
        gone, fact = len(changes.gone), f"vanished {source.name}"
        suspected = self.desk.store.known_fact(fact)
        digest = blake2b("\n".join(sorted(changes.gone)).encode(), digest_size=8).hexdigest()
        if suspected and self.desk.store.known_fact(f"believe {source.name}"):
            suspected = digest
            self.desk.store.set_fact(f"believe {source.name}", "")
        few = gone <= FEW and (source.role in OUTLETS or gone * 5 <= known)
        if gone <= 1 or few or suspected == digest:
            if suspected:
                self.desk.store.set_fact(fact, "")
            return False
        self.desk.store.set_fact(fact, digest)
        self.desk.dirty = True
        self.desk.log.warning("source.vanished", source=source.name, gone=gone, known=known)
        self.desk.alarms.at(
            now() + timedelta(seconds=min(source.poll, AGAIN)),
            self.desk.due(source.name),
            f"again {source.name}",
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
                zlib.compress(one.raw) if self.desk.settings.service.mail.keep_days else None,
            )
            for one in read
        ]
        problems, lexicon = f"problems {source.name}", f"lexicon {source.name}"
        listed = mail.cursor is None or self.desk.store.known_fact(lexicon) != digest
        # What is read by a cursor is told of once.
        earlier = [] if listed else json.loads(self.desk.store.known_fact(problems) or "[]")
        told = json.dumps([*dict.fromkeys([*earlier, *mail.problems])][-MOST_PROBLEMS:])
        moment = now()
        self.desk.store.received(
            source.name,
            rows,
            mail.cursor,
            moment,
            facts={problems: told, lexicon: digest},
            bodies_since=moment - self.desk.settings.service.mail.keep_days * DAY,
        )
        if rows:
            self.desk.log.info(
                "inbox.received",
                source=source.name,
                messages=len(rows),
                unreadable=sum(not r.reading for r in rows),
            )
            self.desk.dirty = True
