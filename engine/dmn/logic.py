"""Looking into boxed logic, whatever it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from engine.dmn.model import DecisionTable, Definitions, LiteralExpression, Logic


def expressions_in(part: object) -> Iterator[LiteralExpression]:
    """The expressions of boxed logic, at any depth, with those of tables."""
    if isinstance(part, LiteralExpression):
        yield part
    else:
        for inner in _parts(part):
            yield from expressions_in(inner)


def logic_in(definitions: Definitions, element_id: str) -> Logic | None:
    """The logic of the decision `element_id`, or the table of that id inside other logic."""
    decision = definitions.decisions.get(element_id)
    if decision is not None:
        return decision.logic
    everything = (*definitions.decisions.values(), *definitions.knowledge.values())
    tables = (table for element in everything for table in _tables_in(element))
    return next((table for table in tables if table.place.element == element_id), None)


def _tables_in(part: object) -> Iterator[DecisionTable]:
    if isinstance(part, DecisionTable):
        yield part
    else:
        for inner in _parts(part):
            yield from _tables_in(inner)


def _parts(part: object) -> Iterator[object]:
    if isinstance(part, tuple):
        yield from part
    elif is_dataclass(part):
        for field in fields(part):
            yield getattr(part, field.name)
