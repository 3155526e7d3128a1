"""Rules found by column are the rules that are found by asking each in turn."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from engine.dmn import DecisionFailed, DecisionTable
from engine.dmn.rule_index import RuleIndex, rule_index
from engine.feel import Environment, Function, Range, compile_unary_tests
from tests.engine.dmn.builder import ask, model, table

CELLS = (
    "-",
    "",
    '"A"',
    '"B"',
    '"A","B"',
    'not("A","C")',
    "1",
    "2,3",
    '1,"A"',
    "-1",
    "< 2",
    ">= 2",
    "!= 2",
    "[1..3)",
    "not([1..2])",
    '< 1, "B"',
    "true",
    "false",
    "not(true)",
    "null",
    'null,"A"',
    "not(null)",
    'date("2024-01-01")',
    '>= date("2024-01-01")',
    '@"P1D"',
    "limit",
    "> limit",
    "[0..limit]",
    "missing",
    "? = limit or ? = 1",
    'list contains(?, "A")',
    'is defined(?) and string(?) = "1"',
)
VALUES: tuple[object, ...] = (
    None,
    True,
    False,
    "A",
    "B",
    "C",
    1,
    Decimal("1.0"),
    Decimal(2),
    Decimal(-1),
    date(2024, 1, 1),
    datetime(2024, 1, 1),
    timedelta(days=1),
    ["A"],
    [],
    {"A": 1},
    Range(Decimal(1), Decimal(2)),
)


@pytest.mark.parametrize("seed", range(40))
def test_a_table_of_any_cells_matches_the_rules_that_a_plain_loop_finds(seed: int) -> None:
    chance = random.Random(seed)
    rules = [[chance.choice(CELLS) for _ in "xyz"] for _ in range(12)]
    asked = model(
        table([(cells, ["1"]) for cells in rules], inputs=("x", "y", "z"), policy="RULE ORDER")
    )
    for _ in range(60):
        facts: dict[str, object] = {name: chance.choice(VALUES) for name in ("x", "y", "z")}
        for left_out in chance.sample(["x", "y", "z"], chance.choice([0, 0, 1])):
            del facts[left_out]
        context = {**facts, "limit": Decimal(1)}
        matched = [rule.index for rule in asked.evaluate("t", context).matched]
        assert matched == list(_plain_loop(rules, context))


def _plain_loop(rules: Sequence[Sequence[str]], context: dict[str, object]) -> Iterator[int]:
    for index, cells in enumerate(rules, start=1):
        if all(
            not cell or compile_unary_tests(cell).test(context.get(name), context).value is True
            for cell, name in zip(cells, "xyz", strict=True)
        ):
            yield index


def test_a_table_of_constants_leaves_nothing_to_ask() -> None:
    found = _index([(['"A","B"', "[1..5)"], ["1"]), (["-", 'date("2024-01-01")'], ["2"])])
    assert [candidate.open for candidate in found.rules] == [(), ()]
    assert found.calls == {"date"}


def test_only_the_cells_that_look_further_are_asked_rule_by_rule() -> None:
    found = _index([(['"A"', "> limit"], ["1"]), (["not(", "1"], ["2"])])
    open_cells = [[test.source for _, test in candidate.open] for candidate in found.rules]
    assert open_cells == [["> limit"], ["not("]]


def test_a_rule_is_left_over_if_no_constant_cell_refuses() -> None:
    found = _index([(['"A"', "1"], ["1"]), (['"A"', "> limit"], ["2"]), (['"B"', "-"], ["3"])])
    left = [candidate.rule.index for candidate in found.candidates(["A", Decimal(2)])]
    assert left == [2]


def _index(rules: list[tuple[list[str], list[str]]]) -> RuleIndex:
    decision = model(table(rules, inputs=("x", "y"))).decisions["t"]
    assert isinstance(decision.logic, DecisionTable)
    return rule_index(decision.logic, frozenset())


def test_numbers_are_found_by_value_not_by_their_digits() -> None:
    body = table([(["1.50"], ['"found"'])])
    assert ask(body, x=Decimal("1.5")).result == "found"


def test_yes_is_not_the_number_one() -> None:
    body = table([(["1"], ['"number"']), (["true"], ['"yes"'])], policy="RULE ORDER")
    assert ask(body, x=True).result == ["yes"]
    assert ask(body, x=False).result == []


def test_a_cell_that_cannot_be_read_is_an_error_once_its_rule_is_asked() -> None:
    body = table([(["1"], ["1"]), (["not("], ["2"])], policy="FIRST")
    assert ask(body, x=1).result == 1
    with pytest.raises(DecisionFailed):
        ask(body, x=2)


def test_a_function_of_the_host_keeps_its_meaning_in_constant_cells() -> None:
    asked = model(table([(['date("2024-01-01")'], ['"then"'])]))
    never = Function("date", ("text",), lambda text: None)
    day = {"x": date(2024, 1, 1)}
    assert asked.evaluate("t", day).result == "then"
    assert asked.evaluate("t", day, Environment(functions={"date": never})).result is None
    assert asked.evaluate("t", {**day, "date": never}).result is None
    assert asked.evaluate("t", {**day, "date": "no function"}).result == "then"


def test_names_of_several_words_are_read_in_cells_as_they_are_given() -> None:
    asked = model(table([(["> base-line"], ['"above"'])]))
    assert asked.evaluate("t", {"x": 5, "base-line": 3}).result == "above"
    assert asked.evaluate("t", {"x": 5, "base": 3, "line": -4}).result is None
