"""Functions of contexts at their edges (DMN 1.5, table 80): expression → FEEL text of its value."""

from __future__ import annotations

import pytest

from engine.feel import compile_expression
from engine.feel.texts import literal_of


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("get entries(context: {b: 1, a: 2}).key", '["b", "a"]'),
        ("get entries(m: {a: null})", '[{key: "a", value: null}]'),
        ("get entries({})", "[]"),
        ("get entries(null)", "null"),
        ('get value(m: {a: 1}, key: "a")', "1"),
        ('get value(context: {a: 1}, key: "a")', "1"),
        ('get value({a: [{b: 1}]}, ["a", "b"])', "null"),
        ('get value(null, "a")', "null"),
        ("get value({a: 1}, 1)", "null"),
        ('get value({a: {b: 2}}, ["a"])', "{b: 2}"),
        ("get value({a: 1}, [])", "null"),
        ("get value({a: 1}, [[1]])", "null"),
        ("context([])", "{}"),
        ('context({key: "a", value: null})', "{a: null}"),
        ("context(get entries({a: 1, b: {c: 2}}))", "{a: 1, b: {c: 2}}"),
        ('context([{key: "a", value: 1}, {key: "a", value: 2}])', "null"),
        ('context([{key: "a"}])', "null"),
        ("context([{key: 1, value: 1}])", "null"),
        ("context([null])", "null"),
        ('context put({a: 1}, "a", 2)', "{a: 2}"),
        ('context put(context: {}, key: "a", value: null)', "{a: null}"),
        ('context put({}, ["a", "b"], 2)', "{a: {b: 2}}"),
        ('context put(context: {a: {b: 1}}, keys: ["a", "b"], value: 2)', "{a: {b: 2}}"),
        ('context put({a: 1}, ["a", "b"], 2)', "null"),
        ("context put({a: 1}, [], 2)", "null"),
        ("context put({a: 1}, null, 2)", "null"),
        ('context put(null, "a", 2)', "null"),
        ("context merge([])", "{}"),
        ("context merge({a: 1})", "{a: 1}"),
        ("context merge([{a: {b: 1}}, {a: {c: 1}}])", "{a: {c: 1}}"),
        ("context merge([{a: 1}, null])", "null"),
        ("get or else({a: null}.a, 1)", "1"),
        ("get or else(false, 1)", "false"),
        ("is defined(null)", "false"),
        ("is defined(false)", "true"),
        ("assert(1, null)", "null"),
    ],
)
def test_a_context_function(source: str, text: str) -> None:
    assert literal_of(compile_expression(source).evaluate({}).value) == text


def test_a_context_that_is_put_into_stays_as_it_was() -> None:
    source = '{a: {x: 1}, b: context put(a, "x", 2), c: context merge([a, {x: 3}]), r: a.x}.r'
    assert compile_expression(source).evaluate({}).value == 1


def test_an_assertion_that_fails_says_its_cause() -> None:
    evaluation = compile_expression('assert(金额, 金额 > 0, "金额应为正数")').evaluate({"金额": -1})
    assert evaluation.value is None
    assert "金额应为正数" in evaluation.warnings[0].message("zh")
