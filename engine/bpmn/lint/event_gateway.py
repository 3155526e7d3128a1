"""`event-gateway`: an event-based gateway that waits for fewer than two proper events."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram, Element, Process

RULE = "event-gateway"

_EVENTS = ("timer", "message", "signal")


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        for gateway in process.elements.values():
            if gateway.kind == "eventBasedGateway":
                yield from _gateway(gateway, process)


def _gateway(gateway: Element, process: Process) -> Iterator[Finding]:
    if len(gateway.outgoing) == 1:
        yield error(
            RULE,
            gateway.place,
            f"{words.zh(gateway)}只等待一个事件。请至少连出两个事件，或去掉网关。",
            f"The {words.en(gateway)} waits for one event only. Draw two, or leave it out.",
        )
    for flow_id in gateway.outgoing:
        target = process.elements.get(process.flows[flow_id].target_id)
        if target is None:
            continue
        if not _waits(target, process):
            yield error(
                RULE,
                target.place,
                f"{words.zh(gateway)}之后只能是定时、消息、信号捕获事件或接收任务，"
                f"不能是{words.zh(target)}。",
                f"After the {words.en(gateway)} only timer, message and signal catch events and"
                f" receive tasks can stand, not the {words.en(target)}.",
            )
        elif len(target.incoming) > 1:
            yield error(
                RULE,
                target.place,
                f"{words.zh(target)}由{words.zh(gateway)}等待，不能再有别的入口。请另画一个事件。",
                f"The {words.en(target)} is awaited by the {words.en(gateway)} and can have no"
                " other incoming flow. Draw another event.",
            )


def _waits(target: Element, process: Process) -> bool:
    if target.kind == "receiveTask":
        return target.loop is None and not any(process.boundary_events_of(target.id))
    is_catch = target.kind == "intermediateCatchEvent" and target.event is not None
    return is_catch and target.event is not None and target.event.kind in _EVENTS
