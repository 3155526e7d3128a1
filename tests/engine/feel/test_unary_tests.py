"""The cells of decision tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel import compile_unary_tests


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("-", None, True),
        ("5", 5, True),
        ("5", 6, False),
        ("< 5", 4, True),
        (">= 5, 1", 1, True),
        ("[1..5]", 5, True),
        ("(1..5)", 1, False),
        ("]1..5[", 3, True),
        ('"有效", "停止执行"', "停止执行", True),
        ('not("有效", "停止执行")', "已撤销", True),
        ('not("有效", "停止执行")', "有效", False),
        ("not(< 5)", 7, True),
        ("not(? > 5) and ? > 3", 4, True),
        ("null", None, True),
        ("null", 1, False),
        ("not(null)", 1, True),
        ("not(not(5))", 5, True),
        ("not(not(5))", 6, False),
        ("not(not(< 6), 9)", 5, True),
        ("not(not(< 6), 9)", 9, False),
        ("not(5), 7", 6, True),
        ("not(5), 7", 5, False),
        ("not(not(? > 3) or ? > 9)", 5, True),
        ("not(not(? > 3) or ? > 9)", 10, False),
        ("true", True, True),
        ("true", False, False),
        ("limit", 10, True),
        ("> limit", 11, True),
        ("< limit + 1", 10, True),
        ("codes", "A", True),
        ("codes", "C", False),
        ("? > 3 and ? < 6", 5, True),
        ("? > 3 and ? < 6", 6, False),
        ('starts with(?, "池")', "池人社", True),
        ("some x in codes satisfies x = ?", "B", True),
        ('date("2024-01-01")', "2024-01-01", False),
        ("> 5", "text", False),
        ("> 5", None, False),
        ("< 5", None, False),
        ("!= 5", 6, True),
        ("= 5", 5, True),
        ("missing", 5, False),
        ("-1", -1, True),
        ("[codes, 7]", 7, True),
    ],
)
def test_a_cell(cell: str, value: object, expected: bool) -> None:
    context = {"limit": Decimal(10), "codes": ["A", "B"]}
    assert compile_unary_tests(cell).matches(value, context) is expected


def test_the_names_of_a_cell_leave_out_the_tested_value() -> None:
    assert compile_unary_tests("? > limit, other").names == {"limit", "other"}


def test_a_fault_in_a_cell_is_told() -> None:
    evaluation = compile_unary_tests("> limit").test(Decimal(1), {})
    assert evaluation.value is None
    assert [warning.kind for warning in evaluation.warnings] == ["NoSuchVariable", "NotComparable"]
