"""`missing-decision`: a business rule task that asks no decision, or one that is not deployed."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram, Element

RULE = "missing-decision"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        for element in process.elements.values():
            if element.kind == "businessRuleTask":
                yield from _task(element, surroundings)


def _task(element: Element, surroundings: Surroundings) -> Iterator[Finding]:
    called = element.called_decision
    if called is None or not called.decision_id.text.strip():
        yield error(
            RULE,
            element.place,
            f"{words.zh(element)}没有指定决策（zeebe:calledDecision）。请填写决策 id。",
            f"The {words.en(element)} calls no decision (zeebe:calledDecision). Give its id.",
        )
        return
    if not called.result_variable.strip():
        yield error(
            RULE,
            element.place,
            f"{words.zh(element)}没有结果变量，决策结果会丢失。请填写。",
            f"The {words.en(element)} has no result variable; the result would be lost.",
        )
    decision = called.decision_id
    known = surroundings.decisions
    if known is not None and not decision.is_expression and decision.text.strip() not in known:
        yield error(
            RULE,
            element.place,
            f"{words.zh(element)}的决策「{decision.text}」没有部署。请一并部署或改正 id。",
            f"The decision '{decision.text}' of the {words.en(element)} is not deployed. Deploy it"
            " too, or correct the id.",
        )
