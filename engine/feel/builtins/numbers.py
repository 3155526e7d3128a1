"""Functions of numbers (DMN 1.5, 10.3.4.5) and of booleans (10.3.4.2)."""

from __future__ import annotations

import secrets
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DecimalException,
    InvalidOperation,
)

from engine.feel.builtins.registry import Family
from engine.feel.errors import DivisionByZero, NumberOutOfRange, OperandDoesNotFit
from engine.feel.values import NUMBERS, YearMonthDuration
from engine.feel.wide import Length, make_length, nanoseconds

FUNCTIONS = Family()

_ONE = Decimal(1)
_EXACT = Context(prec=12_500, traps=[InvalidOperation])
"""Holds the quotient of any two numbers, so that remainders are exact."""


def _rounded(n: Decimal, scale: int, rounding: str) -> Decimal:
    if not -6111 <= scale <= 6176:
        raise NumberOutOfRange
    try:
        return n.quantize(_ONE.scaleb(-scale), rounding, NUMBERS)
    except DecimalException:
        return n  # finer than 34 digits allow: it is exact already


@FUNCTIONS.add("decimal(n: number, scale: position)")
def decimal(n: Decimal, scale: int) -> Decimal:
    return _rounded(n, scale, ROUND_HALF_EVEN)


@FUNCTIONS.add("floor(n: number, scale?: position)")
def floor(n: Decimal, scale: int = 0) -> Decimal:
    return _rounded(n, scale, ROUND_FLOOR)


@FUNCTIONS.add("ceiling(n: number, scale?: position)")
def ceiling(n: Decimal, scale: int = 0) -> Decimal:
    return _rounded(n, scale, ROUND_CEILING)


@FUNCTIONS.add("round up(n: number, scale?: position)")
def round_up(n: Decimal, scale: int = 0) -> Decimal:
    return _rounded(n, scale, ROUND_UP)


@FUNCTIONS.add("round down(n: number, scale?: position)")
def round_down(n: Decimal, scale: int = 0) -> Decimal:
    return _rounded(n, scale, ROUND_DOWN)


@FUNCTIONS.add("round half up(n: number, scale?: position)")
def round_half_up(n: Decimal, scale: int = 0) -> Decimal:
    return _rounded(n, scale, ROUND_HALF_UP)


@FUNCTIONS.add("round half down(n: number, scale?: position)")
def round_half_down(n: Decimal, scale: int = 0) -> Decimal:
    return _rounded(n, scale, ROUND_HALF_DOWN)


@FUNCTIONS.add("abs(n: number)")
def absolute(n: Decimal) -> Decimal:
    return NUMBERS.abs(n)


@FUNCTIONS.add("abs(n: days and time duration)")
def absolute_length(n: Length) -> Length:
    return make_length(abs(nanoseconds(n)))


@FUNCTIONS.add("abs(n: years and months duration)")
def absolute_months(n: YearMonthDuration) -> YearMonthDuration:
    return YearMonthDuration(abs(n.months))


@FUNCTIONS.add("modulo(dividend: number, divisor: number)")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Has the sign of the divisor."""
    if not divisor:
        raise DivisionByZero
    remainder = _EXACT.remainder(dividend, divisor)
    if remainder and remainder.is_signed() is not divisor.is_signed():
        remainder = _EXACT.add(remainder, divisor)
    return NUMBERS.plus(remainder)


@FUNCTIONS.add("sqrt(number: number)", steps=16)
def sqrt(number: Decimal) -> Decimal:
    if number < 0:
        raise OperandDoesNotFit(operator="sqrt", operand=str(number))
    return NUMBERS.sqrt(number)


@FUNCTIONS.add("log(number: number)", steps=16)
def log(number: Decimal) -> Decimal:
    if number <= 0:
        raise OperandDoesNotFit(operator="log", operand=str(number))
    return NUMBERS.ln(number)


@FUNCTIONS.add("exp(number: number)", steps=16)
def exp(number: Decimal) -> Decimal:
    try:
        return NUMBERS.exp(number)
    except DecimalException:
        raise NumberOutOfRange from None


@FUNCTIONS.add("odd(number: number)")
def odd(number: Decimal) -> bool:
    return _EXACT.remainder(number, Decimal(2)) in (1, -1)


@FUNCTIONS.add("even(number: number)")
def even(number: Decimal) -> bool:
    return _EXACT.remainder(number, Decimal(2)) == 0


@FUNCTIONS.add("random number()")
def random_number() -> Decimal:
    """At least 0 and less than 1; differs from call to call."""
    return Decimal(secrets.randbelow(10**17)).scaleb(-17)


@FUNCTIONS.add("not(negand: any)")
def not_(negand: object) -> bool | None:
    return not negand if isinstance(negand, bool) else None
