"""The texts of dates, times and durations, shortest form first (DMN 1.5, 10.3.4.1, `string`)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from engine.feel.values import YearMonthDuration
from engine.feel.wide import (
    DAY,
    SECOND,
    Clock,
    Day,
    Instant,
    Length,
    WideDateTime,
    WideDuration,
    WideTime,
    date_part,
    nanosecond_of,
    nanoseconds,
    offset_of,
    time_part,
)

Temporal = Day | Clock | Instant | Length | YearMonthDuration


def text_of(value: Temporal) -> str:
    """The text of a temporal value as FEEL's `string()` gives it."""
    if isinstance(value, (timedelta, WideDuration)):
        return _duration_text(nanoseconds(value))
    if isinstance(value, YearMonthDuration):
        return str(value)
    if isinstance(value, (datetime, WideDateTime)):
        clock = _time_text(time_part(value), offset_of(value))
        return f"{_date_text(date_part(value))}T{clock}"
    if isinstance(value, (time, WideTime)):
        return _time_text(value, offset_of(value))
    return _date_text(value)


def iso_text(instant: Instant) -> str:
    """The text of an instant with its offset also for a named zone, for others to read."""
    clock, offset = time_part(instant), offset_of(instant)
    zone = "" if offset is None else _offset_text(offset).replace("Z", "+00:00")
    return f"{_date_text(date_part(instant))}T{_clock_text(clock)}{zone}"


def _date_text(day: Day) -> str:
    sign = "-" if day.year < 0 else ""
    return f"{sign}{abs(day.year):04}-{day.month:02}-{day.day:02}"


def _time_text(clock: Clock, offset: timedelta | None) -> str:
    text = _clock_text(clock)
    if isinstance(clock.tzinfo, ZoneInfo):
        return f"{text}@{clock.tzinfo.key}"
    return text if offset is None else text + _offset_text(offset)


def _clock_text(clock: Clock) -> str:
    text = f"{clock.hour:02}:{clock.minute:02}:{clock.second:02}"
    return text + _fraction_text(nanosecond_of(clock))


def _fraction_text(nanosecond: int) -> str:
    return f".{nanosecond:09}".rstrip("0") if nanosecond else ""


def _offset_text(offset: timedelta) -> str:
    if not offset:
        return "Z"
    seconds = int(abs(offset).total_seconds())
    text = f"{'-' if offset < timedelta() else '+'}{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text


def _duration_text(count: int) -> str:
    days, rest = divmod(abs(count), DAY)
    seconds, nanosecond = divmod(rest, SECOND)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    clock = f"{hours}H" if hours else ""
    clock += f"{minute}M" if minute else ""
    if second or nanosecond:
        clock += f"{second}{_fraction_text(nanosecond)}S"
    if not count:
        return "PT0S"
    return f"{'-' if count < 0 else ''}P{f'{days}D' if days else ''}{'T' + clock if clock else ''}"
