"""Tasks, sub-processes, events and gateways."""

from __future__ import annotations

from html import escape

from engine.bpmn import words
from engine.bpmn.model import Bounds, Element, Shape
from engine.bpmn.picture import icons
from engine.bpmn.picture.look import INK, PAPER, Look
from engine.bpmn.picture.svg import lines_of_text, tag
from engine.bpmn.picture.text import LINE_HEIGHT, balanced, wrap

_THROWING = ("intermediateThrowEvent", "endEvent")


def container(element: Element, shape: Shape, look: Look) -> str:
    """An expanded sub-process: a frame with its name at the top."""
    bounds = shape.bounds
    ink = look.stroke(element.id)
    frames = _frames(element, bounds, look)
    name = _name(element, look)
    title = lines_of_text(
        wrap(name, bounds.width - 20, 12),
        x=bounds.x + bounds.width / 2,
        y=bounds.y + 6,
        size=12.0,
        fill=ink,
    )
    return _group(element, look, frames + title + _markers(element, shape, ink))


def node(element: Element, shape: Shape, look: Look) -> str:
    """Everything else."""
    if element.kind.endswith("Event"):
        return _group(element, look, _event(element, shape.bounds, look))
    if element.kind.endswith("Gateway"):
        return _group(element, look, _gateway(element, shape.bounds, look))
    return _group(element, look, _activity(element, shape, look))


def _group(element: Element, look: Look, content: str) -> str:
    tip = words.zh(element) if not look.labels.get(element.id) else look.labels[element.id]
    return tag(
        "g",
        tag("title", escape(tip, quote=False)),
        content,
        class_=f"element {element.kind} {look.state(element.id)}",
        data_element=element.id,
        opacity=look.opacity(element.id),
    )


def _name(element: Element, look: Look) -> str:
    return look.labels.get(element.id, element.name).strip()


def _frames(element: Element, bounds: Bounds, look: Look) -> str:
    ink, fill = look.stroke(element.id), look.fill(element.id)
    frame = {
        "x": bounds.x,
        "y": bounds.y,
        "width": bounds.width,
        "height": bounds.height,
        "rx": 10,
        "fill": fill,
        "stroke": ink,
        "stroke_width": 4 if element.kind == "callActivity" else _weight(element, look),
        "stroke_dasharray": "1.5 5" if element.triggered_by_event else None,
        "stroke_linecap": "round" if element.triggered_by_event else None,
    }
    outer = tag("rect", **frame)
    if element.kind != "transaction":
        return outer
    inner = {
        **frame,
        "x": bounds.x + 4,
        "y": bounds.y + 4,
        "width": bounds.width - 8,
        "height": bounds.height - 8,
        "rx": 7,
    }
    return outer + tag("rect", **inner)


def _weight(element: Element, look: Look) -> float:
    return 2.0 if look.state(element.id) == "open" else 2.6


def _activity(element: Element, shape: Shape, look: Look) -> str:
    bounds = shape.bounds
    ink = look.stroke(element.id)
    sign = icons.task_icon(element.kind, ink, look.fill(element.id))
    if sign:
        at = f"translate({bounds.x + 5:g} {bounds.y + 5:g})"
        sign = tag("g", sign, transform=at)
    marks = _markers(element, shape, ink)
    text = _inside(_name(element, look), bounds, has_sign=bool(sign), has_marks=bool(marks))
    return _frames(element, bounds, look) + sign + text + marks


def _inside(name: str, bounds: Bounds, *, has_sign: bool, has_marks: bool) -> str:
    """The name in the middle of a box; smaller letters if it would not fit."""
    below = 16 if has_marks else 0
    size = 12.0
    lines = balanced(name, bounds.width - 12, size)
    above = 24 if has_sign else 4
    while size > (10 if has_sign else 9) and _high(lines, size) > bounds.height - below - above:
        size -= 1
        lines = balanced(name, bounds.width - 10, size)
    high = _high(lines, size)
    top = (bounds.height - below - high) / 2
    if has_sign and top < 24:
        top = min(24, max(top, bounds.height - below - high - 4))
    return lines_of_text(
        lines, x=bounds.x + bounds.width / 2, y=bounds.y + top, size=size, fill=INK
    )


def _high(lines: list[str], size: float) -> float:
    return len(lines) * size * LINE_HEIGHT


def _markers(element: Element, shape: Shape, ink: str) -> str:
    names = list(_marker_names(element, shape))
    middle = shape.bounds.x + shape.bounds.width / 2
    low = shape.bounds.y + shape.bounds.height - 10
    return "".join(
        tag(
            "g",
            icons.marker(name, ink),
            transform=f"translate({middle + (index - (len(names) - 1) / 2) * 19:g} {low:g})",
        )
        for index, name in enumerate(names)
    )


def _marker_names(element: Element, shape: Shape) -> list[str]:
    names = []
    if element.kind in ("subProcess", "transaction", "adHocSubProcess") and not shape.expanded:
        names.append("folded")
    if element.kind == "adHocSubProcess":
        names.append("ad-hoc")
    if element.loop is not None:
        names.append("sequential" if element.loop.sequential else "parallel")
    if element.has_standard_loop:
        names.append("loop")
    if element.for_compensation:
        names.append("compensation")
    return names


def _event(element: Element, bounds: Bounds, look: Look) -> str:
    ink, fill = look.stroke(element.id), look.fill(element.id)
    x, y = bounds.x + bounds.width / 2, bounds.y + bounds.height / 2
    radius = min(bounds.width, bounds.height) / 2
    dashes = None if element.interrupting else "5.5 3.5"
    is_end, is_start = element.kind == "endEvent", element.kind == "startEvent"
    weight = 3.8 if is_end else 1.8 if is_start else 1.4
    rings = [radius - weight / 2 + 0.5] if is_end or is_start else [radius, radius - 3.5]
    circles = "".join(
        tag(
            "circle",
            cx=x,
            cy=y,
            r=ring,
            fill=fill,
            stroke=ink,
            stroke_width=weight,
            stroke_dasharray=dashes,
        )
        for ring in rings
    )
    kind = element.event.kind if element.event else "none"
    icon = icons.event_icon(kind, ink, PAPER, throwing=element.kind in _THROWING)
    return circles + _placed(icon, x, y, radius / 18)


def _gateway(element: Element, bounds: Bounds, look: Look) -> str:
    ink = look.stroke(element.id)
    x, y = bounds.x + bounds.width / 2, bounds.y + bounds.height / 2
    corners = (
        f"{x:g},{bounds.y:g} {bounds.x + bounds.width:g},{y:g} "
        f"{x:g},{bounds.y + bounds.height:g} {bounds.x:g},{y:g}"
    )
    diamond = tag(
        "polygon",
        points=corners,
        fill=look.fill(element.id),
        stroke=ink,
        stroke_width=_weight(element, look),
        stroke_linejoin="round",
    )
    return diamond + _placed(icons.gateway_icon(element.kind, ink, PAPER), x, y, bounds.width / 50)


def _placed(icon: str, x: float, y: float, scale: float) -> str:
    if not icon:
        return ""
    grown = "" if abs(scale - 1) < 0.01 else f" scale({scale:.3g})"
    return tag("g", icon, transform=f"translate({x:g} {y:g}){grown}")
