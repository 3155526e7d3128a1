"""Zones: offsets from UTC, and the names of the IANA."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from engine.feel.errors import NotReadable
from engine.feel.wide import Length, WideDuration

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The zone in which days begin and end (民法典 §203: 24:00)."""

ZONE = r"[Zz]|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z0-9_+/-]+"
"""How a zone is written behind a time, as a regular expression."""

_NAME = re.compile(r"[A-Za-z0-9_+/-]+")


def read_zone(text: str) -> tzinfo:
    """`Z`, `+08:00`, or the name of a zone, with or without its @. Raises `NotReadable`."""
    try:
        if re.fullmatch(ZONE, text):
            return zone_of(text)
        if _NAME.fullmatch(text):
            return named_zone(text)
    except ValueError:
        pass
    raise NotReadable(text=text, expected="timezone")


def zone_of(text: str) -> tzinfo:
    """The zone that a text of the form `ZONE` names. Raises `ValueError` if there is none."""
    if text in ("Z", "z"):
        return UTC
    return named_zone(text[1:]) if text[0] == "@" else _fixed_zone(text)


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
