"""Which values belong to which type: `instance of`, and the types of parameters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.feel.errors import NoSuchType
from engine.feel.function import Function
from engine.feel.syntax import Type
from engine.feel.values import Range, YearMonthDuration

Fits = Callable[[object], bool]

_SIMPLE: dict[str, Fits] = {
    "Any": lambda value: value is not None,
    "Null": lambda value: value is None,
    "number": lambda value: type(value) is Decimal,
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "date": lambda value: type(value) is date,
    "time": lambda value: isinstance(value, time),
    "date and time": lambda value: isinstance(value, datetime),
    "days and time duration": lambda value: isinstance(value, timedelta),
    "years and months duration": lambda value: isinstance(value, YearMonthDuration),
    "list": lambda value: isinstance(value, list),
    "context": lambda value: isinstance(value, dict),
    "function": lambda value: isinstance(value, Function),
    "range": lambda value: isinstance(value, Range),
}


def type_test(type_: Type) -> Fits:
    """The test whether a value is of `type_`; it raises `NoSuchType` if no type has that name."""
    if type_.entries is not None:
        return _context_test(type_.entries)
    if type_.items is not None:
        return _parameterised_test(type_)
    return _SIMPLE.get(type_.name) or _unknown(type_.name)


def _unknown(name: str) -> Fits:
    def fits(value: object) -> bool:
        raise NoSuchType(name=name)

    return fits


def _context_test(entries: tuple[tuple[str, Type], ...]) -> Fits:
    tests = tuple((name, type_test(type_)) for name, type_ in entries)

    def fits(value: object) -> bool:
        return isinstance(value, dict) and all(
            name in value and _fits_or_null(value[name], test) for name, test in tests
        )

    return fits


def _fits_or_null(value: object, test: Fits) -> bool:
    return value is None or test(value)


def _parameterised_test(type_: Type) -> Fits:
    items = type_.items or ()
    if type_.name == "list" and len(items) == 1:
        test = type_test(items[0])
        return lambda value: isinstance(value, list) and all(_fits_or_null(v, test) for v in value)
    if type_.name == "range" and len(items) == 1:
        end = type_test(items[0])
        return lambda value: isinstance(value, Range) and all(
            _fits_or_null(v, end) for v in (value.low, value.high)
        )
    if type_.name == "function":
        return lambda value: isinstance(value, Function) and len(value.parameters) == len(items)
    return _unknown(type_.name)


def fitted(value: object, fits: Fits) -> tuple[bool, object]:
    """Whether `value` fits, if need be as a list of one or as the one item of its list."""
    if fits(value):
        return True, value
    if isinstance(value, list) and len(value) == 1 and fits(value[0]):
        return True, value[0]
    if not isinstance(value, list) and fits([value]):
        return True, [value]
    return False, value
