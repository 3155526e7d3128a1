"""`ignored-condition`: a condition on a flow where nobody asks it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram

RULE = "ignored-condition"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        for flow in process.flows.values():
            source = process.elements.get(flow.source_id)
            if flow.condition is None or source is None:
                continue
            if source.kind not in ("exclusiveGateway", "inclusiveGateway"):
                yield error(
                    RULE,
                    flow.place,
                    f"离开{words.zh(source)}的连线上的条件不起作用。请在其后画排他网关。",
                    f"The condition on a flow leaving the {words.en(source)} is never asked. Draw"
                    " an exclusive gateway after it.",
                )
