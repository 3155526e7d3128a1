"""Dates, times and durations: their texts, and the day a person means.

Dates reach from year 1 to 9999 and times resolve microseconds, as Python's do.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from engine.feel.errors import NotReadable
from engine.feel.values import YearMonthDuration

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The zone in which days begin and end (民法典 §203: 24:00)."""

Temporal = date | time | datetime | timedelta | YearMonthDuration

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
    r"(?:(?P<seconds>[0-9]+(?:\.[0-9]*)?)S)?)?"
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


def read_date(text: str) -> date:
    """`2024-03-26`. Raises `NotReadable`."""
    match = _DATE_ONLY.fullmatch(text)
    if match is None:
        raise NotReadable(text=text, expected="date")
    return _date(match, "date")


def read_time(text: str) -> time:
    """`10:30:00`, `10:30:00.5+08:00`, `10:30:00@Asia/Shanghai`. Raises `NotReadable`."""
    match = _TIME_ONLY.fullmatch(text)
    if match is None:
        raise NotReadable(text=text, expected="time")
    return _time(match, "time")


def read_date_time(text: str) -> datetime:
    """`2024-03-26T10:30:00`, with or without zone. Raises `NotReadable`."""
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        raise NotReadable(text=text, expected="date and time")
    day = _date(match, "date and time")
    if match["hour"] != "24":
        return datetime.combine(day, _time(match, "date and time"))
    return _end_of_day(match, day)


def _end_of_day(match: re.Match[str], day: date) -> datetime:
    """24:00:00 is the first instant of the next day."""
    clock = _TIME_ONLY.fullmatch("00" + match.string[match.start("hour") + 2 :])
    if clock is None or not match["minute"] == match["second"] == "00" or match["fraction"]:
        raise NotReadable(text=match.string, expected="date and time")
    try:
        return datetime.combine(day + timedelta(days=1), _time(clock, "date and time"))
    except OverflowError:
        raise NotReadable(text=match.string, expected="date and time") from None


def read_duration(text: str) -> timedelta | YearMonthDuration:
    """`P1Y2M` or `P3DT4H5M6.7S`. Raises `NotReadable`."""
    match = _YEARS_MONTHS.fullmatch(text)
    if match is not None:
        return _months(match)
    match = _DAYS_TIME.fullmatch(text)
    if match is None:
        raise NotReadable(text=text, expected="duration")
    try:
        length = _length(match)
        return -length if match["sign"] else length
    except (OverflowError, ValueError):  # more digits than Python reads
        raise NotReadable(text=text, expected="duration") from None


def _months(match: re.Match[str]) -> YearMonthDuration:
    try:
        months = int(match["years"] or 0) * 12 + int(match["months"] or 0)
        return YearMonthDuration(-months if match["sign"] else months)
    except (OverflowError, ValueError):
        raise NotReadable(text=match.string, expected="duration") from None


def _length(match: re.Match[str]) -> timedelta:
    microseconds = int(Decimal(match["seconds"] or 0) * 1_000_000)
    return timedelta(
        days=int(match["days"] or 0),
        hours=int(match["hours"] or 0),
        minutes=int(match["minutes"] or 0),
        microseconds=microseconds,
    )


def _date(match: re.Match[str], expected: str) -> date:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise NotReadable(text=match.string, expected=expected) from None


def _time(match: re.Match[str], expected: str) -> time:
    fraction = int(((match["fraction"] or "") + "000000")[:6])
    try:
        return time(
            int(match["hour"]),
            int(match["minute"]),
            int(match["second"]),
            fraction,
            tzinfo=_zone(match),
        )
    except ValueError:  # ZoneInfoNotFoundError is a KeyError, see `named_zone`
        raise NotReadable(text=match.string, expected=expected) from None


def _zone(match: re.Match[str]) -> tzinfo | None:
    if match["utc"]:
        return UTC
    if match["offset"]:
        return _fixed_zone(match["offset"])
    return named_zone(match["zone"]) if match["zone"] else None


def _fixed_zone(text: str) -> tzinfo:
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    if minutes > 59 or hours > 14 or any(part > 59 for part in seconds):
        raise ValueError(text)
    length = timedelta(hours=hours, minutes=minutes, seconds=sum(seconds))
    return zone_of_offset(-length if text[0] == "-" else length)


def zone_of_offset(offset: timedelta) -> tzinfo:
    """A zone that is `offset` ahead of UTC. Raises `ValueError` beyond 24 hours."""
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
    if isinstance(value, timedelta):
        return _duration_text(value)
    if isinstance(value, YearMonthDuration):
        return str(value)
    if isinstance(value, datetime):
        return f"{_date_text(value)}T{_time_text(value.timetz(), value.utcoffset())}"
    if isinstance(value, time):
        return _time_text(value, value.utcoffset())
    return _date_text(value)


def _date_text(day: date) -> str:
    return f"{day.year:04}-{day.month:02}-{day.day:02}"


def _time_text(clock: time, offset: timedelta | None) -> str:
    text = f"{clock.hour:02}:{clock.minute:02}:{clock.second:02}"
    if clock.microsecond:
        text += f".{clock.microsecond:06}".rstrip("0")
    if isinstance(clock.tzinfo, ZoneInfo):
        return f"{text}@{clock.tzinfo.key}"
    return text if offset is None else text + _offset_text(offset)


def _offset_text(offset: timedelta) -> str:
    if not offset:
        return "Z"
    seconds = int(abs(offset).total_seconds())
    text = f"{'-' if offset < timedelta() else '+'}{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text


def _duration_text(length: timedelta) -> str:
    absolute = abs(length)
    hours, rest = divmod(absolute.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    days = f"{absolute.days}D" if absolute.days else ""
    clock = f"{hours}H" if hours else ""
    clock += f"{minutes}M" if minutes else ""
    if absolute.microseconds:
        clock += f"{seconds}.{absolute.microseconds:06}".rstrip("0") + "S"
    elif seconds:
        clock += f"{seconds}S"
    if not days and not clock:
        return "PT0S"
    return f"{'-' if length < timedelta() else ''}P{days}{'T' + clock if clock else ''}"


def day_of(value: object) -> date | None:
    """The day in Shanghai that a date, an instant or an ISO text means; None if it is neither."""
    if isinstance(value, str):
        try:
            value = read_temporal(value)
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
