"""`crossing-flows`: two sequence flows that cross or lie on each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from engine.bpmn.findings import Finding
from engine.bpmn.geometry import cross, run_together, segments
from engine.bpmn.lint.facts import Surroundings, warning
from engine.bpmn.lint.layout import scenes
from engine.bpmn.model import Diagram, Edge, SequenceFlow

RULE = "crossing-flows"

_TOGETHER = 10.0


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for seen in scenes(diagram):
        for (flow, edge), (other, other_edge) in combinations(seen.flows.values(), 2):
            if _disturb(flow, edge, other, other_edge):
                yield warning(
                    RULE,
                    other.place,
                    f"连线「{other.name or other.id}」与「{flow.name or flow.id}」交叉或重叠。"
                    "请移动其中一条。",
                    f"The flow '{other.name or other.id}' crosses or covers"
                    f" '{flow.name or flow.id}'. Move one of them.",
                )


def _disturb(flow: SequenceFlow, edge: Edge, other: SequenceFlow, other_edge: Edge) -> bool:
    """Flows that leave or reach the same element may share a line."""
    kin = flow.source_id == other.source_id or flow.target_id == other.target_id
    for one in segments(edge.waypoints):
        for two in segments(other_edge.waypoints):
            if cross(one, two) or (not kin and run_together(one, two) > _TOGETHER):
                return True
    return False
