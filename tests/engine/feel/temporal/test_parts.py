"""Properties of dates, times and durations, and the functions that make them (DMN 1.5, 10.3.2.3.4
to 10.3.2.3.7, 10.3.4.1, 10.3.4.7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.feel import Environment, compile_expression

Said = Callable[[str], str]


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ('@"2024-03-26".year', "2024"),
        ('@"2024-03-26".month', "3"),
        ('@"2024-03-26".day', "26"),
        ('@"2024-03-26".weekday', "2"),
        ('@"2024-03-31".weekday', "7"),
        ('@"-0044-03-15".year', "-44"),
        ('@"12345-06-07".day', "7"),
        ('@"12345-06-07".weekday', "4"),
        ('@"0000-01-01".weekday', "6"),
        ('@"2024-03-26T10:20:30".year', "2024"),
        ('@"2024-03-26T10:20:30".weekday', "2"),
        ('@"2024-03-26T10:20:30".hour', "10"),
        ('@"2024-03-26T10:20:30".minute', "20"),
        ('@"2024-03-26T10:20:30.5".second', "30.5"),
        ('@"12345-06-07T10:20:30.000000001".second', "30.000000001"),
        ('@"12345-06-07T10:20:30".month', "6"),
        ('@"10:20:30".hour', "10"),
        ('@"10:20:30".second', "30"),
        ('@"10:20:00.123456789".second', "0.123456789"),
        ('@"10:20:30".time offset', "null"),
        ('@"10:20:30Z".time offset', "PT0S"),
        ('@"10:20:30+08:00".time offset', "PT8H"),
        ('@"10:20:30.123456789-05:30".time offset', "-PT5H30M"),
        ('@"2024-07-01T00:00:00@Europe/Paris".time offset', "PT2H"),
        ('@"2024-01-01T00:00:00@Europe/Paris".time offset', "PT1H"),
        ('@"20000-07-01T00:00:00@Europe/Paris".time offset', "PT2H"),
        ('@"20000-01-01T00:00:00@Europe/Paris".time offset', "PT1H"),
        ('@"10:20:30@Europe/Paris".time offset', "null"),
        ('@"10:20:30@Europe/Paris".timezone', "Europe/Paris"),
        ('@"12345-01-01T00:00:00@Asia/Shanghai".timezone', "Asia/Shanghai"),
        ('@"10:20:30+08:00".timezone', "null"),
        ('@"10:20:30".timezone', "null"),
        ('@"P1Y2M".years', "1"),
        ('@"P1Y2M".months', "2"),
        ('@"-P1Y2M".years', "-1"),
        ('@"-P1Y2M".months', "-2"),
        ('@"P1DT2H3M4.5S".days', "1"),
        ('@"P1DT2H3M4.5S".hours', "2"),
        ('@"P1DT2H3M4.5S".minutes', "3"),
        ('@"P1DT2H3M4.5S".seconds', "4.5"),
        ('@"-PT1M1.5S".minutes', "-1"),
        ('@"-PT1M1.5S".seconds', "-1.5"),
        ('@"P9999999999DT5H".days', "9999999999"),
        ('@"P9999999999DT5H".hours', "5"),
        ('@"PT0.000000001S".seconds', "0.000000001"),
        # and no other type has them
        ('@"2024-03-26".hour', "null"),
        ('@"10:20:30".year', "null"),
        ('@"P1D".years', "null"),
        ('@"P1Y".days', "null"),
    ],
)
def test_a_part_is_read_behind_the_dot(said: Said, source: str, result: str) -> None:
    assert said(source) == result


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ('date("2024-02-29")', "2024-02-29"),
        ('date("2024-02-29T10:00:00")', "null"),
        ('date(@"2024-02-29T23:00:00-08:00")', "2024-02-29"),
        ('date(@"12345-02-28T10:00:00Z")', "12345-02-28"),
        ("date(2024, 2, 29)", "2024-02-29"),
        ("date(2023, 2, 29)", "null"),
        ("date(99999, 1, 1)", "99999-01-01"),
        ("date(0, 2, 29)", "0000-02-29"),
        ("date(-44, 3, 15)", "-0044-03-15"),
        ("date(1000000000, 1, 1)", "null"),
        ("date(2024, 13, 1)", "null"),
        ("date(12345, 13, 1)", "null"),
        ("date(year: 12345, month: 6, day: 7)", "12345-06-07"),
        ('time("10:30:00@Asia/Shanghai")', "10:30:00@Asia/Shanghai"),
        ('time(@"2024-02-29T10:30:00+08:00")', "10:30:00+08:00"),
        ('time(@"12345-02-28T10:30:00.123456789Z")', "10:30:00.123456789Z"),
        ('time(@"2024-02-29")', "00:00:00Z"),
        ('time(@"12345-02-28")', "00:00:00Z"),
        ('time(@"10:30:00.123456789")', "10:30:00.123456789"),
        ("time(10, 30, 15)", "10:30:15"),
        ("time(10, 30, 15.123456789)", "10:30:15.123456789"),
        ("time(10, 30, 0, null)", "10:30:00"),
        ('time(10, 30, 0, @"-PT5H30M")', "10:30:00-05:30"),
        ('time(10, 30, 0, @"PT14H")', "10:30:00+14:00"),
        ('time(10, 30, 0, @"PT15H")', "null"),
        ('time(10, 30, 0, @"PT0.5S")', "null"),
        ("time(10, 30, 60)", "null"),
        ("time(10, 30, -1)", "null"),
        ("time(24, 0, 0)", "null"),
        ("time(10, 30, 10 ** 6000)", "null"),
        ('date and time("2024-02-29")', "2024-02-29T00:00:00"),
        ('date and time("12345-02-28")', "12345-02-28T00:00:00"),
        ('date and time("99999-12-31T11:22:33")', "99999-12-31T11:22:33"),
        ('date and time("10:30:00")', "null"),
        ('date and time(@"2024-02-29", @"10:30:00Z")', "2024-02-29T10:30:00Z"),
        ('date and time(@"12345-02-28", @"10:30:00@Etc/UTC")', "12345-02-28T10:30:00@Etc/UTC"),
        ('date and time(@"2024-02-29T01:02:03+08:00", @"10:30:00.5")', "2024-02-29T10:30:00.5"),
        ('date and time(@"2024-02-29", null)', "null"),
        ('duration("P1Y14M")', "P2Y2M"),
        ('duration("P1Y1D")', "null"),
        ('duration("-PT0.000000001S")', "-PT0.000000001S"),
        ('duration(@"P9999999999D")', "P9999999999D"),
        ('years and months duration(@"2020-01-31", @"2021-03-01")', "P1Y1M"),
        ('years and months duration(@"2021-03-01", @"2020-01-31")', "-P1Y1M"),
        ('years and months duration(@"2020-01-31", @"2020-02-29")', "P0M"),
        ('years and months duration(@"2020-01-31T23:00:00", @"2020-02-29")', "P0M"),
        ('years and months duration(@"-2019-10-01T12:32:59", @"2014-12-31T23:59:59")', "P4033Y2M"),
        ('years and months duration(@"-999999999-01-01", @"999999999-12-31")', "P1999999998Y11M"),
        ('range("[@\\"12345-01-01\\"..@\\"12346-01-01\\")")', "[12345-01-01..12346-01-01)"),
    ],
)  # fmt: skip
def test_a_function_makes_a_value_of_a_text_or_of_its_parts(
    said: Said, source: str, result: str
) -> None:
    assert said(source) == result


@pytest.mark.parametrize(
    ("source", "result"),
    [
        (
            'date and time(@"2020-07-31T14:27:30@Europe/Berlin", "America/Los_Angeles")',
            "2020-07-31T05:27:30@America/Los_Angeles",
        ),
        ('date and time(@"2020-07-31T14:27:30Z", "+08:00")', "2020-07-31T22:27:30+08:00"),
        ('date and time(@"2020-07-31T14:27:30+08:00", "Z")', "2020-07-31T06:27:30Z"),
        (
            'date and time(@"2020-07-31T14:27:30", "Asia/Shanghai")',
            "2020-07-31T14:27:30@Asia/Shanghai",
        ),
        (
            'date and time(date: @"9999-12-31T20:00:00.123456789Z", timezone: "Asia/Shanghai")',
            "10000-01-01T04:00:00.123456789@Asia/Shanghai",
        ),
        ('date and time(@"2020-07-31T14:27:30Z", "Nowhere/Land")', "null"),
        ('date and time(@"2020-07-31T14:27:30Z", "")', "null"),
        ('date and time(@"999999999-12-31T23:00:00Z", "+08:00")', "null"),
    ],
)
def test_an_instant_is_shown_in_another_zone(said: Said, source: str, result: str) -> None:
    assert said(source) == result


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ('day of week(@"2024-03-26")', "Tuesday"),
        ('day of week(@"12345-06-07T10:00:00")', "Thursday"),
        ('day of year(@"2024-12-31")', "366"),
        ('day of year(@"0000-12-31")', "366"),
        ('day of year(@"-0001-12-31T10:00:00Z")', "365"),
        ('month of year(@"12345-06-07")', "June"),
        ('week of year(@"2021-01-03")', "53"),
        ('week of year(@"2005-01-01")', "53"),
        ('week of year(@"10000-01-03")', "1"),
        ('week of year(@"10000-01-02")', "52"),
        ('last day of month(@"2024-02-10")', "2024-02-29"),
        ('last day of month(@"10000-02-01")', "10000-02-29"),
        ('last day of month(@"10100-02-01T10:00:00")', "10100-02-28"),
    ],
)
def test_calendar_functions_know_all_years(said: Said, source: str, result: str) -> None:
    assert said(source) == result


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("12345-01-01", "date"),
        ("10:00:00.123456789", "time"),
        ("12345-01-01T00:00:00", "date and time"),
        ("P9999999999D", "days and time duration"),
    ],
)
def test_wide_values_are_of_the_same_types(text: str, type_: str) -> None:
    types = ("date", "time", "date and time", "days and time duration", "number", "string")
    for other in types:
        source = f'@"{text}" instance of {other}'
        assert compile_expression(source).evaluate({}).value is (other == type_)
    source = f'(function(x: {type_}) x)(@"{text}")'
    assert compile_expression(f'{source} = @"{text}"').evaluate({}).value is True


def test_a_wide_date_stands_for_its_midnight_in_utc_where_an_instant_is_asked_for(
    said: Said,
) -> None:
    assert said('(function(x: date and time) x)(@"12345-01-01")') == "12345-01-01T00:00:00Z"


class LateClock:
    def now(self) -> datetime:
        return datetime(2026, 2, 9, 17, 0, tzinfo=ZoneInfo("UTC"))


def test_now_and_today_are_of_the_clock_and_the_day_is_that_of_shanghai() -> None:
    environment = Environment(clock=LateClock())
    now = compile_expression("now()").evaluate({}, environment).value
    assert now == LateClock().now()
    today = compile_expression("string(today())").evaluate({}, environment).value
    assert today == "2026-02-10"
    later = compile_expression('now() + @"PT1H" - now()').evaluate({}, environment).value
    assert later == timedelta(hours=1)


@pytest.mark.parametrize(
    "source",
    [
        'end of day(@"12345-01-01")',
        'add natural days(@"12345-01-01", 1)',
        'add months(@"12345-01-01T00:00:00Z", 1)',
        'add months(@"9999-12-31", 1)',
    ],
)
def test_periods_of_the_law_end_with_the_years_of_python(source: str) -> None:
    evaluation = compile_expression(source).evaluate({})
    assert evaluation.value is None
    assert evaluation.warnings[0].kind == "DateOutOfRange"
