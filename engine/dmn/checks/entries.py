"""Paths to entries that a declared type does not have."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.checks.compiling import read
from engine.dmn.checks.spots import Spot
from engine.dmn.finding import DmnFinding
from engine.dmn.named_types import NamedTypesOf, named_types
from engine.feel import Type, syntax
from engine.feel.errors import NoSuchType
from engine.feel.meant import meant
from engine.feel.types import resolved
from engine.feel.walk import walk


def unknown_entries(spot: Spot) -> Iterator[DmnFinding]:
    """A warning for each `party.nmae` where the type of `party` is declared and has no `nmae`."""
    node = read(spot)
    types = named_types(spot.definitions)
    for part in walk(node) if node is not None else ():
        if not isinstance(part, syntax.Path):
            continue
        entries = _entries(_type_of(part.source, spot, types))
        if entries is not None and part.name not in entries:
            close = meant(part.name, entries)
            yield spot.finding(
                "warning",
                "unknown-entry",
                f"的类型没有「{part.name}」这一项。" + (f"是否应为「{close}」？" if close else ""),
                f"asks for '{part.name}', an entry its type does not have."
                + (f" Did you mean '{close}'?" if close else ""),
            )


def _type_of(node: syntax.Node, spot: Spot, types: NamedTypesOf) -> Type | None:
    """The declared type of a variable, or of an entry of it; None if there is none."""
    if isinstance(node, syntax.Name):
        type_ref = spot.types.get(node.name)
        return _resolved(types.referred(type_ref), types) if type_ref else None
    if isinstance(node, syntax.Path):
        entries = _entries(_type_of(node.source, spot, types))
        found = entries.get(node.name) if entries else None
        return _resolved(found, types) if found else None
    return None


def _entries(type_: Type | None) -> dict[str, Type] | None:
    """The entries of a structure; None if it is none."""
    return None if type_ is None or type_.entries is None else dict(type_.entries)


def _resolved(type_: Type, types: NamedTypesOf) -> Type | None:
    """What a type is; of a list what its items are, as a path goes into each of them."""
    try:
        found = resolved(type_, types)
        return resolved(found.items[0], types) if found.name == "list" and found.items else found
    except NoSuchType:
        return None
