"""What the texts of dates, times, instants and durations may look like (DMN 1.5, 10.3.2.3.4–7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.feel import (
    WideDate,
    WideDateTime,
    WideDuration,
    WideTime,
    YearMonthDuration,
    compile_expression,
)

Said = Callable[[str], str]


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-26",
        "0001-01-01",
        "9999-12-31",
        "10000-01-01",
        "999999999-12-31",
        "0000-02-29",
        "-0001-01-01",
        "-2021-01-01",
        "-999999999-01-01",
        "10:30:00",
        "00:00:00",
        "23:59:59.999999999",
        "10:30:00.000000001",
        "10:30:00.5",
        "10:30:00Z",
        "10:30:00+08:00",
        "10:30:00-05:30",
        "10:30:00+14:00",
        "10:30:00-14:00",
        "10:30:00+01:02:03",
        "10:30:00@Asia/Shanghai",
        "10:30:00@Etc/UTC",
        "2024-03-26T10:30:00",
        "2024-03-26T10:30:00.123456789Z",
        "2024-03-26T10:30:00@Asia/Shanghai",
        "2024-03-26T10:30:00.123456789@Europe/Paris",
        "99999-12-31T11:22:33",
        "-99999-12-31T11:22:33+02:00",
        "999999999-12-31T23:59:59.999999999@Europe/Paris",
        "-999999999-01-01T00:00:00-14:00",
        "P1Y",
        "P1Y2M",
        "-P11M",
        "P3D",
        "P3DT4H5M6.7S",
        "-PT1H",
        "PT0.000000001S",
        "PT0S",
        "P0M",
        "P106751991167300D",
    ],
)
def test_a_text_in_its_shortest_form_comes_back_as_it_was(said: Said, text: str) -> None:
    assert said(f'@"{text}"') == text
    assert said(f'string(@"{text}")') == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("-0000-01-01", "0000-01-01"),
        ("10:30:00.500", "10:30:00.5"),
        ("10:30:00.1234567890000", "10:30:00.123456789"),
        ("10:30:00z", "10:30:00Z"),
        ("10:30:00+00:00", "10:30:00Z"),
        ("10:30:00-00:00", "10:30:00Z"),
        ("10:30:00+08:00:00", "10:30:00+08:00"),
        ("24:00:00", "00:00:00"),
        ("24:00:00.000+08:00", "00:00:00+08:00"),
        ("2024-02-28T24:00:00", "2024-02-29T00:00:00"),
        ("2024-12-31T24:00:00@Asia/Shanghai", "2025-01-01T00:00:00@Asia/Shanghai"),
        ("9999-12-31T24:00:00", "10000-01-01T00:00:00"),
        ("P14M", "P1Y2M"),
        ("P0Y14M", "P1Y2M"),
        ("P0Y", "P0M"),
        ("-P0M", "P0M"),
        ("PT36H", "P1DT12H"),
        ("P0DT90M", "PT1H30M"),
        ("PT61.50S", "PT1M1.5S"),
        ("-P0D", "PT0S"),
    ],
)
def test_other_forms_mean_the_same(said: Said, written: str, meant: str) -> None:
    assert said(f'@"{written}"') == meant


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-30",
        "2023-02-29",
        "-0001-02-29",
        "1900-02-29",
        "2024-13-01",
        "2024-00-01",
        "2024-1-1",
        "998-12-31",
        "01211-12-31",
        "+99999-12-01",
        "1000000000-01-01",
        "2024-03-26Z",
        "24:00:01",
        "24:01:00",
        "24:00:00.1",
        "25:00:00",
        "10:60:00",
        "10:00:60",
        "7:00:00",
        "10:30",
        "T10:30:00",
        "10:30:00.",
        "10:30:00.0000000001",
        "10:30:00+14:01",
        "10:30:00+15:00",
        "10:30:00+8:00",
        "10:30:00+08",
        "10:30:00+08:60",
        "10:30:00@Nowhere/Land",
        "10:30:00+08:00@Asia/Shanghai",
        "10:30:00[Asia/Shanghai]",
        "2024-03-26 10:30:00",
        "2024-03-26T10:30:00@",
        "999999999-12-31T24:00:00",
        "P",
        "-P",
        "PT",
        "P1DT",
        "P1W",
        "P1Y1D",
        "P1M1Y",
        "P1.5D",
        "PT.5S",
        "PT1.S",
        "PT0.0000000001S",
        "P-1D",
        "+P1D",
        "p1d",
        "P106751991167301D",
        "",
    ],
)
def test_a_text_that_is_none_of_them_is_null_with_a_warning(text: str) -> None:
    evaluation = compile_expression(f'@"{text}"').evaluate({})
    assert evaluation.value is None
    assert evaluation.warnings[0].kind == "NotReadable"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ('@"2024-03-26"', date),
        ('@"9999-12-31"', date),
        ('@"10000-01-01"', WideDate),
        ('@"0000-12-31"', WideDate),
        ('@"10:00:00.123456"', time),
        ('@"10:00:00.123456000"', time),
        ('@"10:00:00.1234567"', WideTime),
        ('@"2024-03-26T10:00:00.123456"', datetime),
        ('@"2024-03-26T10:00:00.1234567"', WideDateTime),
        ('@"10000-01-01T00:00:00"', WideDateTime),
        ('@"P999999999D"', timedelta),
        ('@"P1000000000D"', WideDuration),
        ('@"PT0.000001S"', timedelta),
        ('@"PT0.0000001S"', WideDuration),
        ('@"P1Y"', YearMonthDuration),
        ('@"10000-01-01" - @"P1D"', date),
        ('@"9999-12-31" + @"P1D"', WideDate),
        ('@"10000-01-01" - @"9999-01-01"', timedelta),
        ('@"PT0.0000005S" + @"PT0.0000005S"', timedelta),
        ('@"10:00:00.0000005" + @"PT0.0000005S"', time),
        ('date(@"2024-01-01T00:00:00.123456789")', date),
        ('date and time(@"12345-01-01T00:00:00", @"10:00:00.123456789")', WideDateTime),
    ],
)
def test_a_value_is_one_of_python_wherever_that_can_hold_it(source: str, kind: type) -> None:
    assert type(compile_expression(source).evaluate({}).value) is kind


def test_a_named_zone_is_kept_by_its_name(said: Said) -> None:
    value = compile_expression('@"2024-03-26T10:30:00@Asia/Shanghai"').evaluate({}).value
    assert value == datetime(2024, 3, 26, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert said('@"2024-03-26T10:30:00@Asia/Shanghai" + @"P1D"').endswith("@Asia/Shanghai")
