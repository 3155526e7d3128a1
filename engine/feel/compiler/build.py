"""Which node is compiled by which function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from engine.feel import syntax
from engine.feel.compiler import control, functions, operators, unary, variables
from engine.feel.compiler.constants import ConstantTests, constant_tests
from engine.feel.compiler.direct import Direct, direct
from engine.feel.compiler.scope import Run, Scope, Test, Uses
from engine.feel.errors import ExpressionTooDeep
from engine.feel.limits import MAX_DEPTH

_BUILDERS: dict[type[syntax.Node], Callable[[Any, Scope], Run]] = {
    syntax.Literal: variables.literal,
    syntax.Unreadable: variables.unreadable,
    syntax.Name: variables.name,
    syntax.ListLiteral: variables.list_,
    syntax.ContextLiteral: variables.context,
    syntax.RangeLiteral: variables.range_,
    syntax.OneSided: variables.one_sided,
    syntax.Path: variables.path,
    syntax.Negation: operators.negation,
    syntax.Arithmetic: operators.arithmetic,
    syntax.Comparison: operators.comparison,
    syntax.Between: operators.between,
    syntax.Conjunction: operators.conjunction,
    syntax.Disjunction: operators.disjunction,
    syntax.InstanceOf: operators.instance_of,
    syntax.In: unary.membership,
    syntax.If: control.if_,
    syntax.For: control.for_,
    syntax.Quantified: control.quantified,
    syntax.Filter: control.filter_,
    syntax.FunctionDefinition: functions.definition,
    syntax.Call: functions.call,
    syntax.NamedCall: functions.named_call,
}

T = TypeVar("T")


@dataclass(frozen=True)
class Compiled(Generic[T]):
    """A closure, and the names it needs from outside.

    `direct` is the short road of an expression, `constant` that of unary tests, if it has one.
    """

    run: T
    names: frozenset[str]
    calls: frozenset[str]
    direct: Direct | None = None
    constant: ConstantTests | None = None


def compile_node(node: syntax.Node) -> Compiled[Run]:
    """The closure of a parsed expression."""
    uses = Uses()
    run = _build(node, Scope(_build, uses))
    return Compiled(run, frozenset(uses.names), frozenset(uses.calls), direct(node))


def compile_tests(node: syntax.Tests) -> Compiled[Test]:
    """The closure of parsed unary tests."""
    uses = Uses()
    test = unary.unary_tests(node, Scope(_build, uses))
    return Compiled(
        test, frozenset(uses.names), frozenset(uses.calls), constant=constant_tests(node)
    )


_WEIGHTS: dict[type[syntax.Node], int] = {
    syntax.ListLiteral: 2,
    syntax.ContextLiteral: 6,
    syntax.FunctionDefinition: 16,
}
"""What a node weighs that makes more than one value, by the memory it takes."""


def _build(node: syntax.Node, scope: Scope) -> Run:
    """Raises `ExpressionTooDeep`: chains of operators nest deeper than the parser sees."""
    uses = scope.uses
    uses.weight += _WEIGHTS.get(type(node), 1)
    uses.depth += 1
    if uses.depth > MAX_DEPTH:
        raise ExpressionTooDeep(limit=MAX_DEPTH)
    run = _BUILDERS[type(node)](node, scope)
    uses.depth -= 1
    return run
