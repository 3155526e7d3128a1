"""`flow-to-nowhere`: a sequence flow that does not join two elements of one level."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram, Element, Process, SequenceFlow

RULE = "flow-to-nowhere"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        for flow in process.flows.values():
            for zh, en in _faults(flow, process):
                yield error(RULE, flow.place, zh, en)


def _faults(flow: SequenceFlow, process: Process) -> Iterator[tuple[str, str]]:
    source = process.elements.get(flow.source_id)
    target = process.elements.get(flow.target_id)
    if source is None:
        yield (
            f"连线的起点「{flow.source_id}」不存在。请重新连接。",
            f"The flow comes from '{flow.source_id}', which is not there. Connect it again.",
        )
    if target is None:
        yield (
            f"连线的终点「{flow.target_id}」不存在。请重新连接。",
            f"The flow leads to '{flow.target_id}', which is not there. Connect it again.",
        )
    if source is not None and _gives_no_flow(source):
        yield (
            f"{words.zh(source)}之后不能再有连线。",
            f"No flow can leave the {words.en(source)}.",
        )
    if target is not None and _takes_no_flow(target):
        yield (
            f"连线不能指向{words.zh(target)}。",
            f"No flow can lead to the {words.en(target)}.",
        )
    if source is not None and target is not None and source.parent_id != target.parent_id:
        yield (
            f"连线从{words.zh(source)}到{words.zh(target)}，穿过了子流程的边界。请连到子流程本身。",
            f"The flow from the {words.en(source)} to the {words.en(target)} leaves its level.",
        )


def _takes_no_flow(target: Element) -> bool:
    is_link = target.kind == "intermediateCatchEvent" and _is_link(target)
    return target.kind in ("startEvent", "boundaryEvent") or target.triggered_by_event or is_link


def _gives_no_flow(source: Element) -> bool:
    is_link = source.kind == "intermediateThrowEvent" and _is_link(source)
    return source.kind == "endEvent" or source.triggered_by_event or is_link


def _is_link(element: Element) -> bool:
    return element.event is not None and element.event.kind == "link"
