"""Constants that do not fit: in cells, in outputs, beside a variable of another type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.dmn.checks.compiling import read, readable
from engine.dmn.checks.constants import admits, shown, value_of
from engine.dmn.checks.spots import Spot
from engine.dmn.finding import DmnFinding
from engine.dmn.model import LiteralExpression, UnaryTest
from engine.dmn.types import is_of_type
from engine.feel import Expression, FeelError, compile_unary_tests, syntax
from engine.feel.compiler.constants import Varies, constant
from engine.feel.values import type_name
from engine.feel.walk import walk


def wrong_inputs(spot: Spot) -> Iterator[DmnFinding]:
    """An error for a constant in a condition that is of another type than the column."""
    node = read(spot)
    if spot.input is None or not isinstance(node, syntax.Tests):
        return
    type_ref = spot.input.expression.type_ref
    for value in _tested(node):
        if not is_of_type(value, type_ref, spot.definitions):
            yield _wrong_type(spot, value, type_ref)


def wrong_outputs(spot: Spot) -> Iterator[DmnFinding]:
    """An error for an output of another type than its column, or that is not allowed in it.

    Looked at are constants, also those of the branches of an `if`.
    """
    clause = spot.output
    if clause is None or not isinstance(spot.text, LiteralExpression):
        return
    for value in _given(spot):
        if not is_of_type(value, clause.type_ref, spot.definitions):
            yield _wrong_type(spot, value, clause.type_ref)
        elif clause.allowed is not None:
            for item in value if isinstance(value, list) else [value]:
                if _admits(clause.allowed, item) is False:
                    yield _not_allowed(spot, item, clause.allowed.source)


def wrong_comparisons(spot: Spot) -> Iterator[DmnFinding]:
    """A warning for a comparison of a variable with a constant of another type: always null."""
    node = read(spot)
    for part in walk(node) if node is not None else ():
        if isinstance(part, syntax.Comparison):
            yield from _compared(spot, part.left, part.right)
            yield from _compared(spot, part.right, part.left)


def _compared(spot: Spot, name: syntax.Node, other: syntax.Node) -> Iterator[DmnFinding]:
    type_ref = spot.types.get(name.name, "") if isinstance(name, syntax.Name) else ""
    for value in _constants([other]) if type_ref else ():
        if value is not None and not is_of_type(value, type_ref, spot.definitions):
            assert isinstance(name, syntax.Name)
            yield spot.finding(
                "warning",
                "type",
                f"把 {type_ref} 类型的「{name.name}」与 {type_name(value)} 类型的 {shown(value)} "
                "相比，结果总是 null。",
                f"compares '{name.name}', which is {type_ref}, with {shown(value)}, which is "
                f"{type_name(value)}: that is always null.",
            )


def _tested(node: syntax.Tests) -> Iterator[object]:
    """The constants that the tests of a cell compare the value with."""
    for test in node.tests:
        if isinstance(test, syntax.Tests):
            yield from _tested(test)
        elif isinstance(test, syntax.OneSided):
            yield from _constants([test.operand])
        elif isinstance(test, syntax.RangeLiteral):
            yield from _constants([test.low, test.high])
        elif isinstance(test, syntax.ListLiteral):
            yield from _constants(test.items)
        else:
            yield from _constants([test])


def _given(spot: Spot) -> Iterator[object]:
    """The constants that an output may give."""
    expression, node = readable(spot), read(spot)
    if isinstance(expression, Expression) and not expression.names and not expression.calls:
        value = value_of(expression)
        if value is not None:
            yield value
    elif isinstance(node, syntax.If):
        yield from _constants(_branches(node))


def _branches(node: syntax.Node) -> Iterator[syntax.Node]:
    if isinstance(node, syntax.If):
        yield from _branches(node.then)
        yield from _branches(node.otherwise)
    else:
        yield node


def _constants(nodes: Iterable[syntax.Node]) -> Iterator[object]:
    """The values of those `nodes` that are constants, nulls left out."""
    for node in nodes:
        try:
            value = constant(node, set())
        except Varies:
            continue
        if value is not None:
            yield value


def _admits(allowed: UnaryTest, value: object) -> bool | None:
    try:
        return admits(compile_unary_tests(allowed.source), value)
    except FeelError:
        return None  # `unreadable` reports it


def _wrong_type(spot: Spot, value: object, type_ref: str) -> DmnFinding:
    return spot.finding(
        "error",
        "type",
        f"的 {shown(value)} 是 {type_name(value)}，该列应为 {type_ref}。",
        f"has {shown(value)}, which is {type_name(value)}; the column wants {type_ref}.",
    )


def _not_allowed(spot: Spot, value: object, allowed: str) -> DmnFinding:
    return spot.finding(
        "error",
        "not-allowed",
        f"的 {shown(value)} 不在允许值 {allowed} 之内。",
        f"has {shown(value)}, which is not among the allowed values {allowed}.",
    )
