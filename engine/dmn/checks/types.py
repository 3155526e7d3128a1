"""Literals that do not fit their column."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.checks.compiling import readable
from engine.dmn.checks.constants import admits, shown, value_of
from engine.dmn.checks.literals import literals_in
from engine.dmn.checks.spots import Spot
from engine.dmn.finding import DmnFinding
from engine.dmn.model import LiteralExpression, UnaryTest
from engine.dmn.types import is_base_value
from engine.feel import Expression, FeelError, compile_unary_tests
from engine.feel.values import type_name


def wrong_inputs(spot: Spot) -> Iterator[DmnFinding]:
    """An error for a literal in a condition that is of another type than the column."""
    if spot.input is None:
        return
    text, type_ref = readable(spot), spot.input.expression.type_ref
    if text is None or text.calls or text.names:
        return
    for value in literals_in(spot.text.source):
        if value is not None and not is_base_value(value, type_ref):
            yield _wrong_type(spot, value, type_ref)


def wrong_outputs(spot: Spot) -> Iterator[DmnFinding]:
    """An error for a constant output of another type than the column, or not allowed in it."""
    clause, text = spot.output, spot.text
    if clause is None or not isinstance(text, LiteralExpression):
        return
    expression = readable(spot)
    if not isinstance(expression, Expression) or expression.names or expression.calls:
        return
    value = value_of(expression)
    if value is None:
        return
    if not is_base_value(value, clause.type_ref):
        yield _wrong_type(spot, value, clause.type_ref)
    elif clause.allowed is not None:
        items = value if isinstance(value, list) else [value]
        for item in items:
            if _admits(clause.allowed, item) is False:
                yield _not_allowed(spot, item, clause.allowed.source)


def _admits(allowed: UnaryTest, value: object) -> bool | None:
    try:
        return admits(compile_unary_tests(allowed.source), value)
    except FeelError:
        return None  # `unreadable` reports it


def _wrong_type(spot: Spot, value: object, type_ref: str) -> DmnFinding:
    return DmnFinding(
        level="error",
        check="type",
        place=spot.text.place,
        zh=f"{spot.where_zh}的 {shown(value)} 是 {type_name(value)}，该列应为 {type_ref}。",
        en=f"{spot.where_en}: {shown(value)} is {type_name(value)}, the column wants {type_ref}.",
        rules=spot.rules,
    )


def _not_allowed(spot: Spot, value: object, allowed: str) -> DmnFinding:
    return DmnFinding(
        level="error",
        check="type",
        place=spot.text.place,
        zh=f"{spot.where_zh}的 {shown(value)} 不在允许值 {allowed} 之内。",
        en=f"{spot.where_en}: {shown(value)} is not among the allowed values {allowed}.",
        rules=spot.rules,
    )
