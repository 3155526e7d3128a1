"""Short roads: what needs neither a session nor frames is read straight from the context.

A direct closure gives the value of an expression, or `UNSURE` as soon as it meets anything but
the plain case: a variable that is missing or no FEEL value as it is, operands of different types,
a value that would be warned about. Nothing has happened then, and the expression is evaluated in
the ordinary way. So a direct closure never decides anything that the ordinary one would not; only
a variable that is not looked at (`b` in `a or b`) goes unwarned.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, DecimalException
from typing import Any

from engine.feel import syntax
from engine.feel.values import NUMBERS, SCALARS

Direct = Callable[[Mapping[str, object]], object]
"""Gives the value in a context, or `UNSURE`."""

UNSURE = object()

EXACT = frozenset([Decimal, str, date])
"""Types of FEEL values that Python compares as FEEL does."""

_PLAIN = EXACT | {int}
"""The same for values of a context, where whole numbers may still be `int`."""

_COMPARABLE: dict[type, frozenset[type]] = {
    str: frozenset([str]),
    date: frozenset([date]),
    Decimal: frozenset([Decimal, int]),
}
"""Which values of a context may be compared with a constant of a type."""

_NUMBER = frozenset([Decimal])

CALCULATE: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": NUMBERS.add,
    "-": NUMBERS.subtract,
    "*": NUMBERS.multiply,
    "/": NUMBERS.divide,
}
"""Arithmetic of two numbers; raises `DecimalException`."""

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


def direct(node: syntax.Node) -> Direct | None:
    """The direct closure of an expression; None if it has no short road."""
    build = _BUILDERS.get(type(node))
    return None if build is None else build(node)


def _literal(node: syntax.Literal) -> Direct:
    value = node.value
    return lambda context: value


def _name(node: syntax.Name) -> Direct:
    name = node.name

    def run(context: Mapping[str, object]) -> object:
        value = context.get(name, UNSURE)
        return value if type(value) in SCALARS else UNSURE

    return run


def _comparison(node: syntax.Comparison) -> Direct | None:
    left, right, holds = node.left, node.right, COMPARE[node.operator]
    if isinstance(left, syntax.Name) and isinstance(right, syntax.Name):
        return _of_variables(left.name, right.name, holds)
    if isinstance(left, syntax.Name) and isinstance(right, syntax.Literal):
        return _with_constant(left.name, right.value, holds)
    return _of_operands(left, right, holds, EXACT)


def _of_variables(left: str, right: str, holds: Callable[[Any, Any], bool]) -> Direct:
    def run(context: Mapping[str, object]) -> object:
        a, b = context.get(left), context.get(right)
        if type(a) is type(b) and type(a) in _PLAIN:
            try:
                return holds(a, b)
            except DecimalException:
                return UNSURE
        return UNSURE

    return run


def _with_constant(name: str, constant: object, holds: Callable[[Any, Any], bool]) -> Direct | None:
    kinds = _COMPARABLE.get(type(constant))
    if kinds is None:
        return None

    def run(context: Mapping[str, object]) -> object:
        value = context.get(name)
        if type(value) in kinds:
            try:
                return holds(value, constant)
            except DecimalException:
                return UNSURE
        return UNSURE

    return run


def _arithmetic(node: syntax.Arithmetic) -> Direct | None:
    calculates = CALCULATE.get(node.operator)
    if calculates is None:
        return None
    return _of_operands(node.left, node.right, calculates, _NUMBER)


def _of_operands(
    left: syntax.Node,
    right: syntax.Node,
    combine: Callable[[Any, Any], object],
    kinds: frozenset[type],
) -> Direct | None:
    """Two operands of one type, which is among `kinds`."""
    first, second = direct(left), direct(right)
    if first is None or second is None:
        return None

    def run(context: Mapping[str, object]) -> object:
        a, b = first(context), second(context)
        if type(a) is type(b) and type(a) in kinds:
            try:
                return combine(a, b)
            except DecimalException:
                return UNSURE
        return UNSURE

    return run


def _conjunction(node: syntax.Conjunction) -> Direct | None:
    return _connective(node.operands, decisive=False)


def _disjunction(node: syntax.Disjunction) -> Direct | None:
    return _connective(node.operands, decisive=True)


def _connective(nodes: tuple[syntax.Node, ...], *, decisive: bool) -> Direct | None:
    operands = [operand for node in nodes if (operand := direct(node)) is not None]
    if len(operands) < len(nodes):
        return None

    def run(context: Mapping[str, object]) -> object:
        for operand in operands:
            value = operand(context)
            if value is decisive:
                return decisive
            if type(value) is not bool:
                return UNSURE
        return not decisive

    return run


_BUILDERS: dict[type[syntax.Node], Callable[[Any], Direct | None]] = {
    syntax.Literal: _literal,
    syntax.Name: _name,
    syntax.Arithmetic: _arithmetic,
    syntax.Comparison: _comparison,
    syntax.Conjunction: _conjunction,
    syntax.Disjunction: _disjunction,
}
