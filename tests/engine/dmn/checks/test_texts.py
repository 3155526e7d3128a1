"""Cells that cannot be read, and names and values that do not fit."""

from __future__ import annotations

import pytest

from engine.dmn import DmnFinding, check_decisions
from tests.engine.dmn.builder import (
    component,
    input_data,
    item,
    knowledge,
    literal,
    model,
    service,
    table,
)


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


@pytest.mark.parametrize("kind", [literal("score", "1"), input_data("score")])
def test_what_the_file_has_must_be_connected_to_be_read(kind: str) -> None:
    said = [one for one in found(kind + literal("a", "score + bonus")) if one.decision == "a"]
    assert [one.check for one in said] == ["unknown-name"]
    assert "score" in said[0].zh


def test_what_the_file_has_must_be_connected_to_be_called() -> None:
    [finding] = found(knowledge("twice", {"n": "number"}, "n * 2") + literal("a", "twice(1)"))
    assert (finding.level, finding.check) == ("error", "unknown-function")
    assert "没有连接" in finding.zh


def test_a_decision_may_take_its_own_answer_from_outside() -> None:
    assert found(literal("d", "if d != null then d else 1")) == []


def test_input_data_that_nothing_requires() -> None:
    body = input_data("used") + input_data("idle") + literal("a", "used", ["@used"])
    [finding] = found(body)
    assert (finding.level, finding.check) == ("warning", "unused")
    assert "idle" in finding.zh
    assert "idle" in finding.en


SUM = knowledge("total", {"one": "number", "other": "number"}, "one + other")


@pytest.mark.parametrize("call", ["total(1)", "total(one: 1, two: 2)", "total(1, 2, 3)"])
def test_a_call_of_a_knowledge_model_with_arguments_it_does_not_take(call: str) -> None:
    [finding] = found(SUM + literal("a", call, ["!total"]))
    assert (finding.level, finding.check, finding.cell) == ("error", "arguments", call)
    assert "total(one, other)" in finding.zh


@pytest.mark.parametrize("call", ["total(1, 2)", "total(other: 1, one: 2)"])
def test_a_call_of_a_knowledge_model_as_it_wants_it(call: str) -> None:
    assert found(SUM + literal("a", call, ["!total"])) == []


def test_a_boxed_call_with_a_parameter_that_does_not_exist() -> None:
    [finding] = found(SUM + boxed_call("total", one="1", two="2"))
    assert (finding.level, finding.check) == ("error", "arguments")
    assert "（one, two）" in finding.zh
    assert found(SUM + boxed_call("total", one="1", other="2")) == []


def test_a_call_of_a_service_takes_input_data_first_then_decisions() -> None:
    parts = (
        input_data("rate")
        + literal("base", "1")
        + literal("tax", "base * rate", ["base", "@rate"])
        + service("taxing", ["tax"], inputs=["base"], data=["rate"])
    )
    [finding] = found(parts + literal("a", "taxing(1)", ["!taxing"]))
    assert "taxing(rate, base)" in finding.zh
    assert found(parts + literal("a", "taxing(1, 2)", ["!taxing"])) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('party.age > "3"', "number 类型的「party.age」与 string 类型的"),
        ("party.name = 3", "string 类型的「party.name」与 number 类型的"),
        ('x in [1..@"2024-01-01"]', "两端类型不同"),
    ],
)
def test_constants_of_another_type_beside_declared_entries_and_in_ranges(
    text: str, said: str
) -> None:
    parts = item("tParty", component("name", "string") + component("age", "number"))
    parts += input_data("party", "tParty") + input_data("x")
    [finding] = [
        one for one in found(parts + literal("a", text, ["@party", "@x"])) if one.check == "type"
    ]
    assert said in finding.zh


def test_a_column_without_a_type_has_that_of_the_variable_it_asks() -> None:
    parts = item("tParty", component("age", "number")) + input_data("party", "tParty")
    body = parts + table([(['"old"'], ["1"])], inputs=["party.age"], requires=["@party"])
    [finding] = [one for one in found(body) if one.check == "type"]
    assert (finding.rules, finding.cell) == ((1,), '"old"')


@pytest.mark.parametrize(
    "answer",
    ['["a", "c"]', 'if x = 1 then ["a"] else if x = 2 then ["c"] else []', '[x, "c"]', '"c"'],
)
def test_an_answer_that_is_not_allowed_is_found_in_lists_and_branches(answer: str) -> None:
    body = table([(["-"], [answer])], allowed={"y": '"a","b"'}, policy="FIRST")
    [finding] = found(body)
    assert (finding.level, finding.check, finding.rules) == ("error", "not-allowed", (1,))
    assert '"c"' in finding.zh


def test_a_default_that_is_not_allowed() -> None:
    body = table([(["1"], ['"a"'])], allowed={"y": '"a","b"'}, defaults={"y": '"c"'})
    assert [one.check for one in found(body)] == ["not-allowed"]


def boxed_call(function: str, **given: str) -> str:
    """A decision that is a boxed invocation."""
    bindings = "".join(
        f'<binding><parameter name="{name}"/>'
        f"<literalExpression><text>{text}</text></literalExpression></binding>"
        for name, text in given.items()
    )
    return (
        f'<decision id="call" name="call"><knowledgeRequirement>'
        f'<requiredKnowledge href="#{function}"/></knowledgeRequirement><invocation>'
        f"<literalExpression><text>{function}</text></literalExpression>{bindings}"
        "</invocation></decision>"
    )


def test_a_requirement_that_leads_nowhere() -> None:
    [finding] = found(literal("a", "1", ["gone"]))
    assert (finding.level, finding.check) == ("error", "requirement")
    assert "gone" in finding.zh


def test_decisions_in_a_circle() -> None:
    body = literal("a", "b", ["b"]) + literal("b", "a", ["a"])
    assert [finding.check for finding in found(body)] == ["requirement"]
