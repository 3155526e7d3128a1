"""Which values come before which: `<`, ranges, `min`, `sort`."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.feel.arithmetic import time_since_midnight
from engine.feel.errors import NotComparable
from engine.feel.values import YearMonthDuration, moment, type_name

_ORDERED = frozenset([Decimal, str, date, timedelta, YearMonthDuration])


def compare(left: object, right: object) -> int:
    """-1, 0 or 1. Raises `NotComparable` for values of different types or without an order."""
    kind = type(left)
    if kind is not type(right):
        raise NotComparable(left=type_name(left), right=type_name(right))
    if kind not in _ORDERED:
        left, right = _sortable(left, right)
    if left == right:
        return 0
    return -1 if left < right else 1  # type: ignore[operator]


def _sortable(left: object, right: object) -> tuple[object, object]:
    """Values with a zone in a form that compares by instant."""
    if isinstance(left, datetime) and isinstance(right, datetime):
        if left.tzinfo is None and right.tzinfo is None:
            return left, right
        if left.tzinfo is not None and right.tzinfo is not None:
            return moment(left), moment(right)
    if isinstance(left, time) and isinstance(right, time) and _comparable_zones(left, right):
        return time_since_midnight(left), time_since_midnight(right)
    raise NotComparable(left=type_name(left), right=type_name(right))


def _comparable_zones(left: time, right: time) -> bool:
    if left.utcoffset() is None or right.utcoffset() is None:
        return str(left.tzinfo) == str(right.tzinfo)
    return True
