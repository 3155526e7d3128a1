"""`event-reference`: a signal, error or escalation that does not say which."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram, Element

RULE = "event-reference"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        for element in process.elements.values():
            if _is_vague(element):
                yield error(
                    RULE,
                    element.place,
                    f"{words.zh(element)}没有说明是哪一个（名称或代码）。请选择。",
                    f"The {words.en(element)} does not say which one (name or code). Choose it.",
                )
            elif _is_computed(element):
                yield error(
                    RULE,
                    element.place,
                    f"{words.zh(element)}的代码不能是表达式。请写成固定代码。",
                    f"The code of the {words.en(element)} cannot be an expression. Write a fixed"
                    " one.",
                )


def _is_vague(element: Element) -> bool:
    """Only a boundary event may leave the code open: it then catches every one."""
    event = element.event
    if event is None:
        return False
    if event.kind == "signal":
        return not event.name.strip()
    if event.kind in ("error", "escalation") and element.kind in (
        "endEvent",
        "intermediateThrowEvent",
    ):
        return event.code is None
    return False


def _is_computed(element: Element) -> bool:
    code = element.event.code if element.event else None
    return code is not None and code.is_expression
