"""Decisions that need others."""

from __future__ import annotations

import pytest

from engine.dmn import DecisionFailed, DecisionsInCircle, NoSuchDecision, WrongType, read_decisions
from tests.engine.dmn.builder import ask, definitions, input_data, literal, model


def test_a_required_decision_is_seen_by_id_name_and_variable() -> None:
    body = (
        '<decision id="base_id" name="基数"><variable name="base"/>'
        "<literalExpression><text>2</text></literalExpression></decision>"
    )
    answer = ask(body + literal("all", "base_id + 基数 + base", ["base_id"]), "all")
    assert answer.result == 6


def test_a_required_decision_hides_a_variable_of_its_name() -> None:
    body = literal("rate", "5") + literal("out", "rate", ["rate"])
    assert ask(body, "out", rate=1).result == 5


def test_the_inputs_of_a_decision_are_known() -> None:
    found = model(
        input_data("score") + literal("a", "score", ["@score"]) + literal("b", "a", ["a"])
    )
    assert found.inputs == {"a": {"score"}, "b": {"score"}}
    assert found.decisions["b"].requirements == ("a",)


def test_input_data_of_another_type_is_refused() -> None:
    body = input_data("score", "number") + literal("a", "score", ["@score"])
    with pytest.raises(WrongType):
        ask(body, "a", score="many")


def test_an_unknown_decision_is_named_with_the_known_ones() -> None:
    with pytest.raises(NoSuchDecision, match="known_one"):
        ask(literal("known_one", "1"), "unknown")


def test_a_circle_is_refused_with_its_path() -> None:
    body = literal("a", "b", ["b"]) + literal("b", "a", ["a"])
    with pytest.raises(DecisionsInCircle, match="a → b → a"):
        ask(body, "a")


def test_a_function_that_never_ends_is_stopped() -> None:
    again = (
        '<businessKnowledgeModel id="f" name="f"><encapsulatedLogic><formalParameter name="x"/>'
        "<literalExpression><text>f(x + 1)</text></literalExpression>"
        "</encapsulatedLogic></businessKnowledgeModel>"
    )
    with pytest.raises(DecisionFailed):
        ask(again + literal("out", "f(1)", ["!f"]), "out")


def test_a_model_may_import_another() -> None:
    base = definitions(literal("rate", "7")).replace(b'namespace="test"', b'namespace="base"')
    body = (
        '<import name="law" namespace="base" importType="x"/><decision id="out" name="out">'
        '<informationRequirement><requiredDecision href="base#rate"/></informationRequirement>'
        "<literalExpression><text>law.rate * 2</text></literalExpression></decision>"
    )
    imported = read_decisions(base, "base.dmn")
    assert read_decisions(definitions(body), "out.dmn", [imported]).evaluate("out", {}).result == 14


def test_a_service_answers_with_the_decisions_it_is_given() -> None:
    service = (
        '<decisionService id="s" name="s"><outputDecision href="#out"/>'
        '<inputDecision href="#rate"/></decisionService>'
    )
    body = literal("rate", "1") + literal("out", "rate * 2", ["rate"]) + service
    assert ask(body, "s", rate=21).result == 42
    assert ask(body, "out", rate=21).result == 2
