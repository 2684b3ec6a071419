"""What shall be seen, less what is there, written to the calendars of ours in threads; answers taken from them before."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from connectors.errors import UnreachableError
from connectors.event import Item
from daemon import answers as heard
from daemon import reconcile
from daemon.clock import now
from daemon.config import kind_of
from daemon.desk import Desk, Published
from daemon.entries import ALERTS, BLOCKS, Entry, View, entries, questions
from daemon.entries.entry import name_of
from daemon.events import Hours
from daemon.observe import Observer
from daemon.outbox import Outcome, carry_out
from daemon.rejected import notice, rejected
from daemon.rows import Said, ShownRow, Write
from daemon.sources import Source
from daemon.titles import verdict_of
from daemon.understand import Outlook, watched
from daemon.underway import Underway
from daemon.world import World
from policy.notices import Notice

MOST_ROUNDS = 3
"""Publishing rounds in a row that met conflicts before the next event is awaited."""


class Publisher:
    """One round of writes at a time, to each of the calendars."""

    def __init__(self, desk: Desk, observer: Observer, instance: str) -> None:
        self.desk = desk
        self.instance = instance
        self._observer = observer
        self._rounds: dict[str, int] = {}
        """How many rounds each calendar had, one right after the other."""
        self.writing = Underway()
        self._missed: dict[str, float] = {}
        """Blocks that are gone, by name, and since when by the monotonic clock: they may stand in a work calendar."""

        self._taken: set[str] = set()
        """Blocks that stood in a work calendar at the last look."""

    # -- answers ----------------------------------------------------------------------------------------------

    def answers(self) -> None:
        """What was done to entries on the phone, taken as answers before the world is judged."""
        outlets = self._verified()
        if not outlets:
            return
        # What was shown in a calendar that is configured no more: nobody answers there.
        self.desk.store.leave_former([one.name for one in self.desk.outlets()])
        shown = self.desk.store.shown()
        missed: dict[str, float] = {}
        self._taken.clear()
        for outlet in outlets:
            self._hear(outlet, shown, missed)
        self._missed = missed

    def _verified(self) -> list[Source]:
        return [one for one in self.desk.outlets() if one.name in self.desk.verified]

    def _hear(self, outlet: Source, shown: Mapping[str, ShownRow], missed: dict[str, float]) -> None:
        store = self.desk.store
        there = {item.href: item for item in store.items(outlet.name)}
        places = heard.places(there.values(), self.instance)
        rows = {
            name: row if row.href in there else replace(row, href=places.get(name, row.href))
            for name, row in _rows(outlet, shown).items()
        }
        taken = self._elsewhere(rows, there)
        self._taken |= {*taken}
        elsewhere = {name for name, title in taken.items() if verdict_of(title) != "declined"}
        gone = {name for name, row in rows.items() if row.there and row.href not in there}
        deleting = {write.name for write in store.open_writes(outlet.name) if write.verb == "delete"}
        blocks = {name for name in gone - deleting if rows[name].kind in BLOCKS}
        waiting = self._waiting(blocks - elsewhere, missed)
        given = heard.answers(rows, there, deleting, elsewhere, waiting)
        given = self._unless_confirmed(given)
        told = store.said()
        # What we only tried to write may be there because it was moved back meanwhile.
        # And what we left here ourselves was never put back.
        ours = {name for name, row in rows.items() if row.kept or row.title is not None}
        ours |= {*store.left(outlet.where)}
        restored = heard.restored(there, ours, told, self.instance, now(), taken)
        settled = store.answers()
        # A word in a title is said anew, though it is the same: it may settle what changed since the first time.
        refused = heard.refused(taken, told)
        fresh = (
            one
            for one in (*given, *restored, *refused)
            if one.how == "title" or settled.get(one.about) != one.verdict
        )
        news = [*fresh, *heard.taken(rows, there, settled)]
        back = [self._row_of(one, places[one.entry], outlet) for one in restored]
        back += self._left(outlet, places)
        said = [Said(one.about, one.verdict, now(), one.how, one.entry or None) for one in news]
        titles, away = heard.titles(rows, there), gone - waiting
        if said or titles or away or back:
            store.heard(said, titles, away, back)
        for one in news:
            self.desk.log.info("answered", verdict=one.verdict, how=one.how)

    def _work(self) -> list[str]:
        """The calendars that a clinician can put a shift into."""
        service = self.desk.settings.service
        return [
            one.name for one in service.calendars if one.role == "work" and kind_of(service, one) != "feed"
        ]

    def _elsewhere(self, rows: Mapping[str, ShownRow], there: Mapping[str, Item]) -> dict[str, str]:
        """The titles of blocks that stand in a work calendar, by name."""
        work = self._work()
        moved = self.desk.store.mentioning(work, f"-{self.instance}")
        copies = heard.copies(self.desk.store.mentioning(work, " ·"), self.instance)
        if not copies:
            return heard.standing(moved, self.instance)
        return heard.standing([*moved, *copies], self.instance, self._gone_hours(rows, there))

    def _gone_hours(self, rows: Mapping[str, ShownRow], there: Mapping[str, Item]) -> dict[Hours, str]:
        """By the hours of their offers the blocks that the clinician deleted here, now or before.

        A mirror copies what stands here, and means nothing by it; and a copy of what we deleted only comes after.
        """
        world, _ = self.desk.understand(now())
        open_ = {write.name for write in self.desk.store.open_writes() if write.verb == "delete"}
        gone = {name for name, row in rows.items() if row.there and row.href not in there} - open_
        known = gone | {one.entry for one in self.desk.store.said() if one.entry not in rows}
        return {
            (shift.begins, shift.ends): name
            for offer in (*world.offers, *world.accepted.values())
            for shift in offer.shifts
            if (name := name_of("shift", shift.id)) in known
        }

    def _waiting(self, gone: Collection[str], missed: dict[str, float]) -> set[str]:
        """Those of the blocks that are gone since whose going not every work calendar was looked at.

        One whose contact is lost is not waited for: what is found there in the end counts as a commitment anyway.
        """
        silent = {one.source for one in self.desk.silences(now())} if gone else set()
        work = [name for name in self._work() if name not in silent]
        waiting = set()
        for name in gone:
            since = self._missed.get(name, time.monotonic())
            unseen = [one for one in work if self._observer.looked.get(one, 0.0) < since]
            for one in unseen:
                self._observer.expect(one)
            if unseen:
                missed[name] = since
                waiting.add(name)
        return waiting

    def _unless_confirmed(self, given: list[heard.Given]) -> list[heard.Given]:
        """A hold that was deleted while its shift stands in a work calendar by other means is a yes."""
        if not any(one.verdict == "declined" and one.how == "deleted" for one in given):
            return given
        world, _ = self.desk.understand(now())
        return [
            replace(one, verdict="accepted", how="moved")
            if one.how == "deleted"
            and one.verdict == "declined"
            and world.lives.get(one.about) == "confirmed"
            else one
            for one in given
        ]

    def _row_of(self, given: heard.Given, href: str, outlet: Source) -> ShownRow:
        """What is shown again since it was put back on the phone."""
        return ShownRow(
            given.entry,
            given.about,
            heard.kind_of(given),
            href,
            now(),
            0,
            there=True,
            calendar=outlet.name,
        )

    def _left(self, outlet: Source, places: Mapping[str, str]) -> list[ShownRow]:
        """What was left here when the calendar was configured no more, and is shown nowhere else."""
        left = self.desk.store.left(outlet.where)
        if not left:
            return []
        shown = self.desk.store.shown()
        # Those that are shown elsewhere just now have their turn when they are not.
        here = _rows(outlet, shown)
        still = {name: one for name, one in left.items() if name in places and name not in here}
        self.desk.store.still_left(outlet.where, still)
        return [
            ShownRow(name, about, kind, places[name], now(), 0, there=True, calendar=outlet.name)
            for name, (about, kind) in left.items()
            if name in places and name not in shown
        ]

    # -- publishing -------------------------------------------------------------------------------------------

    def publish(self, outlook: Outlook, world: World, moment: datetime) -> None:
        outlets = [one for one in self._verified() if self._answers_well(one)]
        if not outlets:
            return
        shown = self.desk.store.shown()
        wanted = self._wanted(outlook, world, shown, moment)
        known = self._known(wanted, shown)
        for outlet in outlets:
            mine = {
                name: entry
                for name, entry in wanted.items()
                if self._home(entry, shown.get(name), outlets) == outlet.name
            }
            if not self._publish_to(outlet, mine, shown, known, moment):
                self._rounds.pop(outlet.name, None)

    def _answers_well(self, outlet: Source) -> bool:
        if outlet.name not in self._observer.looked and self.desk.store.open_writes(outlet.name):
            # What was under way when the process ended may be there by now.
            return False
        health = self.desk.store.health().get(outlet.name)
        return not (health and health.failing_since) and not self.desk.store.known_fact(
            f"vanished {outlet.name}"
        )

    def _wanted(
        self, outlook: Outlook, world: World, shown: Mapping[str, ShownRow], moment: datetime
    ) -> dict[str, Entry]:
        today = self._today(moment)
        moved = {one.entry for one in self.desk.store.said() if one.how == "moved" and one.entry}
        view = View(
            problem=outlook.problem,
            plan=outlook.plan,
            accepted=world.accepted,
            by_policy=world.by_policy,
            since={name: reconcile.since(row, moment) for name, row in shown.items()},
            today=today,
            now=moment,
            instance=self.instance,
            minimal=self.desk.settings.service.minimal_titles,
            notices=[*watched(world, outlook.problem, outlook.plan, today), *self._of_files(moment)],
            abouts={name: row.about for name, row in shown.items()},
            silences=self.desk.silences(moment),
            questions=questions(world.review, moment),
            fell_out=frozenset(moved - self._taken),
        )
        seen = heard.seen_levels(self.desk.store.answers())
        return {
            name: entry
            for name, entry in entries(view).items()
            if not heard.is_seen(entry.about, seen) and not heard.is_seen(name, seen)
        }

    def _today(self, moment: datetime) -> date:
        return moment.astimezone(self.desk.settings.policy.now(moment).clinician.home_zone).date()

    def _of_files(self, moment: datetime) -> list[Notice]:
        found = rejected(self.desk.store)
        home = self.desk.settings.policy.now(moment).clinician.home_zone
        return [notice(found, home)] if found else []

    def _known(self, wanted: Mapping[str, Entry], shown: Mapping[str, ShownRow]) -> frozenset[str] | None:
        """Names of entries that somebody knows of; None before every source was heard, when more may be wanted soon.

        What answered once, and stands there again though it is not shown, is the clinician's own.
        """
        if self.desk.failing() or not self._observer.answered >= set(self.desk.sources):
            return None
        return frozenset((*wanted, *shown, *self.desk.store.answered_by()))

    def _left_over(
        self,
        outlet: Source,
        places: Mapping[str, str],
        there: Mapping[str, Item],
        shown: Mapping[str, ShownRow],
    ) -> frozenset[str]:
        """Names of what stands here, and also in the other calendar, where it belongs."""
        rows = [shown[name] for name in places if name in shown]
        right = [row for row in rows if row.calendar == self._right(row.kind) != outlet.name]
        etags = {calendar: self.desk.store.etags(calendar) for calendar in {row.calendar for row in right}}
        # Of the same version it is the very same object: both addresses lead to one calendar.
        return frozenset(
            row.name
            for row in right
            if etags[row.calendar].get(row.href) not in (None, there[places[row.name]].etag)
        )

    def _right(self, kind: str) -> str:
        """The calendar that entries of a kind belong into."""
        names = {one.role: one.name for one in self.desk.outlets()}
        return names.get("warnings" if kind in ALERTS else "publish", names["publish"])

    def _home(self, entry: Entry, row: ShownRow | None, outlets: Iterable[Source]) -> str | None:
        """Where an entry belongs; None while it still has to go from where it is, or waits for an answer."""
        names = {one.role: one.name for one in self.desk.outlets()}
        right, well = self._right(entry.kind), [one.name for one in outlets]
        if entry.kind == "contact" and right not in well:
            right = row.calendar if row and row.calendar in names.values() else well[0]
        where = (row.calendar or names["publish"]) if row else right
        return right if where == right and entry.name not in self._missed else None

    def _publish_to(
        self,
        outlet: Source,
        wanted: Mapping[str, Entry],
        shown: Mapping[str, ShownRow],
        known: frozenset[str] | None,
        moment: datetime,
    ) -> bool:
        """Decide and begin one calendar's round; whether there was anything to do."""
        store, calendar = self.desk.store, outlet.calendar
        assert calendar is not None
        there = {item.href: item for item in store.items(outlet.name)}
        today = self._today(moment)
        here = {name: row for name, row in _rows(outlet, shown).items() if name not in self._missed}
        places = heard.places(there.values(), self.instance)
        change = reconcile.difference(
            wanted,
            here,
            there,
            lambda name: calendar.address(f"{self.instance}-{name}"),
            moment,
            today,
            store.moved(),
            outlet.name,
            places,
        )
        known = known and known - self._left_over(outlet, places, there, shown)
        writes = (*change.writes, *reconcile.strays(places, there, known, moment, today, outlet.name))
        if change.forget:
            store.forget_shown(change.forget)
            # What is gone from here may be wanted in the other calendar.
            self.desk.dirty = True
        if not writes and not change.shown:
            if store.open_writes(outlet.name):
                # What was left open is settled by now, or was not taken.
                store.decide((), (), moment, outlet.name)
            return False
        store.decide(change.shown, writes, moment, outlet.name)
        if writes:
            self.writing.begin(outlet)
            threading.Thread(target=self._writer(outlet, writes), name="publish", daemon=True).start()
        return True

    def _writer(self, outlet: Source, writes: tuple[Write, ...]) -> Callable[[], None]:
        def write() -> None:
            assert outlet.calendar is not None
            with outlet.busy:
                try:
                    outcome = carry_out(outlet.calendar, writes)
                except Exception as error:  # noqa: BLE001  # the loop must hear of it, whatever it is
                    outcome = Outcome(trouble=UnreachableError(f"an unforeseen {type(error).__name__}"))
            self.desk.put(Published(outlet, outcome, writes))

        return write

    def published(self, event: Published) -> None:
        source, outcome = event.source, event.outcome
        if not self.writing.end(source):
            return
        known = self.desk.sources.get(source.name)
        if known is None or known.where != source.where:
            # Written before a reload, to what is another calendar by now.
            return
        kept, blocked = reconcile.made_of(
            event.writes, outcome, self.desk.store.shown(), self.desk.store.moved()
        )
        # Whether what was to be changed was deleted by hand, or all of the calendar is gone, the next look tells; and
        # where a server put what it took for another address.
        refused = {*outcome.conflicts, *outcome.rejected}
        vanished = {
            write.href
            for write in event.writes
            if write.verb == "update" or (write.verb == "create" and write.name not in refused)
        } & {*outcome.gone}
        gone = [href for href in outcome.gone if href not in vanished]
        self.desk.store.published(source.name, outcome.items, gone, kept, blocked)
        self.desk.log.info(
            "published",
            written=len(outcome.items),
            removed=len(outcome.gone),
            conflicts=len(outcome.conflicts),
            rejected=len(outcome.rejected),
        )
        rounds = self._rounds.pop(source.name, 0) + 1
        if outcome.trouble is not None:
            self._observer.failed(source, outcome.trouble)
            return
        if rounds > MOST_ROUNDS:
            return
        self._rounds[source.name] = rounds
        if vanished:
            self._observer.expect(source.name)
        else:
            # The next pass finds nothing to write, or what a conflict brought to light.
            self.desk.dirty = True


def _rows(outlet: Source, shown: Mapping[str, ShownRow]) -> dict[str, ShownRow]:
    """What is shown in a calendar; what was shown before there were two is in the first."""
    mine = {outlet.name, ""} if outlet.role == "publish" else {outlet.name}
    return {name: row for name, row in shown.items() if row.calendar in mine}
