"""`no-end`: a process without an end event, or a way that stops without one."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, warning
from engine.bpmn.model import Diagram, Element

RULE = "no-end"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        if process.elements and not any(e.kind == "endEvent" for e in process.elements.values()):
            name = process.name or process.id
            yield warning(
                RULE,
                process.place,
                f"流程「{name}」没有结束事件。请画出结果。",
                f"The process '{name}' has no end event. Draw its outcome.",
            )
            continue
        for element in process.elements.values():
            if _just_stops(element):
                yield warning(
                    RULE,
                    element.place,
                    f"{words.zh(element)}之后没有连线，也不是结束事件。请接上结束事件。",
                    f"Nothing follows the {words.en(element)}, which is no end event. Add one.",
                )


def _just_stops(element: Element) -> bool:
    if element.outgoing or element.kind in ("endEvent", "boundaryEvent"):
        return False
    if element.kind.endswith("Gateway"):
        return False  # an error, found by `gateway-without-way`
    is_link = element.event is not None and element.event.kind == "link"
    return not (is_link or element.triggered_by_event or element.for_compensation)
