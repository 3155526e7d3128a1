"""Lines: sequence flows, message flows, associations, with their ends."""

from __future__ import annotations

from math import hypot

from engine.bpmn.geometry import Point
from engine.bpmn.model import Edge, SequenceFlow
from engine.bpmn.picture.look import FAINT, PAPER, Look
from engine.bpmn.picture.svg import number, path, tag

_CORNER = 6.0
_HEAD = 10.0


def sequence_flow(flow: SequenceFlow, edge: Edge, look: Look, *, start: str) -> str:
    """An arrow; `start` is `default`, `conditional` or empty and says how it begins."""
    ink = look.stroke(flow.id)
    wide = 2.4 if look.state(flow.id) == "passed" else 1.5
    points = list(edge.waypoints)
    return tag(
        "g",
        path(
            _line(_shortened(points, _HEAD - 2)),
            fill="none",
            stroke=ink,
            stroke_width=wide,
            stroke_linejoin="round",
        ),
        path(_head(points), fill=ink, stroke=ink, stroke_width=1, stroke_linejoin="round"),
        _start(points, start, ink),
        class_=f"flow {look.state(flow.id)}",
        data_element=flow.id,
        opacity=look.opacity(flow.id),
    )


def connection(kind: str, edge: Edge) -> str:
    """A message flow, an association or a data association."""
    points = list(edge.waypoints)
    ink = FAINT
    if kind == "messageFlow":
        start = tag(
            "circle",
            cx=points[0][0],
            cy=points[0][1],
            r=3.5,
            fill=PAPER,
            stroke=ink,
            stroke_width=1.3,
        )
        line = path(
            _line(_shortened(points, _HEAD)),
            fill="none",
            stroke=ink,
            stroke_width=1.5,
            stroke_dasharray="9 6",
        )
        head = path(
            _head(points), fill=PAPER, stroke=ink, stroke_width=1.3, stroke_linejoin="round"
        )
        return tag("g", line, head, start, class_=kind)
    dots = path(
        _line(points),
        fill="none",
        stroke=ink,
        stroke_width=1.5,
        stroke_dasharray="1 5",
        stroke_linecap="round",
    )
    if kind == "association":
        return tag("g", dots, class_=kind)
    return tag(
        "g", dots, path(_open_head(points), fill="none", stroke=ink, stroke_width=1.4), class_=kind
    )


def _line(points: list[Point]) -> str:
    """A line through the points, its corners rounded."""
    d = f"M{_at(points[0])}"
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(_CORNER, _distance(before, corner) / 2, _distance(corner, after) / 2)
        d += f"L{_at(_towards(corner, before, radius))}"
        d += f"Q{_at(corner)} {_at(_towards(corner, after, radius))}"
    return d + f"L{_at(points[-1])}"


def _shortened(points: list[Point], by: float) -> list[Point]:
    return [*points[:-1], _towards(points[-1], points[-2], by)]


def _head(points: list[Point]) -> str:
    tip = points[-1]
    left, right = _barbs(points, _HEAD, 4.2)
    return f"M{_at(tip)}L{_at(left)}L{_at(right)}Z"


def _open_head(points: list[Point]) -> str:
    left, right = _barbs(points, 8, 4.5)
    return f"M{_at(left)}L{_at(points[-1])}L{_at(right)}"


def _barbs(points: list[Point], length: float, half: float) -> tuple[Point, Point]:
    tip, before = points[-1], _before_end(points)
    base = _towards(tip, before, length)
    across = ((tip[1] - base[1]) / length * half, (base[0] - tip[0]) / length * half)
    return (base[0] + across[0], base[1] + across[1]), (base[0] - across[0], base[1] - across[1])


def _before_end(points: list[Point]) -> Point:
    return next(
        (point for point in reversed(points) if point != points[-1]),
        (points[-1][0] - 1, points[-1][1]),
    )


def _start(points: list[Point], start: str, ink: str) -> str:
    if not start:
        return ""
    first, second = points[0], points[1]
    length = _distance(first, second) or 1
    dx, dy = (second[0] - first[0]) / length, (second[1] - first[1]) / length
    if start == "default":
        middle = (first[0] + dx * 9, first[1] + dy * 9)
        slash = (dx * 3.2 - dy * 5, dy * 3.2 + dx * 5)
        return path(
            f"M{_at((middle[0] - slash[0], middle[1] - slash[1]))}"
            f"L{_at((middle[0] + slash[0], middle[1] + slash[1]))}",
            stroke=ink,
            stroke_width=1.5,
        )
    side = (first[0] + dx * 8 - dy * 4.5, first[1] + dy * 8 + dx * 4.5)
    other = (first[0] + dx * 8 + dy * 4.5, first[1] + dy * 8 - dx * 4.5)
    far = (first[0] + dx * 16, first[1] + dy * 16)
    return path(
        f"M{_at(first)}L{_at(side)}L{_at(far)}L{_at(other)}Z",
        fill=PAPER,
        stroke=ink,
        stroke_width=1.2,
    )


def _towards(start: Point, goal: Point, by: float) -> Point:
    length = _distance(start, goal)
    if length == 0:
        return start
    share = min(1.0, by / length)
    return start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share


def _distance(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
