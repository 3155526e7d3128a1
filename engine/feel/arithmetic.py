"""`+ - * / **` and negation on all types that have them (DMN 1.5, 10.3.2.5)."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, DecimalException
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
from engine.feel.values import (
    NUMBERS,
    YearMonthDuration,
    in_utc,
    moment_of_python,
    type_name,
)
from engine.feel.wide import Day, Instant, Length, WideDuration, make_length, nanoseconds
from engine.feel.wide.sums import ON_NUMBERS

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
        return _beyond(operator, left, right)


def _beyond(operator: str, left: object, right: object) -> object:
    """The same where Python's types cannot hold the result, or not what is on the way to it."""
    operation = ON_NUMBERS.get((operator, type(left), type(right)))
    if operation is None:
        raise DateOutOfRange from None
    try:
        return operation(left, right)
    except (OverflowError, ValueError):
        raise DateOutOfRange from None


def negated(operand: object) -> object:
    """`-operand`. Raises `Fault`."""
    if isinstance(operand, Decimal):
        return NUMBERS.minus(operand)
    if isinstance(operand, timedelta) and abs(operand.days) < timedelta.max.days:
        return -operand
    if isinstance(operand, (timedelta, WideDuration)):
        return make_length(-nanoseconds(operand))
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


def months_between(start: Day | Instant, end: Day | Instant) -> int:
    """Whole months from the day of `start` to that of `end`, negative if `end` is earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        return months - 1
    if months < 0 and end.day > start.day:
        return months + 1
    return months


def add_length(instant: datetime, length: timedelta) -> datetime:
    """`length` later; in a zone real time passes, whatever its clocks do.

    Raises `OverflowError` outside years 1 to 9999.
    """
    if instant.tzinfo is None:
        return instant + length
    return (in_utc(instant) + length).astimezone(instant.tzinfo)


def _instants_difference(left: datetime, right: datetime) -> timedelta:
    if left.tzinfo is None and right.tzinfo is None:
        return left - right
    if left.tzinfo is None or right.tzinfo is None:
        raise OperandsDoNotFit(operator="-", left="date and time", right="date and time@zone")
    return moment_of_python(left) - moment_of_python(right)


def _date_plus(day: date, length: timedelta) -> date:
    return day + timedelta(days=length // _ONE_DAY)


_ONE_DAY = timedelta(days=1)


def _length_times(length: Length, factor: Decimal) -> Length:
    return _length(NUMBERS.multiply(Decimal(nanoseconds(length)), factor))


def _length_by(length: Length, divisor: Decimal) -> Length:
    return _length(NUMBERS.divide(Decimal(nanoseconds(length)), divisor))


def _ratio(length: Length, other: Length) -> Decimal:
    return NUMBERS.divide(Decimal(nanoseconds(length)), Decimal(nanoseconds(other)))


def _length(count: Decimal) -> Length:
    """The nearest length in nanoseconds."""
    return make_length(int(count.to_integral_value(ROUND_HALF_EVEN)))


def _months_times(length: YearMonthDuration, factor: Decimal) -> YearMonthDuration:
    return YearMonthDuration(int(NUMBERS.multiply(Decimal(length.months), factor)))


def _power(left: Decimal, right: Decimal) -> Decimal:
    """As IEEE 754 has it, 0 ** 0 is 1."""
    if not right:
        return Decimal(1)
    if not left and right < 0:
        raise ZeroDivisionError
    return NUMBERS.power(left, right)


def _swapped(operation: Callable[[Left, Right], object]) -> Callable[[Right, Left], object]:
    return lambda left, right: operation(right, left)


_D, _DT = date, datetime
_N, _M = Decimal, YearMonthDuration
_L, _WL = timedelta, WideDuration

# Every entry is reached only with operands of the types in its key.
_OPERATIONS: dict[tuple[str, type, type], Callable[..., object]] = {
    **ON_NUMBERS,
    ("+", _N, _N): NUMBERS.add,
    ("-", _N, _N): NUMBERS.subtract,
    ("*", _N, _N): NUMBERS.multiply,
    ("/", _N, _N): NUMBERS.divide,
    ("**", _N, _N): _power,
    ("+", str, str): lambda a, b: bounded_string(a + b),
    ("+", _L, _L): lambda a, b: a + b,
    ("-", _L, _L): lambda a, b: a - b,
    ("*", _L, _N): _length_times,
    ("*", _WL, _N): _length_times,
    ("*", _N, _L): _swapped(_length_times),
    ("*", _N, _WL): _swapped(_length_times),
    ("/", _L, _N): _length_by,
    ("/", _WL, _N): _length_by,
    ("/", _L, _L): _ratio,
    ("/", _L, _WL): _ratio,
    ("/", _WL, _L): _ratio,
    ("/", _WL, _WL): _ratio,
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
    ("-", _D, _D): lambda a, b: a - b,
    ("-", _DT, _DT): _instants_difference,
}
