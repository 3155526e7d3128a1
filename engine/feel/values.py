"""FEEL values in Python: which types there are, what they are called, when they are equal."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from math import isfinite
from typing import cast

from engine.feel.errors import NotAFeelValue
from engine.feel.wide import (
    DAY,
    Clock,
    Instant,
    Length,
    WideDate,
    WideDateTime,
    WideDuration,
    WideTime,
    clock_number,
    make_length,
    moment_number,
    time_number,
    zone_text,
)

NUMBERS = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
"""IEEE 754 decimal128, the numbers of FEEL."""

_MAX_BITS = 20_000
"""Of a whole number of Python: beyond 10**6144 there are no numbers of FEEL."""


_MAX_MONTHS = 12 * 10**10


@dataclass(frozen=True, order=True, slots=True)
class YearMonthDuration:
    """A duration in whole months; negative ones go backwards."""

    months: int

    def __post_init__(self) -> None:
        """Raises `OverflowError` beyond ten thousand million years."""
        if abs(self.months) > _MAX_MONTHS:
            raise OverflowError(self.months)

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        sign = "-" if self.months < 0 else ""
        if not years and not months:
            return "P0M"
        return f"{sign}P{f'{years}Y' if years else ''}{f'{months}M' if months else ''}"


@dataclass(frozen=True, slots=True)
class Range:
    """All values between `low` and `high`; an end that is None has no bound on its side."""

    low: object
    high: object
    low_included: bool = True
    high_included: bool = True


class FunctionValue:
    """The root of all functions; see `function`."""


TYPE_NAMES: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    date: "date",
    time: "time",
    datetime: "date and time",
    timedelta: "days and time duration",
    WideDate: "date",
    WideTime: "time",
    WideDateTime: "date and time",
    WideDuration: "days and time duration",
    YearMonthDuration: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
}

_TEXT = frozenset([str])
SCALARS = frozenset(TYPE_NAMES) - {list, dict}
"""Python types that are FEEL values as they are."""

_PLAIN_TYPES: dict[type, type] = {
    WideDate: date,
    WideTime: time,
    WideDateTime: datetime,
    WideDuration: timedelta,
}


def plain_type(value: object) -> type:
    """The Python type of a value; of a wide one that which holds values of the same FEEL type."""
    kind = type(value)
    return _PLAIN_TYPES.get(kind, kind)


def type_name(value: object) -> str:
    """The FEEL name of the type of `value`, for messages."""
    if isinstance(value, FunctionValue):
        return "function"
    return TYPE_NAMES.get(type(value), type(value).__name__)


Converted = dict[int, tuple[object, object]]
"""Lists and contexts that have been converted: id → themselves and what became of them."""


def from_python(value: object, known: Converted | None = None) -> object:
    """`value` as FEEL sees it: numbers as Decimal, sequences as list, mappings as dict.

    Returns the same object where nothing had to change, and converts what is shared (`known`)
    once. Raises `NotAFeelValue`.
    """
    kind = type(value)
    if kind in SCALARS:
        return value
    if kind is int:
        return _number_from_python(value)  # type: ignore[arg-type]
    if kind is float and isfinite(value):  # type: ignore[arg-type]
        return NUMBERS.create_decimal(repr(value))
    if isinstance(value, (list, tuple)):
        return _list_from_python(value, known)
    if kind is dict or isinstance(value, Mapping):
        return _context_from_python(value, known)  # type: ignore[arg-type]
    return _unusual_from_python(value)


def _number_from_python(number: int) -> Decimal:
    if number.bit_length() > _MAX_BITS:
        raise NotAFeelValue(name="", found="int")
    return Decimal(number)


def _list_from_python(
    items: list[object] | tuple[object, ...], known: Converted | None
) -> list[object]:
    if type(items) is list and _all_scalar(items):
        return items
    known = {} if known is None else known
    if id(items) in known:
        return cast("list[object]", known[id(items)][1])
    converted = [from_python(item, known) for item in items]
    if type(items) is list and all(a is b for a, b in zip(items, converted, strict=True)):
        converted = items
    known[id(items)] = (items, converted)
    return converted


def _context_from_python(
    entries: Mapping[object, object], known: Converted | None
) -> dict[str, object]:
    if type(entries) is dict and _all_scalar(entries.values()) and set(map(type, entries)) <= _TEXT:
        return cast("dict[str, object]", entries)
    known = {} if known is None else known
    if id(entries) in known:
        return cast("dict[str, object]", known[id(entries)][1])
    converted = {str(key): from_python(entry, known) for key, entry in entries.items()}
    if type(entries) is dict and all(
        type(key) is str and converted[key] is entry for key, entry in entries.items()
    ):
        converted = cast("dict[str, object]", entries)
    known[id(entries)] = (entries, converted)
    return converted


def _all_scalar(values: Iterable[object]) -> bool:
    return SCALARS.issuperset(map(type, values))


def _unusual_from_python(value: object) -> object:
    if isinstance(value, FunctionValue):
        return value
    for base in (str, datetime, date, time, timedelta, int):
        if isinstance(value, base):
            return _as_base(value, base)
    raise NotAFeelValue(name="", found=type(value).__name__)


def _as_base(value: object, base: type) -> object:
    """A subclass instance (an enumeration, a time stamp of a library) as the plain value."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return _number_from_python(int(value))
    if isinstance(value, datetime):
        return datetime.combine(value.date(), value.timetz())
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    return value


