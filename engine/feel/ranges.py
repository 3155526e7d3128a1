"""What lies in a range, and how ranges are made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from engine.feel.errors import NotComparable, NotIterable, RangeDoesNotFit
from engine.feel.ordering import compare
from engine.feel.values import Range, type_name

_ONE = Decimal(1)


def make_range(low: object, high: object, low_included: bool, high_included: bool) -> Range:
    """A range between two values of one ordered type. Raises `RangeDoesNotFit`."""
    try:
        if low is None or high is None or compare(low, high) > 0:
            raise RangeDoesNotFit(low=type_name(low), high=type_name(high))
    except NotComparable:
        raise RangeDoesNotFit(low=type_name(low), high=type_name(high)) from None
    return Range(low, high, low_included, high_included)


def includes(range_: Range, value: object) -> bool:
    """Whether `value` lies in `range_`. Raises `NotComparable`."""
    if range_.low is not None:
        order = compare(range_.low, value)
        if order > 0 or (order == 0 and not range_.low_included):
            return False
    if range_.high is not None:
        order = compare(value, range_.high)
        if order > 0 or (order == 0 and not range_.high_included):
            return False
    return True


def members(range_: Range) -> Iterator[object]:
    """The whole numbers or days of a range, in order. Raises `NotIterable`."""
    low, high = range_.low, range_.high
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        first = low if range_.low_included else low + _ONE
        return _numbers(first, high, range_.high_included)
    if type(low) is date and type(high) is date:
        first_day = low if range_.low_included else low + timedelta(days=1)
        return _days(first_day, high if range_.high_included else high - timedelta(days=1))
    raise NotIterable(found=f"range<{type_name(low)}>")


def span(start: object, end: object) -> Iterator[object]:
    """The values of `start..end` in an iteration, downwards if `end` is smaller.

    Raises `NotIterable` unless both are whole numbers or dates.
    """
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        if start <= end:
            return _numbers(start, end, True)
        return _numbers_down(start, end)
    if type(start) is date and type(end) is date:
        return _days(start, end)
    raise NotIterable(found=f"{type_name(start)}..{type_name(end)}")


def _numbers(first: Decimal, last: Decimal, included: bool) -> Iterator[Decimal]:
    while first < last or (included and first == last):
        yield first
        first += _ONE


def _numbers_down(first: Decimal, last: Decimal) -> Iterator[Decimal]:
    while first >= last:
        yield first
        first -= _ONE


def _days(first: date, last: date) -> Iterator[date]:
    step = 1 if first <= last else -1
    for count in range(abs((last - first).days) + 1):
        yield first + timedelta(days=step * count)
