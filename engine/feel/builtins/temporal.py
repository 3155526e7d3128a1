"""Functions of dates and times (DMN 1.5, 10.3.4.7), and of the clock (10.3.4.11)."""

from __future__ import annotations

from datetime import date, datetime

from engine.feel.builtins.registry import Family
from engine.feel.errors import ServiceMissing
from engine.feel.session import Session
from engine.feel.wide import Day, Instant, date_part, make_date, month_length, twin
from engine.feel.zones import SHANGHAI

FUNCTIONS = Family()

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@FUNCTIONS.add("now()", in_session=True)
def now(session: Session) -> datetime:
    """The instant the clock of the environment shows."""
    clock = session.environment.clock
    if clock is None:
        raise ServiceMissing(function="now", service_zh="时钟", service_en="clock")
    return clock.now()


@FUNCTIONS.add("today()", in_session=True)
def today(session: Session) -> date:
    """The day in Shanghai that the clock of the environment shows."""
    clock = session.environment.clock
    if clock is None:
        raise ServiceMissing(function="today", service_zh="时钟", service_en="clock")
    instant = clock.now()
    return (instant.astimezone(SHANGHAI) if instant.tzinfo else instant).date()


@FUNCTIONS.add("day of year(date: date or date and time)")
def day_of_year(day: Day | Instant) -> int:
    return twin(date_part(day)).timetuple().tm_yday


@FUNCTIONS.add("day of week(date: date or date and time)")
def day_of_week(day: Day | Instant) -> str:
    return _WEEKDAYS[twin(date_part(day)).weekday()]


@FUNCTIONS.add("month of year(date: date or date and time)")
def month_of_year(day: Day | Instant) -> str:
    return _MONTHS[day.month - 1]


@FUNCTIONS.add("week of year(date: date or date and time)")
def week_of_year(day: Day | Instant) -> int:
    """The week of ISO 8601."""
    return twin(date_part(day)).isocalendar().week


@FUNCTIONS.add("last day of month(date: date or date and time)")
def last_day_of_month(day: Day | Instant) -> Day:
    return make_date(day.year, day.month, month_length(day.year, day.month))