def in_utc(instant: datetime) -> datetime:
    """An aware instant in UTC; comparison and difference inside one zone would ignore it."""
    return instant.astimezone(UTC)


_FIRST_INSTANT = datetime(1, 1, 1, tzinfo=UTC)


def moment(instant: Instant) -> Length:
    """An aware instant counted from the first of UTC: equal for the same instant in all zones."""
    if isinstance(instant, WideDateTime):
        return make_length(moment_number(instant) - DAY)
    return moment_of_python(instant)


def moment_of_python(instant: datetime) -> timedelta:
    """The same of a `datetime`: comparable where UTC has no date for it."""
    length = instant.replace(tzinfo=UTC) - _FIRST_INSTANT
    return length - (instant.utcoffset() or timedelta())


def equal(left: object, right: object) -> bool | None:
    """Whether two values are equal; None if they are of different types and neither is null."""
    if left is right:
        return True
    if left is None or right is None:
        return False
    kind = type(left)
    if kind is not type(right):
        return _equal_across(left, right)
    if kind is list:
        return _equal_lists(left, right)  # type: ignore[arg-type]
    if kind is dict:
        return _equal_contexts(left, right)  # type: ignore[arg-type]
    if kind is datetime or kind is WideDateTime:
        return _equal_instants(left, right)  # type: ignore[arg-type]
    if kind is time or kind is WideTime:
        return _equal_times(left, right)  # type: ignore[arg-type]
    if kind is Range:
        return _equal_ranges(left, right)  # type: ignore[arg-type]
    return left == right


def _equal_lists(left: list[object], right: list[object]) -> bool:
    return len(left) == len(right) and all(
        equal(a, b) is True for a, b in zip(left, right, strict=True)
    )


def _equal_contexts(left: dict[str, object], right: dict[str, object]) -> bool:
    return left.keys() == right.keys() and all(
        equal(entry, right[key]) is True for key, entry in left.items()
    )


def _equal_across(left: object, right: object) -> bool | None:
    """Values of two Python types: of one FEEL type only if one of them is wide.

    Only instants may be the same then, where one zone shows it within the years of Python.
    """
    kind = plain_type(left)
    if kind is not plain_type(right):
        return None
    return kind is datetime and _equal_instants(left, right)  # type: ignore[arg-type]


def _equal_instants(left: Instant, right: Instant) -> bool:
    if (left.tzinfo is None) is not (right.tzinfo is None):
        return False
    return left == right if left.tzinfo is None else moment(left) == moment(right)


def _equal_times(left: Clock, right: Clock) -> bool:
    """A time in a named zone has no offset without its day, so the zone must be the same."""
    if left.utcoffset() is None or right.utcoffset() is None:
        same_zone = zone_text(left.tzinfo) == zone_text(right.tzinfo)
        return same_zone and clock_number(left) == clock_number(right)
    if isinstance(left, time) and isinstance(right, time):
        return left == right
    return time_number(left) == time_number(right)


def _equal_ranges(left: Range, right: Range) -> bool:
    return (
        left.low_included is right.low_included
        and left.high_included is right.high_included
        and equal(left.low, right.low) is True
        and equal(left.high, right.high) is True
    )


def key_of(value: object) -> Hashable:
    """A key that two values share if and only if they are `equal`, to find equal ones fast."""
    kind = type(value)
    if kind is list:
        return (list, *map(key_of, cast("list[object]", value)))
    if kind is dict:
        entries = cast("dict[str, object]", value)
        return (dict, frozenset((key, key_of(entry)) for key, entry in entries.items()))
    if isinstance(value, Range):
        ends = key_of(value.low), key_of(value.high)
        return (Range, *ends, value.low_included, value.high_included)
    if isinstance(value, (datetime, WideDateTime)):
        return (datetime, value if value.tzinfo is None else moment(value))
    if isinstance(value, (time, WideTime)):
        zone = zone_text(value.tzinfo) if value.utcoffset() is None else ""
        return (time, zone, time_number(value))
    return (kind, value)
