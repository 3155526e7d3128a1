"""What belongs together in a text (DMN 1.5, 10.3.1.2): expression → FEEL text of its value."""

from __future__ import annotations

import pytest

from engine.feel import FeelSyntaxError, compile_expression, compile_unary_tests
from engine.feel.texts import literal_of

GIVEN = {"a": 4, "s": "x", "list": [1, 2, 3], "c": {"b": 2, "items": [{"v": 1}, {"v": 2}]}}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        # operators
        ("1 + 2 * 3 ** 2", "19"),
        ("-a ** 2", "16"),
        ("2 * -a", "-8"),
        ("--1", "1"),
        ("1 < 2 = true", "true"),
        ("1 = 2 or 3 = 3 and 2 = 2", "true"),
        ("true or true and false", "true"),
        ("a between 1 and 5 and s = s", "true"),
        ("a + 1 between 2 + 2 and 10 / 2", "true"),
        ("a in [1..3] or a in (4, 5)", "true"),
        ("a instance of number and true", "true"),
        ("not(true) = false", "true"),
        # clauses reach as far as they can
        ("if true then 1 else 2 + 3", "1"),
        ("1 + if true then 1 else 2", "2"),
        ("(if false then 1 else 2) + 3", "5"),
        ("for i in list return i + 1", "[2, 3, 4]"),
        ("(for i in list return i)[2]", "2"),
        ("some i in list satisfies i > 2 and i < 4", "true"),
        ("(function(x) x + 1)(2) * 3", "9"),
        ("count(for i in 1..a return i)", "4"),
        # what stands behind a value
        ("list [2]", "2"),
        ("list[item > 1][1]", "2"),
        ("[[1, 2], [3, 4]][2][1]", "3"),
        ("c.items[2].v", "2"),
        ("c.items.v[2]", "2"),
        ("c.items[v = c.b].v", "[2]"),
        ("reverse(list)[1]", "3"),
        ("{f: function(x) {y: x}}.f(3).y", "3"),
        ('date("2024-03-26").month', "3"),
        ("[1..3].start", "1"),
        # ranges, lists and tests of `in`
        ("[1 + 1..2 * 3]", "[2..6]"),
        ("[.5..1.5]", "[0.5..1.5]"),
        ("]1..2[", "(1..2)"),
        ("[(1)..(2)]", "[1..2]"),
        ("1 in ((< 2))", "true"),
        ("3 in (a - 1)", "true"),
        ("3 in != 4", "true"),
        ("3 in (1)[1]", "false"),
        ("[1, 2] in [[1, 2]]", "true"),
        ("null in [1, null]", "true"),
        # iterations
        ("for i in 1..3, j in 1..i return j", "[1, 1, 2, 1, 2, 3]"),
        ("for i in a..a - 1 return i", "[4, 3]"),
        ("for i in 1..2, j in 1..2 return count(partial)", "[0, 1, 2, 3]"),
        ("every i in 1..3 satisfies i < 4", "true"),
        ("for i in 5 return i", "[5]"),
        ("for i in c return i.b", "[2]"),
        # contexts
        ("{}", "{}"),
        ("{if: 1}.if", "1"),
        ("{a: 10, r: a + 1}.r", "11"),
        ("{r: a, a: 10}.r", "4"),
        ('{"": 1, "x y": 2}', "{: 1, x y: 2}"),
        ("{a: {b: 2}, c: a.b}.c", "2"),
        # types
        ("[[1]] instance of list<list<number>>", "true"),
        ("{a: [1]} instance of context<a: list<number>>", "true"),
        # texts and comments
        (r'"\U01F40E\uD83D\uDC0E\t\"" = "🐎🐎' + '\t" + "\\""', "true"),
        ("/* a */ 1 // b", "1"),
        ("1 // b\n+ 2", "3"),
        ('"// no comment"', '"// no comment"'),
    ],
)
def test_what_belongs_together(source: str, text: str) -> None:
    assert literal_of(compile_expression(source).evaluate(GIVEN).value) == text


@pytest.mark.parametrize(
    "source",
    [
        "",
        "// nothing",
        "1.",
        "1e",
        "not true",
        "(1, 2)",
        "{a}",
        "{a: 1,}",
        "{1: 2}",
        "[1,]",
        "[,]",
        "[1..2",
        "f(1,)",
        "f(a: 1, 2)",
        "function(a,) a",
        "if true then 1",
        "for i return i",
        "for i in [1] i",
        "some x in [1]",
        "1 between 2",
        "1 in",
        "1 /* open",
        '"open',
        "a ==  b",
        "a && b",
        "@2024",
        "1 instance number",
    ],
)
def test_what_is_no_expression_is_refused(source: str) -> None:
    with pytest.raises(FeelSyntaxError):
        compile_expression(source)


@pytest.mark.parametrize(
    ("cell", "value", "matches"),
    [
        ("[1..3], > 10", 11, True),
        ("not([1..3], > 10)", 11, False),
        ("not(4) and true", 5, False),
        ('@"2024-03-26"', None, False),
        ("(> 3)", 4, True),
        ("(< 3), 7", 7, True),
        ("? in (1, 2)", 2, True),
        ("if a > 3 then ? > 3 else false", 4, True),
        ("list[item > 1]", 1, False),
        ("-a", -4, True),
        ("{b: 1}", {"b": 1}, True),
        ("null, 1", None, True),
        ("true", None, False),
    ],
)
def test_a_cell_reads_as_tests(cell: str, value: object, matches: bool) -> None:
    assert compile_unary_tests(cell).matches(value, GIVEN) is matches
