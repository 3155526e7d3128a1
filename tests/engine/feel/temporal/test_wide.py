"""Wide values hold against Python's: the same calendar, the same sums, one form for each value."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest

from engine.feel import (
    WideDate,
    WideDateTime,
    WideDuration,
    WideTime,
    YearMonthDuration,
    compile_expression,
    decode,
    encode,
    plain,
    to_microseconds,
)
from engine.feel.arithmetic import calculate
from engine.feel.ordering import compare
from engine.feel.values import equal, key_of
from engine.feel.wide import (
    at_local,
    at_moment,
    date_part,
    day_at,
    day_number,
    local_number,
    make_date,
    make_length,
    moment_number,
    nanoseconds,
    offset_of,
    twin,
)
from engine.feel.wide.sums import ON_NUMBERS

SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES: list[tzinfo | None] = [
    None,
    UTC,
    SHANGHAI,
    ZoneInfo("Europe/Paris"),
    ZoneInfo("America/New_York"),
    timezone(timedelta(hours=-5, minutes=-30)),
]


@pytest.mark.parametrize("seed", range(200))
def test_sums_on_numbers_give_what_python_gives_where_it_can(seed: int) -> None:
    r = random.Random(seed)
    zone = r.choice(ZONES)
    day = date.fromordinal(r.randrange(100_000, 3_000_000))
    clock = time(r.randrange(24), r.randrange(60), r.randrange(60), r.randrange(10**6))
    instant = datetime.combine(day, clock, zone)
    other = instant + timedelta(microseconds=r.randrange(-(10**15), 10**15))
    length = timedelta(microseconds=r.randrange(-(10**15), 10**15))
    months = YearMonthDuration(r.randrange(-1200, 1200))
    for operator, left, right in (
        ("+", instant, length),
        ("-", instant, length),
        ("+", instant, months),
        ("-", instant, months),
        ("-", instant, other),
        ("+", day, length),
        ("-", day, length),
        ("+", day, months),
        ("-", day, date_part(other)),
        ("+", length, length),
        ("-", clock, length),
    ):
        on_numbers = ON_NUMBERS[operator, type(left), type(right)](left, right)
        assert equal(on_numbers, calculate(operator, left, right)) is True
        assert str(on_numbers) == str(calculate(operator, left, right))


@pytest.mark.parametrize("seed", range(200))
def test_the_calendar_repeats_after_400_years(seed: int) -> None:
    r = random.Random(seed)
    day = date.fromordinal(r.randrange(1, date.max.toordinal()))
    cycles = r.choice([r.randrange(-2_000_000, -30), r.randrange(30, 2_000_000)])
    far = make_date(day.year + 400 * cycles, day.month, day.day)
    assert isinstance(far, WideDate)
    assert day_number(far) == day.toordinal() + 146_097 * cycles
    assert day_at(day_number(far)) == far
    like = twin(far)
    assert (like.month, like.day, like.weekday()) == (day.month, day.day, day.weekday())
    assert like.timetuple().tm_yday == day.timetuple().tm_yday
    assert like.isocalendar().week == day.isocalendar().week


def test_days_of_all_years_follow_each_other() -> None:
    for around in (1, date.max.toordinal(), 0, -365, 146_097 * 1000, -146_097 * 1000):
        for number in range(around - 800, around + 800):
            assert day_number(day_at(number)) == number


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("year", [-5000, 0, 1, 2, 2024, 9998, 9999, 10_000, 123_456])
def test_an_instant_shown_in_a_zone_is_still_the_same(zone: tzinfo | None, year: int) -> None:
    for hours in range(0, 24 * 366, 7):
        number = (day_number(make_date(year, 1, 1)) * 24 + hours) * 3600 * 10**9 + 1
        if zone is None:
            assert local_number(at_local(number, None)) == number
            continue
        shown = at_moment(number, zone)
        assert moment_number(shown) == number
        assert local_number(shown) - number == nanoseconds(offset_of(shown) or timedelta())


@pytest.mark.parametrize(
    "make",
    [
        lambda: WideDate(2024, 1, 1),
        lambda: WideDate(12345, 2, 30),
        lambda: WideDate(12345, 13, 1),
        lambda: WideTime(10, 0, 0, 1000),
        lambda: WideTime(25, 0, 0, 1),
        lambda: WideTime(10, 0, 0, 10**9),
        lambda: WideDateTime(date(2024, 1, 1), time(10)),
        lambda: WideDuration(1000),
    ],
)
def test_a_wide_value_that_python_could_hold_is_refused(make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=r"Wide|hour|Duration"):
        make()


@pytest.mark.parametrize("make", [lambda: WideDate(10**9, 1, 1), lambda: make_length(10**30)])
def test_beyond_all_values_there_is_an_overflow(make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(OverflowError):
        make()


WIDE = [
    WideDate(12345, 6, 7),
    WideDate(-44, 3, 15),
    WideTime(10, 0, 0, 123_456_789),
    WideTime(10, 0, 0, 123_456_789, SHANGHAI),
    WideDateTime(WideDate(12345, 6, 7), time(10)),
    WideDateTime(WideDate(-44, 3, 15), time(10, tzinfo=SHANGHAI)),
    WideDateTime(date(2024, 1, 1), WideTime(10, 0, 0, 1, timezone(timedelta(hours=8)))),
    WideDuration(1),
    WideDuration(-(10**25)),
]


@pytest.mark.parametrize("value", WIDE, ids=str)
def test_a_wide_value_is_stored_and_comes_back(value: object) -> None:
    text = encode({"value": [value]})
    assert decode(text) == {"value": [value]}
    assert (
        compile_expression("value[1] = other")
        .evaluate({"value": [value], "other": decode(encode(value))})
        .value
        is True
    )


def test_plain_json_has_its_text() -> None:
    assert [json.loads(json.dumps(plain(value))) for value in WIDE] == [
        "12345-06-07",
        "-0044-03-15",
        "10:00:00.123456789",
        "10:00:00.123456789@Asia/Shanghai",
        "12345-06-07T10:00:00",
        "-0044-03-15T10:00:00+08:05:43",
        "2024-01-01T10:00:00.000000001+08:00",
        "PT0.000000001S",
        "-P115740740740DT17H46M40S",
    ]


def test_a_key_is_shared_by_equal_instants_only() -> None:
    one = at_moment(10**9 * 86_400 * 3_652_060, UTC)
    other = at_moment(10**9 * 86_400 * 3_652_060, timezone(timedelta(hours=-8)))
    assert isinstance(one, WideDateTime)
    assert isinstance(other, datetime)
    assert equal(one, other) is True
    assert compare(one, other) == 0
    assert key_of(one) == key_of(other)
    assert key_of(one) != key_of(at_moment(10**9 * 86_400 * 3_652_060 + 1, UTC))


def test_for_timers_nanoseconds_are_dropped_but_years_are_not() -> None:
    assert to_microseconds(WideDuration(1_999)) == timedelta(microseconds=1)
    assert to_microseconds(WideTime(10, 0, 0, 1_999)) == time(10, 0, 0, 1)
    day, clock = date(2024, 1, 1), WideTime(10, 0, 0, 1_999, SHANGHAI)
    assert to_microseconds(WideDateTime(day, clock)) == datetime(
        2024, 1, 1, 10, 0, 0, 1, tzinfo=SHANGHAI
    )
    far = WideDateTime(WideDate(12345, 1, 1), time(10))
    assert to_microseconds(far) is far
    assert to_microseconds(WideDuration(-(10**25))) == WideDuration(-(10**25))
    assert to_microseconds("10:00:00.123456789") == "10:00:00.123456789"


@pytest.mark.parametrize("length", [timedelta.max, timedelta.min, timedelta(days=999_999_999)])
def test_the_longest_lengths_of_python_have_opposites(length: timedelta) -> None:
    answer = compile_expression("[-(-a) = a, -a + a]").evaluate({"a": length}).value
    assert answer == [True, timedelta()]
