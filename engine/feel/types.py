"""Which values belong to which type: `instance of`, and the types of parameters.

A type is a `syntax.Type`, whether an expression names it or the host. Named types of the host are
looked up when they are needed, so they may refer to each other in any order, also in circles.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import cast

from engine.feel.errors import NoSuchType
from engine.feel.function import Function, NamedTypes
from engine.feel.syntax import Type
from engine.feel.values import Range, YearMonthDuration, plain_type
from engine.feel.wide import Day, WideDate, WideDateTime, WideDuration, WideTime, midnight

Fits = Callable[[object, NamedTypes], bool]
"""Whether a value belongs to a type; raises `NoSuchType`."""

ANY = Type(offset=0, name="Any")
"""The type of everything."""

_KINDS: dict[str, tuple[type, ...]] = {
    "Null": (type(None),),
    "number": (Decimal,),
    "string": (str,),
    "boolean": (bool,),
    "date": (date, WideDate),
    "time": (time, WideTime),
    "date and time": (datetime, WideDateTime),
    "days and time duration": (timedelta, WideDuration),
    "years and months duration": (YearMonthDuration,),
    "list": (list,),
    "context": (dict,),
    "range": (Range,),
}

BUILT_IN = frozenset([*_KINDS, "Any", "function"])
"""The names of types that are not named types of the host."""

_ONE_ITEM = frozenset(["list", "range"])
_TYPES = 1024


@lru_cache(maxsize=_TYPES)
def type_test(type_: Type) -> Fits:
    """The test whether a value is of `type_` (DMN 1.5 §10.3.2.9.3).

    Null is of no type but `Null`; inside a list or a context it is of every type. A context may
    have more entries than its type, but no fewer. What a function declares must fit what the type
    asks: its parameters take at least that, its result, where it is known, is at most that.
    """
    name, items = type_.name, type_.items
    if name == "context" and type_.entries is not None:
        return _context_test(type_.entries)
    if items is not None and name in _ONE_ITEM and len(items) == 1:
        return _list_test(items[0]) if name == "list" else _range_test(items[0])
    if name == "function":
        return _function_test(type_)
    kinds = _KINDS.get(name)
    if kinds is not None:
        return lambda value, types: type(value) in kinds
    if name == "Any":
        return lambda value, types: value is not None
    return _named_test(type_)


def looks_inside(type_: Type) -> bool:
    """Whether the test of a type looks at what is inside a value."""
    return type_.name not in BUILT_IN or type_.items is not None or type_.entries is not None


def fitted(value: object, fits: Fits, types: NamedTypes) -> tuple[bool, object]:
    """Whether `value` fits, as it is or by one implicit conversion (DMN 1.5 §10.3.2.9.4).

    These are: a list of one stands for its item, an item for a list of one, a date for the
    date and time at its midnight in UTC. The second part is the value as converted.
    """
    if fits(value, types):
        return True, value
    if isinstance(value, list):
        return (True, value[0]) if len(value) == 1 and fits(value[0], types) else (False, value)
    if plain_type(value) is date:
        instant = midnight(cast("Day", value))
        if fits(instant, types):
            return True, instant
    return (True, [value]) if fits([value], types) else (False, value)


def conforms(one: Type, other: Type, types: NamedTypes, others: NamedTypes | None = None) -> bool:
    """Whether every value of `one` is one of `other` (DMN 1.5 §10.3.2.9.2).

    `types` are the named types of `one`, `others` those of `other` if they differ. Raises
    `NoSuchType`.
    """
    return _conforms((one, types), (other, types if others is None else others), set())


def resolved(type_: Type, types: NamedTypes) -> Type:
    """`type_`, or what it is a name of. Raises `NoSuchType`, also for names in a circle."""
    seen: set[str] = set()
    while type_.name not in BUILT_IN:
        found = types.get(type_.name)
        if found is None or type_.name in seen:
            raise NoSuchType(name=type_.name)
        seen.add(type_.name)
        type_ = found
    return type_


def _named_test(type_: Type) -> Fits:
    def fits(value: object, types: NamedTypes) -> bool:
        found = resolved(type_, types)
        return value is not None and type_test(found)(value, types)

    return fits


def _context_test(entries: tuple[tuple[str, Type], ...]) -> Fits:
    tests = tuple((name, type_test(type_)) for name, type_ in entries)

    def fits(value: object, types: NamedTypes) -> bool:
        return isinstance(value, dict) and all(
            name in value and _fits_or_null(value[name], test, types) for name, test in tests
        )

    return fits


def _list_test(item: Type) -> Fits:
    test = type_test(item)
    return lambda value, types: (
        isinstance(value, list) and all(_fits_or_null(one, test, types) for one in value)
    )


def _range_test(end: Type) -> Fits:
    test = type_test(end)
    return lambda value, types: (
        isinstance(value, Range)
        and all(_fits_or_null(one, test, types) for one in (value.low, value.high))
    )


def _function_test(type_: Type) -> Fits:
    def fits(value: object, types: NamedTypes) -> bool:
        if not isinstance(value, Function):
            return False
        if type_.items is None:
            return True
        if value.signature is None:
            return len(value.parameters) == len(type_.items)
        return conforms(value.signature.type, type_, value.signature.types, types)

    return fits


def _fits_or_null(value: object, test: Fits, types: NamedTypes) -> bool:
    return value is None or test(value, types)


_Side = tuple[Type, NamedTypes]
"""A type with the named types it is to be read with."""


def _conforms(one: _Side, other: _Side, compared: set[tuple[Type, Type]]) -> bool:
    """One that does not conform decides, so what is `compared` already need not be again."""
    left, right = resolved(*one), resolved(*other)
    if right.name == "Any" or left.name == "Null" or (left, right) in compared:
        return True
    if left.name != right.name:
        return False
    compared.add((left, right))
    if left.name == "function":
        return _functions_conform((left, one[1]), (right, other[1]), compared)
    if left.name == "context":
        entries = dict(left.entries or ())
        return all(
            name in entries and _conforms((entries[name], one[1]), (entry, other[1]), compared)
            for name, entry in right.entries or ()
        )
    if left.name in _ONE_ITEM:
        (item,), (wanted,) = left.items or (ANY,), right.items or (ANY,)
        return _conforms((item, one[1]), (wanted, other[1]), compared)
    return True


def _functions_conform(one: _Side, other: _Side, compared: set[tuple[Type, Type]]) -> bool:
    (left, types), (right, others) = one, other
    if right.items is None:
        return True
    if left.items is None or len(left.items) != len(right.items):
        return False
    pairs = zip(left.items, right.items, strict=True)
    if not all(_conforms((given, others), (taken, types), compared) for taken, given in pairs):
        return False
    if left.result is None or right.result is None:
        return True
    return _conforms((left.result, types), (right.result, others), compared)
