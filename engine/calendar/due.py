"""From a start day and a period to the last day on which an act is in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from engine.calendar.errors import PeriodTooLong
from engine.calendar.period import Period, Unit, add_months, add_years
from engine.calendar.provisional import slack
from engine.calendar.working_calendar import Calendar


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """The last day of a period, with what is needed to repeat and to doubt the count.

    `nominal_date` is the last day before any roll. A provisional deadline will lie within
    `earliest`…`latest` once the coming notice is out: reminders and timers go by `earliest`, a
    letter to a party names no provisional day. For a certain one the three days are the same.
    """

    start_date: date
    period: Period
    nominal_date: date
    due_date: date
    provisional: bool
    earliest: date
    latest: date
    calendar_version: str


def due(start: date, period: Period, calendar: Calendar) -> Deadline:
    """The last day on which an act within `period` of `start` is in time.

    `start` is not counted (民法典 §201); months and years end on the corresponding day,
    else on the month's last (§202); the day ends at 24:00, Asia/Shanghai (§203).
    Past the calendar's confirmed horizon the result is provisional and has bounds, unless no
    working day had to be known: natural days, months and years without roll are always certain.
    Raises `OutsideCalendar` if working days are needed that no calendar knows, `PeriodTooLong`
    past the year 9999.
    """
    try:
        nominal = _nominal(start, period, calendar)
    except (OverflowError, ValueError):
        raise PeriodTooLong(start=start, amount=period.amount, unit=period.unit) from None
    last = calendar.next_working_day(nominal) if period.roll else nominal
    counted = period.unit == Unit.WORKING_DAYS and period.amount > 0
    provisional = (counted or period.roll is not None) and not calendar.is_confirmed(last)
    earliest, latest = last, last
    if provisional:
        earliest, latest = _bounds(start, period, nominal, last, calendar)
    return Deadline(
        start_date=start,
        period=period,
        nominal_date=nominal,
        due_date=last,
        provisional=provisional,
        earliest=earliest,
        latest=latest,
        calendar_version=calendar.version,
    )


def remaining_working_days(today: date, due_date: date, calendar: Calendar) -> int:
    """Working days in (`today`, `due_date`]; negative once overdue: minus the days late."""
    return calendar.working_days_between(today, due_date)


def _nominal(start: date, period: Period, calendar: Calendar) -> date:
    if period.unit == Unit.WORKING_DAYS:
        return calendar.add_working_days(start, period.amount)
    if period.unit == Unit.NATURAL_DAYS:
        return start + timedelta(days=period.amount)
    if period.unit == Unit.MONTHS:
        return add_months(start, period.amount)
    return add_years(start, period.amount)


def _bounds(
    start: date, period: Period, nominal: date, last: date, calendar: Calendar
) -> tuple[date, date]:
    earlier, later = slack(last, calendar.confirmed_through)
    unknown_from = calendar.confirmed_through + timedelta(days=1)
    soonest = nominal
    if period.unit == Unit.WORKING_DAYS:
        fewer = period.amount - earlier
        next_day = start + timedelta(days=1)
        soonest = calendar.add_working_days(start, fewer) if fewer > 0 else next_day
    return max(soonest, unknown_from), calendar.add_working_days(last, later)
