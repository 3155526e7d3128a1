"""Sums and differences of all temporal values, on numbers (DMN 1.5, 10.3.2.5, table 56).

What Python's types can do without it is done by them, see `arithmetic`; this is for what is wide,
or becomes so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any

from engine.feel.errors import OperandsDoNotFit
from engine.feel.values import YearMonthDuration
from engine.feel.wide.days import day_at, day_number
from engine.feel.wide.instants import (
    at_local,
    at_moment,
    local_number,
    midnight,
    moment_number,
    time_number,
)
from engine.feel.wide.values import (
    DAY,
    Clock,
    Day,
    Instant,
    Length,
    WideDate,
    WideDateTime,
    WideDuration,
    WideTime,
    clock_number,
    date_part,
    make_date,
    make_instant,
    make_length,
    month_length,
    nanoseconds,
    time_at,
    time_part,
)


def add_length(instant: Instant, length: Length) -> Instant:
    """`length` later; in a zone real time passes, whatever its clocks do."""
    if instant.tzinfo is None:
        return at_local(local_number(instant) + nanoseconds(length), None)
    return at_moment(moment_number(instant) + nanoseconds(length), instant.tzinfo)


def add_to_day(day: Day, length: Length) -> Day:
    """The day of the instant `length` after its midnight."""
    return day_at(day_number(day) + nanoseconds(length) // DAY)


def add_months(day: Day, months: int) -> Day:
    """The corresponding day `months` later, else the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return make_date(year, month + 1, min(day.day, month_length(year, month + 1)))


def add_months_to_instant(instant: Instant, months: int) -> Instant:
    """The same time of the corresponding day."""
    return make_instant(add_months(date_part(instant), months), time_part(instant))


def add_to_time(clock: Clock, length: Length) -> Clock:
    """The time that a clock shows `length` later; after 24:00 it begins anew."""
    number = (clock_number(clock) + nanoseconds(length)) % DAY
    return time_at(number, clock.tzinfo)


def between_times(left: Clock, right: Clock) -> Length:
    """From `right` to `left`. Raises `OperandsDoNotFit` if only one has a zone."""
    if (left.tzinfo is None) is not (right.tzinfo is None):
        raise OperandsDoNotFit(operator="-", left="time", right="time@zone")
    return make_length(time_number(left) - time_number(right))


def between_instants(left: Instant | Day, right: Instant | Day) -> Length:
    """From `right` to `left`. Raises `OperandsDoNotFit` if only one has a zone."""
    end, start = _as_instant(left), _as_instant(right)
    if (start.tzinfo is None) is not (end.tzinfo is None):
        raise OperandsDoNotFit(operator="-", left="date and time", right="date and time@zone")
    number = local_number if end.tzinfo is None else moment_number
    return make_length(number(end) - number(start))


def _as_instant(value: Instant | Day) -> Instant:
    return value if isinstance(value, (datetime, WideDateTime)) else midnight(value)


_Operation = Callable[[Any, Any], object]

_D, _T, _DT = (date, WideDate), (time, WideTime), (datetime, WideDateTime)
_L, _M = (timedelta, WideDuration), (YearMonthDuration,)

_OPERATIONS: list[tuple[str, tuple[type, ...], tuple[type, ...], _Operation]] = [
    ("+", _L, _L, lambda a, b: make_length(nanoseconds(a) + nanoseconds(b))),
    ("-", _L, _L, lambda a, b: make_length(nanoseconds(a) - nanoseconds(b))),
    ("+", _D, _L, add_to_day),
    ("+", _L, _D, lambda a, b: add_to_day(b, a)),
    ("-", _D, _L, lambda a, b: add_to_day(a, make_length(-nanoseconds(b)))),
    ("+", _D, _M, lambda a, b: add_months(a, b.months)),
    ("+", _M, _D, lambda a, b: add_months(b, a.months)),
    ("-", _D, _M, lambda a, b: add_months(a, -b.months)),
    ("+", _DT, _L, add_length),
    ("+", _L, _DT, lambda a, b: add_length(b, a)),
    ("-", _DT, _L, lambda a, b: add_length(a, make_length(-nanoseconds(b)))),
    ("+", _DT, _M, lambda a, b: add_months_to_instant(a, b.months)),
    ("+", _M, _DT, lambda a, b: add_months_to_instant(b, a.months)),
    ("-", _DT, _M, lambda a, b: add_months_to_instant(a, -b.months)),
    ("-", _D + _DT, _D + _DT, between_instants),
    ("+", _T, _L, add_to_time),
    ("+", _L, _T, lambda a, b: add_to_time(b, a)),
    ("-", _T, _L, lambda a, b: add_to_time(a, make_length(-nanoseconds(b)))),
    ("-", _T, _T, between_times),
]

ON_NUMBERS: dict[tuple[str, type, type], _Operation] = {
    (operator, left, right): operation
    for operator, lefts, rights, operation in _OPERATIONS
    for left, right in product(lefts, rights)
}
"""Operations by operator and types. They raise `OverflowError` beyond all values, and `Fault`."""
