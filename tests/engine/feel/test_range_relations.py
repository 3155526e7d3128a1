"""Relations of ranges (DMN 1.5, table 78), held against what they mean for points.

The ranges have whole numbers from 1 to 3 as ends, or none; the points are all quarters from 0 to 4.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import product

import pytest

from engine.feel import Range, compile_expression

QUARTERS = [Decimal(n) / 4 for n in range(17)]
ENDS = [Decimal(n) for n in (1, 2, 3)]
BOTH = [True, False]

RANGES = [
    *(
        Range(low, high, low_in, high_in)
        for low, high, low_in, high_in in product(ENDS, ENDS, BOTH, BOTH)
        if low < high or (low == high and low_in and high_in)
    ),
    *(Range(None, high, False, included) for high in ENDS for included in BOTH),
    *(Range(low, None, included, False) for low in ENDS for included in BOTH),
]

Points = list[Decimal]


def points(range_: Range) -> Points:
    """The quarters between the ends, and the ends that count."""
    inside = compile_expression("for q in quarters return q in r")
    answers = inside.evaluate({"quarters": QUARTERS, "r": range_}).value
    assert isinstance(answers, list)
    return [quarter for quarter, answer in zip(QUARTERS, answers, strict=True) if answer]


def overlapping(a: Points, b: Points) -> bool:
    return bool({*a} & {*b})


MEANING: dict[str, Callable[[Points, Points], bool]] = {
    "before": lambda a, b: a[-1] < b[0],
    "meets": lambda a, b: a[-1] == b[0],
    "overlaps": overlapping,
    "overlaps before": lambda a, b: overlapping(a, b) and a[0] < b[0] and a[-1] <= b[-1],
    "finishes": lambda a, b: a[-1] == b[-1] and a[0] >= b[0],
    "during": lambda a, b: {*a} <= {*b},
    "starts": lambda a, b: a[0] == b[0] and a[-1] <= b[-1],
    "coincides": lambda a, b: a == b,
}
TURNED_ROUND = {
    "before": "after",
    "meets": "met by",
    "overlaps": "overlaps",
    "overlaps before": "overlaps after",
    "finishes": "finished by",
    "during": "includes",
    "starts": "started by",
    "coincides": "coincides",
}


@pytest.mark.parametrize("relation", MEANING)
def test_two_ranges_stand_as_their_points_do(relation: str) -> None:
    one = compile_expression(f"{relation}(a, b)")
    other = compile_expression(f"{TURNED_ROUND[relation]}(b, a)")
    for a, b in product(RANGES, RANGES):
        meant = MEANING[relation](points_of[a], points_of[b])
        assert one.evaluate({"a": a, "b": b}).value is meant, (relation, a, b)
        assert other.evaluate({"a": a, "b": b}).value is meant, (relation, b, a)


@pytest.mark.parametrize("relation", ["before", "finishes", "during", "starts"])
def test_a_point_stands_to_a_range_as_the_range_of_that_point_alone(relation: str) -> None:
    one = compile_expression(f"{relation}(p, r)")
    other = compile_expression(f"{TURNED_ROUND[relation]}(r, p)")
    for p, r in product(ENDS, RANGES):
        meant = MEANING[relation]([p], points_of[r])
        assert one.evaluate({"p": p, "r": r}).value is meant, (relation, p, r)
        assert other.evaluate({"p": p, "r": r}).value is meant, (relation, r, p)


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ("before(1, 2)", True),
        ("before(2, 2)", False),
        ("after(2, 1)", True),
        ('after(@"2024-03-26", [@"2024-01-01"..@"2024-03-25"])', True),
        ("coincides(1, 1.0)", True),
        ('coincides("a", "b")', False),
        ("before(range: [1..2], point: 3)", True),
        ("before(point: 3, range: [1..2])", False),
        ("after(range: [1..2], point: 3)", False),
        ("after(point: 3, range: [1..2])", True),
        ("during(range1: [1..2], range2: [0..9])", True),
        ('meets(["a".."c"], ["c".."e"])', True),
        ('starts(@"PT1H", [@"PT1H"..@"PT2H"])', True),
    ],
)
def test_points_of_any_ordered_type_stand_before_and_behind_each_other(
    source: str, answer: bool
) -> None:
    assert compile_expression(source).evaluate({}).value is answer


@pytest.mark.parametrize(
    "source",
    [
        'before(1, "a")',
        'includes((> "a"), (< 3))',
        'before((> "a"), [1..2])',
        'overlaps([1..2], [@"2024-01-01"..@"2024-01-02"])',
        "before([1..2], null)",
        "before(true, false)",
        "meets(1, [1..2])",
    ],
)
def test_what_cannot_be_compared_is_null_and_said(source: str) -> None:
    evaluation = compile_expression(source).evaluate({})
    assert evaluation.value is None
    assert evaluation.warnings[0].kind in ("NotComparable", "ArgumentDoesNotFit")


points_of = {range_: points(range_) for range_ in RANGES}
