"""Which values come before which: `<`, ranges, `min`, `sort`."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import cast

from engine.feel.errors import NotComparable
from engine.feel.values import YearMonthDuration, moment, plain_type, type_name
from engine.feel.wide import (
    Clock,
    Day,
    Instant,
    Length,
    WideDate,
    WideDuration,
    day_number,
    local_number,
    moment_number,
    nanoseconds,
    time_number,
    zone_text,
)

_ORDERED = frozenset([Decimal, str, date, timedelta, YearMonthDuration, WideDate, WideDuration])


def compare(left: object, right: object) -> int:
    """-1, 0 or 1. Raises `NotComparable` for values of different types or without an order."""
    kind = type(left)
    if kind is not type(right) or kind not in _ORDERED:
        left, right = _sortable(left, right)
    if left == right:
        return 0
    return -1 if left < right else 1  # type: ignore[operator]


def _sortable(left: object, right: object) -> tuple[object, object]:
    """Temporal values in a form that compares: what has a zone by its instant."""
    kind = plain_type(left)
    if kind is plain_type(right):
        if kind is datetime:
            return _instants(cast("Instant", left), cast("Instant", right))
        if kind is time:
            return _times(cast("Clock", left), cast("Clock", right))
        if kind is date:
            return day_number(cast("Day", left)), day_number(cast("Day", right))
        if kind is timedelta:
            return nanoseconds(cast("Length", left)), nanoseconds(cast("Length", right))
    raise NotComparable(left=type_name(left), right=type_name(right))


def _instants(left: Instant, right: Instant) -> tuple[object, object]:
    plain = isinstance(left, datetime) and isinstance(right, datetime)
    if left.tzinfo is None and right.tzinfo is None:
        return (left, right) if plain else (local_number(left), local_number(right))
    if left.tzinfo is not None and right.tzinfo is not None:
        if plain:
            return moment(left), moment(right)
        return moment_number(left), moment_number(right)
    raise NotComparable(left=type_name(left), right=type_name(right))


def _times(left: Clock, right: Clock) -> tuple[object, object]:
    """In a named zone only times of that zone: which offset it has depends on the day."""
    plain = isinstance(left, time) and isinstance(right, time)
    if plain and left.tzinfo is None and right.tzinfo is None:
        return left, right
    has_offsets = left.utcoffset() is not None and right.utcoffset() is not None
    if plain and has_offsets:
        return left, right
    if not has_offsets and zone_text(left.tzinfo) != zone_text(right.tzinfo):
        raise NotComparable(left=type_name(left), right=type_name(right))
    return time_number(left), time_number(right)
