"""`missing-called-process`: a call activity that calls nothing, or a process not deployed."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram, Element

RULE = "missing-called-process"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        for element in process.elements.values():
            if element.kind == "callActivity":
                yield from _call(element, diagram, surroundings)


def _call(element: Element, diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    called = element.called_process
    if called is None or not called.process_id.text.strip():
        yield error(
            RULE,
            element.place,
            f"{words.zh(element)}没有指定被调用的流程（zeebe:calledElement）。请填写流程 id。",
            f"The {words.en(element)} calls no process (zeebe:calledElement). Give its id.",
        )
        return
    target = called.process_id
    if surroundings.processes is None or target.is_expression:
        return
    if target.text.strip() not in {*surroundings.processes, *diagram.processes}:
        yield error(
            RULE,
            element.place,
            f"{words.zh(element)}调用的流程「{target.text}」没有部署。请一并部署或改正 id。",
            f"The process '{target.text}' called by the {words.en(element)} is not deployed."
            " Deploy it too, or correct the id.",
        )
