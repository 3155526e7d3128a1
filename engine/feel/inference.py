"""The type of an expression as far as its text shows it, for the results of functions."""

from __future__ import annotations

from engine.feel import syntax
from engine.feel.syntax import Type
from engine.feel.values import TYPE_NAMES

_TRUTHS = (syntax.InstanceOf, syntax.Quantified)


def type_shown(node: syntax.Node) -> Type | None:
    """The type that all values of `node` have; None if the text does not tell.

    A literal, a list of items that show one type, a context, and a function show their type.
    """
    if isinstance(node, syntax.Literal):
        name = TYPE_NAMES[type(node.value)]
        return Type(offset=0, name="Null" if node.value is None else name)
    if isinstance(node, syntax.ListLiteral):
        return _list(node)
    if isinstance(node, syntax.ContextLiteral):
        return _context(node)
    if isinstance(node, syntax.FunctionDefinition):
        return type_of_function(node)
    return Type(offset=0, name="boolean") if isinstance(node, _TRUTHS) else None


def type_of_function(node: syntax.FunctionDefinition) -> Type:
    """What a function declares; its result is None where its body does not show it."""
    anything = Type(offset=0, name="Any")
    return Type(
        offset=0,
        name="function",
        items=tuple(anything if type_ is None else type_ for _, type_ in node.parameters),
        result=None if node.body is None else type_shown(node.body),
    )


def _list(node: syntax.ListLiteral) -> Type | None:
    items = {type_shown(item) for item in node.items} or {Type(offset=0, name="Null")}
    item = items.pop()
    if items or item is None:
        return None
    return Type(offset=0, name="list", items=(item,))


def _context(node: syntax.ContextLiteral) -> Type | None:
    shown = tuple((name, type_shown(entry)) for name, entry in node.entries)
    entries = tuple((name, type_) for name, type_ in shown if type_ is not None)
    return Type(offset=0, name="context", entries=entries) if len(entries) == len(shown) else None
