"""What stands behind a dot on values that are not contexts (DMN 1.5, tables 60 and 61)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.feel.errors import NoSuchEntry
from engine.feel.values import NUMBERS, Range, YearMonthDuration, type_name
from engine.feel.wide import (
    DAY,
    SECOND,
    Clock,
    Day,
    Instant,
    Length,
    WideDate,
    WideDateTime,
    WideDuration,
    WideTime,
    date_part,
    nanosecond_of,
    nanoseconds,
    offset_of,
    twin,
)


def property_of(value: object, name: str) -> object:
    """The property `name` of `value`. Raises `NoSuchEntry`."""
    read = _PROPERTIES.get((type(value), name))
    if read is None:
        raise NoSuchEntry(name=name, found=type_name(value))
    return read(value)


def _timezone(value: Clock | Instant) -> object:
    """The name of the zone; an offset has none."""
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def _weekday(day: Day | Instant) -> Decimal:
    """1 is Monday."""
    return Decimal(twin(date_part(day)).isoweekday())


def _second(value: Clock | Instant) -> Decimal:
    """With its fraction."""
    return _seconds_of(value.second * SECOND + nanosecond_of(value))


def _seconds_of(count: int) -> Decimal:
    whole, rest = divmod(count, SECOND)
    return NUMBERS.scaleb(Decimal(count), -9).normalize(NUMBERS) if rest else Decimal(whole)


def _component(unit: int, modulus: int | None) -> Callable[[Length], Decimal]:
    """A component of a duration: its `unit` nanoseconds, below `modulus`, with its sign."""

    def read(length: Length) -> Decimal:
        number = nanoseconds(length)
        count = abs(number) // unit
        if modulus is not None:
            count %= modulus
        return Decimal(-count if number < 0 else count)

    return read


def _seconds(length: Length) -> Decimal:
    """With their fraction."""
    number = nanoseconds(length)
    count = _seconds_of(abs(number) % (60 * SECOND))
    return -count if number < 0 else count


def _months_component(part: int) -> Callable[[YearMonthDuration], Decimal]:
    def read(length: YearMonthDuration) -> Decimal:
        count = divmod(abs(length.months), 12)[part]
        return Decimal(-count if length.months < 0 else count)

    return read


_DATE: dict[str, Callable[..., object]] = {
    "year": lambda v: Decimal(v.year),
    "month": lambda v: Decimal(v.month),
    "day": lambda v: Decimal(v.day),
    "weekday": _weekday,
}
_TIME: dict[str, Callable[..., object]] = {
    "hour": lambda v: Decimal(v.hour),
    "minute": lambda v: Decimal(v.minute),
    "second": _second,
    "time offset": offset_of,
    "timezone": _timezone,
}
_DAYS: dict[str, Callable[..., object]] = {
    "days": _component(DAY, None),
    "hours": _component(3600 * SECOND, 24),
    "minutes": _component(60 * SECOND, 60),
    "seconds": _seconds,
}
_MONTHS: dict[str, Callable[..., object]] = {
    "years": _months_component(0),
    "months": _months_component(1),
}
_RANGE: dict[str, Callable[..., object]] = {
    "start": lambda v: v.low,
    "end": lambda v: v.high,
    "start included": lambda v: v.low_included,
    "end included": lambda v: v.high_included,
}
_PROPERTIES: dict[tuple[type, str], Callable[..., object]] = {
    (kind, name): read
    for kind, properties in (
        (date, _DATE),
        (datetime, _DATE | _TIME),
        (time, _TIME),
        (timedelta, _DAYS),
        (WideDate, _DATE),
        (WideDateTime, _DATE | _TIME),
        (WideTime, _TIME),
        (WideDuration, _DAYS),
        (YearMonthDuration, _MONTHS),
        (Range, _RANGE),
    )
    for name, read in properties.items()
}
