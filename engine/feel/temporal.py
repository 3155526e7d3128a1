"""Dates, times and durations: their texts, and the day a person means.

Dates, times, instants and durations are written as XML Schema 1.1 writes them, with a named zone
behind an @ beside it (DMN 1.5, 10.3.2.3.4). What Python's types cannot hold is `wide`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from engine.feel.errors import NotReadable
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
    day_at,
    day_number,
    make_date,
    make_instant,
    make_length,
    make_time,
    nanosecond_of,
    nanoseconds,
    offset_of,
    time_part,
    to_microseconds,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The zone in which days begin and end (民法典 §203: 24:00)."""

Temporal = Day | Clock | Instant | Length | YearMonthDuration

_DATE = r"(?P<year>-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_TIME = (
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?"
    r"(?:(?P<utc>[Zz])|(?P<offset>[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)|@(?P<zone>[A-Za-z0-9_+/-]+))?"
)
_DATE_ONLY = re.compile(_DATE)
_TIME_ONLY = re.compile(_TIME)
_DATE_TIME = re.compile(f"{_DATE}T{_TIME}")
_DAYS_TIME = re.compile(
    r"(?P<sign>-)?P(?=[0-9T])(?:(?P<days>[0-9]+)D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?"
    r"(?:(?P<seconds>[0-9]+)(?:\.(?P<fraction>[0-9]+))?S)?)?"
)
_YEARS_MONTHS = re.compile(r"(?P<sign>-)?P(?=[0-9])(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?")


def read_temporal(text: str) -> Temporal:
    """The date, time, date and time or duration that `text` spells. Raises `NotReadable`."""
    for read in (read_date, read_time, read_date_time, read_duration):
        try:
            return read(text)
        except NotReadable:
            continue
    raise NotReadable(text=text, expected="date, time, date and time, duration")


def read_date(text: str) -> Day:
    """`2024-03-26`, `-0044-03-15`, `12345-01-01`. Raises `NotReadable`."""
    match = _DATE_ONLY.fullmatch(text)
    if match is None:
        raise NotReadable(text=text, expected="date")
    return _date(match, "date")


def read_time(text: str) -> Clock:
    """`10:30:00`, `10:30:00.5+08:00`, `10:30:00@Asia/Shanghai`; 24:00:00 is 00:00:00.

    Raises `NotReadable`.
    """
    match = _TIME_ONLY.fullmatch(text)
    if match is None:
        raise NotReadable(text=text, expected="time")
    return _time(_from_midnight(match) or match, text, "time")


def read_date_time(text: str) -> Instant:
    """`2024-03-26T10:30:00`, with or without zone; 24:00:00 is 00:00:00 of the next day.

    Raises `NotReadable`.
    """
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        raise NotReadable(text=text, expected="date and time")
    day = _date(match, "date and time")
    following = _from_midnight(match)
    if following is None:
        return make_instant(day, _time(match, text, "date and time"))
    try:
        next_day = day_at(day_number(day) + 1)
    except OverflowError:
        raise NotReadable(text=text, expected="date and time") from None
    return make_instant(next_day, _time(following, text, "date and time"))


def _from_midnight(match: re.Match[str]) -> re.Match[str] | None:
    """The same time with 00 for its hour 24, None for every time but 24:00:00."""
    if match["hour"] != "24" or not match["minute"] == match["second"] == "00":
        return None
    if (match["fraction"] or "").strip("0"):
        return None
    return _TIME_ONLY.fullmatch("00" + match.string[match.end("hour") :])


def read_duration(text: str) -> Length | YearMonthDuration:
    """`P1Y2M` or `P3DT4H5M6.7S`. Raises `NotReadable`."""
    match = _YEARS_MONTHS.fullmatch(text)
    if match is not None:
        return _months(match)
    match = _DAYS_TIME.fullmatch(text)
    if match is None:
        raise NotReadable(text=text, expected="duration")
    try:
        length = _length(match)
        return make_length(-length if match["sign"] else length)
    except (OverflowError, ValueError):  # more digits than Python reads
        raise NotReadable(text=text, expected="duration") from None


