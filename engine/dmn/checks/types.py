"""Constants that do not fit: in cells, in outputs, beside a variable of another type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.dmn.checks.compiling import read, readable
from engine.dmn.checks.constants import admits, shown, value_of
from engine.dmn.checks.declared import column_type, path_text, scalar_type
from engine.dmn.checks.spots import Spot
from engine.dmn.finding import DmnFinding
from engine.dmn.model import LiteralExpression, UnaryTest
from engine.dmn.types import is_of_type
from engine.feel import Expression, FeelError, compile_unary_tests, syntax
from engine.feel.compiler.constants import Varies, constant
from engine.feel.values import plain_type, type_name
from engine.feel.walk import walk


def wrong_inputs(spot: Spot) -> Iterator[DmnFinding]:
    """An error for a constant in a condition that is of another type than the column."""
    node = read(spot)
    if spot.input is None or not isinstance(node, syntax.Tests):
        return
    type_ref = column_type(spot)
    for value in _tested(node):
        if not is_of_type(value, type_ref, spot.definitions):
            yield _wrong_type(spot, value, type_ref)


def wrong_outputs(spot: Spot) -> Iterator[DmnFinding]:
    """An error for an output of another type than its column, or that is not allowed in it.

    Looked at are constants, also those of the branches of an `if`, and in lists.
    """
    clause = spot.output
    if clause is None or not isinstance(spot.text, LiteralExpression):
        return
    wrong = [
        value for value in _given(spot) if not is_of_type(value, clause.type_ref, spot.definitions)
    ]
    for value in wrong:
        yield _wrong_type(spot, value, clause.type_ref)
    if clause.allowed is not None and not wrong:
        for item in _items(spot):
            if _admits(clause.allowed, item) is False:
                yield _not_allowed(spot, item, clause.allowed.source)


def wrong_comparisons(spot: Spot) -> Iterator[DmnFinding]:
    """A warning for a comparison of a variable with a constant of another type: always null."""
    node = read(spot)
    for part in walk(node) if node is not None else ():
        if isinstance(part, syntax.Comparison):
            yield from _compared(spot, part.left, part.right)
            yield from _compared(spot, part.right, part.left)


def wrong_ranges(spot: Spot) -> Iterator[DmnFinding]:
    """An error for a range with ends of two types: it holds nothing.

    Not where one end already is of another type than the column.
    """
    node = read(spot)
    type_ref = column_type(spot) if spot.input is not None else ""
    for part in walk(node) if node is not None else ():
        if isinstance(part, syntax.RangeLiteral):
            ends = [*_constants([part.low, part.high])]
            kinds = {plain_type(end) for end in ends}
            fitting = all(is_of_type(end, type_ref, spot.definitions) for end in ends)
            if len(kinds) == len(ends) == 2 and fitting:
                yield _two_types(spot, *ends)


def _compared(spot: Spot, asked: syntax.Node, other: syntax.Node) -> Iterator[DmnFinding]:
    type_ref = scalar_type(asked, spot)
    for value in _constants([other]) if type_ref else ():
        if not is_of_type(value, type_ref, spot.definitions):
            name = path_text(asked)
            yield spot.finding(
                "warning",
                "type",
                f"把 {type_ref} 类型的「{name}」与 {type_name(value)} 类型的 {shown(value)} "
                "相比，结果总是 null。",
                f"compares '{name}', which is {type_ref}, with {shown(value)}, which is "
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
    elif node is not None:
        for branch in _branches(node):
            values = list(_constants(_items_of(branch)))
            if not isinstance(branch, syntax.ListLiteral):
                yield from values
            elif len(values) == len(branch.items):
                yield values


def _items(spot: Spot) -> Iterator[object]:
    """The constants that an output may give, those of lists one by one."""
    for value in _given(spot):
        yield from value if isinstance(value, list) else [value]
    node = read(spot)
    for branch in _branches(node) if node is not None else ():
        if isinstance(branch, syntax.ListLiteral):
            values = list(_constants(branch.items))
            yield from values if len(values) < len(branch.items) else ()


def _items_of(node: syntax.Node) -> tuple[syntax.Node, ...]:
    return node.items if isinstance(node, syntax.ListLiteral) else (node,)


def _branches(node: syntax.Node) -> Iterator[syntax.Node]:
    """The nodes that may be the result: those behind `then` and `else`."""
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


def _two_types(spot: Spot, low: object, high: object) -> DmnFinding:
    return spot.finding(
        "error",
        "type",
        f"的范围两端类型不同：{shown(low)} 是 {type_name(low)}，{shown(high)} 是 "
        f"{type_name(high)}，不会有值在其中。",
        f"has a range with ends of two types, {shown(low)} ({type_name(low)}) and {shown(high)} "
        f"({type_name(high)}); no value is in it.",
    )


def _not_allowed(spot: Spot, value: object, allowed: str) -> DmnFinding:
    return spot.finding(
        "error",
        "not-allowed",
        f"的 {shown(value)} 不在允许值 {allowed} 之内。",
        f"has {shown(value)}, which is not among the allowed values {allowed}.",
    )
