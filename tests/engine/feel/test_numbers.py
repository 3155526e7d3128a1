"""Functions of numbers at their edges (DMN 1.5, table 75): expression → FEEL text of its value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel import compile_expression
from engine.feel.texts import literal_of

HALVES = ["-2.5", "-1.5", "-1.1", "1.1", "1.5", "2.5"]


@pytest.mark.parametrize(
    ("name", "rounded"),
    [
        ("floor", ["-3", "-2", "-2", "1", "1", "2"]),
        ("ceiling", ["-2", "-1", "-1", "2", "2", "3"]),
        ("round up", ["-3", "-2", "-2", "2", "2", "3"]),
        ("round down", ["-2", "-1", "-1", "1", "1", "2"]),
        ("round half up", ["-3", "-2", "-1", "1", "2", "3"]),
        ("round half down", ["-2", "-1", "-1", "1", "1", "2"]),
        ("decimal", ["-2", "-2", "-1", "1", "2", "2"]),
    ],
)
@pytest.mark.parametrize("scale", [-2, 0, 3])
def test_each_rounding_goes_its_way_at_every_scale(
    name: str, rounded: list[str], scale: int
) -> None:
    expression = compile_expression(f"{name}(n, scale)")
    for number, expected in zip(HALVES, rounded, strict=True):
        context = {"n": Decimal(number).scaleb(-scale), "scale": scale}
        assert expression.evaluate(context).value == Decimal(expected).scaleb(-scale), number


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("floor(n: -1.56, scale: 1)", "-1.6"),
        ("decimal(scale: 2, n: 1.115)", "1.12"),
        ("decimal(0.505, 2)", "0.5"),
        ("decimal(1, 6176)", "1"),
        ("decimal(1, 6177)", "null"),
        ("decimal(1, -6112)", "null"),
        ("floor(null)", "null"),
        ('ceiling("1.5")', "null"),
        ("round up(5.5)", "6"),
        ("modulo(10.1, 4.5)", "1.1"),
        ("modulo(-10.1, 4.5)", "3.4"),
        ("modulo(10.1, -4.5)", "-3.4"),
        ("modulo(-10.1, -4.5)", "-1.1"),
        ("modulo(divisor: 5, dividend: 12)", "2"),
        ("modulo(10 ** 40, 7)", "4"),
        ("decimal(sqrt(2), 6)", "1.414214"),
        ("decimal(log(10), 6)", "2.302585"),
        ("decimal(exp(log(5)), 10)", "5"),
        ("log(-1)", "null"),
        ("exp(10000000)", "null"),
        ("odd(-1)", "true"),
        ("even(0)", "true"),
        ("odd(5.5)", "false"),
        ("even(5.5)", "false"),
        ("odd(10 ** 40 + 1)", "false"),  # 34 digits cannot hold the one
        ('abs(n: @"-P1Y2M")', "P1Y2M"),
        ('abs("1")', "null"),
        ("0 ** 0", "1"),
        ("2 ** -1", "0.5"),
        ("(-8) ** (1 / 3)", "null"),
        ("not(negand: false)", "true"),
        ('not("true")', "null"),
    ],
)
def test_a_number_function(source: str, text: str) -> None:
    assert literal_of(compile_expression(source).evaluate({}).value) == text


def test_random_numbers_lie_below_one_and_differ() -> None:
    drawn = compile_expression("for i in 1..50 return random number()").evaluate({}).value
    assert isinstance(drawn, list)
    assert all(0 <= number < 1 for number in drawn)
    assert len(set(drawn)) == 50
