"""`boundary-event`: a boundary event attached to nothing, or after which nothing follows."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.compilable import ACTIVITIES
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram, Element, Process

RULE = "boundary-event"

_THROWERS = ("subProcess", "callActivity", "transaction", "adHocSubProcess")


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        for element in process.elements.values():
            if element.kind == "boundaryEvent":
                yield from _boundary(element, process)


def _boundary(event: Element, process: Process) -> Iterator[Finding]:
    if not event.outgoing:
        yield error(
            RULE,
            event.place,
            f"{words.zh(event)}之后没有连线。请画出事件发生后的去向。",
            f"No flow leaves the {words.en(event)}. Draw what happens then.",
        )
    host = process.elements.get(event.attached_to or "")
    if (
        host is None
        or host.kind not in {*ACTIVITIES, *_THROWERS}
        or host.parent_id != event.parent_id
    ):
        yield error(
            RULE,
            event.place,
            f"{words.zh(event)}没有挂接在同一层的任务或子流程上（「{event.attached_to}」）。",
            f"The {words.en(event)} is not attached to an activity of its level"
            f" ('{event.attached_to}').",
        )
    elif event.event is not None and event.event.kind == "escalation" and not _escalates(host):
        yield error(
            RULE,
            event.place,
            f"{words.zh(host)}不会抛出升级，{words.zh(event)}永远不会触发。请挂接在子流程上。",
            f"The {words.en(host)} throws no escalation, so the {words.en(event)} never happens."
            " Attach it to a sub-process.",
        )


def _escalates(host: Element) -> bool:
    return host.kind in (*_THROWERS, "serviceTask", "sendTask")
