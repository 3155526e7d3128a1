"""What of a diagram is seen on one plane: the shapes, lines and words, from back to front."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.bpmn.model import Bounds, Diagram, DrawnText, Edge, Element, SequenceFlow, Shape
from engine.bpmn.picture.text import LINE_HEIGHT, balanced, width, wrap

LABEL_SIZE = 11.0
"""Font size of words outside shapes."""

_LABEL_WIDTH = 90.0
_SUB_PROCESSES = ("subProcess", "transaction", "adHocSubProcess")
_LABELLED_TEXTS = ("dataObjectReference", "dataStoreReference")


@dataclass(frozen=True, kw_only=True)
class Label:
    """Words beside a shape or line: their lines, and the rectangle the letters fill."""

    id: str
    lines: tuple[str, ...]
    bounds: Bounds


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Ids map to what is seen; what lies in a folded sub-process is not."""

    elements: Mapping[str, tuple[Element, Shape]]
    texts: Mapping[str, tuple[DrawnText, Shape]]
    flows: Mapping[str, tuple[SequenceFlow, Edge]]
    connections: Mapping[str, tuple[DrawnText, Edge]]

    def containers(self) -> Iterator[tuple[Element, Shape]]:
        """Expanded sub-processes, the outer ones first."""
        found = [
            (element, shape)
            for element, shape in self.elements.values()
            if is_container(element, shape)
        ]
        found.sort(key=lambda pair: -pair[1].bounds.width * pair[1].bounds.height)
        return iter(found)

    def nodes(self) -> Iterator[tuple[Element, Shape]]:
        """Everything else that holds tokens; boundary events last, because they lie on top."""
        found = [pair for pair in self.elements.values() if not is_container(*pair)]
        found.sort(key=lambda pair: pair[0].kind == "boundaryEvent")
        return iter(found)


def is_container(element: Element, shape: Shape) -> bool:
    """Whether the element is drawn as a frame around others."""
    return element.kind in _SUB_PROCESSES and shape.expanded


def has_label_outside(kind: str) -> bool:
    """Whether the name of such an element stands beside its shape."""
    return kind.endswith(("Event", "Gateway")) or kind in _LABELLED_TEXTS


def main_plane(diagram: Diagram) -> str:
    """The id of the plane a diagram opens with; empty if it has none."""
    return next(iter(_planes(diagram)), "")


def scene(diagram: Diagram, plane: str = "") -> Scene:
    """What is seen on `plane` (the main one by default)."""
    planes = _planes(diagram)
    on_plane = planes.get(plane or main_plane(diagram))
    shapes = {i: s for i, s in diagram.shapes.items() if on_plane is None or i in on_plane}
    edges = {i: e for i, e in diagram.edges.items() if on_plane is None or i in on_plane}
    elements = {
        id: (element, shapes[id])
        for process in diagram.processes.values()
        for id, element in process.elements.items()
        if id in shapes and not _is_folded_away(element, process.elements, shapes)
    }
    return Scene(
        elements=elements,
        texts={i: (t, shapes[i]) for i, t in diagram.texts.items() if i in shapes},
        flows={
            id: (flow, edges[id])
            for process in diagram.processes.values()
            for id, flow in process.flows.items()
            if id in edges and flow.source_id in elements and flow.target_id in elements
        },
        connections={i: (t, edges[i]) for i, t in diagram.texts.items() if i in edges},
    )


def seen_at(id: str, diagram: Diagram, seen: Scene) -> str | None:
    """The element on the picture where a token in `id` shows: itself or its folded sub-process."""
    for process in diagram.processes.values():
        while id in process.elements:
            if id in seen.elements:
                return id
            id = process.elements[id].parent_id
    return None


def labels(seen: Scene, names: Mapping[str, str]) -> Iterator[Label]:
    """The words beside events, gateways, data and flows; `names` replaces names by id."""
    for id, (element, shape) in seen.elements.items():
        if has_label_outside(element.kind):
            yield from _label(id, names.get(id, element.name), shape.label or _below(shape.bounds))
    for id, (text, shape) in seen.texts.items():
        if has_label_outside(text.kind):
            yield from _label(id, names.get(id, text.name), shape.label or _below(shape.bounds))
    for id, (flow, edge) in seen.flows.items():
        yield from _label(id, names.get(id, flow.name), edge.label or _beside(edge))
    for id, (text, edge) in seen.connections.items():
        yield from _label(id, names.get(id, text.name), edge.label or _beside(edge))


def _planes(diagram: Diagram) -> Mapping[str, frozenset[str]]:
    planes: Mapping[str, frozenset[str]] = getattr(diagram, "planes", {})
    return planes


def _is_folded_away(
    element: Element, elements: Mapping[str, Element], shapes: Mapping[str, Shape]
) -> bool:
    parent = elements.get(element.parent_id)
    while parent is not None:
        shape = shapes.get(parent.id)
        if shape is not None and not is_container(parent, shape):
            return True
        parent = elements.get(parent.parent_id)
    return False


def _label(id: str, words: str, box: Bounds) -> Iterator[Label]:
    lines = _fitted(words.strip(), box)
    if not lines:
        return
    wide = max(width(line, LABEL_SIZE) for line in lines)
    high = len(lines) * LABEL_SIZE * LINE_HEIGHT
    yield Label(
        id=id,
        lines=tuple(lines),
        bounds=Bounds(x=box.x + (box.width - wide) / 2, y=box.y, width=wide, height=high),
    )


def _fitted(words: str, box: Bounds) -> list[str]:
    """Words in lines that fit their box; its width gives way first, as far as the modeler's does.

    A few units of grace, because the box was fitted to the letters of another font.
    """
    limit = max(box.width + 6, 2.5 * LABEL_SIZE)
    lines = wrap(words, limit, LABEL_SIZE)
    while len(lines) * LABEL_SIZE * LINE_HEIGHT > box.height + 6 and limit < _LABEL_WIDTH + 10:
        limit += 4
        lines = wrap(words, limit, LABEL_SIZE)
    return balanced(words, limit, LABEL_SIZE)


def _below(bounds: Bounds) -> Bounds:
    middle = bounds.x + bounds.width / 2
    return Bounds(
        x=middle - _LABEL_WIDTH / 2, y=bounds.y + bounds.height + 5, width=_LABEL_WIDTH, height=14
    )


def _beside(edge: Edge) -> Bounds:
    """Above the middle of the longest piece of a line."""
    pieces = zip(edge.waypoints, edge.waypoints[1:], strict=False)
    (x1, y1), (x2, y2) = max(pieces, key=lambda p: abs(p[0][0] - p[1][0]) + abs(p[0][1] - p[1][1]))
    return Bounds(
        x=(x1 + x2) / 2 - _LABEL_WIDTH / 2, y=(y1 + y2) / 2 - 18, width=_LABEL_WIDTH, height=14
    )
