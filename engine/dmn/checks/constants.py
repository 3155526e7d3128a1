"""What constant texts of a file say, found with little work and without ever raising.

A cell may be a loop over a thousand million numbers, and there may be thousands of cells.
"""

from __future__ import annotations

from engine.feel import Environment, Expression, FeelError, UnaryTests
from engine.feel.environment import Meter
from engine.feel.texts import literal_of
from engine.feel.values import type_name

MAX_STEPS = 2_000
"""Steps one constant may take; it counts as unknown beyond."""

_MAX_SHOWN = 100


def value_of(expression: Expression) -> object:
    """The value of an expression that reads no variable; null where that is too much work."""
    try:
        return expression.evaluate({}, _brief()).value
    except FeelError:
        return None


def admits(tests: UnaryTests, value: object) -> bool | None:
    """Whether tests that read no variable admit `value`; None where that is too much work."""
    try:
        return tests.matches(value, {}, _brief())
    except FeelError:
        return None


def shown(value: object) -> str:
    """A value for a message as FEEL writes it, cut where it is long."""
    try:
        text = literal_of(value)
    except FeelError:
        text = type_name(value)
    return text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…"


def _brief() -> Environment:
    return Environment(meter=Meter(MAX_STEPS))
