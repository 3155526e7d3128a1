"""`overlapping-shapes`: shapes or lines that hide a shape, or stick out of their frame."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from engine.bpmn.findings import Finding
from engine.bpmn.geometry import contains, overlap, passes_through, segments
from engine.bpmn.lint.facts import Surroundings, warning
from engine.bpmn.lint.layout import name_of, place_of, scenes, solid_shapes
from engine.bpmn.model import Diagram
from engine.bpmn.picture.scene import Scene

RULE = "overlapping-shapes"

_SLACK = 2.0


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for seen in scenes(diagram):
        yield from _shapes(seen, diagram)
        yield from _lines(seen)
        yield from _frames(seen)


def _shapes(seen: Scene, diagram: Diagram) -> Iterator[Finding]:
    for (id, bounds), (other, other_bounds) in combinations(solid_shapes(seen).items(), 2):
        if _attached(id, other, seen) or not overlap(bounds, other_bounds, _SLACK):
            continue
        yield warning(
            RULE,
            place_of(other, diagram),
            f"图形「{name_of(other, seen)}」与「{name_of(id, seen)}」重叠。请移开。",
            f"The shape {name_of(other, seen)} overlaps {name_of(id, seen)}. Move it away.",
        )


def _attached(one: str, other: str, seen: Scene) -> bool:
    return any(
        a in seen.elements and seen.elements[a][0].attached_to == b
        for a, b in ((one, other), (other, one))
    )


def _lines(seen: Scene) -> Iterator[Finding]:
    shapes = {element.id: shape.bounds for element, shape in seen.nodes()}
    for flow, edge in seen.flows.values():
        hosts = {seen.elements[id][0].attached_to for id in (flow.source_id, flow.target_id)}
        for id, bounds in shapes.items():
            if id in (flow.source_id, flow.target_id) or id in hosts:
                continue
            if any(passes_through(s, bounds, 4 * _SLACK) for s in segments(edge.waypoints)):
                yield warning(
                    RULE,
                    flow.place,
                    f"连线「{flow.name or flow.id}」穿过图形「{name_of(id, seen)}」。请绕开。",
                    f"The flow '{flow.name or flow.id}' runs through the shape {name_of(id, seen)}."
                    " Lead it around.",
                )


def _frames(seen: Scene) -> Iterator[Finding]:
    for element, shape in seen.elements.values():
        parent = seen.elements.get(element.parent_id)
        if parent is None or element.kind == "boundaryEvent":
            continue
        if not contains(parent[1].bounds, shape.bounds, _SLACK):
            yield warning(
                RULE,
                element.place,
                f"图形「{name_of(element.id, seen)}」画出了子流程「{name_of(parent[0].id, seen)}」"
                "的边框。请移入。",
                f"The shape {name_of(element.id, seen)} sticks out of its sub-process"
                f" {name_of(parent[0].id, seen)}. Move it in.",
            )
