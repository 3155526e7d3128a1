"""What stands behind a dot on values that are not contexts (DMN 1.5, tables 60 and 61)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.feel.errors import NoSuchEntry
from engine.feel.values import Range, YearMonthDuration, type_name


def property_of(value: object, name: str) -> object:
    """The property `name` of `value`. Raises `NoSuchEntry`."""
    read = _PROPERTIES.get((type(value), name))
    if read is None:
        raise NoSuchEntry(name=name, found=type_name(value))
    return read(value)


def _timezone(value: datetime | time) -> object:
    """The name of the zone; an offset has none."""
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def _second(value: datetime | time) -> Decimal:
    return Decimal(value.second)


def _component(unit: int, modulus: int) -> Callable[[timedelta], Decimal]:
    """A component of a duration: its `unit` seconds, below `modulus`, with its sign."""

    def read(length: timedelta) -> Decimal:
        count = int(abs(length).total_seconds()) // unit % modulus
        return Decimal(-count if length < timedelta() else count)

    return read


def _seconds(length: timedelta) -> Decimal:
    absolute = abs(length)
    count = Decimal(absolute.seconds % 60)
    if absolute.microseconds:
        count += Decimal(absolute.microseconds) / 1_000_000
    return -count if length < timedelta() else count


def _months_component(part: int) -> Callable[[YearMonthDuration], Decimal]:
    def read(length: YearMonthDuration) -> Decimal:
        count = divmod(abs(length.months), 12)[part]
        return Decimal(-count if length.months < 0 else count)

    return read


_DATE: dict[str, Callable[..., object]] = {
    "year": lambda v: Decimal(v.year),
    "month": lambda v: Decimal(v.month),
    "day": lambda v: Decimal(v.day),
    "weekday": lambda v: Decimal(v.isoweekday()),
}
_TIME: dict[str, Callable[..., object]] = {
    "hour": lambda v: Decimal(v.hour),
    "minute": lambda v: Decimal(v.minute),
    "second": _second,
    "time offset": lambda v: v.utcoffset(),
    "timezone": _timezone,
}
_DAYS: dict[str, Callable[..., object]] = {
    "days": _component(86_400, 10**12),
    "hours": _component(3600, 24),
    "minutes": _component(60, 60),
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
        (YearMonthDuration, _MONTHS),
        (Range, _RANGE),
    )
    for name, read in properties.items()
}
