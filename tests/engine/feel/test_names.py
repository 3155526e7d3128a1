"""Which words make one name."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel import compile_expression


def evaluated(source: str, names: tuple[str, ...] = (), **variables: object) -> object:
    return compile_expression(source, names=names).evaluate(variables).value


def test_words_without_an_operator_between_them_are_one_name() -> None:
    assert compile_expression("首次 送达 + 年 限").names == {"首次 送达", "年 限"}


def test_spaces_inside_a_name_do_not_matter() -> None:
    expression = compile_expression("Full   Name")
    assert expression.evaluate({"Full Name": "张三"}).value == "张三"


def test_a_name_may_hold_a_number_after_a_space() -> None:
    assert compile_expression("Extra days case 1 * 2").names == {"Extra days case 1"}


def test_a_built_in_name_with_a_reserved_word_is_read_before_a_parenthesis() -> None:
    expression = compile_expression("working days between(a, b) > 3")
    assert expression.calls == {"working days between"}
    assert expression.names == {"a", "b"}


def test_the_same_words_without_parenthesis_are_operators() -> None:
    assert compile_expression("date and time").names == {"date", "time"}
    assert compile_expression("days between a and b").names == {"days", "a", "b"}


def test_behind_a_dot_no_function_is_meant() -> None:
    assert compile_expression("a.date and time(b) = c").calls == {"time"}


def test_an_announced_name_may_hold_operators() -> None:
    # given a name that looks like a subtraction
    names = ("Pre-bureau risk",)
    # then the longest name wins where it is announced
    assert compile_expression("Pre-bureau risk", names=names).names == {"Pre-bureau risk"}
    assert compile_expression("Pre - bureau risk", names=names).names == {"Pre-bureau risk"}
    # and it stays a subtraction where it is not
    assert compile_expression("Pre-bureau risk").names == {"Pre", "bureau risk"}


def test_an_announced_name_may_hold_reserved_words_and_full_width_brackets() -> None:
    names = ("送达 and 生效", "通知书（一）")
    assert compile_expression("送达 and 生效", names=names).names == {"送达 and 生效"}
    assert compile_expression("通知书（一） = 1", names=names).names == {"通知书（一）"}


def test_an_entry_of_a_context_is_a_known_name_behind_it() -> None:
    assert evaluated("{a+b: 1, c: a+b + 1}.c") == Decimal(2)
    assert evaluated("{first-name: 1}.first-name") == Decimal(1)


def test_a_parameter_and_an_iteration_variable_are_known_names() -> None:
    assert evaluated("(function(a-b) a-b * 2)(4)") == Decimal(8)
    assert evaluated("for x-y in [1, 2] return x-y") == [Decimal(1), Decimal(2)]


def test_a_declared_name_ends_with_its_clause() -> None:
    assert compile_expression("(for a-b in [1] return a-b)[a-b]").names == {"a", "b"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("date + 1", {"date"}),
        ("number = 3", {"number"}),
        ("instance", {"instance"}),
        ("list[1]", {"list"}),
        ("function", {"function"}),
        ("count - 1", {"count"}),
    ],
)
def test_words_of_the_language_that_are_not_reserved_may_name_variables(
    source: str, expected: set[str]
) -> None:
    assert compile_expression(source).names == expected


def test_a_variable_named_as_a_function_does_not_hide_the_function() -> None:
    assert evaluated("count([1, 2]) + count", count=3) == Decimal(5)


def test_names_are_the_roots_and_calls_the_functions() -> None:
    expression = compile_expression(
        "some a in party.acts satisfies a.kind = kind and check(a, max([1, limit]))"
    )
    assert expression.names == {"party", "kind", "limit"}
    assert expression.calls == {"check", "max"}
