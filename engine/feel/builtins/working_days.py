"""Legal periods and working days: functions of our own beside the standard.

Days may be dates, dates and times, or ISO texts; an instant counts for its day in Shanghai.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from engine.feel import arithmetic
from engine.feel.builtins.registry import Family
from engine.feel.environment import Deadlines, WorkingDays
from engine.feel.errors import DateOutOfRange, ServiceMissing
from engine.feel.session import Session
from engine.feel.zones import SHANGHAI

FUNCTIONS = Family()


def _calendar(session: Session, function: str) -> WorkingDays:
    calendar = session.environment.calendar
    if calendar is None:
        raise ServiceMissing(
            function=function, service_zh="工作日历", service_en="working-day calendar"
        )
    return calendar


def _deadlines(session: Session) -> Deadlines:
    deadlines = session.environment.deadlines
    if deadlines is None:
        raise ServiceMissing(function="deadline", service_zh="期限表", service_en="deadline table")
    return deadlines


@FUNCTIONS.add("deadline(rule: string, start: day, amount?: number?)", in_session=True)
def deadline(session: Session, rule: str, start: date, amount: Decimal | None = None) -> date:
    """The last day of the legal period named `rule` that begins with `start`."""
    return _deadlines(session).deadline(rule, start, amount)


@FUNCTIONS.add("end of day(date: day)")
def end_of_day(day: date) -> datetime:
    """24:00 of a day, which is 00:00 of the next, in Shanghai (民法典 §203)."""
    try:
        following = day + timedelta(days=1)
    except OverflowError:
        raise DateOutOfRange from None
    return datetime(following.year, following.month, following.day, tzinfo=SHANGHAI)


@FUNCTIONS.add("is working day(date: day)", in_session=True)
def is_working_day(session: Session, day: date) -> bool:
    return _calendar(session, "is working day").is_working_day(day)


@FUNCTIONS.add("add working days(date: day, n: whole number)", in_session=True)
def add_working_days(session: Session, day: date, n: int) -> date:
    """The n-th working day after `date`, which is not counted (民法典 §201)."""
    return _calendar(session, "add working days").add_working_days(day, n)


@FUNCTIONS.add("working days between(from: day, to: day)", in_session=True)
def working_days_between(session: Session, start: date, end: date) -> int:
    """Working days after `from`, up to and including `to`."""
    return _calendar(session, "working days between").working_days_between(start, end)


@FUNCTIONS.add("next working day(date: day)", in_session=True)
def next_working_day(session: Session, day: date) -> date:
    """`date` itself if it is a working day, else the first after it, as the calendar says."""
    return _calendar(session, "next working day").next_working_day(day)


@FUNCTIONS.add("add natural days(date: day, n: whole number, roll?: boolean)", in_session=True)
def add_natural_days(session: Session, day: date, n: int, roll: bool = False) -> date:
    """`n` days later; with `roll`, a last day that is no working day moves to the next one."""
    if roll:
        return _calendar(session, "add natural days").add_natural_days(day, n, roll)
    try:
        return day + timedelta(days=n)
    except OverflowError:
        raise DateOutOfRange from None


@FUNCTIONS.add("add months(date: day, n: whole number)")
def add_months(day: date, n: int) -> date:
    """The corresponding day `n` months later, else the last of that month (民法典 §202)."""
    try:
        return arithmetic.add_months(day, n)
    except OverflowError:
        raise DateOutOfRange from None


@FUNCTIONS.add("add years(date: day, n: whole number)")
def add_years(day: date, n: int) -> date:
    """The corresponding day `n` years later, else the last of that month (民法典 §202)."""
    return add_months(day, n * 12)
