"""The built-in functions of the standard: expression → FEEL text of its value."""

from __future__ import annotations

import pytest

from engine.feel import compile_expression, known_functions
from engine.feel.builtins import BUILTINS
from engine.feel.texts import literal_of

NUMBERS = [
    ("decimal(1/3, 2)", "0.33"),
    ("decimal(2.5, 0)", "2"),
    ("floor(-1.5)", "-2"),
    ("ceiling(1.51, 1)", "1.6"),
    ("round up(-5.5, 0)", "-6"),
    ("round down(5.59, 1)", "5.5"),
    ("round half up(2.5, 0)", "3"),
    ("round half down(2.5, 0)", "2"),
    ("abs(-3)", "3"),
    ('abs(@"-P1D")', "P1D"),
    ("modulo(-12, 5)", "3"),
    ("modulo(12, -5)", "-3"),
    ("modulo(1, 0)", "null"),
    ("sqrt(16)", "4"),
    ("sqrt(-1)", "null"),
    ("odd(3)", "true"),
    ("even(3)", "false"),
    ("log(0)", "null"),
    ("not(true)", "false"),
    ("not(1)", "null"),
]
STRINGS = [
    ('substring("列入决定书", 3, 2)', '"决定"'),
    ('substring("foobar", -2)', '"ar"'),
    ('substring("foobar", 0)', "null"),
    ('string length("🐎行")', "2"),
    ('upper case("aBc")', '"ABC"'),
    ('substring before("池人社罚", "罚")', '"池人社"'),
    ('substring before("a", "x")', '""'),
    ('substring after("foobar", "ob")', '"ar"'),
    ('contains("foobar", "oba")', "true"),
    ('starts with("foo", "fo")', "true"),
    ('ends with("foo", "oo")', "true"),
    ('matches("2026", "^[0-9]{4}$")', "true"),
    ('matches("A", "a", "i")', "true"),
    ('matches("a", "(")', "null"),
    ('matches("b", "[a-z-[aeiou]]")', "true"),
    ('matches("e", "^[a-z-[aeiou]]$")', "false"),
    ('matches("列", "\\\\p{Lo}")', "true"),
    ('matches("a", "^\\\\P{L}$")', "false"),
    ('matches("a1", "^[\\\\p{L}0-9]+$")', "true"),
    ('matches("a\\n", "a$")', "false"),
    ('matches("hello world", "hello[ ]world", "x")', "true"),
    ('matches("a", "\\\\p{IsNowhere}")', "null"),
    ('matches("[-x", "^\\\\[-[x]$")', "true"),
    ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '"[1=ab][2=]cd"'),
    ('split("a;b;;c", ";")', '["a", "b", "", "c"]'),
    ('extract("a1b22", "[0-9]+")', '["1", "22"]'),
    ('string join(["a", null, "b"], "、")', '"a、b"'),
    ('string join(["a"], ",", "[", "]")', '"[a]"'),
    ('trim("  a ")', '"a"'),
    ('is blank(" ")', "true"),
]
LISTS = [
    ("list contains([1, null], null)", "true"),
    ("count([1, 2])", "2"),
    ("count(1)", "1"),
    ("min([3, 1])", "1"),
    ("max(3, 7)", "7"),
    ("max([])", "null"),
    ("sum(1, 2, 3)", "6"),
    ('sum(["a"])', "null"),
    ("sum([])", "null"),
    ("mean([1, 2])", "1.5"),
    ("product([2, 3])", "6"),
    ("median([8, 2, 5, 3, 4])", "4"),
    ("stddev([2, 4, 7, 5]) > 2.08", "true"),
    ("mode([6, 1, 9, 6, 1])", "[1, 6]"),
    ("all([true, null])", "null"),
    ("any([false, true])", "true"),
    ("all([])", "true"),
    ("sublist([1, 2, 3], 2)", "[2, 3]"),
    ("sublist([1, 2, 3], -2, 1)", "[2]"),
    ("sublist([1], 2)", "null"),
    ("append([1], 2, 3)", "[1, 2, 3]"),
    ("append([1], [2])", "[1, [2]]"),
    ("concatenate([1], [2, 3])", "[1, 2, 3]"),
    ("insert before([1, 3], 2, 2)", "[1, 2, 3]"),
    ("remove([1, 2, 3], 2)", "[1, 3]"),
    ("list replace([1, 2], 1, 9)", "[9, 2]"),
    ("list replace([2, 4], function(item, newItem) item < newItem, 3)", "[3, 4]"),
    ("reverse([1, 2])", "[2, 1]"),
    ("index of([1, 2, 1], 1)", "[1, 3]"),
    ("union([1, 2], [2, 3])", "[1, 2, 3]"),
    ("distinct values([1, 2, 1, {a: 1}, {a: 1}])", "[1, 2, {a: 1}]"),
    ("duplicate values([1, 2, 1])", "[1]"),
    ("flatten([1, [2, [3]]])", "[1, 2, 3]"),
    ("partition([1, 2, 3], 2)", "[[1, 2], [3]]"),
    ("sort([3, 1, 2])", "[1, 2, 3]"),
    ('sort(["b", 1])', "null"),
    ("is empty([])", "true"),
]
CONTEXTS = [
    ('get value({a: 1}, "a")', "1"),
    ('get value({a: {b: 2}}, ["a", "b"])', "2"),
    ('get value({}, "a")', "null"),
    ("get entries({a: 1})", '[{key: "a", value: 1}]'),
    ('context([{key: "a", value: 1}])', "{a: 1}"),
    ('context put({a: 1}, "b", 2)', "{a: 1, b: 2}"),
    ('context put({a: {b: 1}}, ["a", "b"], 2)', "{a: {b: 2}}"),
    ("context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}"),
    ("is defined(missing)", "false"),
    ("is defined({a: 1}.a)", "true"),
    ("get or else(missing.part, 7)", "7"),
    ("assert(5, 5 > 3)", "5"),
    ('assert(5, 5 < 3, "金额不符")', "null"),
]
RANGES = [
    ("before(1, [5..10])", "true"),
    ("before([1..5), [5..10])", "true"),
    ("after([5..10], 4)", "true"),
    ("meets([1..5], [5..10])", "true"),
    ("met by([5..10], [1..5])", "true"),
    ("overlaps([1..5], [3..8])", "true"),
    ("overlaps before([1..5], [3..8])", "true"),
    ("overlaps after([3..8], [1..5])", "true"),
    ("finishes(5, [1..5])", "true"),
    ("finished by([1..5], 5)", "true"),
    ("includes([1..5], [2..3])", "true"),
    ("during(5, [1..5))", "false"),
    ("starts([1..3], [1..5])", "true"),
    ("started by([1..5], 1)", "true"),
    ("coincides([1..5], [1..5])", "true"),
    ('before("a", 1)', "null"),
]
TEMPORAL = [
    ('date("2024-02-29").day', "29"),
    ('date("2023-02-29")', "null"),
    ("date(2024, 2, 29)", "2024-02-29"),
    ('date(@"2024-02-29T10:00:00")', "2024-02-29"),
    ('time("10:30:00+08:00")', "10:30:00+08:00"),
    ("time(10, 30, 15.5)", "10:30:15.5"),
    ('time(10, 30, 0, @"PT8H")', "10:30:00+08:00"),
    ('date and time("2024-02-29")', "2024-02-29T00:00:00"),
    ('date and time(@"2024-02-29", @"10:30:00")', "2024-02-29T10:30:00"),
    ('date and time("2024-02-29T24:00:00")', "2024-03-01T00:00:00"),
    ('duration("P1Y14M")', "P2Y2M"),
    ('duration("PT90M")', "PT1H30M"),
    ('duration("P1Y1D")', "null"),
    ('years and months duration(@"2020-01-31", @"2021-03-01")', "P1Y1M"),
    ('day of week(@"2026-02-09")', '"Monday"'),
    ('day of year(@"2024-12-31")', "366"),
    ('month of year(@"2024-12-31")', '"December"'),
    ('week of year(@"2005-01-01")', "53"),
    ('last day of month(@"2024-02-10")', "2024-02-29"),
    ('@"2024-02-10T10:20:30@Asia/Shanghai".timezone', '"Asia/Shanghai"'),
    ('@"2024-02-10T10:20:30+08:00".time offset', "PT8H"),
    ('@"P1DT2H".hours', "2"),
    ('@"-P14M".months', "-2"),
    ('@"2026-02-09".weekday', "1"),
    ('@"2026-13-09"', "null"),
]
CONVERSION = [
    ("string(1.50)", '"1.5"'),
    ("string(null)", "null"),
    ('string([1, "a", {b: null}])', r'"[1, \"a\", {b: null}]"'),
    ('string(@"P14M")', '"P1Y2M"'),
    ("string([1..3))", '"[1..3)"'),
    ('number("1,000.5", ",", ".")', "1000.5"),
    ('number("1.000,5", ".", ",")', "1000.5"),
    ('number("abc")', "null"),
    ('is(@"10:00:00Z", @"10:00:00+00:00")', "true"),
    ('is(@"10:00:00Z", @"10:00:00@Etc/UTC")', "false"),
    ('range("[1..3)")', "[1..3)"),
    (r'range("[@\"2024-01-01\"..@\"2024-02-01\"]").end', "2024-02-01"),
    ('range("[3..1]")', "null"),
]


