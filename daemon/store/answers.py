"""What the clinician answered, and what was decided."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from daemon.rows import BY_POLICY, Said, ShownRow, Verdict
from daemon.store.database import Database, put
from daemon.store.entries import forget, show
from daemon.tables import ANSWER, DECISION, SAID, SHOWN


class Answers(Database):
    def answers(self) -> dict[str, Verdict]:
        return self.answered()[0]

    def answered(self) -> tuple[dict[str, Verdict], dict[str, datetime], frozenset[str]]:
        """What was said, and when, each by what it is about; and to what the policy said yes, and nobody anything since."""
        told = ANSWER.c
        with self.read() as connection:
            rows = connection.execute(select(told.about, told.verdict, told.at, told.how)).all()
        return (
            {about: verdict for about, verdict, _, _ in rows},
            {about: at for about, _, at, _ in rows},
            frozenset(about for about, _, _, how in rows if how == BY_POLICY),
        )

    def said(self) -> list[Said]:
        """The answers that were given by entries."""
        told = ANSWER.c
        wanted = select(told.about, told.verdict, told.at, told.how, told.entry)
        with self.read() as connection:
            return [Said(*row) for row in connection.execute(wanted.where(told.entry.is_not(None)))]

    def history(self, abouts: Collection[str]) -> list[Said]:
        """Every answer about these things, in the order in which they were given."""
        told = SAID.c
        wanted = select(told.about, told.verdict, told.at, told.how, told.entry).order_by(told.id)
        with self.read() as connection:
            return [Said(*row) for row in connection.execute(wanted.where(told.about.in_(list(abouts))))]

    def answered_by(self) -> frozenset[str]:
        """The names of all entries by which an answer was ever given."""
        with self.read() as connection:
            found = connection.scalars(select(SAID.c.entry).where(SAID.c.entry.is_not(None)).distinct())
            return frozenset(str(name) for name in found)

    def answer(self, about: str, verdict: Verdict, now: datetime, how: str) -> None:
        self.heard([Said(about, verdict, now, how)])

    def heard(
        self,
        answers: Iterable[Said],
        titles: Mapping[str, str] = MappingProxyType({}),
        away: Collection[str] = (),
        back: Iterable[ShownRow] = (),
    ) -> None:
        """Answers, titles as they were read by name, entries shown no longer and again, in one transaction."""
        with self.write() as connection:
            for one in answers:
                put(connection, ANSWER, asdict(one))
                connection.execute(insert(SAID).values(asdict(one)))
            for name, title in titles.items():
                connection.execute(update(SHOWN).where(SHOWN.c.name == name).values(title=title))
            forget(connection, SHOWN.c.name.in_(list(away)))
            show(connection, back)

    def decision(self) -> tuple[str, Mapping[str, Any]] | None:
        """The world's digest and the plan of the newest decision."""
        newest = select(DECISION.c.world, DECISION.c.plan).order_by(DECISION.c.id.desc()).limit(1)
        with self.read() as connection:
            found = connection.execute(newest).one_or_none()
            return (found.world, json.loads(found.plan)) if found else None

    def decision_at(self, moment: datetime) -> tuple[datetime, Mapping[str, Any]] | None:
        """The plan that was in force then, and when it was decided."""
        newest = select(DECISION.c.at, DECISION.c.plan).order_by(DECISION.c.id.desc()).limit(1)
        with self.read() as connection:
            found = connection.execute(newest.where(DECISION.c.at <= moment)).one_or_none()
            return (found.at, json.loads(found.plan)) if found else None

    def decided(self, world: str, plan: Mapping[str, Any], now: datetime) -> None:
        row = {"at": now, "world": world, "plan": json.dumps(plan, sort_keys=True)}
        with self.write() as connection:
            connection.execute(insert(DECISION).values(row))

    def forget_decisions(self, before: datetime) -> int:
        """Plans of before then, but for the newest of all; how many."""
        newest = select(func.max(DECISION.c.id)).scalar_subquery()
        old = delete(DECISION).where(DECISION.c.at < before, DECISION.c.id != newest)
        with self.write() as connection:
            return connection.execute(old).rowcount
