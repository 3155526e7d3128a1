"""Arithmetic of dates, times and durations (DMN 1.5, 10.3.2.5, tables 54 to 58)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.feel import compile_expression

Said = Callable[[str], str]


@pytest.mark.parametrize(
    ("source", "result"),
    [
        # the corresponding day, else the last of the month
        ('@"2024-01-31" + @"P1M"', "2024-02-29"),
        ('@"2023-01-31" + @"P1M"', "2023-02-28"),
        ('@"2024-02-29" + @"P1Y"', "2025-02-28"),
        ('@"2024-02-29" - @"P1Y"', "2023-02-28"),
        ('@"2024-02-29" + @"P4Y"', "2028-02-29"),
        ('@"2023-03-31" - @"P1M"', "2023-02-28"),
        ('@"P1M" + @"2024-12-15"', "2025-01-15"),
        ('@"2024-01-15" + @"-P1M"', "2023-12-15"),
        ('@"2024-01-31T10:30:00@Asia/Shanghai" + @"P1M"', "2024-02-29T10:30:00@Asia/Shanghai"),
        ('@"9999-06-30" + @"P1Y"', "10000-06-30"),
        ('@"10000-02-29" - @"P1Y"', "9999-02-28"),
        ('@"-2021-01-01T10:10:10" - @"P1Y"', "-2022-01-01T10:10:10"),
        ('@"0001-01-31" - @"P11M"', "0000-02-29"),
        # a date has no time of day, so only whole days after its midnight count
        ('@"2024-03-26" + @"P10D"', "2024-04-05"),
        ('@"P10D" + @"2024-03-26"', "2024-04-05"),
        ('@"2024-01-02" + @"PT36H"', "2024-01-03"),
        ('@"2024-01-02" - @"PT1H"', "2024-01-01"),
        ('@"2024-02-28" + @"P1D"', "2024-02-29"),
        ('@"2100-02-28" + @"P1D"', "2100-03-01"),
        ('@"9999-12-31" + @"P1D"', "10000-01-01"),
        ('@"-0001-12-31" + @"P1D"', "0000-01-01"),
        ('@"0001-01-01" - @"P1D"', "0000-12-31"),
        ('@"2024-01-01" + @"P1000000000D"', "2739931-01-04"),
        # real time passes, also where clocks are changed
        ('@"2024-03-26T23:00:00" + @"PT2H"', "2024-03-27T01:00:00"),
        ('@"PT2H" + @"2024-03-26T23:00:00Z"', "2024-03-27T01:00:00Z"),
        ('@"2024-03-31T01:30:00@Europe/Paris" + @"PT1H"', "2024-03-31T03:30:00@Europe/Paris"),
        ('@"2024-03-30T12:00:00@Europe/Paris" + @"P1D"', "2024-03-31T13:00:00@Europe/Paris"),
        ('@"20000-07-01T00:00:00@Europe/Paris" + @"P180D"', "20000-12-27T23:00:00@Europe/Paris"),
        ('@"2021-01-01T24:00:00" - @"PT1S"', "2021-01-01T23:59:59"),
        (
            '@"2024-03-31T01:59:59.999999999@Europe/Paris" + @"PT0.000000001S"',
            "2024-03-31T03:00:00@Europe/Paris",
        ),
        (
            '@"9999-12-31T23:30:00@America/New_York" + @"PT1H"',
            "10000-01-01T00:30:00@America/New_York",
        ),
        ('@"0001-01-01T00:00:00+08:00" + @"PT1H"', "0001-01-01T01:00:00+08:00"),
        ('@"0001-01-01T00:30:00@Asia/Shanghai" - @"PT1H"', "0000-12-31T23:30:00@Asia/Shanghai"),
        # a time of day begins anew after 24:00 and keeps its zone
        ('@"23:00:00" + @"PT2H"', "01:00:00"),
        ('@"PT2H" + @"23:00:00+08:00"', "01:00:00+08:00"),
        ('@"01:00:00@Asia/Shanghai" - @"PT2H"', "23:00:00@Asia/Shanghai"),
        ('@"10:00:00" + @"P3D"', "10:00:00"),
        ('@"00:00:00" - @"PT0.000000001S"', "23:59:59.999999999"),
    ],
)
def test_a_duration_is_added_to_a_point_in_time(said: Said, source: str, result: str) -> None:
    assert said(source) == result


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ('@"2024-03-26" - @"2024-03-01"', "P25D"),
        ('@"2024-03-01" - @"2024-03-26"', "-P25D"),
        ('@"10000-01-01" - @"9999-12-31"', "P1D"),
        ('@"999999999-12-31" - @"-999999999-01-01"', "P730484999633D"),
        ('@"2024-03-26T10:00:00" - @"2024-03-25T09:00:00.5"', "P1DT59M59.5S"),
        ('@"2024-03-26T00:00:00+08:00" - @"2024-03-25T16:00:00Z"', "PT0S"),
        ('@"2024-03-31T12:00:00@Europe/Paris" - @"2024-03-30T12:00:00@Europe/Paris"', "PT23H"),
        ('@"10000-01-01T00:00:00+08:00" - @"9999-12-31T16:00:00Z"', "PT0S"),
        ('@"2024-01-01T00:00:00.000000001" - @"2024-01-01T00:00:00"', "PT0.000000001S"),
        ('@"10:00:00" - @"08:30:00"', "PT1H30M"),
        ('@"08:30:00" - @"10:00:00"', "-PT1H30M"),
        ('@"10:00:00+08:00" - @"03:00:00Z"', "-PT1H"),
        ('@"10:00:00.000000002" - @"10:00:00"', "PT0.000000002S"),
        # where an instant is asked for, a date is its midnight in UTC
        ('@"2024-01-02" - @"2024-01-01T00:00:00Z"', "P1D"),
        ('@"2024-01-01T08:00:00+08:00" - @"2024-01-01"', "PT0S"),
        ('@"12345-01-02" - @"12345-01-01T00:00:00Z"', "P1D"),
    ],
)
def test_the_difference_of_two_points_in_time_is_a_duration(
    said: Said, source: str, result: str
) -> None:
    assert said(source) == result


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ('@"P1D" + @"PT12H"', "P1DT12H"),
        ('@"PT1H" - @"P1D"', "-PT23H"),
        ('@"P1Y" + @"P2M"', "P1Y2M"),
        ('@"P1Y" - @"P14M"', "-P2M"),
        ('@"P1D" * 1.5', "P1DT12H"),
        ('1.5 * @"P1D"', "P1DT12H"),
        ('@"P1D" * -2', "-P2D"),
        ('@"P1D" / 3', "PT8H"),
        ('@"PT1S" / 3', "PT0.333333333S"),
        ('@"PT2S" / 3', "PT0.666666667S"),
        ('@"PT3S" * (1 / 3)', "PT1S"),
        ('@"PT0.000000001S" * 1000000000', "PT1S"),
        ('@"P999999999D" * 2', "P1999999998D"),
        ('@"P9999999999D" / 9999999999', "P1D"),
        ('@"P9999999999D" - @"P9999999998D"', "P1D"),
        ('@"P1D" / @"PT6H"', "4"),
        ('@"PT1H" / @"-PT4H"', "-0.25"),
        ('@"P9999999999D" / @"P1D"', "9999999999"),
        ('@"P1Y" * 1.5', "P1Y6M"),
        ('0.5 * @"-P1Y"', "-P6M"),
        ('@"P1Y" / 5', "P2M"),
        ('@"P1Y" / @"P1M"', "12"),
        ('-@"P1Y2M"', "-P1Y2M"),
        ('-@"-P1DT1H"', "P1DT1H"),
        ('-@"-P999999999D"', "P999999999D"),
        ('-@"PT0.000000001S"', "-PT0.000000001S"),
        ('abs(@"-P9999999999D")', "P9999999999D"),
        ('sum([@"P9999999999D", @"P1D"])', "P10000000000D"),
    ],
)
def test_durations_are_added_multiplied_and_divided(said: Said, source: str, result: str) -> None:
    assert said(source) == result


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ('@"P1Y" + @"P1D"', "OperandsDoNotFit"),
        ('@"P1D" - @"P1Y"', "OperandsDoNotFit"),
        ('@"P1Y" * @"P1Y"', "OperandsDoNotFit"),
        ('@"P1Y" / @"P1D"', "OperandsDoNotFit"),
        ('2 / @"P1D"', "OperandsDoNotFit"),
        ('@"P1D" + 1', "OperandsDoNotFit"),
        ('@"2024-01-01" + 1', "OperandsDoNotFit"),
        ('@"2024-01-01" + @"2024-01-01"', "OperandsDoNotFit"),
        ('@"12345-01-01" + @"12345-01-01"', "OperandsDoNotFit"),
        ('@"P1D" - @"2024-01-01"', "OperandsDoNotFit"),
        ('@"10:00:00" + @"P1Y"', "OperandsDoNotFit"),
        ('@"10:00:00" - @"2024-01-01"', "OperandsDoNotFit"),
        ('-@"2024-01-01"', "OperandDoesNotFit"),
        # what has a zone and what has none are no distance apart
        ('@"2024-01-01T00:00:00" - @"2024-01-01T00:00:00Z"', "OperandsDoNotFit"),
        ('@"12345-01-01T00:00:00" - @"12345-01-01T00:00:00Z"', "OperandsDoNotFit"),
        ('@"2024-01-02" - @"2024-01-01T00:00:00"', "OperandsDoNotFit"),
        ('@"10:00:00" - @"10:00:00Z"', "OperandsDoNotFit"),
        ('@"P1D" / 0', "DivisionByZero"),
        ('@"P1D" / @"PT0S"', "DivisionByZero"),
        ('@"P1Y" / @"P0M"', "DivisionByZero"),
        ('@"999999999-12-31" + @"P1D"', "DateOutOfRange"),
        ('@"999999999-12-31T23:59:59" + @"PT1S"', "DateOutOfRange"),
        ('@"-999999999-01-01" - @"P1M"', "DateOutOfRange"),
        ('@"P106751991167300D" * 2', "DateOutOfRange"),
        ('@"P1D" * 10 ** 6000', "DateOutOfRange"),
        ('@"2024-01-01" + @"P106751991167300D"', "DateOutOfRange"),
    ],
)
def test_what_does_not_add_up_is_null_with_a_warning(source: str, kind: str) -> None:
    evaluation = compile_expression(source).evaluate({})
    assert evaluation.value is None
    assert evaluation.warnings[0].kind == kind