@pytest.mark.parametrize(
    ("source", "expected"),
    NUMBERS + STRINGS + LISTS + CONTEXTS + RANGES + TEMPORAL + CONVERSION,
)
def test_a_built_in_function(source: str, expected: str) -> None:
    assert literal_of(compile_expression(source).evaluate({}).value) == expected


@pytest.mark.parametrize(
    "source",
    [
        "substring()",
        'substring("a", 1, 2, 3)',
        'substring(string: "a", begin: 1)',
        'sqrt("4")',
        "unknown function(1)",
        "5(1)",
        "count(null)",
    ],
)
def test_a_wrong_call_is_null_with_a_warning(source: str) -> None:
    evaluation = compile_expression(source).evaluate({})
    assert evaluation.value is None
    assert len(evaluation.warnings) == 1


def test_parameters_have_names() -> None:
    source = 'substring(length: 2, string: "foobar", start position: 3)'
    assert compile_expression(source).evaluate({}).value == "ob"


def test_a_question_whether_something_is_there_does_not_warn() -> None:
    assert compile_expression("is defined(a.b.c)").evaluate({}).warnings == ()


def test_a_built_in_function_is_a_value() -> None:
    source = '{f: string length, r: f("abc")}.r'
    assert compile_expression(source).evaluate({}).value == 3


def test_every_function_can_be_read_by_its_name() -> None:
    for name in BUILTINS:
        assert compile_expression(f"{name}()").calls == {name}


def test_known_functions_tell_how_many_arguments_they_take() -> None:
    known = known_functions()
    assert known["substring"] == (2, 3)
    assert known["max"] == (1, None)
    assert known["deadline"] == (2, 3)
    assert known["today"] == (0, 0)
