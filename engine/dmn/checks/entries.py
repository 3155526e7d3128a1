"""Paths to entries that a declared type does not have."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.checks.compiling import read
from engine.dmn.checks.declared import entries_of
from engine.dmn.checks.spots import Spot
from engine.dmn.finding import DmnFinding
from engine.feel import syntax
from engine.feel.meant import meant
from engine.feel.walk import walk


def unknown_entries(spot: Spot) -> Iterator[DmnFinding]:
    """A warning for each `party.nmae` where the type of `party` is declared and has no `nmae`."""
    node = read(spot)
    for part in walk(node) if node is not None else ():
        if not isinstance(part, syntax.Path):
            continue
        entries = entries_of(part.source, spot)
        if entries is not None and part.name not in entries:
            close = meant(part.name, entries)
            yield spot.finding(
                "warning",
                "unknown-entry",
                f"的类型没有「{part.name}」这一项。" + (f"是否应为「{close}」？" if close else ""),
                f"asks for '{part.name}', an entry its type does not have."
                + (f" Did you mean '{close}'?" if close else ""),
            )
