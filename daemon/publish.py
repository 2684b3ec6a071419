"""What shall be seen, less what is there, written to the publish calendar in a thread; answers taken from it before."""

from __future__ import annotations

import threading
from datetime import datetime

from connectors.errors import UnreachableError
from daemon import reconcile
from daemon.clock import now
from daemon.desk import Desk, Published
from daemon.entries import View, entries
from daemon.observe import Observer
from daemon.outbox import Outcome, carry_out
from daemon.understand import Outlook, watched
from daemon.world import World

MOST_ROUNDS = 3
"""Publishing rounds in a row that met conflicts before the next event is awaited."""


class Publisher:
    """One round of writes at a time."""

    def __init__(self, desk: Desk, observer: Observer, instance: str) -> None:
        self.desk = desk
        self.instance = instance
        self.publishing = False
        self._observer = observer
        self._rounds = 0

    def answers(self) -> None:
        """Deletions and titles in the publish calendar, taken as answers before the world is judged."""
        source = self.desk.publish_source()
        if source is None or source.name not in self.desk.verified:
            return
        there = {item.href: item for item in self.desk.store.items(source.name)}
        shown = self.desk.store.shown()
        settled = self.desk.store.answers()
        deleting = [write.name for write in self.desk.store.open_writes() if write.verb == "delete"]
        for given in reconcile.answers(shown, there, deleting):
            if settled.get(given.about) != given.verdict:
                self.desk.store.answer(given.about, given.verdict, now(), given.how)
                self.desk.log.info("answered", verdict=given.verdict, how=given.how)
        self.desk.store.forget_shown(
            [row.name for row in shown.values() if row.there and row.href not in there]
        )

    def publish(self, outlook: Outlook, world: World, moment: datetime) -> None:
        source = self.desk.publish_source()
        if source is None or source.calendar is None or source.name not in self.desk.verified:
            return
        health = self.desk.store.health().get(source.name)
        if (health and health.failing_since) or self.desk.store.known_fact(f"vanished {source.name}"):
            return
        shown = self.desk.store.shown()
        settled = self.desk.store.answers()
        today = moment.astimezone(self.desk.settings.policy.now(moment).clinician.home_zone).date()
        view = View(
            problem=outlook.problem,
            plan=outlook.plan,
            accepted=world.accepted,
            since={name: row.since for name, row in shown.items()},
            today=today,
            now=moment,
            instance=self.instance,
            minimal=self.desk.settings.service.minimal_titles,
            notices=watched(world, outlook.problem, outlook.plan, today),
        )
        wanted = {
            name: entry
            for name, entry in entries(view).items()
            if "seen" not in (settled.get(entry.about), settled.get(name))
        }
        there = {item.href: item for item in self.desk.store.items(source.name)}
        calendar = source.calendar
        change = reconcile.difference(
            wanted,
            shown,
            there,
            lambda name: calendar.address(f"{self.instance}-{name}"),
            moment,
            self.desk.store.moved(),
        )
        self.desk.store.forget_shown(change.forget)
        if not change.writes and not change.shown:
            self._rounds = 0
            if self.desk.store.open_writes():
                # What was left open is settled by now, or was not taken.
                self.desk.store.decide((), (), moment)
            return
        self.desk.store.decide(change.shown, change.writes, moment)
        if not change.writes:
            return
        self.publishing = True

        def write() -> None:
            with source.busy:
                try:
                    outcome = carry_out(calendar, change.writes)
                except Exception as error:  # noqa: BLE001  # the loop must hear of it, whatever it is
                    outcome = Outcome(trouble=UnreachableError(f"an unforeseen {type(error).__name__}"))
            self.desk.put(Published(outcome, change.writes))

        threading.Thread(target=write, name="publish", daemon=True).start()

    def published(self, event: Published) -> None:
        self.publishing = False
        outcome = event.outcome
        source = self.desk.publish_source()
        if source is None:
            return
        kept, blocked = reconcile.made_of(
            event.writes, outcome, self.desk.store.shown(), self.desk.store.moved()
        )
        # Whether what was to be changed was deleted by hand, or all of the calendar is gone, the next look tells.
        vanished = {write.href for write in event.writes if write.verb == "update"} & {*outcome.gone}
        gone = [href for href in outcome.gone if href not in vanished]
        self.desk.store.published(source.name, outcome.items, gone, kept, blocked)
        self.desk.log.info(
            "published",
            written=len(outcome.items),
            removed=len(outcome.gone),
            conflicts=len(outcome.conflicts),
            rejected=len(outcome.rejected),
        )
        if outcome.trouble is not None:
            self._observer.failed(source, outcome.trouble)
            return
        if vanished:
            self._observer.ask(source.name)
            return
        self._rounds += 1
        # The next look finds nothing to write, or what a conflict brought to light.
        self.desk.dirty = self.desk.dirty or self._rounds <= MOST_ROUNDS
