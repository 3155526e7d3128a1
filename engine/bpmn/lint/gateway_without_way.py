"""`gateway-without-way`: a gateway a token may not be able to leave."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error, warning
from engine.bpmn.model import Diagram, Element, Process

RULE = "gateway-without-way"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        for element in process.elements.values():
            if element.kind.endswith("Gateway"):
                yield from _gateway(element, process)


def _gateway(gateway: Element, process: Process) -> Iterator[Finding]:
    if not gateway.outgoing:
        yield error(
            RULE,
            gateway.place,
            f"{words.zh(gateway)}没有出口。请连到下一步。",
            f"No flow leaves the {words.en(gateway)}. Connect it to what follows.",
        )
    if gateway.kind in ("exclusiveGateway", "inclusiveGateway"):
        yield from _default(gateway, process)
        yield from _conditions(gateway, process)


def _default(gateway: Element, process: Process) -> Iterator[Finding]:
    default = gateway.default_flow
    if default is None:
        return
    if default not in gateway.outgoing:
        yield error(
            RULE,
            gateway.place,
            f"{words.zh(gateway)}的默认连线「{default}」不是它的出口。请重新选择默认连线。",
            f"The default flow '{default}' does not leave the {words.en(gateway)}. Choose again.",
        )
    elif process.flows[default].condition is not None:
        yield warning(
            RULE,
            process.flows[default].place,
            f"{words.zh(gateway)}的默认连线上的条件不起作用。请删除该条件。",
            f"The condition on the default flow of the {words.en(gateway)} is never asked. Remove"
            " it.",
        )


def _conditions(gateway: Element, process: Process) -> Iterator[Finding]:
    flows = [process.flows[id] for id in gateway.outgoing if id != gateway.default_flow]
    conditional = [flow for flow in flows if flow.condition is not None]
    if len(gateway.outgoing) > 1:
        for flow in flows:
            if flow.condition is None:
                yield error(
                    RULE,
                    flow.place,
                    f"{words.zh(gateway)}的出口「{flow.name or flow.id}」没有条件，又非默认连线。",
                    f"The flow '{flow.name or flow.id}' that leaves the {words.en(gateway)} has"
                    " no condition and is not its default.",
                )
    if conditional and len(conditional) == len(gateway.outgoing):
        yield warning(
            RULE,
            gateway.place,
            f"{words.zh(gateway)}没有默认连线：条件都不成立时流程会停在这里（异常）。请设一条默认连线。",
            f"The {words.en(gateway)} has no default flow: if no condition holds, the process stops"
            " here with an incident. Mark one flow as default.",
        )
