"""What a person is told whose text is not FEEL."""

from __future__ import annotations

import pytest

from engine.feel import FeelLimitExceeded, FeelSyntaxError, compile_expression, compile_unary_tests
from engine.place import Place


@pytest.mark.parametrize(
    ("source", "offset", "found", "expected"),
    [
        ("1 +", 3, "", "an expression"),
        ("", 0, "", "an expression"),
        ("if a then b", 11, "", "“else”"),
        ("for x in xs, y", 14, "", "“in”"),
        ("(1", 2, "", "“)”"),
        ("[1, 2", 5, "", "“]”"),
        ("{a 1}", 4, "}", "“:”"),
        ("1 2", 2, "2", "an operator or the end of the expression"),
        ("a instance of 3", 14, "3", "a type"),
        ("a instance of list<number,>", 26, ">", "a type"),
        ("a instance of context<b: number,>", 32, ">", "a name"),
        ("sum（1)", 3, "（", "the half-width “(”"),
        ("max(1，2)", 5, "，", "the half-width “,”"),
        ("a = “有效”", 4, "“", 'the half-width “"”'),
        ('a = "有效', 4, '"有效', 'a string that ends with "'),
        ("1 /* 2", 2, "/*", "a comment that ends with */"),
        ("in [1..3]", 0, "in", "an expression"),
        ("1 + +1", 4, "+", "an expression"),
        ("{a = 1: 2}", 3, "=", "“:”"),
        ("{a: 1,}", 6, "}", "a key of the context"),
        ("for x in xs yield x", 19, "", "“return”"),
    ],
)
def test_an_error_says_where_and_what_was_expected(
    source: str, offset: int, found: str, expected: str
) -> None:
    with pytest.raises(FeelSyntaxError) as raised:
        compile_expression(source)
    assert (raised.value.offset, raised.value.found) == (offset, found)
    assert raised.value.expected.en == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a == 1", "a single “=”"),
        ("a <> 1", "“!=”"),
        ("!a", "“not(…)”"),
        ("a && b", "“and”"),
        ("a || b", "“or”"),
        ("a % 2", "“modulo(…, …)”"),
        ("a ^ 2", "“**”"),
        ("a = 'x'", 'a double quote “"”'),
    ],
)
def test_who_writes_as_in_another_language_is_told_how_feel_says_it(
    source: str, expected: str
) -> None:
    with pytest.raises(FeelSyntaxError) as raised:
        compile_expression(source)
    assert raised.value.expected.en == expected


def test_a_cell_that_joins_tests_with_and_is_told_how_it_is_written() -> None:
    with pytest.raises(FeelSyntaxError) as raised:
        compile_unary_tests("> 3 and < 9")
    assert "? > 1 and ? < 5" in raised.value.message("zh")


def test_the_message_is_chinese_and_english_and_names_the_place() -> None:
    place = Place(file="listing.bpmn", element="flow_3")
    with pytest.raises(FeelSyntaxError) as raised:
        compile_expression("金额 > ", place=place)
    assert raised.value.message("zh") == "表达式第 6 个字符处已结束，这里应为一个表达式。"
    assert "At character 6" in raised.value.message("en")
    assert raised.value.place == place


def test_a_cell_that_is_no_unary_test_is_an_error_too() -> None:
    with pytest.raises(FeelSyntaxError):
        compile_unary_tests("> 1, ,")


@pytest.mark.parametrize(
    "source",
    ["(" * 300 + "1" + ")" * 300, "+".join(["1"] * 1000), "1" * 200_000, "-" * 500 + "1"],
    ids=["parentheses", "a chain of additions", "long", "signs"],
)
def test_a_text_beyond_the_limits_is_refused_by_name(source: str) -> None:
    with pytest.raises(FeelLimitExceeded):
        compile_expression(source)


def test_nested_parentheses_are_read_once() -> None:
    source = "x in (" * 60 + "1" + ")" * 60
    assert compile_expression(source).names == {"x"}


def test_a_long_condition_is_not_a_deep_one() -> None:
    source = " and ".join(f"a{i} = {i}" for i in range(2000))
    context = {f"a{i}": i for i in range(2000)}
    assert compile_expression(source).evaluate(context).value is True
