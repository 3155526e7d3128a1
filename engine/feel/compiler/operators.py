"""Arithmetic, comparison, and the three-valued logic."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal, DecimalException
from typing import Any

from engine.feel import syntax
from engine.feel.arithmetic import calculate, negated
from engine.feel.compiler.direct import CALCULATE, EXACT
from engine.feel.compiler.scope import Run, Scope
from engine.feel.errors import Fault, NotABoolean, NotComparable
from engine.feel.ordering import compare
from engine.feel.session import Frame
from engine.feel.sizes import COMPOUND
from engine.feel.types import looks_inside, type_test
from engine.feel.values import equal, type_name

_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_STEPS_OF_POWER = 32
_LONG = 4096
"""Characters from which comparing a string counts."""


def negation(node: syntax.Negation, scope: Scope) -> Run:
    operand = scope.build(node.operand)

    def run(frame: Frame) -> object:
        try:
            return negated(operand(frame))
        except Fault as fault:
            frame.session.warn(fault, node.offset)
            return None

    return run


def arithmetic(node: syntax.Arithmetic, scope: Scope) -> Run:
    left, right = scope.build(node.left), scope.build(node.right)
    sign, offset, exact = node.operator, node.offset, CALCULATE.get(node.operator)

    def run(frame: Frame) -> object:
        a, b = left(frame), right(frame)
        if exact is not None and type(a) is Decimal and type(b) is Decimal:
            try:
                return exact(a, b)
            except DecimalException:
                pass  # said below, by name
        session = frame.session
        try:
            value = calculate(sign, a, b)
        except Fault as fault:
            session.warn(fault, offset)
            return None
        if sign == "**":
            session.step(_STEPS_OF_POWER)
        elif type(value) is str:
            session.count_length(value)
        return value

    return run


def comparison(node: syntax.Comparison, scope: Scope) -> Run:
    left, right = scope.build(node.left), scope.build(node.right)
    if node.operator in ("=", "!="):
        return _equality(left, right, node.operator == "=", node.offset)
    holds, offset = _ORDER[node.operator], node.offset

    def run(frame: Frame) -> object:
        a: Any = left(frame)
        b: Any = right(frame)
        kind = type(a)
        if kind is type(b) and kind in EXACT:
            if kind is str and len(a) > _LONG:
                frame.session.step(len(a) >> 10)
            return holds(a, b)
        try:
            return holds(compare(a, b), 0)
        except Fault as fault:
            frame.session.warn(fault, offset)
            return None

    return run


def _equality(left: Run, right: Run, expected: bool, offset: int) -> Run:
    def run(frame: Frame) -> object:
        a: Any = left(frame)
        b: Any = right(frame)
        kind = type(a)
        if kind is type(b) and kind in EXACT:
            if kind is str and len(a) > _LONG:
                frame.session.step(len(a) >> 10)
            return (a == b) is expected
        if kind in COMPOUND:
            frame.session.weigh(a)
            frame.session.weigh(b)
        same = equal(a, b)
        if same is None:
            frame.session.warn(NotComparable(left=type_name(a), right=type_name(b)), offset)
            return None
        return same is expected

    return run


def between(node: syntax.Between, scope: Scope) -> Run:
    operand, low, high = (scope.build(n) for n in (node.operand, node.low, node.high))

    def run(frame: Frame) -> object:
        value = operand(frame)
        try:
            from_low = compare(low(frame), value) <= 0
            to_high = compare(value, high(frame)) <= 0
        except Fault as fault:
            frame.session.warn(fault, node.offset)
            return None
        return from_low and to_high

    return run


def conjunction(node: syntax.Conjunction, scope: Scope) -> Run:
    return _connective(tuple(scope.build(n) for n in node.operands), node, decisive=False)


def disjunction(node: syntax.Disjunction, scope: Scope) -> Run:
    return _connective(tuple(scope.build(n) for n in node.operands), node, decisive=True)


def _connective(
    operands: tuple[Run, ...], node: syntax.Conjunction | syntax.Disjunction, *, decisive: bool
) -> Run:
    """One decisive operand decides; else null if any operand was not a boolean."""
    neutral = not decisive
    places = tuple(
        (operand, place.offset) for operand, place in zip(operands, node.operands, strict=True)
    )

    def run(frame: Frame) -> object:
        result: bool | None = neutral
        for operand, offset in places:
            value = operand(frame)
            if value is decisive:
                return decisive
            if value is not neutral:
                result = None
                if value is not None:
                    frame.session.warn(NotABoolean(found=type_name(value)), offset)
        return result

    return run


def instance_of(node: syntax.InstanceOf, scope: Scope) -> Run:
    operand, fits = scope.build(node.operand), type_test(node.type)
    deep = looks_inside(node.type)

    def run(frame: Frame) -> object:
        try:
            value = operand(frame)
            if deep:
                frame.session.weigh(value)
            return fits(value, frame.session.environment.types)
        except Fault as fault:
            frame.session.warn(fault, node.offset)
            return None

    return run
