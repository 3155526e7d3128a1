"""Values between and beyond others, and values beside them, of every type that can be written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal, DecimalException
from itertools import pairwise
from typing import Any

from engine.feel.values import YearMonthDuration, key_of

OTHER_TEXT = "其他值"


class Unknown(Exception):
    """Which values make a difference in a column cannot be told."""


def distinct(values: Iterable[object]) -> list[object]:
    """The values, each once, as they come."""
    return list({key_of(value): value for value in values}.values())


def around(values: Sequence[Any]) -> list[object]:
    """Values of one type in order, with one between each two and one beyond each end.

    Each text has another right behind it, so texts are told apart as well. Raises `Unknown` for
    types without an order, and where a value in between cannot be written.
    """
    make = _AROUND.get(type(values[0])) if values else None
    if make is None or any(type(value) is not type(values[0]) for value in values):
        raise Unknown
    try:
        return distinct(make(sorted(values)))
    except (TypeError, ValueError, ArithmeticError, DecimalException):
        raise Unknown from None


def other_than(values: Sequence[Any]) -> object:
    """A value of the type of `values` that is none of them. Raises `Unknown`."""
    kind = type(values[0])
    if kind is bool:
        rest = [value for value in (True, False) if value not in values]
        return rest[0] if rest else values[0]
    if kind is str:
        text = OTHER_TEXT
        while text in values:
            text += "*"
        return text
    return around(values)[-1]


def _dense(step: Any) -> Callable[[list[Any]], Iterator[object]]:
    def values(known: list[Any]) -> Iterator[object]:
        yield known[0] - step
        for low, high in pairwise(known):
            yield low
            if low < high:
                middle = low + (high - low) / 2
                if not low < middle < high:
                    raise ValueError(middle)
                yield middle
        yield from (known[-1], known[-1] + step)

    return values


def _days(known: list[date]) -> Iterator[object]:
    for day in known:
        numbers = (day.toordinal() + step for step in (-1, 0, 1))
        yield from (date.fromordinal(n) for n in numbers if 1 <= n <= date.max.toordinal())


def _months(known: list[YearMonthDuration]) -> Iterator[object]:
    for length in known:
        yield from (YearMonthDuration(length.months + step) for step in (-1, 0, 1))


def _texts(known: list[str]) -> Iterator[object]:
    yield ""
    for text in known:
        yield from (text, text + " ")
    for low, high in pairwise(known):
        if low != high and not low + " " < high:
            raise ValueError(high)


def _times(known: list[time]) -> Iterator[object]:
    yield time.min
    for low, high in pairwise(known):
        yield low
        if low < high:
            yield _middle(low, high)
    yield known[-1]
    if known[-1] < time.max:
        yield _middle(known[-1], time.max)


def _middle(low: time, high: time) -> time:
    day = date(2000, 1, 1)
    start, end = datetime.combine(day, low), datetime.combine(day, high)
    middle = start + (end - start) / 2
    seconds = middle.replace(microsecond=0)
    found = (seconds if seconds > start else middle).time()
    if not low < found < high:
        raise ValueError(found)
    return found


_AROUND: dict[type, Callable[[list[Any]], Iterator[object]]] = {
    Decimal: _dense(Decimal(1)),
    timedelta: _dense(timedelta(days=1)),
    datetime: _dense(timedelta(days=1)),
    date: _days,
    YearMonthDuration: _months,
    str: _texts,
    time: _times,
}
