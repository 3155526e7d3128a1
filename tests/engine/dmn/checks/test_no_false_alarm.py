"""Overlaps, gaps and dead rules that are none are not reported."""

from __future__ import annotations

import pytest

from engine.dmn import DmnFinding, check_decisions
from tests.engine.dmn.builder import allowed, input_data, item, literal, model, table

Rules = list[tuple[list[str], list[str]]]


def found(body: str) -> list[DmnFinding]:
    checks = ("overlap", "gap", "unreachable")
    return [one for one in check_decisions(model(body)) if one.check in checks]


def rows(*conditions: str) -> Rules:
    return [([cell], [str(number)]) for number, cell in enumerate(conditions)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("null", "not(null)"),
        ('date("2024-01-01")', 'not(date("2024-01-01"))'),
        ("true", "not(true)"),
        ('"其他值"', 'not("其他值")'),
        ("{a: 1}", "not({a: 1})"),
        ("[]", "not([])"),
        ('? = ["a", "b"]', "? = []"),
        ("? instance of number", "? instance of string"),
        ('list contains(?, "a")', 'not(list contains(?, "a"))'),
        ('duration("P1Y")', 'not(duration("P1Y"))'),
    ],
)
def test_two_rules_of_which_one_always_matches_are_clean(one: str, other: str) -> None:
    assert found(table(rows(one, other))) == []


@pytest.mark.parametrize(
    "cells",
    [
        ("> 10 * 3", "<= 10 * 3"),
        ("? between 1 and 5 and ? != 1 and ? != 5", "<= 1", ">= 5"),
        ("if true then ? = 7 else false", "not(7)"),
        ("string length(string(?)) = 3", "< 5"),
    ],
)
def test_a_cell_that_calculates_is_never_called_dead(cells: tuple[str, ...]) -> None:
    said = found(table(rows(*cells), types={"x": "number"}))
    assert [one for one in said if one.check == "unreachable"] == []


@pytest.mark.parametrize("column", ["count(list)", "list.size + list.size", "day.month"])
def test_only_values_that_are_written_are_shown_for_a_column_that_is_calculated(
    column: str,
) -> None:
    # given a column that cannot have every number
    rules = rows("1", "[2..3]", "> 3")
    # then no rule is missed below 1, or between 1 and 2
    assert found(table(rules, inputs=(column,), types={column: "number"})) == []


def test_columns_about_one_variable_are_not_combined() -> None:
    # given columns of which not every two answers go together
    columns = ("x > 3", "x > 5")
    rules: Rules = [(["true", "true"], ["1"]), (["true", "false"], ["2"]), (["false", "-"], ["3"])]
    types = dict.fromkeys(columns, "boolean")
    assert found(table(rules, inputs=columns, types=types)) == []
    # when a rule is gone that no input could match, then there is no gap
    rules[2] = (["false", "false"], ["3"])
    assert found(table(rules, inputs=columns, types=types)) == []


def test_rules_that_ask_one_variable_in_two_columns_do_not_overlap_where_it_cannot_be() -> None:
    rules: Rules = [(["< 3", "-"], ["1"]), ([">= 3", "false"], ["2"]), (["-", "true"], ["3"])]
    body = table(rules, inputs=("x", "x > 5"), types={"x": "number", "x > 5": "boolean"})
    assert found(body) == []


def test_an_entry_depends_on_the_whole_but_not_on_its_neighbour() -> None:
    rules: Rules = [(["true", '"a"'], ["1"]), (["false", '"a"'], ["2"]), (["true", '"b"'], ["3"])]
    kinds = {"p.kind": '"a","b"'}
    whole = table(
        rules, inputs=("p != null", "p.kind"), types={"p != null": "boolean"}, allowed=kinds
    )
    apart = table(rules, inputs=("p.new", "p.kind"), types={"p.new": "boolean"}, allowed=kinds)
    assert found(whole) == []
    assert ["p.new = false，p.kind = " in one.zh for one in found(apart)] == [True]


def test_decisions_made_from_the_same_input_are_not_combined() -> None:
    parts = (
        input_data("n", "number")
        + literal("class", 'if n > 3 then "a" else "b"', ["@n"])
        + literal("big", "n > 5", ["@n"])
    )
    rules: Rules = [(['"a"', "-"], ["1"]), (['"b"', "false"], ["2"])]
    body = table(
        rules,
        inputs=("class", "big"),
        types={"class": "string", "big": "boolean"},
        allowed={"class": '"a","b"'},
        requires=["class", "big"],
    )
    assert found(parts + body) == []


@pytest.mark.parametrize("limited", ["column", "type"])
def test_values_that_are_not_allowed_need_no_rule(limited: str) -> None:
    # given a number from 0 to 100, by the column or by its type
    types = {"x": "number" if limited == "column" else "tPercent"}
    limits = {"x": "[0..100]"} if limited == "column" else None
    percent = item("tPercent", allowed("number", "[0..100]"))
    whole = table(rows("[0..50]", "(50..100]"), types=types, allowed=limits)
    holed = table(rows("[0..50)", "(50..100]"), types=types, allowed=limits)
    # then nothing is missing beyond them, but what is missing between is seen
    assert found(percent + whole) == []
    assert ["x = 50" in one.zh for one in found(percent + holed)] == [True]


def test_the_listed_values_of_a_type_are_all_there_are() -> None:
    kinds = item("tKind", allowed("string", '"a","b"'))
    [finding] = found(kinds + table(rows('"a"'), types={"x": "tKind"}))
    assert 'x = "b"' in finding.zh


def test_agreeing_rules_may_write_their_answer_differently() -> None:
    same = [(["< 5"], ["1"]), (["< 6"], ["1.0"]), ([">= 5"], ["2 - 1"])]
    assert found(table([*same], policy="ANY")) == []


def test_what_variables_say_is_not_known_to_differ() -> None:
    rules: Rules = [(["< 5"], ["one"]), (["-"], ["other"])]
    assert found(table(rules, policy="ANY")) == []


def test_a_rule_behind_those_of_higher_priority_is_dead() -> None:
    rules: Rules = [(["> 5"], ['"low"']), (["-"], ['"high"']), (["1"], ["z"])]
    body = table(rules, policy="PRIORITY", allowed={"y": '"high","low"'})
    [finding] = found(body)
    assert (finding.check, finding.rules) == ("unreachable", (1,))
    assert "以第 2 行为准" in finding.zh
    assert "rule 2 wins" in finding.en


def test_an_overlap_of_texts_that_functions_test_is_shown() -> None:
    [finding] = found(table(rows('starts with(?, "ab")', '"abc"')))
    assert finding.rules == (1, 2)
    assert 'x = "abc"' in finding.zh
