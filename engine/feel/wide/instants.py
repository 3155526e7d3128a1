"""Instants on one scale of nanoseconds, and the zones in which they are shown."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from engine.feel.wide.days import day_at, day_number, twin
from engine.feel.wide.values import (
    DAY,
    Clock,
    Day,
    Instant,
    WideDateTime,
    WideDuration,
    WideTime,
    clock_number,
    date_part,
    make_instant,
    nanoseconds,
    time_at,
    time_part,
)


def local_number(instant: Instant) -> int:
    """Nanoseconds by the clocks where the instant is shown, whatever their offset."""
    return day_number(date_part(instant)) * DAY + clock_number(time_part(instant))


def moment_number(instant: Instant) -> int:
    """The same in UTC, for an instant with a zone."""
    return local_number(instant) - nanoseconds(offset_of(instant) or timedelta())


def offset_of(value: Clock | Instant) -> timedelta | None:
    """How far its clocks are ahead of UTC; None without a zone, or a day that a zone needs."""
    if isinstance(value, WideDateTime):
        clock = _plain_clock(value.time)
        return datetime.combine(twin(value.date), clock).utcoffset()
    return value.utcoffset()


def at_local(number: int, zone: tzinfo | None) -> Instant:
    """The instant whose `local_number` is `number`. Raises `OverflowError`."""
    days, rest = divmod(number, DAY)
    return make_instant(day_at(days), time_at(rest, zone))


def at_moment(number: int, zone: tzinfo) -> Instant:
    """The instant whose `moment_number` is `number`, as `zone` shows it. Raises `OverflowError`."""
    days, rest = divmod(number, DAY)
    like = _far_from_the_ends(day_at(days))
    there = datetime.combine(like, _plain_clock(time_at(rest, UTC))).astimezone(zone)
    days, rest = divmod(number + nanoseconds(there.utcoffset() or timedelta()), DAY)
    return make_instant(day_at(days), time_at(rest, zone, there.fold))


def _far_from_the_ends(day: Day) -> date:
    """A twin that has days of Python on both sides."""
    if day.year == MINYEAR:
        return twin(day_at(day_number(day) - 146_097))
    if day.year == MAXYEAR:
        return twin(day_at(day_number(day) + 146_097))
    return twin(day)


def _plain_clock(clock: Clock) -> time:
    return clock.plain() if isinstance(clock, WideTime) else clock


def time_number(clock: Clock) -> int:
    """Nanoseconds from midnight in UTC; from midnight by its own clock if it has no offset."""
    offset = clock.utcoffset()
    return clock_number(clock) - (0 if offset is None else nanoseconds(offset))


def in_zone(instant: Instant, zone: tzinfo) -> Instant:
    """The instant as `zone` shows it; one without a zone is by the clocks of `zone`.

    Raises `OverflowError`.
    """
    if instant.tzinfo is not None:
        return at_moment(moment_number(instant), zone)
    return at_local(local_number(instant), zone)


def midnight(day: Day) -> Instant:
    """A day is its midnight in UTC where an instant is asked for (DMN 1.5, 10.3.2.3.5)."""
    return make_instant(day, time(tzinfo=UTC))


def zone_text(zone: tzinfo | None) -> str:
    """Equal texts for zones that are the same: a named zone is not an offset."""
    return f"@{zone.key}" if isinstance(zone, ZoneInfo) else str(zone)


def to_microseconds(value: object) -> object:
    """A wide time, instant or duration without its nanoseconds as Python's type, if that holds it.

    For what Python counts in microseconds, such as timers. Everything else is given back as it is.
    """
    if isinstance(value, WideTime):
        return value.plain()
    if isinstance(value, WideDateTime) and isinstance(value.date, date):
        return datetime.combine(value.date, _plain_clock(value.time))
    if isinstance(value, WideDuration):
        try:
            return timedelta(microseconds=value.nanoseconds // 1000)
        except OverflowError:
            return value
    return value
