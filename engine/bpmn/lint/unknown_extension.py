"""`unknown-extension`: something the modeler can write that nobody here reads."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error, warning
from engine.bpmn.lint.missing_form import FOREIGN_FORMS
from engine.bpmn.model import Diagram, Element

RULE = "unknown-extension"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        for element in process.elements.values():
            for name in element.unknown_extensions:
                if name not in FOREIGN_FORMS:
                    yield _finding(element, name)


def _finding(element: Element, name: str) -> Finding:
    if name.startswith("camunda:"):
        return error(
            RULE,
            element.place,
            f"{words.zh(element)}带有 Camunda 7 的「{name}」，不会生效。请按 Camunda 8 填写。",
            f"The {words.en(element)} carries {name} of Camunda 7, which has no effect. Say it"
            " again in a Camunda 8 diagram.",
        )
    if name.startswith("zeebe:"):
        return error(
            RULE,
            element.place,
            f"{words.zh(element)}带有「{name}」，本系统不支持。请删除。",
            f"The {words.en(element)} carries {name}, which is not supported. Remove it.",
        )
    return warning(
        RULE,
        element.place,
        f"{words.zh(element)}带有其他工具的扩展「{name}」，不会生效。",
        f"The {words.en(element)} carries the extension {name} of another tool; it has no effect.",
    )
