"""Functions of lists at their edges (DMN 1.5, table 77): expression → FEEL text of its value."""

from __future__ import annotations

import pytest

from engine.feel import compile_expression
from engine.feel.texts import literal_of


@pytest.mark.parametrize(
    ("source", "text"),
    [
        # where a list is wanted, one value is a list of it, and null is not
        ("count(1)", "1"),
        ("concatenate(1, [2])", "[1, 2]"),
        ("flatten(1)", "[1]"),
        ("distinct values(1)", "[1]"),
        ("count(null)", "null"),
        ("append(null, 1)", "null"),
        ("reverse(null)", "null"),
        ("list contains(null, 1)", "null"),
        # null is an item like any other
        ("append([1], null)", "[1, null]"),
        ("flatten([null, [null]])", "[null, null]"),
        ("index of([1, null], null)", "[2]"),
        ("union([1, null], [null])", "[1, null]"),
        ("distinct values([null, null])", "[null]"),
        ("insert before(list: [1], position: 1, newItem: null)", "[null, 1]"),
        # equal are what `=` says is equal, also inside
        ("list contains([[1.0]], [1])", "true"),
        ("index of([1, 1.0, 2], 1)", "[1, 2]"),
        ('distinct values([1, "1", true])', '[1, "1", true]'),
        ("index of([1, 2], 3)", "[]"),
        ("append([], [])", "[[]]"),
    ],
)
def test_what_counts_as_a_list_and_as_an_item(source: str, text: str) -> None:
    assert literal_of(compile_expression(source).evaluate({}).value) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("insert before([1, 2], -1, 9)", "[1, 9, 2]"),
        ("insert before([1, 2], -2, 9)", "[9, 1, 2]"),
        ("remove(list: [1, 2, 3], position: -1)", "[1, 2]"),
        ("list replace(list: [1, 2], position: -1, newItem: 7)", "[1, 7]"),
        ("sublist([1, 2, 3], -3)", "[1, 2, 3]"),
        ("sublist(list: [1, 2, 3], length: 1, start position: 3)", "[3]"),
        ("insert before([1, 2], 3, 9)", "null"),
        ("insert before([1, 2], 0, 9)", "null"),
        ("insert before([], 1, 9)", "null"),
        ("remove([1], 0)", "null"),
        ("remove([1], 2)", "null"),
        ("remove([1], -2)", "null"),
        ("list replace([1], 2, 9)", "null"),
        ("sublist([1, 2, 3], -3, 5)", "null"),
        ("sublist([1, 2, 3], 0)", "null"),
        ("partition([1], 0)", "null"),
    ],
)
def test_positions_count_from_both_ends_and_none_is_outside(source: str, text: str) -> None:
    assert literal_of(compile_expression(source).evaluate({}).value) == text


@pytest.mark.parametrize("name", ["min", "max", "sum", "mean", "product", "median", "stddev"])
def test_nothing_has_no_sum_and_no_extremes(name: str) -> None:
    evaluation = compile_expression(f"{name}([])").evaluate({})
    assert evaluation.value is None
    assert evaluation.warnings == ()


@pytest.mark.parametrize("name", ["min", "sum", "mean", "product", "median", "stddev", "mode"])
@pytest.mark.parametrize("other", ["null", "true", "[2]"])
def test_what_is_no_number_makes_a_statistic_null_with_a_warning(name: str, other: str) -> None:
    evaluation = compile_expression(f"{name}([1, {other}, 3])").evaluate({})
    # an item that is a list of one number is that number where a number is wanted
    expected = other == "[2]" and name in ("mean", "product", "median", "stddev", "mode")
    assert (evaluation.value is not None) is expected
    assert bool(evaluation.warnings) is not expected


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("stddev([47])", "null"),
        ("stddev(2, 4, 7, 5)", "2.081665999466132735282297706979931"),
        ("median(8, 2, 5, 3, 4)", "4"),
        ("median([6, 1, 2, 3])", "2.5"),
        ("mode([])", "[]"),
        ("mode(6, 3, 9, 6, 6)", "[6]"),
        ("mode([1.0, 1, 2])", "[1]"),
        ('max("a", "b", "ab")', '"b"'),
        ('min(@"PT1H", @"PT30M")', "PT30M"),
        ('sum([@"P1Y", @"P2M"])', "P1Y2M"),
        ('sum([@"P1Y", @"P1D"])', "null"),
        ("mean(list: [1, 2, 3])", "2"),
        ("sum(0.1, 0.2)", "0.3"),
    ],
)
def test_statistics(source: str, text: str) -> None:
    assert literal_of(compile_expression(source).evaluate({}).value) == text


@pytest.mark.parametrize(
    ("items", "all_", "any_"),
    [
        ("[]", "true", "false"),
        ("[true, true]", "true", "true"),
        ("[false, false]", "false", "false"),
        ("[true, false]", "false", "true"),
        ("[true, null]", "null", "true"),
        ("[false, null]", "false", "null"),
        ("[true, 1]", "null", "true"),
        ('["x"]', "null", "null"),
        ("true", "true", "true"),
        ("null", "null", "null"),
    ],
)
def test_all_and_any_are_long_conjunctions_and_disjunctions(
    items: str, all_: str, any_: str
) -> None:
    assert literal_of(compile_expression(f"all({items})").evaluate({}).value) == all_
    assert literal_of(compile_expression(f"any({items})").evaluate({}).value) == any_


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("sort([])", "[]"),
        ('sort(["b", "a"])', '["a", "b"]'),
        ("sort(list: [1, 3, 2], precedes: function(x, y) x > y)", "[3, 2, 1]"),
        # equal items keep their order
        (
            "sort([{k: 1, n: 1}, {k: 0, n: 2}, {k: 1, n: 3}], function(x, y) x.k < y.k).n",
            "[2, 1, 3]",
        ),
        ("sort([2, null])", "null"),
        # what cannot be told is not guessed; what contradicts itself gives some order
        ("sort([{k: 1}, {}], function(x, y) x.k < y.k)", "null"),
        ("sort([1, 2], function(x, y) 1)", "null"),
        ("count(sort([3, 1, 2], function(x, y) true))", "3"),
        ("sort([3, 1, 2], function(x, y) false)", "[3, 1, 2]"),
        ("sort([1, 2], 3)", "null"),
        ("list replace([1, 2, 3], function(i, n) i > n - 3, 5)", "[1, 2, 5]"),
        ("list replace([1, 2], function(i, n) 1, 5)", "null"),
        ("list replace([1, 2], function(i) true, 5)", "null"),
    ],
)
def test_functions_that_take_functions(source: str, text: str) -> None:
    assert literal_of(compile_expression(source).evaluate({}).value) == text
