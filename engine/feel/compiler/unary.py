"""Tests of a value: `in`, and the unary tests of decision tables."""

from __future__ import annotations

import operator
from collections.abc import Callable

from engine.feel import syntax
from engine.feel.compiler.scope import Run, Scope, Test
from engine.feel.errors import Fault
from engine.feel.ordering import compare
from engine.feel.ranges import includes
from engine.feel.session import Frame
from engine.feel.sizes import COMPOUND
from engine.feel.values import Range, equal
from engine.feel.walk import walk

_ORDER: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def membership(node: syntax.In, scope: Scope) -> Run:
    operand = scope.build(node.operand)
    passes = _any_of([_test(test, scope) for test in node.tests])
    return lambda frame: passes(frame, operand(frame))


def unary_tests(node: syntax.Tests, scope: Scope) -> Test:
    """The test of a decision-table cell."""
    if not node.tests:
        return lambda frame, value: True
    passes = _any_of([_test(test, scope) for test in node.tests])
    if not node.negated:
        return passes

    def fails(frame: Frame, value: object) -> bool | None:
        passed = passes(frame, value)
        return None if passed is None else not passed

    return fails


def _any_of(tests: list[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]

    def passes(frame: Frame, value: object) -> bool | None:
        result: bool | None = False
        for test in tests:
            passed = test(frame, value)
            if passed:
                return True
            if passed is None:
                result = None
        return result

    return passes


def _test(node: syntax.Node, scope: Scope) -> Test:
    if isinstance(node, syntax.Tests):
        return unary_tests(node, scope)
    if isinstance(node, syntax.OneSided):
        return _one_sided(node, scope)
    run = scope.build(node)
    if any(isinstance(part, syntax.Name) and part.name == "?" for part in walk(node)):
        return lambda frame, value: _truth(run(frame))

    def passes(frame: Frame, value: object) -> bool | None:
        try:
            expected = run(frame)
            if type(expected) in COMPOUND:
                frame.session.weigh(expected)
            return matches(value, expected)
        except Fault as fault:
            frame.session.warn(fault, node.offset)
            return None

    return passes


def _truth(verdict: object) -> bool | None:
    return verdict if isinstance(verdict, bool) else None


def _one_sided(node: syntax.OneSided, scope: Scope) -> Test:
    operand, sign = scope.build(node.operand), node.operator

    def passes(frame: Frame, value: object) -> bool | None:
        bound = operand(frame)
        if type(bound) in COMPOUND:
            frame.session.weigh(bound)
        try:
            return holds(sign, value, bound)
        except Fault as fault:
            frame.session.warn(fault, node.offset)
            return None

    return passes


def holds(sign: str, value: object, bound: object) -> bool | None:
    """Whether `value sign bound`; None for `=` and `!=` between types. Raises `Fault`."""
    if sign in _ORDER:
        return _ORDER[sign](compare(value, bound), 0)
    same = equal(value, bound)
    return None if same is None else same is (sign == "=")


def matches(value: object, expected: object) -> bool | None:
    """Whether `value` is what a test expression gave: equal to it, or in it. Raises `Fault`."""
    if isinstance(expected, Range) and not isinstance(value, Range):
        return includes(expected, value)
    if isinstance(expected, list):
        if isinstance(value, list) and equal(value, expected):
            return True
        return any(_matches_item(value, item) for item in expected)
    if isinstance(expected, bool) and not isinstance(value, bool):
        return expected if value is not None else False
    return equal(value, expected)


def _matches_item(value: object, item: object) -> bool:
    try:
        if isinstance(item, Range) and not isinstance(value, Range):
            return includes(item, value)
    except Fault:
        return False
    return equal(value, item) is True
