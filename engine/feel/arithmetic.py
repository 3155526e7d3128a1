"""`+ - * / **` and negation on all types that have them (DMN 1.5, 10.3.2.5)."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal, DecimalException
from decimal import DivisionByZero as DecimalDivisionByZero
from typing import TypeVar

from engine.feel.errors import (
    DateOutOfRange,
    DivisionByZero,
    NumberOutOfRange,
    OperandDoesNotFit,
    OperandsDoNotFit,
)
from engine.feel.limits import bounded_string
from engine.feel.values import NUMBERS, YearMonthDuration, in_utc, moment, type_name

Left = TypeVar("Left")
Right = TypeVar("Right")


def calculate(operator: str, left: object, right: object) -> object:
    """`left operator right`. Raises `Fault` where the standard says null."""
    operation = _OPERATIONS.get((operator, type(left), type(right)))
    if operation is None:
        raise OperandsDoNotFit(operator=operator, left=type_name(left), right=type_name(right))
    try:
        return operation(left, right)
    except (DecimalDivisionByZero, ZeroDivisionError):
        raise DivisionByZero from None
    except DecimalException:
        raise NumberOutOfRange from None
    except (OverflowError, ValueError):
        raise DateOutOfRange from None


def negated(operand: object) -> object:
    """`-operand`. Raises `Fault`."""
    if isinstance(operand, Decimal):
        return NUMBERS.minus(operand)
    if isinstance(operand, timedelta):
        return -operand
    if isinstance(operand, YearMonthDuration):
        return YearMonthDuration(-operand.months)
    raise OperandDoesNotFit(operator="-", operand=type_name(operand))


def add_months(day: date, months: int) -> date:
    """The corresponding day `months` later, else the last day of that month (民法典 §202).

    Keeps the time of a date and time. Raises `OverflowError` outside years 1 to 9999.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        raise OverflowError(year)
    last = calendar.monthrange(year, month)[1]
    return day.replace(year=year, month=month, day=min(day.day, last))


def months_between(start: date, end: date) -> int:
    """Whole months from the day of `start` to that of `end`, negative if `end` is earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        return months - 1
    if months < 0 and end.day > start.day:
        return months + 1
    return months


def add_length(instant: datetime, length: timedelta) -> datetime:
    """`length` later; in a zone real time passes, whatever its clocks do."""
    if instant.tzinfo is None:
        return instant + length
    return (in_utc(instant) + length).astimezone(instant.tzinfo)


def _time_plus(clock: time, length: timedelta) -> time:
    moved = datetime.combine(date(2000, 1, 3), clock.replace(tzinfo=None))
    moved += timedelta(seconds=length.seconds, microseconds=length.microseconds)
    return moved.timetz().replace(tzinfo=clock.tzinfo)


def _time_difference(left: time, right: time) -> timedelta:
    if (left.tzinfo is None) is not (right.tzinfo is None):
        raise OperandsDoNotFit(operator="-", left="time", right="time@zone")
    return time_since_midnight(left) - time_since_midnight(right)


def time_since_midnight(clock: time) -> timedelta:
    """From midnight, UTC if the time has an offset."""
    length = timedelta(
        hours=clock.hour,
        minutes=clock.minute,
        seconds=clock.second,
        microseconds=clock.microsecond,
    )
    offset = clock.utcoffset()
    return length if offset is None else length - offset


def _instants_difference(left: date, right: date) -> timedelta:
    start, end = _as_instant(right), _as_instant(left)
    if (start.tzinfo is None) is not (end.tzinfo is None):
        raise OperandsDoNotFit(operator="-", left="date and time", right="date and time@zone")
    return end - start if end.tzinfo is None else moment(end) - moment(start)


def _as_instant(day: date) -> datetime:
    """A date is its midnight in UTC (DMN 1.5, 10.3.2.3.5)."""
    if isinstance(day, datetime):
        return day
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _date_plus(day: date, length: timedelta) -> date:
    return day + timedelta(days=length // timedelta(days=1))


def microseconds(length: timedelta) -> int:
    return (length.days * 86_400 + length.seconds) * 1_000_000 + length.microseconds


def _length_times(length: timedelta, factor: Decimal) -> timedelta:
    return _length(NUMBERS.multiply(Decimal(microseconds(length)), factor))


def _length(count: Decimal) -> timedelta:
    return timedelta(microseconds=int(count.to_integral_value(ROUND_DOWN)))


def _months_times(length: YearMonthDuration, factor: Decimal) -> YearMonthDuration:
    return YearMonthDuration(int(NUMBERS.multiply(Decimal(length.months), factor)))


def _power(left: Decimal, right: Decimal) -> Decimal:
    if not left and right < 0:
        raise ZeroDivisionError
    return NUMBERS.power(left, right)


def _swapped(operation: Callable[[Left, Right], object]) -> Callable[[Right, Left], object]:
    return lambda left, right: operation(right, left)


_D, _T, _DT = date, time, datetime
_N, _L, _M = Decimal, timedelta, YearMonthDuration

# Every entry is reached only with operands of the types in its key.
_OPERATIONS: dict[tuple[str, type, type], Callable[..., object]] = {
    ("+", _N, _N): NUMBERS.add,
    ("-", _N, _N): NUMBERS.subtract,
    ("*", _N, _N): NUMBERS.multiply,
    ("/", _N, _N): NUMBERS.divide,
    ("**", _N, _N): _power,
    ("+", str, str): lambda a, b: bounded_string(a + b),
    ("+", _L, _L): lambda a, b: a + b,
    ("-", _L, _L): lambda a, b: a - b,
    ("*", _L, _N): _length_times,
    ("*", _N, _L): _swapped(_length_times),
    ("/", _L, _N): lambda a, b: _length(NUMBERS.divide(Decimal(microseconds(a)), b)),
    ("/", _L, _L): lambda a, b: NUMBERS.divide(Decimal(microseconds(a)), Decimal(microseconds(b))),
    ("+", _M, _M): lambda a, b: YearMonthDuration(a.months + b.months),
    ("-", _M, _M): lambda a, b: YearMonthDuration(a.months - b.months),
    ("*", _M, _N): _months_times,
    ("*", _N, _M): _swapped(_months_times),
    ("/", _M, _N): lambda a, b: YearMonthDuration(int(NUMBERS.divide(Decimal(a.months), b))),
    ("/", _M, _M): lambda a, b: NUMBERS.divide(Decimal(a.months), Decimal(b.months)),
    ("+", _D, _L): _date_plus,
    ("+", _L, _D): _swapped(_date_plus),
    ("-", _D, _L): lambda a, b: _date_plus(a, -b),
    ("+", _D, _M): lambda a, b: add_months(a, b.months),
    ("+", _M, _D): lambda a, b: add_months(b, a.months),
    ("-", _D, _M): lambda a, b: add_months(a, -b.months),
    ("+", _DT, _L): add_length,
    ("+", _L, _DT): _swapped(add_length),
    ("-", _DT, _L): lambda a, b: add_length(a, -b),
    ("+", _DT, _M): lambda a, b: add_months(a, b.months),
    ("+", _M, _DT): lambda a, b: add_months(b, a.months),
    ("-", _DT, _M): lambda a, b: add_months(a, -b.months),
    ("-", _D, _D): _instants_difference,
    ("-", _DT, _DT): _instants_difference,
    ("-", _D, _DT): _instants_difference,
    ("-", _DT, _D): _instants_difference,
    ("+", _T, _L): _time_plus,
    ("+", _L, _T): _swapped(_time_plus),
    ("-", _T, _L): lambda a, b: _time_plus(a, -b),
    ("-", _T, _T): _time_difference,
}
