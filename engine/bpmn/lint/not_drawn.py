"""`not-drawn`: an element or flow without a position, which no modeler shows."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, warning
from engine.bpmn.model import Diagram
from engine.place import Place

RULE = "not-drawn"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    if diagram.processes and not diagram.shapes:
        yield warning(
            RULE,
            Place(file=diagram.file),
            "文件没有图形信息，无法显示流程图。请用建模器画出。",
            "The file has no drawing, so nothing can be shown. Draw it in the modeler.",
        )
        return
    for process in diagram.processes.values():
        for element in process.elements.values():
            if element.id not in diagram.shapes:
                yield warning(
                    RULE,
                    element.place,
                    f"{words.zh(element)}没有画在图上。请在建模器中补画或删除。",
                    f"The {words.en(element)} is not drawn. Draw it in the modeler or remove it.",
                )
        for flow in process.flows.values():
            if flow.id not in diagram.edges:
                yield warning(
                    RULE,
                    flow.place,
                    f"连线「{flow.name or flow.id}」没有画在图上。请补画或删除。",
                    f"The flow '{flow.name or flow.id}' is not drawn. Draw it or remove it.",
                )
