"""Where urgency changes: the instants that divide open tasks into groups by their due date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, and_

from engine.calendar import Calendar
from engine.clock import Clock, end_of_day
from engine.runtime.models import UserTask

Urgency = Literal["overdue", "today", "soon", "later", "none"]
URGENCIES: tuple[Urgency, ...] = ("overdue", "today", "soon", "later", "none")
SOON = 2
"""Up to so many working days left a task is due soon."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DueEdges:
    """Now, the end of today, and the end of the last day with two working days left."""

    now: datetime
    today_ends: datetime
    soon_ends: datetime

    @classmethod
    def of(cls, clock: Clock, calendar: Calendar) -> DueEdges:
        """The edges at this moment by the calendar of a unit."""
        today = clock.today()
        last = calendar.add_working_days(today, SOON + 1) - timedelta(days=1)
        return cls(now=clock.now(), today_ends=end_of_day(today), soon_ends=end_of_day(last))

    def urgency(self, due_at: datetime | None) -> Urgency:
        """The group of a task due at `due_at`."""
        if due_at is None:
            return "none"
        if due_at <= self.now:
            return "overdue"
        if due_at <= self.today_ends:
            return "today"
        return "soon" if due_at <= self.soon_ends else "later"

    def within(self, urgency: Urgency) -> ColumnElement[bool]:
        """The condition on `user_task` for a group."""
        due_at = UserTask.due_at
        match urgency:
            case "overdue":
                return due_at <= self.now
            case "today":
                return and_(due_at > self.now, due_at <= self.today_ends)
            case "soon":
                return and_(due_at > max(self.now, self.today_ends), due_at <= self.soon_ends)
            case "later":
                return due_at > self.soon_ends
            case _:
                return due_at.is_(None)

    @property
    def pressing(self) -> ColumnElement[bool]:
        """The condition for everything overdue, due today or due soon."""
        return UserTask.due_at <= self.soon_ends
