"""Rectangles and lines on the canvas: what crosses, overlaps or contains what."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from engine.bpmn.model import Bounds

Point = tuple[float, float]
Segment = tuple[Point, Point]


def segments(waypoints: tuple[Point, ...]) -> Iterator[Segment]:
    """The straight pieces of a connection, without those of no length."""
    for start, end in pairwise(waypoints):
        if start != end:
            yield start, end


def cross(one: Segment, other: Segment) -> bool:
    """Whether two segments cross in their inside; touching with an end is no crossing."""
    (a, b), (c, d) = one, other
    return _turn(a, b, c) * _turn(a, b, d) < -1e-9 and _turn(c, d, a) * _turn(c, d, b) < -1e-9


def run_together(one: Segment, other: Segment) -> float:
    """How long two horizontal or two vertical segments lie on each other; 0 if they do not."""
    for along, across in ((0, 1), (1, 0)):
        levels = {point[across] for point in (*one, *other)}
        if max(levels) - min(levels) < 1:
            low = max(min(p[along] for p in one), min(p[along] for p in other))
            high = min(max(p[along] for p in one), max(p[along] for p in other))
            return max(0.0, high - low)
    return 0.0


def overlap(one: Bounds, other: Bounds, slack: float = 0.0) -> bool:
    """Whether two rectangles share more than `slack` units in both directions."""
    shared_x = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    shared_y = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return shared_x > slack and shared_y > slack


def contains(outer: Bounds, inner: Bounds, slack: float = 0.0) -> bool:
    """Whether `inner` lies in `outer`, or sticks out by no more than `slack`."""
    return (
        inner.x >= outer.x - slack
        and inner.y >= outer.y - slack
        and inner.x + inner.width <= outer.x + outer.width + slack
        and inner.y + inner.height <= outer.y + outer.height + slack
    )


def passes_through(segment: Segment, bounds: Bounds, slack: float = 0.0) -> bool:
    """Whether a segment has a point more than `slack` units inside the rectangle."""
    left, right = bounds.x + slack, bounds.x + bounds.width - slack
    top, bottom = bounds.y + slack, bounds.y + bounds.height - slack
    if left >= right or top >= bottom:
        return False
    (x1, y1), (x2, y2) = segment
    start, end = 0.0, 1.0
    for delta, low, high in ((x2 - x1, left - x1, right - x1), (y2 - y1, top - y1, bottom - y1)):
        if delta == 0:
            if low >= 0 or high <= 0:
                return False
            continue
        near, far = sorted((low / delta, high / delta))
        start, end = max(start, near), min(end, far)
    return end - start > 1e-9


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
