"""The calendar in memory keeps the contract of the real ones."""

from __future__ import annotations

import pytest

from connectors.base import Calendar
from connectors.calendars.memory import MemoryCalendar
from tests.connectors.calendar_contract import CalendarContract


class TestMemoryCalendar(CalendarContract):
    @pytest.fixture
    def calendar(self) -> Calendar:
        made = MemoryCalendar()
        made.make("Shiftward", "mark")
        return made

    @pytest.fixture
    def other(self, calendar: Calendar) -> Calendar:
        return calendar  # there is nothing but the object itself

    @pytest.fixture
    def missing(self) -> Calendar:
        return MemoryCalendar()
