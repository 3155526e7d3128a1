"""Whether what a form shows depends on what is being filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

from engine.feel import Expression, UnaryTests
from engine.forms.components import Component, DynamicList, ExpressionField, Field, Group, Option
from engine.forms.texts import Setting, Text

_IN_LISTS = frozenset({"this", "parent", "i", "_this_", "_parent_", "_i_", "_data_"})
_UNSEEN = frozenset({"default_formula", "checks", "children"})


def reacts(components: Iterable[Component]) -> bool:
    """True if a page should redraw the form when a field changes."""
    everything = list(_all(components))
    own = _IN_LISTS | {
        component.key[0] if isinstance(component, Field) else component.path[0]
        for component in everything
        if (isinstance(component, Field) and component.key)
        or (isinstance(component, Group | DynamicList) and component.path)
    }
    return any(
        component.properties.get("capital") not in (None, "", "false")
        or any(formula.names & own for formula in _formulas(component))
        for component in everything
    )


def _all(components: Iterable[Component]) -> Iterator[Component]:
    for component in components:
        yield component
        if isinstance(component, Group | DynamicList):
            yield from _all(component.children)


def _formulas(component: Component) -> Iterator[Expression | UnaryTests]:
    for attribute in fields(component):
        if attribute.name in _UNSEEN:
            continue
        if attribute.name == "formula" and isinstance(component, ExpressionField):
            continue
        yield from _formulas_in(getattr(component, attribute.name))


def _formulas_in(value: object) -> Iterator[Expression | UnaryTests]:
    match value:
        case Expression() | UnaryTests():
            yield value
        case Setting(formula=Expression() as formula):
            yield formula
        case Text():
            yield from value.expressions()
        case tuple():
            for item in value:
                if isinstance(item, Option):
                    yield from item.label.expressions()
