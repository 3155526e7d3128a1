"""The types in signatures of built-in functions, and what is converted to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.feel.errors import DateOutOfRange
from engine.feel.function import Function
from engine.feel.temporal import day_of
from engine.feel.values import Range, YearMonthDuration, plain_type
from engine.feel.wide import WideDate, WideDateTime, WideDuration, WideTime

MISMATCH = object()
"""What a converter gives for a value that does not fit."""

_MAX_INTEGER = Decimal(10**18)

Convert = Callable[[object], object]


ORDERED = (
    Decimal,
    str,
    date,
    datetime,
    time,
    timedelta,
    YearMonthDuration,
    WideDate,
    WideDateTime,
    WideTime,
    WideDuration,
)
"""The types that can be ends of a range."""


def _only(*kinds: type) -> Convert:
    wanted = frozenset(kinds)
    return lambda value: value if type(value) in wanted else MISMATCH


def _integer(value: object) -> object:
    """No date, list or text has that many: beyond `_MAX_INTEGER` there is no whole number here."""
    if type(value) is Decimal and abs(value) <= _MAX_INTEGER and value == value.to_integral_value():
        return int(value)
    return MISMATCH


def _truncated(value: object) -> object:
    if type(value) is not Decimal:
        return MISMATCH
    return int(value) if abs(value) <= _MAX_INTEGER else int(_MAX_INTEGER.copy_sign(value))


def _function(value: object) -> object:
    return value if isinstance(value, Function) else MISMATCH


def _list(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _day(value: object) -> object:
    day = day_of(value)
    if day is None and plain_type(value) in _DAYS:
        raise DateOutOfRange
    return MISMATCH if day is None else day


_DAYS = frozenset([date, datetime])


KINDS: dict[str, Convert] = {
    "any": lambda value: value,
    "number": _only(Decimal),
    "whole number": _integer,
    "position": _truncated,
    "string": _only(str),
    "boolean": _only(bool),
    "date": _only(date, WideDate),
    "date or date and time": _only(date, datetime, WideDate, WideDateTime),
    "date and time": _only(datetime, WideDateTime),
    "time": _only(time, WideTime),
    "duration": _only(timedelta, YearMonthDuration, WideDuration),
    "days and time duration": _only(timedelta, WideDuration),
    "years and months duration": _only(YearMonthDuration),
    "list": _list,
    "context": _only(dict),
    "range": _only(Range),
    "point": _only(*ORDERED),
    "function": _function,
    "day": _day,
}
"""`day` takes a date, a date and time, or an ISO text, and gives the day in Shanghai."""
