"""Relations of points and ranges (DMN 1.5, 10.3.4.9, table 78)."""

from __future__ import annotations

from engine.feel.builtins.registry import Family
from engine.feel.ordering import compare
from engine.feel.ranges import includes as lies_in
from engine.feel.values import Range

FUNCTIONS = Family()


def _orders(first: Range, second: Range) -> tuple[int, int]:
    """How the starts and how the ends of two ranges compare; an end that is missing is infinite.

    Raises `NotComparable`.
    """
    if None not in (first.low, first.high, second.low, second.high):
        return compare(first.low, second.low), compare(first.high, second.high)
    compare(_an_end(first), _an_end(second))
    return _starts(first, second), _ends(first, second)


def _an_end(range_: Range) -> object:
    return range_.high if range_.low is None else range_.low


def _starts(first: Range, second: Range) -> int:
    if first.low is None or second.low is None:
        return (first.low is not None) - (second.low is not None)
    return compare(first.low, second.low)


def _ends(first: Range, second: Range) -> int:
    if first.high is None or second.high is None:
        return (first.high is None) - (second.high is None)
    return compare(first.high, second.high)


def _before(low: Range, high: Range) -> bool:
    """Whether `low` ends before `high` starts."""
    if low.high is None or high.low is None:
        compare(_an_end(low), _an_end(high))
        return False
    order = compare(low.high, high.low)
    return order < 0 or (order == 0 and not (low.high_included and high.low_included))


def _as_range(value: object) -> Range:
    return value if isinstance(value, Range) else Range(value, value)


def _starts_no_earlier(inner: Range, outer: Range) -> bool:
    order, _ = _orders(inner, outer)
    return order > 0 or (order == 0 and (outer.low_included or not inner.low_included))


def _ends_no_later(inner: Range, outer: Range) -> bool:
    _, order = _orders(inner, outer)
    return order < 0 or (order == 0 and (outer.high_included or not inner.high_included))


def _within(inner: Range, outer: Range) -> bool:
    return _starts_no_earlier(inner, outer) and _ends_no_later(inner, outer)


def _same_start(first: Range, second: Range) -> bool:
    return _orders(first, second)[0] == 0 and first.low_included is second.low_included


def _same_end(first: Range, second: Range) -> bool:
    return _orders(first, second)[1] == 0 and first.high_included is second.high_included


@FUNCTIONS.add(
    "before(point1: point, point2: point)",
    "before(point: point, range: range)",
    "before(range: range, point: point)",
    "before(range1: range, range2: range)",
)
def before(first: object, second: object) -> bool:
    return _before(_as_range(first), _as_range(second))


@FUNCTIONS.add(
    "after(point1: point, point2: point)",
    "after(point: point, range: range)",
    "after(range: range, point: point)",
    "after(range1: range, range2: range)",
)
def after(first: object, second: object) -> bool:
    return _before(_as_range(second), _as_range(first))


@FUNCTIONS.add("meets(range1: range, range2: range)")
def meets(first: Range, second: Range) -> bool:
    return first.high_included and second.low_included and compare(first.high, second.low) == 0


@FUNCTIONS.add("met by(range1: range, range2: range)")
def met_by(first: Range, second: Range) -> bool:
    return meets(second, first)


@FUNCTIONS.add("overlaps(range1: range, range2: range)")
def overlaps(first: Range, second: Range) -> bool:
    return not _before(first, second) and not _before(second, first)


@FUNCTIONS.add("overlaps before(range1: range, range2: range)")
def overlaps_before(first: Range, second: Range) -> bool:
    """The first starts before the second and ends inside it."""
    return (
        overlaps(first, second)
        and not _starts_no_earlier(first, second)
        and _ends_no_later(first, second)
    )


@FUNCTIONS.add("overlaps after(range1: range, range2: range)")
def overlaps_after(first: Range, second: Range) -> bool:
    """The first starts inside the second and ends after it."""
    return overlaps_before(second, first)


@FUNCTIONS.add("finishes(point: point, range: range)")
def finishes_point(point: object, range_: Range) -> bool:
    return range_.high_included and compare(point, range_.high) == 0


@FUNCTIONS.add("finishes(range1: range, range2: range)")
def finishes(first: Range, second: Range) -> bool:
    return _same_end(first, second) and _starts_no_earlier(first, second)


@FUNCTIONS.add("finished by(range: range, point: point)")
def finished_by_point(range_: Range, point: object) -> bool:
    return finishes_point(point, range_)


@FUNCTIONS.add("finished by(range1: range, range2: range)")
def finished_by(first: Range, second: Range) -> bool:
    return finishes(second, first)


@FUNCTIONS.add("includes(range: range, point: point)")
def includes_point(range_: Range, point: object) -> bool:
    return lies_in(range_, point)


@FUNCTIONS.add("includes(range1: range, range2: range)")
def includes(first: Range, second: Range) -> bool:
    return _within(second, first)


@FUNCTIONS.add("during(point: point, range: range)")
def during_point(point: object, range_: Range) -> bool:
    return lies_in(range_, point)


@FUNCTIONS.add("during(range1: range, range2: range)")
def during(first: Range, second: Range) -> bool:
    return _within(first, second)


@FUNCTIONS.add("starts(point: point, range: range)")
def starts_point(point: object, range_: Range) -> bool:
    return range_.low_included and compare(point, range_.low) == 0


@FUNCTIONS.add("starts(range1: range, range2: range)")
def starts(first: Range, second: Range) -> bool:
    return _same_start(first, second) and _ends_no_later(first, second)


@FUNCTIONS.add("started by(range: range, point: point)")
def started_by_point(range_: Range, point: object) -> bool:
    return starts_point(point, range_)


@FUNCTIONS.add("started by(range1: range, range2: range)")
def started_by(first: Range, second: Range) -> bool:
    return starts(second, first)


@FUNCTIONS.add("coincides(point1: point, point2: point)")
def coincides_points(first: object, second: object) -> bool:
    return compare(first, second) == 0


@FUNCTIONS.add("coincides(range1: range, range2: range)")
def coincides(first: Range, second: Range) -> bool:
    return _same_start(first, second) and _same_end(first, second)
