"""Equality and order of dates, times and durations (DMN 1.5, 10.3.2.3, table 53; `is`)."""

from __future__ import annotations

import pytest

from engine.feel import compile_expression

SAME_INSTANTS = [
    ('@"2024-01-01T08:00:00+08:00"', '@"2024-01-01T00:00:00Z"'),
    ('@"2024-01-01T08:00:00@Asia/Shanghai"', '@"2024-01-01T00:00:00Z"'),
    ('@"2024-07-01T10:00:00@Europe/Paris"', '@"2024-07-01T10:00:00+02:00"'),
    ('@"12345-07-01T10:00:00@Europe/Paris"', '@"12345-07-01T10:00:00+02:00"'),
    ('@"12345-01-01T10:00:00@Europe/Paris"', '@"12345-01-01T10:00:00+01:00"'),
    ('@"10000-01-01T00:00:00+08:00"', '@"9999-12-31T16:00:00Z"'),
    ('@"0000-12-31T20:00:00-08:00"', '@"0001-01-01T04:00:00Z"'),
    ('@"2024-01-01T08:00:00.123456789+08:00"', '@"2024-01-01T00:00:00.123456789Z"'),
    ('@"10:00:00+08:00"', '@"02:00:00Z"'),
    ('@"10:00:00.123456789+08:00"', '@"02:00:00.123456789Z"'),
]


@pytest.mark.parametrize(("one", "other"), SAME_INSTANTS)
def test_the_same_instant_is_equal_in_every_zone_but_not_the_same_element(
    one: str, other: str
) -> None:
    def holds(source: str) -> object:
        return compile_expression(source).evaluate({}).value

    assert holds(f"{one} = {other}") is True
    assert holds(f"{one} != {other}") is False
    assert holds(f"{one} <= {other}") is True
    assert holds(f"{one} < {other}") is False
    assert holds(f"count(distinct values([{one}, {other}]))") == 1
    assert holds(f"list contains([{one}], {other})") is True
    assert holds(f"is({one}, {other})") is False
    assert holds(f"is({one}, {one})") is True


ASCENDING = [
    ['"-999999999-01-01"', '"-0001-12-31"', '"0000-01-01"', '"0001-01-01"', '"2024-02-29"',
     '"9999-12-31"', '"10000-01-01"', '"999999999-12-31"'],
    ['"-2021-01-01T00:00:00"', '"2024-01-01T00:00:00"', '"2024-01-01T00:00:00.000000001"',
     '"2024-01-01T00:00:00.000001"', '"9999-12-31T23:59:59"', '"10000-01-01T00:00:00"'],
    ['"-2021-01-01T00:00:00Z"', '"2024-01-01T00:00:00+01:00"', '"2024-01-01T00:00:00Z"',
     '"2024-01-01T00:00:00.000000001@Etc/UTC"', '"12345-01-01T00:00:00+01:00"',
     '"12345-01-01T00:00:00Z"'],
    ['"00:00:00"', '"09:59:59.999999999"', '"10:00:00"', '"10:00:00.000000001"', '"23:59:59"'],
    ['"10:00:00+08:00"', '"10:00:00.000000001+08:00"', '"03:00:00Z"'],
    ['"10:00:00@Asia/Shanghai"', '"10:00:00.000000001@Asia/Shanghai"'],
    ['"-P9999999999D"', '"-P1D"', '"-PT0.000000001S"', '"PT0S"', '"PT0.000000001S"', '"P1D"',
     '"P9999999999D"'],
    ['"-P1Y"', '"P0M"', '"P11M"', '"P1Y"', '"P10000Y"'],
]  # fmt: skip


@pytest.mark.parametrize("texts", ASCENDING, ids=lambda texts: texts[0])
def test_earlier_comes_before_later_and_shorter_before_longer(texts: list[str]) -> None:
    for place, text in enumerate(texts):
        for other_place, other in enumerate(texts):
            for sign, expected in (
                ("<", place < other_place),
                (">=", place >= other_place),
                ("=", place == other_place),
                ("!=", place != other_place),
            ):
                source = f"@{text} {sign} @{other}"
                assert compile_expression(source).evaluate({}).value is expected, source


