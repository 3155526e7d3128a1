"""Whatever is evaluated gives a value with reasons for its nulls, or meets a limit with a name."""

from __future__ import annotations

from hypothesis import given

from engine.feel import compile_expression, decode, encode
from engine.feel.values import key_of
from tests.fuzz.effort import examples, made
from tests.fuzz.expressions import expression, unary_tests
from tests.fuzz.targets import ask_cell, evaluate_text
from tests.fuzz.values import value, variables


@examples(600)
@given(made(expression), made(variables))
def test_an_expression_gives_a_value_of_feel_and_the_same_one_again(
    text: str, context: dict[str, object]
) -> None:
    evaluate_text(text, context)


@examples(400)
@given(made(unary_tests), made(value), made(variables))
def test_a_cell_says_true_false_or_null(
    text: str, tested: object, context: dict[str, object]
) -> None:
    ask_cell(text, tested, context)


@examples(300)
@given(made(value))
def test_a_value_survives_being_stored(stored: object) -> None:
    text = encode(stored)
    assert encode(decode(text)) == text
    assert key_of(decode(text)) == key_of(stored)


@examples(300)
@given(made(value))
def test_every_value_has_a_text(shown: object) -> None:
    text = compile_expression("string(a)").evaluate({"a": shown}).value
    assert text is None if shown is None else isinstance(text, str)
