"""Tests of decision-table cells that look at nothing but the value under test.

Most cells are constants: `"A","B"`, `< 5`, `[1..3)`, `not(true)`, `>= date("2024-01-01")`. Such a
test can be asked without a context, and once for all rules that have the same one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import DecimalException
from typing import Any

from engine.feel import syntax
from engine.feel.arithmetic import negated
from engine.feel.builtins import BUILTINS
from engine.feel.compiler.direct import COMPARE, EXACT
from engine.feel.compiler.unary import holds, matches
from engine.feel.environment import EMPTY
from engine.feel.errors import Fault
from engine.feel.ranges import make_range
from engine.feel.session import Session
from engine.feel.values import Range

ValueTest = Callable[[object], bool | None]
"""True, false, or None where it cannot be told; never raises."""

_MAKERS = frozenset(["date", "time", "date and time", "duration"])
"""Functions of a constant text that are constants themselves."""


class Varies(Exception):
    """A node is no constant."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConstantTests:
    """Unary tests of constants.

    `choices` are the constants if the tests only ask whether the value is one of them, else None.
    `calls` are the built-in functions that made constants: where a variable or the host gives one
    of these names another meaning, the tests must be evaluated in the ordinary way.
    """

    test: ValueTest
    choices: tuple[object, ...] | None
    calls: frozenset[str]


def constant_tests(node: syntax.Tests) -> ConstantTests | None:
    """The tests of a cell if they are constant, else None."""
    calls: set[str] = set()
    try:
        tests = [_test(test, calls) for test in node.tests]
    except Varies:
        return None
    passes = _negation(_any_of(tests)) if node.negated else _any_of(tests)
    return ConstantTests(
        test=passes if tests else lambda value: True,
        choices=_choices(node),
        calls=frozenset(calls),
    )


def _choices(node: syntax.Tests) -> tuple[object, ...] | None:
    if node.negated or not node.tests:
        return None
    values = [test.value for test in node.tests if isinstance(test, syntax.Literal)]
    return tuple(values) if len(values) == len(node.tests) else None


def _test(node: syntax.Node, calls: set[str]) -> ValueTest:
    if isinstance(node, syntax.OneSided):
        return _one_sided(node.operator, constant(node.operand, calls))
    expected = constant(node, calls)
    if isinstance(expected, Range):
        return _within(expected)
    return _either(
        type(expected), lambda value: value == expected, lambda value: matches(value, expected)
    )


def _one_sided(sign: str, bound: object) -> ValueTest:
    compares = COMPARE[sign]
    return _either(
        type(bound), lambda value: compares(value, bound), lambda value: holds(sign, value, bound)
    )


def _within(expected: Range) -> ValueTest:
    low, high = expected.low, expected.high
    above = COMPARE[">=" if expected.low_included else ">"]
    below = COMPARE["<=" if expected.high_included else "<"]
    return _either(
        type(low),
        lambda value: above(value, low) and below(value, high),
        lambda value: matches(value, expected),
    )


def _either(kind: type, in_python: Callable[[Any], bool], in_feel: ValueTest) -> ValueTest:
    """`in_python` for values of a `kind` that Python compares as FEEL does, else `in_feel`."""
    exact = kind if kind in EXACT else None

    def passes(value: object) -> bool | None:
        try:
            return in_python(value) if type(value) is exact else in_feel(value)
        except (Fault, DecimalException):
            return None

    return passes


def _any_of(tests: list[ValueTest]) -> ValueTest:
    if len(tests) == 1:
        return tests[0]

    def passes(value: object) -> bool | None:
        verdicts = [test(value) for test in tests]
        return True if True in verdicts else None if None in verdicts else False

    return passes


def _negation(test: ValueTest) -> ValueTest:
    def passes(value: object) -> bool | None:
        verdict = test(value)
        return None if verdict is None else not verdict

    return passes


def constant(node: syntax.Node, calls: set[str]) -> object:
    """The value of a constant; names of the functions it took go to `calls`. Raises `Varies`."""
    try:
        if isinstance(node, syntax.Literal):
            return node.value
        if isinstance(node, syntax.Negation):
            return negated(constant(node.operand, calls))
        if isinstance(node, syntax.RangeLiteral):
            low, high = constant(node.low, calls), constant(node.high, calls)
            return make_range(low, high, node.low_included, node.high_included)
        if isinstance(node, syntax.Call):
            return _made(node, calls)
    except Fault:
        raise Varies from None
    raise Varies


def _made(node: syntax.Call, calls: set[str]) -> object:
    name = node.function.name if isinstance(node.function, syntax.Name) else ""
    texts = [part.value for part in node.arguments if isinstance(part, syntax.Literal)]
    if name not in _MAKERS or len(node.arguments) != 1 or len(texts) != 1:
        raise Varies
    calls.add(name)
    return BUILTINS[name].invoke(Session(EMPTY), texts)
