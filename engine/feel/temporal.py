"""Dates, times and durations read from texts, and the day a person means.

Dates, times, instants and durations are written as XML Schema 1.1 writes them, with a named zone
behind an @ beside it (DMN 1.5, 10.3.2.3.4). What Python's types cannot hold is `wide`.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from engine.feel.errors import NotReadable
from engine.feel.temporal_texts import Temporal
from engine.feel.values import YearMonthDuration
from engine.feel.wide import (
    SECOND,
    Clock,
    Day,
    Instant,
    Length,
    day_at,
    day_number,
    make_date,
    make_instant,
    make_length,
    make_time,
    to_microseconds,
)
from engine.feel.zones import SHANGHAI, ZONE, zone_of

_DATE = r"(?P<year>-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_TIME = (
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?"
    rf"(?P<zone>{ZONE})?"
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
            zone_of(match["zone"]) if match["zone"] else None,
        )
    except ValueError:  # ZoneInfoNotFoundError is a KeyError, see `named_zone`
        raise NotReadable(text=text, expected=expected) from None


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
