"""What the rules about the drawing look at: every plane, with its siblings and lines."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot

from engine.bpmn.geometry import overlap
from engine.bpmn.model import Bounds, Diagram, Element, SequenceFlow
from engine.bpmn.picture.scene import Scene, scene
from engine.place import Place

MAX_DRAWN = 1_000
"""More elements or flows than this on one plane are not compared pair by pair."""


def scenes(diagram: Diagram) -> Iterator[Scene]:
    """What is seen on each plane of the diagram, but for those larger than `MAX_DRAWN`."""
    for plane in getattr(diagram, "planes", {"": None}):
        seen = scene(diagram, plane)
        if max(len(seen.elements) + len(seen.texts), len(seen.flows)) <= MAX_DRAWN:
            yield seen


def place_of(id: str, diagram: Diagram) -> Place:
    """The place of an element or flow; of anything else, the file with its id."""
    for process in diagram.processes.values():
        found: Element | SequenceFlow | None = process.elements.get(id) or process.flows.get(id)
        if found is not None:
            return found.place
    return Place(file=diagram.file, element=id)


def solid_shapes(seen: Scene) -> dict[str, Bounds]:
    """The shapes nothing should lie on: everything but frames around others."""
    solid = {element.id: shape.bounds for element, shape in seen.nodes()}
    for id, (text, shape) in seen.texts.items():
        if text.kind in ("dataObjectReference", "dataStoreReference", "textAnnotation"):
            solid[id] = shape.bounds
    return solid


def covers(id: str, shape: Bounds, words: Bounds, seen: Scene, slack: float) -> bool:
    """Whether words lie on a shape by more than `slack`; the empty corners do not count."""
    if not overlap(shape, words, slack):
        return False
    kind = seen.elements[id][0].kind if id in seen.elements else ""
    if not kind.endswith(("Event", "Gateway")):
        return True
    middle_x, middle_y = shape.x + shape.width / 2, shape.y + shape.height / 2
    off_x = max(words.x - middle_x, middle_x - words.x - words.width, 0)
    off_y = max(words.y - middle_y, middle_y - words.y - words.height, 0)
    reach = shape.width / 2 - slack
    return (hypot(off_x, off_y) if kind.endswith("Event") else off_x + off_y) < reach


def name_of(id: str, seen: Scene) -> str:
    """How a finding calls a shape or flow: its name with its id."""
    for found in (seen.elements, seen.texts, seen.flows):
        if id in found:
            name = " ".join(found[id][0].name.split())
            return f"{name[:20]}（{id}）" if name else id
    return id
