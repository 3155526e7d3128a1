"""Cells that cannot be read, and names and values that do not fit."""

from __future__ import annotations

import pytest

from engine.dmn import DmnFinding, check_decisions
from tests.engine.dmn.builder import input_data, literal, model, table


def found(body: str) -> list[DmnFinding]:
    return check_decisions(model(body))


def test_a_cell_that_is_no_feel() -> None:
    # given a table whose second rule has a half range
    [finding] = found(table([(["1"], ["1"]), (["[5.."], ["2"])]))
    # then the finding says which cell, in both languages
    assert (finding.level, finding.check, finding.rules) == ("error", "unreadable", (2,))
    assert finding.place.line == 5
    assert "第 2 行「x」" in finding.zh
    assert "rule 2" in finding.en


def test_an_expression_in_another_language() -> None:
    body = (
        '<decision id="a" name="a"><literalExpression expressionLanguage="juel">'
        "<text>${x}</text></literalExpression></decision>"
    )
    [finding] = found(body)
    assert finding.check == "unreadable"


def test_a_name_nobody_gives() -> None:
    body = input_data("score") + literal("a", "score + scoer", ["@score"])
    [finding] = found(body)
    assert (finding.level, finding.check) == ("warning", "unknown-name")
    assert "scoer" in finding.zh


def test_without_input_data_every_variable_may_be_meant() -> None:
    assert found(literal("a", "score + 1")) == []


@pytest.mark.parametrize(
    "text",
    [
        "for n in scores return n + 1",
        "{a: scores, b: a}.b",
        "scores[points > 3]",
        "count(scores)",
    ],
)
def test_names_of_the_expression_itself_are_known(text: str) -> None:
    assert found(input_data("scores") + literal("a", text, ["@scores"])) == []


def test_a_function_that_does_not_exist() -> None:
    [finding] = found(literal("a", "cuont(x)"))
    assert (finding.level, finding.check) == ("error", "unknown-function")


@pytest.mark.parametrize(
    ("rules", "types"),
    [
        ([(['"1"'], ["1"])], {"x": "number"}),
        ([(['< "1"'], ["1"])], {"x": "number"}),
        ([(['[1.."9"]'], ["1"])], {"x": "number"}),
        ([(['date("2024-01-01")'], ["1"])], {"x": "number"}),
        ([(['1, x, "1"'], ["1"])], {"x": "number"}),
        ([(["1"], ['"1"'])], {"y": "number"}),
        ([(["1"], ['if x > 1 then 2 else "1"'])], {"y": "number"}),
    ],
)
def test_a_literal_that_does_not_fit_its_column(
    rules: list[tuple[list[str], list[str]]], types: dict[str, str]
) -> None:
    [finding] = [one for one in found(table(rules, types=types)) if one.check == "type"]
    assert (finding.level, finding.rules) == ("error", (1,))
    assert finding.cell in (rules[0][0][0], rules[0][1][0])
    assert finding.cell in finding.zh
    assert finding.column in ("x", "y")


def test_a_requirement_that_leads_nowhere() -> None:
    [finding] = found(literal("a", "1", ["gone"]))
    assert (finding.level, finding.check) == ("error", "requirement")
    assert "gone" in finding.zh


def test_decisions_in_a_circle() -> None:
    body = literal("a", "b", ["b"]) + literal("b", "a", ["a"])
    assert [finding.check for finding in found(body)] == ["requirement"]