def _months(match: re.Match[str]) -> YearMonthDuration:
    try:
        months = int(match["years"] or 0) * 12 + int(match["months"] or 0)
        return YearMonthDuration(-months if match["sign"] else months)
    except (OverflowError, ValueError):
        raise NotReadable(text=match.string, expected="duration") from None


def _length(match: re.Match[str]) -> int:
    hours = int(match["days"] or 0) * 24 + int(match["hours"] or 0)
    seconds = (hours * 60 + int(match["minutes"] or 0)) * 60 + int(match["seconds"] or 0)
    return seconds * SECOND + _nanosecond(match["fraction"])


def _nanosecond(fraction: str | None) -> int:
    """Digits behind the point. Raises `ValueError` for parts of a nanosecond."""
    if not fraction:
        return 0
    if fraction[9:].strip("0"):
        raise ValueError(fraction)
    return int(fraction[:9].ljust(9, "0"))


def _date(match: re.Match[str], expected: str) -> Day:
    try:
        return make_date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise NotReadable(text=match.string, expected=expected) from None


def _time(match: re.Match[str], text: str, expected: str) -> Clock:
    try:
        return make_time(
            int(match["hour"]),
            int(match["minute"]),
            int(match["second"]),
            _nanosecond(match["fraction"]),
            _zone(match),
        )
    except ValueError:  # ZoneInfoNotFoundError is a KeyError, see `named_zone`
        raise NotReadable(text=text, expected=expected) from None


def _zone(match: re.Match[str]) -> tzinfo | None:
    if match["utc"]:
        return UTC
    if match["offset"]:
        return _fixed_zone(match["offset"])
    return named_zone(match["zone"]) if match["zone"] else None


_ZONE = re.compile(
    r"(?P<utc>[Zz])|(?P<offset>[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)|@?(?P<zone>[A-Za-z0-9_+/-]+)"
)


def read_zone(text: str) -> tzinfo:
    """`Z`, `+08:00`, or the name of a zone, alone or behind its @. Raises `NotReadable`."""
    match = _ZONE.fullmatch(text)
    try:
        zone = None if match is None else _zone(match)
    except ValueError:
        zone = None
    if zone is None:
        raise NotReadable(text=text, expected="timezone")
    return zone


def _fixed_zone(text: str) -> tzinfo:
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    if minutes > 59 or any(part > 59 for part in seconds):
        raise ValueError(text)
    length = timedelta(hours=hours, minutes=minutes, seconds=sum(seconds))
    return zone_of_offset(-length if text[0] == "-" else length)


_MAX_OFFSET = timedelta(hours=14)


def zone_of_offset(offset: Length) -> tzinfo:
    """A zone that is `offset` ahead of UTC.

    Raises `ValueError` beyond 14 hours, and for parts of a second.
    """
    if isinstance(offset, WideDuration) or abs(offset) > _MAX_OFFSET or offset.microseconds:
        raise ValueError(offset)
    return timezone(offset) if offset else UTC


@lru_cache(maxsize=1024)
def named_zone(name: str) -> ZoneInfo:
    """The zone of that IANA name. Raises `ValueError`; no file is looked for under other names."""
    if name not in _zone_names():
        raise ValueError(name)
    return ZoneInfo(name)


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


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


def day_of(value: object) -> date | None:
    """The day in Shanghai that a date, an instant or an ISO text means; None if it is neither.

    None also outside years 1 to 9999: calendars and periods of the law do not reach there.
    """
    value = to_microseconds(value)
    if isinstance(value, str):
        try:
            value = to_microseconds(read_temporal(value))
        except NotReadable:
            return None
    if isinstance(value, datetime):
        return _day_in_shanghai(value)
    return value if isinstance(value, date) else None


def _day_in_shanghai(instant: datetime) -> date | None:
    try:
        return (instant.astimezone(SHANGHAI) if instant.tzinfo else instant).date()
    except OverflowError:
        return None
