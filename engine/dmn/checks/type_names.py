"""Types nobody defines."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.checks.spots import tables_in
from engine.dmn.finding import DmnFinding
from engine.dmn.model import Definitions
from engine.dmn.named_types import built_in, item_named
from engine.feel.meant import meant
from engine.feel.types import BUILT_IN
from engine.place import Place


def unknown_types(definitions: Definitions) -> Iterator[DmnFinding]:
    """A warning for each type of a column, decision or input data that nobody defines.

    Every value is of such a type, so nothing that depends on it is checked.
    """
    for name, type_ref, place in _used(definitions):
        if not type_ref or built_in(type_ref) or item_named(type_ref, definitions) is not None:
            continue
        close = meant(type_ref, {*BUILT_IN, *definitions.types})
        yield DmnFinding(
            level="warning",
            check="unknown-type",
            place=place,
            zh=f"「{name}」的类型「{type_ref}」没有定义，不检查它的值。"
            + (f"是否应为「{close}」？" if close else ""),
            en=f"The type '{type_ref}' of '{name}' is not defined; its values are not checked."
            + (f" Did you mean '{close}'?" if close else ""),
        )


def _used(definitions: Definitions) -> Iterator[tuple[str, str, Place]]:
    for data in definitions.input_data.values():
        yield data.name, data.type_ref, data.place
    for decision in definitions.decisions.values():
        yield decision.name, decision.type_ref, decision.place
    for _, table in tables_in(definitions):
        for asked in table.inputs:
            yield asked.label, asked.expression.type_ref, asked.place
        for clause in table.outputs:
            yield clause.label, clause.type_ref, clause.place
