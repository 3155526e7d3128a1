"""The wide values, and the functions that choose between them and Python's."""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta, tzinfo

MAX_YEAR = 999_999_999
"""The last year; the first is its negative."""

SECOND = 1_000_000_000
DAY = 86_400 * SECOND
"""In nanoseconds, as all numbers of this room are."""

_MAX_LENGTH = 2**63 * SECOND
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MICROSECOND = 1000


class Wide:
    """The root of all wide values: none of them is a value of Python's `datetime`."""

    __slots__ = ()


@dataclass(frozen=True, order=True, slots=True)
class WideDate(Wide):
    """A day before year 1 or after year 9999."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        """Raises `ValueError` if there is no such day or a `date` holds it, `OverflowError`."""
        if abs(self.year) > MAX_YEAR:
            raise OverflowError(self.year)
        if MINYEAR <= self.year <= MAXYEAR or not 1 <= self.month <= 12:
            raise ValueError(self)
        if not 1 <= self.day <= month_length(self.year, self.month):
            raise ValueError(self)


@dataclass(frozen=True, slots=True)
class WideTime(Wide):
    """A time of day that ends between two microseconds; `fold` as Python has it."""

    hour: int
    minute: int
    second: int
    nanosecond: int
    tzinfo: tzinfo | None = None
    fold: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        """Raises `ValueError` if there is no such time or a `time` holds it."""
        if not 0 <= self.nanosecond < SECOND or self.nanosecond % _MICROSECOND == 0:
            raise ValueError(self)
        self.plain()

    def plain(self) -> time:
        """The last microsecond before it."""
        micro = self.nanosecond // _MICROSECOND
        return time(self.hour, self.minute, self.second, micro, tzinfo=self.tzinfo, fold=self.fold)

    def utcoffset(self) -> timedelta | None:
        """None without a zone, and in a named zone, whose offset depends on the day."""
        return self.plain().utcoffset()


Day = date | WideDate
Clock = time | WideTime


@dataclass(frozen=True, slots=True)
class WideDateTime(Wide):
    """A day and a time of day of which at least one is wide."""

    date: Day
    time: Clock

    def __post_init__(self) -> None:
        """Raises `ValueError` if a `datetime` holds it."""
        if not isinstance(self.date, WideDate) and not isinstance(self.time, WideTime):
            raise ValueError(self)

    @property
    def year(self) -> int:
        return self.date.year

    @property
    def month(self) -> int:
        return self.date.month

    @property
    def day(self) -> int:
        return self.date.day

    @property
    def hour(self) -> int:
        return self.time.hour

    @property
    def minute(self) -> int:
        return self.time.minute

    @property
    def second(self) -> int:
        return self.time.second

    @property
    def tzinfo(self) -> tzinfo | None:
        return self.time.tzinfo


@dataclass(frozen=True, order=True, slots=True)
class WideDuration(Wide):
    """A length of time that ends between two microseconds, or is longer than a `timedelta`."""

    nanoseconds: int

    def __post_init__(self) -> None:
        """Raises `ValueError` if a `timedelta` holds it, `OverflowError` if it is too long."""
        if abs(self.nanoseconds) > _MAX_LENGTH:
            raise OverflowError
        if _plain_length(self.nanoseconds) is not None:
            raise ValueError(self)

    def __abs__(self) -> Length:
        return make_length(abs(self.nanoseconds))

    def __neg__(self) -> Length:
        return make_length(-self.nanoseconds)


Instant = datetime | WideDateTime
Length = timedelta | WideDuration


def month_length(year: int, month: int) -> int:
    """Days of a month of any year."""
    return 29 if month == 2 and isleap(year) else _MONTHS[month - 1]


def make_date(year: int, month: int, day: int) -> Day:
    """That day. Raises `ValueError` if there is none, `OverflowError` beyond `MAX_YEAR`."""
    if MINYEAR <= year <= MAXYEAR:
        return date(year, month, day)
    return WideDate(year, month, day)


def make_time(
    hour: int, minute: int, second: int, nanosecond: int, zone: tzinfo | None, fold: int = 0
) -> Clock:
    """That time of day. Raises `ValueError` if there is none."""
    micro, rest = divmod(nanosecond, _MICROSECOND)
    if rest:
        return WideTime(hour, minute, second, nanosecond, zone, fold)
    return time(hour, minute, second, micro, tzinfo=zone, fold=fold)


def make_instant(day: Day, clock: Clock) -> Instant:
    """A day and a time of day, with the zone of that."""
    if isinstance(day, date) and isinstance(clock, time):
        return datetime.combine(day, clock)
    return WideDateTime(day, clock)


def make_length(count: int) -> Length:
    """A length of `count` nanoseconds. Raises `OverflowError`."""
    plain = _plain_length(count)
    return WideDuration(count) if plain is None else plain


def _plain_length(count: int) -> timedelta | None:
    micro, rest = divmod(count, _MICROSECOND)
    if rest:
        return None
    try:
        return timedelta(microseconds=micro)
    except OverflowError:
        return None


def nanoseconds(length: Length) -> int:
    """A length in nanoseconds."""
    if isinstance(length, WideDuration):
        return length.nanoseconds
    whole = (length.days * 86_400 + length.seconds) * SECOND
    return whole + length.microseconds * _MICROSECOND


def date_part(value: Day | Instant) -> Day:
    """The day of an instant where it is; a day itself."""
    if isinstance(value, WideDateTime):
        return value.date
    return value.date() if isinstance(value, datetime) else value


def time_part(instant: Instant) -> Clock:
    """The time of day of an instant, with its zone."""
    return instant.time if isinstance(instant, WideDateTime) else instant.timetz()


def nanosecond_of(value: Clock | Instant) -> int:
    """The part of a second, 0 to 999,999,999."""
    if isinstance(value, WideDateTime):
        value = value.time
    if isinstance(value, WideTime):
        return value.nanosecond
    return value.microsecond * _MICROSECOND


def clock_number(clock: Clock) -> int:
    """Nanoseconds from midnight by that clock."""
    seconds = (clock.hour * 60 + clock.minute) * 60 + clock.second
    return seconds * SECOND + nanosecond_of(clock)


def time_at(number: int, zone: tzinfo | None, fold: int = 0) -> Clock:
    """The time of day `number` nanoseconds, less than a day, after midnight."""
    seconds, nanosecond = divmod(number, SECOND)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return make_time(hour, minute, second, nanosecond, zone, fold)
