"""`script`: a script task without an expression or without a variable for its value."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram

RULE = "script"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        for element in process.elements.values():
            if element.kind != "scriptTask":
                continue
            if element.script is None or not element.script.expression.source.strip():
                yield error(
                    RULE,
                    element.place,
                    f"{words.zh(element)}没有 FEEL 表达式（zeebe:script）。请填写。",
                    f"The {words.en(element)} has no FEEL expression (zeebe:script). Give it one.",
                )
            elif not element.script.result_variable.strip():
                yield error(
                    RULE,
                    element.place,
                    f"{words.zh(element)}没有结果变量，计算结果会丢失。请填写。",
                    f"The {words.en(element)} has no result variable; its value would be lost.",
                )
