"""The drawing of a diagram (BPMN DI): shapes, edges, labels and the planes they lie on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from engine.bpmn.model import Bounds, DrawnText, Edge, Shape
from engine.bpmn.zeebe import BPMN

BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"

_FOLDABLE = ("subProcess", "transaction", "adHocSubProcess")
_TEXTS = (
    "participant",
    "lane",
    "textAnnotation",
    "group",
    "dataObjectReference",
    "dataStoreReference",
    "messageFlow",
    "association",
    "dataInputAssociation",
    "dataOutputAssociation",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """`planes` maps the process, collaboration or sub-process of a plane to what is drawn on it."""

    shapes: Mapping[str, Shape]
    edges: Mapping[str, Edge]
    planes: Mapping[str, frozenset[str]]


def read_drawing(root: etree._Element) -> Drawing:
    """What is drawn. A shape or edge whose numbers cannot be read is left out."""
    shapes: dict[str, Shape] = {}
    edges: dict[str, Edge] = {}
    planes: dict[str, frozenset[str]] = {}
    foldable = {
        node.get("id", "") for node in root.iter(*(f"{{{BPMN}}}{kind}" for kind in _FOLDABLE))
    }
    for plane in root.iter(f"{{{BPMNDI}}}BPMNPlane"):
        on_plane = set()
        for node in plane.iterchildren(f"{{{BPMNDI}}}BPMNShape"):
            if shape := _shape(node, foldable):
                shapes.setdefault(shape.id, shape)
                on_plane.add(shape.id)
        for node in plane.iterchildren(f"{{{BPMNDI}}}BPMNEdge"):
            if edge := _edge(node):
                edges.setdefault(edge.id, edge)
                on_plane.add(edge.id)
        planes.setdefault(_local(plane.get("bpmnElement")), frozenset(on_plane))
    return Drawing(
        shapes=MappingProxyType(shapes),
        edges=MappingProxyType(edges),
        planes=MappingProxyType(planes),
    )


def read_texts(root: etree._Element) -> Mapping[str, DrawnText]:
    """Pools, lanes, annotations, groups, data objects and the connections that move no token."""
    categories = {
        value.get("id", ""): value.get("value", "")
        for value in root.iter(f"{{{BPMN}}}categoryValue")
    }
    texts: dict[str, DrawnText] = {}
    for node in root.iter(*(f"{{{BPMN}}}{kind}" for kind in _TEXTS)):
        if id := node.get("id"):
            kind = etree.QName(node).localname
            texts.setdefault(id, DrawnText(id=id, kind=kind, name=_words(node, kind, categories)))
    return MappingProxyType(texts)


def _words(node: etree._Element, kind: str, categories: Mapping[str, str]) -> str:
    if kind == "textAnnotation":
        return (node.findtext(f"{{{BPMN}}}text") or "").strip()
    if kind == "group":
        return categories.get(_local(node.get("categoryValueRef")), "")
    return node.get("name", "")


def _shape(node: etree._Element, foldable: AbstractSet[str]) -> Shape | None:
    """A shape; a sub-process is folded unless the file says otherwise, as in the modeler."""
    bounds = _bounds(node)
    if bounds is None:
        return None
    id = _local(node.get("bpmnElement"))
    return Shape(
        id=id,
        bounds=bounds,
        label=_label(node),
        horizontal=node.get("isHorizontal", "true") != "false",
        expanded=node.get("isExpanded") == "true" if id in foldable else True,
    )


def _edge(node: etree._Element) -> Edge | None:
    waypoints = tuple(_points(node))
    if len(waypoints) < 2:
        return None
    return Edge(id=_local(node.get("bpmnElement")), waypoints=waypoints, label=_label(node))


def _points(node: etree._Element) -> Iterator[tuple[float, float]]:
    for point in node.iterchildren(f"{{{DI}}}waypoint"):
        x, y = _number(point.get("x")), _number(point.get("y"))
        if x is not None and y is not None:
            yield x, y


def _label(node: etree._Element) -> Bounds | None:
    label = node.find(f"{{{BPMNDI}}}BPMNLabel")
    return None if label is None else _bounds(label)


def _bounds(node: etree._Element) -> Bounds | None:
    bounds = node.find(f"{{{DC}}}Bounds")
    if bounds is None:
        return None
    x, y, width, height = (_number(bounds.get(key)) for key in ("x", "y", "width", "height"))
    if x is None or y is None or width is None or height is None:
        return None
    return Bounds(x=x, y=y, width=max(width, 0.0), height=max(height, 0.0))


def _number(text: str | None) -> float | None:
    """A coordinate; none if it is missing, no number, infinite or beyond any canvas."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if abs(value) < 1e6 else None


def _local(reference: str | None) -> str:
    """The id of a reference that may be written as a qualified name (`tns:Task_1`)."""
    return (reference or "").rpartition(":")[2]
