"""Numbers (DMN 1.5, 10.3.2.3.1) and their functions at the edges: expression → FEEL text."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from engine.feel import FeelSyntaxError, compile_expression
from engine.feel.texts import literal_of

HALVES = ["-2.5", "-1.5", "-1.1", "1.1", "1.5", "2.5"]


def text_of(source: str) -> str:
    return literal_of(compile_expression(source).evaluate({}).value)


def fault_of(source: str) -> str:
    evaluation = compile_expression(source).evaluate({})
    assert evaluation.value is None
    return evaluation.warnings[0].kind


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


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("1 / 3", "0.3333333333333333333333333333333333"),
        ("2 / 3", "0.6666666666666666666666666666666667"),
        ("12345678901234567890123456789012345678", "12345678901234567890123456789012350000"),
        ("9999999999999999999999999999999999 + 1", "10000000000000000000000000000000000"),
        ("1000000000000000000000000000000000.5 + 0", "1000000000000000000000000000000000"),
        ("1000000000000000000000000000000001.5 + 0", "1000000000000000000000000000000002"),
        ("1e-6177", "0"),
        ("10 ** -7000", "0"),
        ("0 * -1", "0"),
        ("1.50", "1.5"),
        ("1e3", "1000"),
        ("1E-3", "0.001"),
        ("1e+3", "1000"),
        (".5", "0.5"),
        ("007", "7"),
        ("2 ** 0.5", "1.414213562373095048801688724209698"),
        ("2 ** -1", "0.5"),
    ],
)
def test_a_number_has_34_digits(source: str, text: str) -> None:
    assert text_of(source) == text


@pytest.mark.parametrize("source", ["10 ** 6145", "10 ** 6144 * 10", "2 ** 10000000", "exp(15000)"])
def test_a_number_too_great_is_null_and_said(source: str) -> None:
    assert fault_of(source) == "NumberOutOfRange"


@pytest.mark.parametrize("source", ["1e6145", "1e999999999999999999", "9" * 6200])
def test_a_literal_too_great_is_no_feel(source: str) -> None:
    with pytest.raises(FeelSyntaxError) as raised:
        compile_expression(source)
    assert raised.value.expected.en == "a number within range"


@pytest.mark.parametrize("function", ["decimal", "floor", "round half up"])
@pytest.mark.parametrize("scale", ["6177", "-6112", "10 ** 9", "-10 ** 9", "10 ** 30"])
def test_a_scale_no_number_has_is_refused_at_once(function: str, scale: str) -> None:
    scale = scale.replace("-10 ** 9", "-(10 ** 9)")
    started = time.perf_counter()
    assert fault_of(f"{function}(1, {scale})") == "NumberOutOfRange"
    assert time.perf_counter() - started < 1


def test_a_scale_finer_than_the_number_changes_nothing() -> None:
    assert text_of("decimal(1 / 3, 6176) = 1 / 3") == "true"
    assert text_of("round up(10 ** 6000 + 0.1, 100) = 10 ** 6000") == "true"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("modulo(1, 0)", "DivisionByZero"),
        ("1 / 0", "DivisionByZero"),
        ("0 ** -1", "DivisionByZero"),
        ("sqrt(-1)", "OperandDoesNotFit"),
        ("log(0)", "OperandDoesNotFit"),
        ("log(-1)", "OperandDoesNotFit"),
        ("(-8) ** 0.5", "NumberOutOfRange"),
        ("sqrt(null)", "ArgumentDoesNotFit"),
        ('abs("1")', "ArgumentDoesNotFit"),
        ("floor(true)", "ArgumentDoesNotFit"),
        ("decimal(1, null)", "ArgumentDoesNotFit"),
        ("decimal(1)", "WrongArguments"),
    ],
)
def test_what_has_no_answer_is_null_and_said(source: str, kind: str) -> None:
    assert fault_of(source) == kind


def test_roots_logarithms_and_powers_are_right_to_the_last_digit() -> None:
    assert text_of("sqrt(2)") == "1.414213562373095048801688724209698"
    assert text_of("exp(1)") == "2.718281828459045235360287471352662"
    assert text_of("log(10)") == "2.302585092994045684017991454684364"
    assert text_of("exp(-1000000)") == "0"


def test_a_standard_deviation_is_right_to_the_last_digit() -> None:
    numbers = "[1, 2, 3, 4.123456789012345678901234567890123]"
    assert text_of(f"stddev({numbers})") == "1.339378158089537480253395364118408"
    near = "[1000000000000000000000000000000000, 1000000000000000000000000000000001]"
    assert text_of(f"stddev({near})") == "0.707106781186547524400844362104849"
