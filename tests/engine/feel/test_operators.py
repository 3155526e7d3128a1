"""Arithmetic, comparison, three-valued logic."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel import compile_expression


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("2 ** 3 ** 2", "64"),
        ("-3 ** 2", "9"),
        ("10 - 3 - 2", "5"),
        ("0.1 + 0.2", "0.3"),
        ("1 / 3", "0.3333333333333333333333333333333333"),
        (".5 * 2", "1.0"),
        ("1e3 + 1", "1001"),
        ("2 - -1", "3"),
    ],
)
def test_numbers_are_exact_decimals(source: str, expected: str) -> None:
    assert compile_expression(source).evaluate({}).value == Decimal(expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('@"2024-01-31" + @"P1M"', '@"2024-02-29"'),
        ('@"2024-03-26" + @"P10D"', '@"2024-04-05"'),
        ('@"2024-03-26" - @"2024-03-01"', '@"P25D"'),
        ('@"2024-03-26" - @"P1Y"', '@"2023-03-26"'),
        ('@"2024-03-26T23:00:00" + @"PT2H"', '@"2024-03-27T01:00:00"'),
        ('@"23:00:00" + @"PT2H"', '@"01:00:00"'),
        ('@"10:00:00" - @"08:30:00"', '@"PT1H30M"'),
        ('@"P1D" * 1.5', '@"P1DT12H"'),
        ('@"P1D" / @"PT6H"', "4"),
        ('@"P1Y" / 2', '@"P6M"'),
        ('-@"P1Y2M"', '@"-P14M"'),
        ('@"2024-03-26T00:00:00+08:00" - @"2024-03-25T16:00:00Z"', '@"PT0S"'),
        ('"甲" + "乙"', '"甲乙"'),
    ],
)
def test_dates_durations_and_strings_add_up(source: str, expected: str) -> None:
    assert compile_expression(f"{source} = {expected}").evaluate({}).value is True


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("1 / 0", "DivisionByZero"),
        ("0 ** -1", "DivisionByZero"),
        ("10 ** 6000 * 10 ** 6000", "NumberOutOfRange"),
        ('1 + "1"', "OperandsDoNotFit"),
        ("null + 1", "OperandsDoNotFit"),
        ('@"999999999-12-31" + @"P1D"', "DateOutOfRange"),
        ('-"a"', "OperandDoesNotFit"),
        ('1 < "2"', "NotComparable"),
        ("true < false", "NotComparable"),
        ('1 = "1"', "NotComparable"),
        ("missing > 1", "NoSuchVariable"),
        ('1 and "x"', "NotABoolean"),
    ],
)
def test_a_fault_is_null_and_a_warning_with_its_place(source: str, kind: str) -> None:
    evaluation = compile_expression(source).evaluate({})
    assert evaluation.value is None
    assert evaluation.warnings[0].kind == kind
    assert 0 <= evaluation.warnings[0].offset < len(source)
    assert evaluation.warnings[0].message("zh") != evaluation.warnings[0].message("en")


LOGIC = {True: "true", False: "false", None: "null"}


@pytest.mark.parametrize("left", LOGIC)
@pytest.mark.parametrize("right", LOGIC)
def test_and_and_or_know_what_is_unknown(left: bool | None, right: bool | None) -> None:
    def evaluated(word: str) -> object:
        return compile_expression(f"{LOGIC[left]} {word} {LOGIC[right]}").evaluate({}).value

    both = {left, right}
    assert evaluated("and") is (False if False in both else None if None in both else True)
    assert evaluated("or") is (True if True in both else None if None in both else False)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("null = null", True),
        ("1 = null", False),
        ("1 != null", True),
        ("1 = 1.0", True),
        ("[1, [2]] = [1, [2]]", True),
        ("[1] = [2]", False),
        ("{a: 1, b: 2} = {b: 2, a: 1}", True),
        ("[1..3] = [1..3]", True),
        ("[1..3] = [1..3)", False),
        ('@"2024-01-01T08:00:00+08:00" = @"2024-01-01T00:00:00Z"', True),
        ('@"10:00:00@Europe/Paris" = @"10:00:00@Asia/Shanghai"', False),
        ("2 between 1 and 3", True),
        ("0 between 1 and 3 or true", True),
        ("3 in [1..3]", True),
        ("3 in [1..3)", False),
        ("3 in ]3..5]", False),
        ("5 in [3..5[", False),
        ("3 in (> 5, < 4)", True),
        ("3 in >= 3", True),
        ("3 in [1, 3]", True),
        ("3 in [[2..4], 9]", True),
        ('"b" in ["a".."c"]', True),
        ("[1, 2] in [[1, 2], [3]]", True),
        ("4 in (1, 2, 3)", False),
        ('4 in > "a"', None),
        ("5 instance of number", True),
        ("null instance of number", False),
        ("[1, 2] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ("{a: 1} instance of context<a: number>", True),
        ('@"P1D" instance of days and time duration', True),
        ("[1..3] instance of range<number>", True),
        ("5 instance of tUnknown", None),
        ("(< 5).end", Decimal(5)),
        ("[1..3).end included", False),
    ],
)
def test_comparison_membership_and_type(source: str, expected: object) -> None:
    assert compile_expression(source).evaluate({}).value == expected


def test_python_numbers_are_taken_as_decimals() -> None:
    context = {"a": 1, "b": 0.1, "c": [1, {"d": 2.5}]}
    assert compile_expression("a + b + c[2].d").evaluate(context).value == Decimal("3.6")


def test_a_value_from_elsewhere_is_null_with_a_warning() -> None:
    evaluation = compile_expression("a").evaluate({"a": object()})
    assert evaluation.value is None
    assert evaluation.warnings[0].values == {"name": "a", "found": "object"}
