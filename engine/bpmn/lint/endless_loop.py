"""`endless-loop`: a way back on which no token ever waits or is asked for a condition."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error, warning
from engine.bpmn.lint.paths import Ways
from engine.bpmn.model import Diagram, Element, Process

RULE = "endless-loop"

_PASSING = frozenset(
    {
        "task",
        "manualTask",
        "scriptTask",
        "businessRuleTask",
        "exclusiveGateway",
        "inclusiveGateway",
        "parallelGateway",
        "intermediateThrowEvent",
    }
)
"""What a token passes within one step; everything else waits or is a level of its own."""


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        yield from _loops(process)


def _loops(process: Process) -> Iterator[Finding]:
    ways = Ways(process)
    passing = {id: e for id, e in process.elements.items() if _passes(e)}
    reported: set[str] = set()
    for id, element in passing.items():
        loop = _loop_of(id, ways, set(passing))
        if not loop or loop & reported:
            continue
        reported |= loop
        if _has_way_out(loop, process):
            yield warning(
                RULE,
                element.place,
                f"从{words.zh(element)}出发的回路上没有等待的步骤：条件不变时会一直循环。"
                "请在回路上放用户任务或事件。",
                f"Nothing waits on the way from the {words.en(element)} back to it: it turns for"
                " ever while its conditions hold. Put a user task or an event on it.",
            )
        else:
            yield error(
                RULE,
                element.place,
                f"从{words.zh(element)}出发的回路既不等待也没有出口，流程会永远循环。请画出出口。",
                f"The loop from the {words.en(element)} never waits and has no way out. Draw one.",
            )


def _passes(element: Element) -> bool:
    if element.kind == "intermediateCatchEvent":
        return element.event is not None and element.event.kind == "link"
    return element.kind in _PASSING


def _loop_of(id: str, ways: Ways, passing: set[str]) -> set[str]:
    """All passing elements that lie on a loop through `id`; empty if there is none."""
    onward = _closure(id, ways, passing)
    if id not in onward:
        return set()
    return {other for other in onward if id in _closure(other, ways, passing)}


def _closure(id: str, ways: Ways, passing: set[str]) -> set[str]:
    reached: set[str] = set()
    waiting = [id]
    while waiting:
        for after in ways.next[waiting.pop()]:
            if after in passing and after not in reached:
                reached.add(after)
                waiting.append(after)
    return reached


def _has_way_out(loop: set[str], process: Process) -> bool:
    return any(
        process.flows[flow].target_id not in loop
        for id in loop
        if process.elements[id].kind in ("exclusiveGateway", "inclusiveGateway")
        for flow in process.elements[id].outgoing
    )
