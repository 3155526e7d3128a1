"""`if`, `for`, quantifiers, filters, paths, contexts, functions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel import Environment, FeelLimitExceeded, Function, compile_expression

ACTS = [
    {"act_no": "池人社罚〔2026〕1号", "status": "有效", "amount": 300},
    {"act_no": "池人社罚〔2026〕2号", "status": "已撤销", "amount": 500},
    {"act_no": "池人社罚〔2026〕3号", "status": "有效", "amount": 800},
]


def numbers(*values: int) -> list[Decimal]:
    return [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("if 1 > 0 then 1 else 2", Decimal(1)),
        ("if null then 1 else 2", Decimal(2)),
        ('if "x" then 1 else 2', Decimal(2)),
        ("for i in [1, 2, 3] return i * i", numbers(1, 4, 9)),
        ("for i in 1..3 return i", numbers(1, 2, 3)),
        ("for i in 3..1 return i", numbers(3, 2, 1)),
        ("for i in [1..3) return i", numbers(1, 2)),
        ("for i in 1..2, j in [10, 20] return i + j", numbers(11, 21, 12, 22)),
        ("for i in [[1, 2], [3]], j in i return j", numbers(1, 2, 3)),
        ("for i in 1..5 return if i = 1 then 1 else i * partial[-1]", numbers(1, 2, 6, 24, 120)),
        ('count(for d in @"2024-02-28"..@"2024-03-01" return d)', Decimal(3)),
        ("for i in [] return i", []),
        ("for i in null return i", None),
        ("some x in [1, 2] satisfies x > 1", True),
        ("every x in [1, 2] satisfies x > 1", False),
        ("every x in [] satisfies false", True),
        ("some x in [1, null] satisfies x > 5", None),
        ("some x in [1, 2], y in [2, 3] satisfies x = y", True),
        ("[1, 2, 3][item > 1]", numbers(2, 3)),
        ("[1, 2, 3][2]", Decimal(2)),
        ("[1, 2, 3][-1]", Decimal(3)),
        ("[1, 2, 3][4]", None),
        ("[][1]", None),
        ("[][item > 1]", []),
        ("5[1]", Decimal(5)),
        ("[{a: 1}, {a: 2}][a > 1].a", numbers(2)),
        ("[{item: 1}, {item: 2}][item > 1]", [{"item": Decimal(2)}]),
        ("[{a: 1}, {b: 2}].a", [Decimal(1), None]),
        ("[[1, 2], [3]][count(item) = 1]", [numbers(3)]),
        ("{a: 1, b: a + 1}.b", Decimal(2)),
        ('{"键 一": 1}.键 一', Decimal(1)),
        ("{a: {b: {c: 7}}}.a.b.c", Decimal(7)),
        ("{a: 1, a: 2}", None),
        ("{a: 1}.b", None),
        ("null.a", None),
        ("(function(a, b) a - b)(b: 1, a: 3)", Decimal(2)),
        ("(function(a: number) a)(1)", Decimal(1)),
        ('(function(a: number) a)("x")', None),
        ('(function(a: string) a)(["x"])', "x"),
        ("{f: function(n) if n = 0 then 1 else n * f(n - 1), r: f(10)}.r", Decimal(3628800)),
        ("{k: 3, f: function(x) x + k, r: f(1)}.r", numbers(4)[0]),
        ("sort([3, 1, 2], function(x, y) x > y)", numbers(3, 2, 1)),
        ("1 + /* eins */ 1 // und eins", Decimal(2)),
    ],
)
def test_clauses(source: str, expected: object) -> None:
    assert compile_expression(source).evaluate({}).value == expected


def test_a_filter_sees_the_entries_of_the_item_and_the_variables_outside() -> None:
    context = {"acts": ACTS, "wanted": "有效", "limit": 500}
    expression = compile_expression("acts[status = wanted and amount > limit].act_no")
    assert expression.evaluate(context).value == ["池人社罚〔2026〕3号"]


def test_a_function_of_the_host_is_called_by_position_and_by_name() -> None:
    environment = Environment(
        functions={"案 号": Function("案 号", ("year", "no"), lambda year, no: f"{year}-{no}")}
    )

    def evaluated(source: str) -> object:
        return compile_expression(source).evaluate({}, environment).value

    assert evaluated('案 号("2026", "7")') == "2026-7"
    assert evaluated('案 号(no: "7", year: "2026")') == "2026-7"
    assert evaluated('案 号("2026")') is None


def test_a_function_that_is_a_value_can_be_called_from_outside_later() -> None:
    # given a function over a variable of its expression
    function = compile_expression("function(x) x * factor").evaluate({"factor": 3}).value
    assert isinstance(function, Function)
    # then it works alone, and as a variable of another expression with another `factor`
    assert function.call(2) == Decimal(6)
    context = {"times": function, "factor": 100}
    assert compile_expression("times(2) + factor").evaluate(context).value == Decimal(106)


def test_an_error_of_the_host_passes_through() -> None:
    def broken() -> object:
        raise LookupError("no such row")

    environment = Environment(functions={"broken": Function("broken", (), broken)})
    with pytest.raises(LookupError):
        compile_expression("broken()").evaluate({}, environment)


@pytest.mark.parametrize(
    "source",
    [
        "count(for i in 1..10000000 return i)",
        "{f: function(n) f(n + 1), r: f(1)}.r",
        "for i in 1..2000, j in 1..2000 return 0",
    ],
)
def test_an_evaluation_that_runs_away_is_stopped_by_name(source: str) -> None:
    with pytest.raises(FeelLimitExceeded):
        compile_expression(source).evaluate({})


def test_a_string_that_doubles_itself_is_stopped() -> None:
    entries = ['a0: "xxxxxxxxxx"'] + [f"a{i + 1}: a{i} + a{i}" for i in range(40)]
    with pytest.raises(FeelLimitExceeded):
        compile_expression("{" + ", ".join(entries) + "}.a40").evaluate({})


def test_an_external_function_is_not_run() -> None:
    source = 'function(x) external {java: {class: "java.lang.Math", method signature: "abs(x)"}}'
    evaluation = compile_expression(source).evaluate({})
    assert evaluation.value is None
    assert evaluation.warnings[0].kind == "NoExternalFunctions"


def test_the_same_source_is_compiled_once() -> None:
    assert compile_expression("a + 1") is compile_expression("a + 1")
