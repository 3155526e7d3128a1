"""Typed values: whether a value is of a declared type, with the conversions DMN makes by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.dmn.model import Definitions, ItemDefinition, UnaryTest
from engine.dmn.named_types import built_in, home_of, named_types
from engine.feel import NamedTypes, Type
from engine.feel.errors import NoSuchType, NotAFeelValue
from engine.feel.types import BUILT_IN, fitted, resolved, type_test
from engine.feel.values import from_python, type_name

Allows = Callable[[UnaryTest, object], bool]
"""Whether allowed values admit a value; `Scope.matches`."""


class NotOfType(Exception):
    """A value is not of the type it should be of.

    `path` leads to the part at fault (`.age`, `[2]`, empty for the whole); `expected` is its type
    or what it may be, `found` what stands there.
    """

    def __init__(self, *, expected: str, found: str, path: str = "") -> None:
        super().__init__(expected, found, path)
        self.expected = expected
        self.found = found
        self.path = path


_TESTS = {name: type_test(Type(offset=0, name=name)) for name in BUILT_IN}
_NO_TYPES: NamedTypes = {}
_ANYTHING = frozenset(["", "Any"])


def convert(value: object, type_ref: str, definitions: Definitions, allows: Allows) -> object:
    """`value` as one of type `type_ref`, as it is or by one implicit conversion.

    The conversions are those of DMN 1.5 §10.3.2.9.4: a list of one for its item, an item for a
    list of it, a date for its midnight in UTC. Null is of every type, and an unknown or missing
    type takes everything. Allowed values and type constraints bind the value as converted
    (§7.3.2, §7.3.3). Raises `NotOfType`.
    """
    if value is None or type_ref in _ANYTHING:
        return value
    feel_value = _feel_value(value, type_ref)
    test = _TESTS.get(built_in(type_ref))
    if test is None:
        return _of_named_type(feel_value, type_ref, definitions, allows)
    fitting, converted = fitted(feel_value, test, _NO_TYPES)
    if not fitting:
        raise NotOfType(expected=type_ref, found=type_name(feel_value))
    return converted


def completed(value: object, type_ref: str, definitions: Definitions) -> object:
    """`value` from outside, with null for each entry of its type that it leaves out."""
    if built_in(type_ref) or not isinstance(value, (list, dict)):
        return value
    types = named_types(definitions)
    try:
        return _completed(value, types.referred(type_ref), types)
    except NoSuchType:
        return value  # a type that is defined in a circle; `convert` says so


def is_base_value(value: object, type_ref: str) -> bool:
    """Whether `value` is of the built-in type `type_ref`; true if that is no such type."""
    name = built_in(type_ref)
    return not name or name == "Any" or _TESTS[name](value, _NO_TYPES)


def is_of_type(value: object, type_ref: str, definitions: Definitions) -> bool:
    """Whether `value` is of a type of the file or a built-in one; true if there is no such type.

    Allowed values are not looked at.
    """
    types = named_types(definitions)
    try:
        return type_test(types.referred(type_ref))(value, types)
    except NoSuchType:
        return True  # a type that is defined in a circle


def _of_named_type(
    value: object, type_ref: str, definitions: Definitions, allows: Allows
) -> object:
    types = named_types(definitions)
    type_ = types.referred(type_ref)
    fitting, converted = fitted(value, type_test(type_), types)
    if not fitting:
        raise _misfit(converted, type_, type_ref, types)
    item, home = home_of(type_ref, definitions)
    if item is not None:
        _check_allowed(converted, item, home, allows, "")
    return converted


def _feel_value(value: object, type_ref: str) -> object:
    try:
        return from_python(value)
    except NotAFeelValue:
        raise NotOfType(expected=type_ref, found=type(value).__name__) from None


def _completed(value: object, type_: Type, types: NamedTypes) -> object:
    found = resolved(type_, types)
    if isinstance(value, list):
        item = found.items[0] if found.name == "list" and found.items else found
        return [_completed(one, item, types) for one in value]
    if isinstance(value, dict) and found.entries:
        entries = {name: _completed(value.get(name), of, types) for name, of in found.entries}
        return {**value, **entries}
    return value


def _misfit(value: object, type_: Type, type_ref: str, types: NamedTypes) -> NotOfType:
    """Where a value leaves its type: the first entry or item that does not fit."""
    path, expected = "", type_ref
    while True:
        found = resolved(type_, types)
        inner = _misfitting(value, found, types)
        if inner is None:
            return NotOfType(expected=expected, found=type_name(value), path=path)
        step, value, type_ = inner
        path, expected = path + step, type_.name


def _misfitting(value: object, type_: Type, types: NamedTypes) -> tuple[str, object, Type] | None:
    if isinstance(value, dict) and type_.entries:
        parts = [(f".{name}", value.get(name), of) for name, of in type_.entries]
        missing = [part for part in parts if part[0][1:] not in value]
        if missing:
            return missing[0]
    elif isinstance(value, list) and type_.name == "list" and type_.items:
        parts = [(f"[{place}]", one, type_.items[0]) for place, one in enumerate(value, start=1)]
    else:
        return None
    misfits = (part for part in parts if part[1] is not None)
    return next((part for part in misfits if not type_test(part[2])(part[1], types)), None)


def _check_allowed(
    value: object, item: ItemDefinition, home: Definitions, allows: Allows, path: str
) -> None:
    """Raises `NotOfType` where allowed values or a constraint do not admit the value."""
    if item.is_collection and isinstance(value, list):
        for place, one in enumerate(value, start=1):
            _check_single(one, item, home, allows, f"{path}[{place}]")
    else:
        _check_single(value, item, home, allows, path)
    if item.constraint is not None and value is not None and not allows(item.constraint, value):
        raise _forbidden(value, item.constraint, path)


def _check_single(
    value: object, item: ItemDefinition, home: Definitions, allows: Allows, path: str
) -> None:
    if value is None:
        return
    if isinstance(value, Mapping):
        for component in item.components:
            entry = value.get(component.name)
            _check_allowed(entry, component, home, allows, f"{path}.{component.name}")
    if item.type_ref and not built_in(item.type_ref):
        below, its_home = home_of(item.type_ref, home)
        if below is not None:
            _check_allowed(value, below, its_home, allows, path)
    if item.allowed is not None:
        for one in value if isinstance(value, list) else [value]:
            if one is not None and not allows(item.allowed, one):
                raise _forbidden(one, item.allowed, path)


def _forbidden(value: object, allowed: UnaryTest, path: str) -> NotOfType:
    return NotOfType(expected=allowed.source, found=_shown(value), path=path)


def _shown(value: object) -> str:
    return value if isinstance(value, str) else type_name(value)
