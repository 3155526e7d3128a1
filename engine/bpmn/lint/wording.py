"""`wording`: what people read in a legal process is missing in Chinese or in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, is_legal, warning
from engine.bpmn.model import Diagram, Element, Process

RULE = "wording"

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in filter(is_legal, diagram.processes.values()):
        yield from _of_process(process)
        for element in process.elements.values():
            if _is_read(element, process):
                yield from _of_element(element)
            if element.kind in ("userTask", "businessRuleTask") and not element.documentation:
                yield warning(
                    RULE,
                    element.place,
                    f"{words.zh(element)}没有说明文字（documentation）。请写明依据和做法。",
                    f"The {words.en(element)} has no documentation. Say what it rests on.",
                )


def _of_process(process: Process) -> Iterator[Finding]:
    if not _CHINESE.search(process.name) or not process.properties.get("name:en"):
        yield warning(
            RULE,
            process.place,
            f"流程「{process.name or process.id}」缺少中文名称或英文名称（name:en）。请补上。",
            f"The process '{process.name or process.id}' lacks its Chinese name or its English one"
            " (name:en). Add it.",
        )


def _of_element(element: Element) -> Iterator[Finding]:
    if not _CHINESE.search(element.name):
        yield warning(
            RULE,
            element.place,
            f"{words.zh(element)}没有中文名称。请补上。",
            f"The {words.en(element)} has no Chinese name. Give it one.",
        )
    if not element.properties.get("name:en"):
        yield warning(
            RULE,
            element.place,
            f"{words.zh(element)}没有英文名称（属性 name:en）。请补上。",
            f"The {words.en(element)} has no English name (property name:en). Give it one.",
        )


def _is_read(element: Element, process: Process) -> bool:
    """Whether people see the element by name: everything but joins and plain passing events."""
    if element.kind.endswith("Gateway"):
        return element.kind == "exclusiveGateway" and len(element.outgoing) > 1
    if element.kind == "intermediateThrowEvent":
        return element.event is not None and element.event.kind not in ("none", "link")
    return True
