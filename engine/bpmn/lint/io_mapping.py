"""`io-mapping`: a line of an input or output mapping with an empty side."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram

RULE = "io-mapping"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        for element in process.elements.values():
            for mapping in (*element.inputs, *element.outputs):
                if not mapping.target.strip() or mapping.source.text.strip() == "=":
                    yield error(
                        RULE,
                        mapping.place,
                        f"{words.zh(element)}的变量映射缺少变量名或表达式。请补全或删除该行。",
                        f"A variable mapping of the {words.en(element)} lacks its name or its"
                        " expression. Complete the line or remove it.",
                    )
