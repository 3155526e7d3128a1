"""Expressions and cells with a short road answer as they do in the ordinary way."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import product

import pytest

from engine.feel import (
    Environment,
    Function,
    Range,
    YearMonthDuration,
    compile_expression,
    compile_unary_tests,
)

VALUES: list[object] = [
    None,
    True,
    False,
    Decimal(5),
    Decimal("5.0"),
    Decimal(-1),
    Decimal(0),
    Decimal("9E6144"),
    Decimal("1.000000000000000000000000000000000001"),
    5,
    5 * 10**40,
    2.5,
    "",
    "A",
    "5",
    date(2024, 1, 1),
    date(2025, 1, 1),
    datetime(2024, 1, 1, 8),
    time(8),
    timedelta(days=1),
    YearMonthDuration(12),
    ["A"],
    [],
    [Decimal(5), None],
    {"b": Decimal(5)},
    Range(Decimal(1), Decimal(9)),
    object(),
]
MISSING = object()


@pytest.mark.parametrize(
    "source",
    [
        "a",
        "a < b",
        "a <= b",
        "a > b",
        "a >= b",
        "a = b",
        "a != b",
        "a < 5",
        'a >= "A"',
        "a = 5",
        'a != "A"',
        "a = null",
        "a and b",
        "a or b",
        "a = 5 and b",
        'a or b = "A"',
        "a > 1 and b < 9 or b = 5",
        "a and true or false",
        "a + b",
        "a - 1",
        "a * b",
        "a / b",
        "a / 0",
        "a + b > 4",
        "a < b + 1 and a != b",
        '"A" < a',
    ],
)
def test_an_expression_gives_the_same_inside_a_branch_that_has_no_short_road(source: str) -> None:
    for a, b in product([*VALUES, MISSING], repeat=2):
        context = {name: v for name, v in (("a", a), ("b", b)) if v is not MISSING}
        short = compile_expression(source).evaluate(context)
        ordinary = compile_expression(f"if true then ({source}) else null").evaluate(context)
        assert (type(short.value), repr(short.value)) == (
            type(ordinary.value),
            repr(ordinary.value),
        )
        if object not in map(type, context.values()):  # it may stand where nobody looks
            assert [w.kind for w in short.warnings] == [w.kind for w in ordinary.warnings]


def test_the_short_road_reads_the_context_of_each_evaluation() -> None:
    limit = compile_expression("a < b")
    assert limit.evaluate({"a": Decimal(1), "b": Decimal(2)}).value is True
    assert limit.evaluate({"a": Decimal(2), "b": Decimal(2)}).value is False
    assert limit.evaluate({"a": Decimal(2)}).value is None


def test_a_function_of_the_host_under_the_name_alone_is_still_found() -> None:
    seven = Function("seven", (), lambda: Decimal(7))
    environment = Environment(functions={"seven": seven})
    assert compile_expression("seven").evaluate({}, environment).value is seven


CELLS = [
    "-",
    "5",
    "-1",
    "5, 7",
    '"A"',
    '"A","5"',
    "true",
    "false",
    "null",
    'null,"A"',
    'not("A")',
    "not(5,null)",
    "not(true)",
    "< 5",
    ">= 5",
    "= 5",
    "!= 5",
    '> "A"',
    "[1..5]",
    "(1..5)",
    "]5..9[",
    "not([1..4])",
    '< 3, "A", [5..6]',
    'date("2024-01-01")',
    '>= date("2024-01-01")',
    '[date("2023-01-01")..date("2024-06-01"))',
    '@"2024-01-01"',
    'duration("P1D")',
    'time("08:00:00")',
    'date and time("2024-01-01T08:00:00")',
]


@pytest.mark.parametrize("cell", CELLS)
def test_a_constant_cell_judges_a_value_without_context_as_with_one(cell: str) -> None:
    tests = compile_unary_tests(cell)
    assert tests.constant is not None
    for value in [v for v in VALUES if type(v) not in (int, float, object)]:
        assert tests.constant.test(value) is tests.test(value, {}).value, value


@pytest.mark.parametrize("cell", ['"A"', '"A","5"', "5", "5, 7", "null", "true"])
def test_a_cell_of_alternatives_tells_them(cell: str) -> None:
    constant = compile_unary_tests(cell).constant
    assert constant is not None
    assert constant.choices is not None
    assert all(constant.test(choice) for choice in constant.choices)


@pytest.mark.parametrize(
    "cell",
    [
        "limit",
        "< limit",
        "[1..limit]",
        "? > 5",
        '"A", limit',
        "not(limit)",
        "today()",
        'date("no day")',
        "[5..1]",
        'starts with(?, "A")',
        "1 + 1",
    ],
)
def test_a_cell_that_looks_at_more_than_the_value_or_is_at_fault_is_not_constant(cell: str) -> None:
    assert compile_unary_tests(cell).constant is None


def test_a_constant_tells_which_functions_made_it() -> None:
    constant = compile_unary_tests('>= date("2024-01-01")').constant
    assert constant is not None
    assert constant.calls == {"date"}


def test_a_cell_keeps_to_the_function_of_the_host() -> None:
    never = Function("date", ("text",), lambda text: None)
    environment = Environment(functions={"date": never})
    cell = compile_unary_tests('date("2024-01-01")')
    assert cell.matches(date(2024, 1, 1), {}) is True
    assert cell.matches(date(2024, 1, 1), {}, environment) is False


def test_a_day_written_in_an_expression_gives_way_to_a_function_of_the_host_or_a_variable() -> None:
    source = 'date("2024-01-01")'
    other = Function("date", ("text",), lambda text: f"the day {text}")
    expression = compile_expression(source)
    assert expression.evaluate({}).value == date(2024, 1, 1)
    assert expression.evaluate({"date": "no function"}).value == date(2024, 1, 1)
    assert expression.evaluate({"date": other}).value == "the day 2024-01-01"
    environment = Environment(functions={"date": other})
    assert expression.evaluate({}, environment).value == "the day 2024-01-01"
    inner = compile_expression(f"{{date: function(text) 7, day: {source}}}.day")
    assert inner.evaluate({}).value == Decimal(7)
    assert "date" in expression.calls


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('date(date("2024-01-01"))', date(2024, 1, 1)),
        ('date and time(date("2024-01-01"), time("08:00:00"))', datetime(2024, 1, 1, 8)),
        ('[date("2023-01-01")..date("2024-06-01")].end', date(2024, 6, 1)),
        ("[-1..2].start", Decimal(-1)),
        ("for n in 1..2 return n in [2..3]", [False, True]),
    ],
)
def test_constants_inside_others_are_what_they_say(source: str, value: object) -> None:
    assert compile_expression(source).evaluate({}).value == value


@pytest.mark.parametrize("source", ['date("no day")', "[5..1]", 'date("2024-13-01")'])
def test_a_constant_at_fault_warns_at_every_evaluation(source: str) -> None:
    expression = compile_expression(source)
    for _ in range(2):
        answer = expression.evaluate({})
        assert answer.value is None
        assert len(answer.warnings) == 1
