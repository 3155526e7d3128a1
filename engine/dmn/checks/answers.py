"""What rules answer, where that is written out."""

from __future__ import annotations

from engine.dmn.checks.constants import value_of
from engine.dmn.model import Rule
from engine.feel import FeelError, compile_expression
from engine.feel.values import equal

Answers = tuple[object, ...]


def answers_of(rule: Rule) -> Answers | None:
    """The outputs of a rule in column order; None if one of them is no constant."""
    values = []
    for output in rule.outputs:
        try:
            expression = compile_expression(output.source or "null")
        except FeelError:
            return None
        if expression.names or expression.calls:
            return None
        values.append(value_of(expression))
    return tuple(values)


def differ(one: Answers | None, other: Answers | None) -> bool:
    """Whether two rules surely say different things."""
    if one is None or other is None:
        return False
    return any(equal(left, right) is not True for left, right in zip(one, other, strict=True))
