"""Today and its kind of day, as the top bar shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from engine.calendar import Calendar, DayKind

KINDS: dict[DayKind, object] = {
    DayKind.WORKING: _l("工作日"),
    DayKind.MAKE_UP: _l("调休上班"),
    DayKind.WEEKEND: _l("周末"),
    DayKind.STATUTORY: _l("法定节假日"),
    DayKind.MOVED_REST: _l("调休放假"),
    DayKind.SUBSTITUTE: _l("补假"),
}


@dataclass(frozen=True, kw_only=True)
class Today:
    """A day, what kind of day it is, and whether people work on it."""

    day: date
    kind: str
    working: bool
    provisional: bool


def describe_day(day: date, calendar: Calendar) -> Today:
    """`day` by the calendar of a unit."""
    status = calendar.status(day)
    return Today(
        day=day,
        kind=str(KINDS[status.kind]),
        working=status.working,
        provisional=not status.confirmed,
    )
