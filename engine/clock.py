"""The clocks. Nothing else in the product reads the time of day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The zone in which days begin and end (民法典 §203: 24:00)."""


class Clock(Protocol):
    """Tells the time. Every instant is aware and in Shanghai time."""

    def now(self) -> datetime: ...

    def today(self) -> date: ...


class SystemClock:
    """The wall clock."""

    def now(self) -> datetime:
        return datetime.now(UTC).astimezone(SHANGHAI)

    def today(self) -> date:
        return self.now().date()


class VirtualClock:
    """A clock that stands still until it is told to go on: for tests, scenarios and rehearsals."""

    def __init__(self, start: datetime) -> None:
        self._now = in_shanghai(start)

    def now(self) -> datetime:
        return self._now

    def today(self) -> date:
        return self._now.date()

    def advance_to(self, instant: datetime | str) -> None:
        """Go forward to `instant`. Raises `ValueError` if that is in the past of this clock."""
        target = in_shanghai(parse_instant(instant) if isinstance(instant, str) else instant)
        if target < self._now:
            raise ValueError(f"the clock shows {self._now.isoformat()}, it does not go back")
        self._now = target

    def advance_by(self, step: timedelta) -> None:
        """Go forward by `step`, which is not negative."""
        self.advance_to(self._now + step)


def in_shanghai(instant: datetime) -> datetime:
    """`instant` in Shanghai time; a naive one is taken to be Shanghai time already."""
    if instant.tzinfo is None:
        return instant.replace(tzinfo=SHANGHAI)
    return instant.astimezone(SHANGHAI)


def parse_instant(text: str) -> datetime:
    """An ISO date or date and time; a date alone means its first instant."""
    return in_shanghai(datetime.fromisoformat(text))


def end_of_day(day: date) -> datetime:
    """The first instant after `day`: 24:00 of it, which is 00:00 of the next (民法典 §203)."""
    following = day + timedelta(days=1)
    return datetime(following.year, following.month, following.day, tzinfo=SHANGHAI)


def start_of_day(day: date) -> datetime:
    """The first instant of `day`, in Shanghai time."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
