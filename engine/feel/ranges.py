"""What lies in a range, and how ranges are made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import cast

from engine.feel.errors import NotComparable, NotIterable, RangeDoesNotFit
from engine.feel.ordering import compare
from engine.feel.values import Range, plain_type, type_name
from engine.feel.wide import Day, day_at, day_number

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
    if plain_type(low) is date and plain_type(high) is date:
        first_day = day_number(cast("Day", low)) + (not range_.low_included)
        last_day = day_number(cast("Day", high)) - (not range_.high_included)
        return map(day_at, range(first_day, last_day + 1))
    raise NotIterable(found=f"range<{type_name(low)}>")


def span(start: object, end: object) -> Iterator[object]:
    """The values of `start..end` in an iteration, downwards if `end` is smaller.

    Raises `NotIterable` unless both are whole numbers or dates.
    """
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        if start <= end:
            return _numbers(start, end, True)
        return _numbers_down(start, end)
    if plain_type(start) is date and plain_type(end) is date:
        first, last = day_number(cast("Day", start)), day_number(cast("Day", end))
        step = 1 if first <= last else -1
        return map(day_at, range(first, last + step, step))
    raise NotIterable(found=f"{type_name(start)}..{type_name(end)}")


def _numbers(first: Decimal, last: Decimal, included: bool) -> Iterator[Decimal]:
    while first < last or (included and first == last):
        yield first
        first += _ONE


def _numbers_down(first: Decimal, last: Decimal) -> Iterator[Decimal]:
    while first >= last:
        yield first
        first -= _ONE
