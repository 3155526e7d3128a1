"""Typed values: whether a value is of a declared type, with the conversions DMN makes by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from engine.dmn.model import Definitions, ItemDefinition, UnaryTest
from engine.feel import Range, YearMonthDuration

Allows = Callable[[UnaryTest, object], bool]
"""Whether allowed values admit a value; `Scope.admits`."""


class NotOfType(Exception):
    """A value is not of the type it should be of."""


_BASE: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "number": (Decimal, int, float),
    "integer": (Decimal, int, float),
    "long": (Decimal, int, float),
    "double": (Decimal, int, float),
    "date": (date,),
    "time": (time,),
    "date and time": (datetime,),
    "dateTime": (datetime,),
    "days and time duration": (timedelta,),
    "dayTimeDuration": (timedelta,),
    "years and months duration": (YearMonthDuration,),
    "yearMonthDuration": (YearMonthDuration,),
    "context": (dict,),
    "range": (Range,),
    "list": (list,),
}


def convert(value: object, type_ref: str, definitions: Definitions, allows: Allows) -> object:
    """`value` as one of type `type_ref`: a single item for a list of one, or the other way round.

    Null is of every type, and an unknown or missing type takes everything.
    Raises `NotOfType` if the value does not conform.
    """
    if value is None or type_ref in ("", "Any"):
        return value
    if type_ref in _BASE:
        return _base(value, type_ref)
    item = _lookup(type_ref, definitions)
    return value if item is None else _item(value, item, definitions, allows)


def is_base_value(value: object, type_ref: str) -> bool:
    """Whether `value` is of the base type `type_ref`; true if that is no base type."""
    return type_ref not in _BASE or _is(value, type_ref)


def _lookup(type_ref: str, definitions: Definitions) -> ItemDefinition | None:
    if type_ref in definitions.types:
        return definitions.types[type_ref]
    for imported in definitions.imports:
        home = definitions.imported.get(imported.namespace)
        prefix = imported.name + "."
        if home is not None and type_ref.startswith(prefix):
            return home.types.get(type_ref.removeprefix(prefix))
    return None


def _base(value: object, type_ref: str) -> object:
    if _is(value, type_ref):
        return value
    if isinstance(value, list) and len(value) == 1:
        return _base(value[0], type_ref)
    if type_ref in ("date and time", "dateTime") and _is(value, "date"):
        assert isinstance(value, date)
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if type_ref == "list":
        return [value]
    raise NotOfType


def _is(value: object, type_ref: str) -> bool:
    if isinstance(value, bool):
        return type_ref == "boolean"
    if isinstance(value, datetime):
        return type_ref in ("date and time", "dateTime")
    return isinstance(value, _BASE[type_ref])


def _item(value: object, item: ItemDefinition, definitions: Definitions, allows: Allows) -> object:
    if item.is_function:
        if callable(getattr(value, "invoke", None)):
            return value
        raise NotOfType
    if item.is_collection:
        items = value if isinstance(value, list) else [value]
        converted: object = [_single(entry, item, definitions, allows) for entry in items]
    else:
        if isinstance(value, list) and len(value) == 1 and not _takes_list(item, definitions):
            value = value[0]
        converted = _single(value, item, definitions, allows)
    if item.constraint is not None and not allows(item.constraint, converted):
        raise NotOfType
    return converted


def _takes_list(item: ItemDefinition, definitions: Definitions) -> bool:
    below = _lookup(item.type_ref, definitions)
    return item.type_ref == "list" or (below is not None and below.is_collection)


def _single(
    value: object, item: ItemDefinition, definitions: Definitions, allows: Allows
) -> object:
    if value is None:
        return None
    if item.components:
        if not isinstance(value, Mapping):
            raise NotOfType
        return {**value, **_components(value, item, definitions, allows)}
    converted = convert(value, item.type_ref, definitions, allows)
    if item.allowed is not None and not allows(item.allowed, converted):
        raise NotOfType
    return converted


def _components(
    value: Mapping[str, object], item: ItemDefinition, definitions: Definitions, allows: Allows
) -> dict[str, object]:
    converted: dict[str, object] = {}
    for component in item.components:
        if component.name in value:
            entry = value[component.name]
            converted[component.name] = (
                None if entry is None else _item(entry, component, definitions, allows)
            )
    return converted
