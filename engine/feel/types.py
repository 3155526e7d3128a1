"""Which values belong to which type: `instance of`, and the types of parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.feel.errors import NoSuchType
from engine.feel.function import Function
from engine.feel.syntax import Type
from engine.feel.values import Range, YearMonthDuration

NamedTypes = Mapping[str, Callable[[object], bool]]
"""Types the host defines."""

Fits = Callable[[object, NamedTypes], bool]
"""Whether a value belongs to a type; raises `NoSuchType`."""

_KINDS: dict[str, tuple[type, ...]] = {
    "Null": (type(None),),
    "number": (Decimal,),
    "string": (str,),
    "boolean": (bool,),
    "date": (date,),
    "time": (time,),
    "date and time": (datetime,),
    "days and time duration": (timedelta,),
    "years and months duration": (YearMonthDuration,),
    "list": (list,),
    "context": (dict,),
    "range": (Range,),
}


def type_test(type_: Type) -> Fits:
    """The test whether a value is of `type_`."""
    if type_.entries is not None:
        return _context_test(type_.entries)
    if type_.items is not None:
        return _parameterised_test(type_.name, type_.items)
    return _simple_test(type_.name)


def _simple_test(name: str) -> Fits:
    kinds = _KINDS.get(name)
    if kinds is not None:
        return lambda value, types: type(value) in kinds
    if name == "Any":
        return lambda value, types: value is not None
    if name == "function":
        return lambda value, types: isinstance(value, Function)
    return _named_test(name)


def _named_test(name: str) -> Fits:
    def fits(value: object, types: NamedTypes) -> bool:
        test = types.get(name)
        if test is None:
            raise NoSuchType(name=name)
        return value is not None and test(value)

    return fits


def _context_test(entries: tuple[tuple[str, Type], ...]) -> Fits:
    tests = tuple((name, type_test(type_)) for name, type_ in entries)

    def fits(value: object, types: NamedTypes) -> bool:
        return isinstance(value, dict) and all(
            name in value and _fits_or_null(value[name], test, types) for name, test in tests
        )

    return fits


def _fits_or_null(value: object, test: Fits, types: NamedTypes) -> bool:
    return value is None or test(value, types)


def _parameterised_test(name: str, items: tuple[Type, ...]) -> Fits:
    if name == "list" and len(items) == 1:
        item = type_test(items[0])
        return lambda value, types: (
            isinstance(value, list) and all(_fits_or_null(v, item, types) for v in value)
        )
    if name == "range" and len(items) == 1:
        end = type_test(items[0])
        return lambda value, types: (
            isinstance(value, Range)
            and all(_fits_or_null(v, end, types) for v in (value.low, value.high))
        )
    if name == "function":
        return lambda value, types: (
            isinstance(value, Function) and len(value.parameters) == len(items)
        )
    return _named_test(name)


def fitted(value: object, fits: Fits, types: NamedTypes) -> tuple[bool, object]:
    """Whether `value` fits, if need be as a list of one or as the one item of its list."""
    if fits(value, types):
        return True, value
    if isinstance(value, list) and len(value) == 1 and fits(value[0], types):
        return True, value[0]
    if not isinstance(value, list) and fits([value], types):
        return True, [value]
    return False, value
