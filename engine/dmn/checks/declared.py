"""The declared types of variables and of what a path leads to."""

from __future__ import annotations

from dataclasses import replace

from engine.dmn.checks.compiling import read
from engine.dmn.checks.spots import Spot
from engine.dmn.named_types import NamedTypesOf, named_types
from engine.feel import Type, syntax
from engine.feel.errors import NoSuchType
from engine.feel.types import resolved
from engine.feel.values import TYPE_NAMES

SCALARS = frozenset(
    name for name in TYPE_NAMES.values() if name not in ("list", "context", "range", "function")
)
"""Types whose values are no structures."""


def declared_type(node: syntax.Node, spot: Spot) -> Type | None:
    """The declared type of a variable, or of an entry of it; None if there is none."""
    return _type_of(node, spot, named_types(spot.definitions))


def entries_of(node: syntax.Node, spot: Spot) -> dict[str, Type] | None:
    """The entries a path can go to from here, into each item of a list; None if not declared."""
    types = named_types(spot.definitions)
    return _entries(_of_items(_type_of(node, spot, types), types))


def column_type(spot: Spot) -> str:
    """The type of the input column a cell stands in, else that of the variable it asks.

    Empty if nothing is known of it; of variables only single values are known.
    """
    assert spot.input is not None
    asked = spot.input.expression
    if asked.type_ref not in ("", "Any"):
        return asked.type_ref
    node = read(replace(spot, text=asked, input=None))
    return scalar_type(node, spot) if node is not None else ""


def scalar_type(node: syntax.Node, spot: Spot) -> str:
    """The name of the built-in type of single values that a variable or path is declared of."""
    type_ = declared_type(node, spot)
    return type_.name if type_ is not None and type_.name in SCALARS else ""


def path_text(node: syntax.Node) -> str:
    """A variable or path as it is written."""
    if isinstance(node, syntax.Path):
        return f"{path_text(node.source)}.{node.name}"
    return node.name if isinstance(node, syntax.Name) else ""


def _type_of(node: syntax.Node, spot: Spot, types: NamedTypesOf) -> Type | None:
    if isinstance(node, syntax.Name):
        type_ref = spot.types.get(node.name)
        return _resolved(types.referred(type_ref), types) if type_ref else None
    if isinstance(node, syntax.Path):
        entries = _entries(_of_items(_type_of(node.source, spot, types), types))
        found = entries.get(node.name) if entries else None
        return _resolved(found, types) if found else None
    return None


def _entries(type_: Type | None) -> dict[str, Type] | None:
    return None if type_ is None or type_.entries is None else dict(type_.entries)


def _of_items(type_: Type | None, types: NamedTypesOf) -> Type | None:
    """What a path goes into: of a list, each of its items."""
    while type_ is not None and type_.name == "list" and type_.items:
        type_ = _resolved(type_.items[0], types)
    return type_


def _resolved(type_: Type, types: NamedTypesOf) -> Type | None:
    try:
        return resolved(type_, types)
    except NoSuchType:
        return None
