"""A year of a calendar as twelve months of weeks, for a page."""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from engine.calendar import Calendar, DayKind, OutsideCalendar

TONES = {
    DayKind.WORKING: "",
    DayKind.WEEKEND: "weekend",
    DayKind.STATUTORY: "holiday",
    DayKind.MOVED_REST: "rest",
    DayKind.SUBSTITUTE: "rest",
    DayKind.MAKE_UP: "work",
}


@dataclass(frozen=True, kw_only=True)
class GridDay:
    """A day of the grid: `kind` says why it works or rests, `tone` how it is painted."""

    day: date
    kind: DayKind
    tone: str
    name: str
    confirmed: bool
    changed: bool


@dataclass(frozen=True, kw_only=True)
class GridMonth:
    """A month: weeks from Monday, None where a day belongs to another month."""

    month: int
    weeks: tuple[tuple[GridDay | None, ...], ...]
    working_days: int


def year_grid(calendar: Calendar, year: int, changed: Collection[date] = ()) -> list[GridMonth]:
    """The months of `year`; `changed` days are marked. Empty if the calendar does not know it."""
    try:
        return [_month(calendar, year, month, frozenset(changed)) for month in range(1, 13)]
    except OutsideCalendar:
        return []


def _month(calendar: Calendar, year: int, month: int, changed: frozenset[date]) -> GridMonth:
    weeks = tuple(
        tuple(_day(calendar, day, changed) if day.month == month else None for day in week)
        for week in Weeks().monthdatescalendar(year, month)
    )
    working = sum(
        calendar.is_working_day(shown.day) for week in weeks for shown in week if shown is not None
    )
    return GridMonth(month=month, weeks=weeks, working_days=working)


def _day(calendar: Calendar, day: date, changed: frozenset[date]) -> GridDay:
    status = calendar.status(day)
    return GridDay(
        day=day,
        kind=status.kind,
        tone=TONES[status.kind],
        name=status.name,
        confirmed=status.confirmed,
        changed=day in changed,
    )
