"""`job-type`: a service or send task nobody would work on."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram, Element

RULE = "job-type"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        for element in process.elements.values():
            if element.kind in ("serviceTask", "sendTask") and _type_of(element) is None:
                yield error(
                    RULE,
                    element.place,
                    f"{words.zh(element)}没有作业类型（zeebe:taskDefinition）。请填写 type。",
                    f"The {words.en(element)} has no job type (zeebe:taskDefinition). Give it one.",
                )
            elif element.task_type is not None:
                yield from _unknown(element, surroundings)


def _type_of(element: Element) -> str | None:
    task_type = element.task_type
    return (task_type.type.text.strip() or None) if task_type is not None else None


def _unknown(element: Element, surroundings: Surroundings) -> Iterator[Finding]:
    known = surroundings.job_types
    name = _type_of(element)
    if known is None or name is None or name.startswith("=") or name in known:
        return
    close = get_close_matches(name, known, n=1)
    hint_zh = f"是否应为「{close[0]}」？" if close else "请改正类型，或登记处理程序。"
    hint_en = f"Is '{close[0]}' meant?" if close else "Correct the type, or register a handler."
    yield error(
        RULE,
        element.place,
        f"{words.zh(element)}的作业类型「{name}」没有处理程序。{hint_zh}",
        f"No handler works on the job type '{name}' of the {words.en(element)}. {hint_en}",
    )
