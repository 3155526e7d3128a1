"""What a query of a page reads with: a connection, the definitions, the calendars, the clock."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from engine.calendar import Calendar
from engine.clock import Clock
from engine.runtime.calendars import CalendarBook
from engine.runtime.definitions import Definitions


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One look at the database."""

    connection: Connection
    definitions: Definitions
    calendars: CalendarBook
    clock: Clock

    def calendar_of(self, organisation_path: str) -> Calendar:
        """The calendar by which a unit counts its days."""
        return self.calendars.of(self.connection, organisation_path)