@pytest.mark.parametrize("texts", ASCENDING, ids=lambda texts: texts[0])
def test_sorting_and_ranges_follow_the_order(texts: list[str]) -> None:
    def value(source: str) -> object:
        return compile_expression(source).evaluate({}).value

    ascending = "[" + ", ".join(f"@{text}" for text in texts) + "]"
    backwards = f"reverse({ascending})"
    assert value(f"sort({backwards}, function(a, b) a < b) = {ascending}") is True
    assert value(f"min({backwards}) = @{texts[0]}") is True
    assert value(f"max({ascending}) = @{texts[-1]}") is True
    low, high = texts[0], texts[-1]
    assert value(f"every x in {ascending} satisfies x in [@{low}..@{high}]") is True
    assert value(f"@{high} in [@{low}..@{high})") is False
    assert value(f"@{low} in (@{low}..@{high}]") is False
    assert value(f"@{high} between @{low} and @{high}") is True


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('@"2024-01-01T10:00:00"', '@"2024-01-01T10:00:00Z"'),
        ('@"12345-01-01T10:00:00"', '@"12345-01-01T10:00:00Z"'),
        ('@"10:00:00"', '@"10:00:00Z"'),
        ('@"10:00:00@Asia/Shanghai"', '@"10:00:00@Europe/Paris"'),
        ('@"10:00:00.123456789@Asia/Shanghai"', '@"10:00:00+08:00"'),
    ],
)
def test_local_and_zoned_are_unequal_and_have_no_order(one: str, other: str) -> None:
    assert compile_expression(f"{one} = {other}").evaluate({}).value is False
    evaluation = compile_expression(f"{one} < {other}").evaluate({})
    assert evaluation.value is None
    assert evaluation.warnings[0].kind == "NotComparable"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('@"P1Y"', '@"P365D"'),
        ('@"P1Y"', '@"P9999999999D"'),
        ('@"2024-01-01"', '@"2024-01-01T00:00:00"'),
        ('@"12345-01-01"', '@"12345-01-01T00:00:00"'),
        ('@"12345-01-01"', '@"P1D"'),
        ('@"10:00:00.123456789"', '@"2024-01-01T10:00:00"'),
        ('@"12345-01-01"', '"12345-01-01"'),
    ],
)
def test_values_of_different_types_are_neither_equal_nor_ordered(one: str, other: str) -> None:
    for sign in ("=", "!=", "<"):
        evaluation = compile_expression(f"{one} {sign} {other}").evaluate({})
        assert evaluation.value is None
        assert evaluation.warnings[0].kind == "NotComparable"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('is(@"2024-01-01", @"2024-01-01")', True),
        ('is(@"12345-01-01", @"12345-01-01")', True),
        ('is(@"10:00:00Z", @"10:00:00+00:00")', True),
        ('is(@"10:00:00Z", @"10:00:00@Etc/UTC")', False),
        ('is(@"10:00:00Z", @"10:00:00@UTC")', False),
        ('is(@"10:00:00", @"10:00:00Z")', False),
        ('is(@"12345-01-01T00:00:00Z", @"12345-01-01T00:00:00+00:00")', True),
        ('is(@"10:00:00.123456789@Asia/Shanghai", @"10:00:00.123456789@Asia/Shanghai")', True),
        ('is(@"P1Y", @"P12M")', True),
        ('is(@"P1D", @"PT24H")', True),
        ('is(@"P9999999999D", @"PT239999999976H")', True),
        ('is(@"P0M", @"P0D")', False),
    ],
)
def test_is_asks_for_the_same_element_of_one_type(source: str, expected: bool) -> None:
    assert compile_expression(source).evaluate({}).value is expected


def test_a_loop_over_days_goes_on_beyond_the_years_of_python() -> None:
    source = 'for day in @"9999-12-30"..@"10000-01-02" return string(day)'
    days = ["9999-12-30", "9999-12-31", "10000-01-01", "10000-01-02"]
    assert compile_expression(source).evaluate({}).value == days
    backwards = 'for day in @"10000-01-02"..@"9999-12-30" return string(day)'
    assert compile_expression(backwards).evaluate({}).value == days[::-1]


def test_a_range_of_days_without_its_ends_may_be_empty() -> None:
    source = 'for day in (@"2024-01-01"..@"2024-01-02") return day'
    assert compile_expression(source).evaluate({}).value == []
