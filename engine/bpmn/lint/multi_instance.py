"""`multi-instance`: a multi-instance activity that does not say over what it runs."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram, Element, Loop

RULE = "multi-instance"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        for element in process.elements.values():
            if element.loop is not None:
                yield from _loop(element, element.loop)


def _loop(element: Element, loop: Loop) -> Iterator[Finding]:
    if not loop.input_collection.source.strip():
        yield error(
            RULE,
            element.place,
            f"{words.zh(element)}是多实例，但没有输入集合（zeebe:loopCharacteristics）。请填写。",
            f"The {words.en(element)} is multi-instance but has no input collection"
            " (zeebe:loopCharacteristics). Give it one.",
        )
    elif not loop.input_collection.is_expression:
        yield error(
            RULE,
            element.place,
            f"{words.zh(element)}的输入集合「{loop.input_collection.text}」须以 = 开头。",
            f"The input collection '{loop.input_collection.text}' of the {words.en(element)} is no"
            " expression. Begin it with =.",
        )
    if bool(loop.output_collection) != (loop.output_element is not None):
        yield error(
            RULE,
            element.place,
            f"{words.zh(element)}的输出集合与输出元素只填了一个。请都填写或都删除。",
            f"The {words.en(element)} has only one of output collection and output element. Give"
            " both or none.",
        )
