"""`unreachable`: an element no token can reach from a start event."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.lint.paths import Ways
from engine.bpmn.model import Diagram, Element, Process

RULE = "unreachable"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        ways = Ways(process)
        lost = {e.id: e for e in process.elements.values() if e.id not in ways.reached}
        for head in _heads(lost, ways):
            if _level_has_start(head, process):
                yield error(
                    RULE,
                    head.place,
                    f"从开始事件走不到{words.zh(head)}。请连上或删除。",
                    f"No way leads from a start event to the {words.en(head)}. Connect or remove"
                    " it.",
                )


def _heads(lost: dict[str, Element], ways: Ways) -> Iterator[Element]:
    """Where each lost part begins: what follows it is found again once it is connected."""
    followers = {after for id in lost for after in ways.next[id] if after != id}
    heads = [element for id, element in lost.items() if id not in followers]
    yield from heads
    covered = ways.from_these(element.id for element in heads)
    for id, element in lost.items():
        if id not in covered:
            covered |= ways.from_these([id])
            yield element


def _level_has_start(element: Element, process: Process) -> bool:
    return any(e.kind == "startEvent" for e in process.children_of(element.parent_id))
