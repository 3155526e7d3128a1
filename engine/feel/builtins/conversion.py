"""Conversion between types (DMN 1.5, 10.3.4.1), `is` and `range`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from decimal import Decimal

from engine.feel.arithmetic import months_between
from engine.feel.builtins.registry import Family, Work
from engine.feel.codec import json_text, read_json
from engine.feel.errors import (
    ArgumentDoesNotFit,
    DateOutOfRange,
    NotDecodable,
    NotEncodable,
    NotReadable,
)
from engine.feel.function import Function
from engine.feel.limits import bounded_string
from engine.feel.ranges import make_range
from engine.feel.temporal import (
    read_date,
    read_date_time,
    read_duration,
    read_temporal,
    read_time,
)
from engine.feel.texts import string_of
from engine.feel.values import NUMBERS, Range, YearMonthDuration, equal
from engine.feel.wide import (
    SECOND,
    Clock,
    Day,
    Instant,
    Length,
    WideDateTime,
    WideTime,
    clock_number,
    date_part,
    in_zone,
    local_number,
    make_date,
    make_instant,
    make_time,
    time_part,
    zone_text,
)
from engine.feel.zones import read_zone, zone_of_offset

FUNCTIONS = Family()


@FUNCTIONS.add("string(from: any)", work=Work.DEEP)
def string(from_: object) -> str | None:
    """The text of a value; null has none."""
    return None if from_ is None else string_of(from_)


_NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")


@FUNCTIONS.add("number(from: string)")
def number(from_: str) -> Decimal:
    if _NUMBER.fullmatch(from_) is None:
        raise NotReadable(text=from_, expected="number")
    return NUMBERS.create_decimal(from_)


@FUNCTIONS.add("number(from: number)")
def number_of_number(from_: Decimal) -> Decimal:
    return from_


@FUNCTIONS.add("number(from: string, grouping separator: string?, decimal separator: string?)")
def number_with_separators(from_: str, grouping: str | None, point: str | None) -> Decimal:
    """`grouping` is one of space, comma, period; `point` comma or period, and another one."""
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", "."):
        raise NotReadable(text=from_, expected="number")
    if grouping is not None and grouping == point:
        raise NotReadable(text=from_, expected="number")
    plain = from_.replace(grouping, "") if grouping else from_
    return number(plain.replace(point, ".") if point else plain)


@FUNCTIONS.add("date(from: string)")
def date_of_text(from_: str) -> Day:
    return read_date(from_)


@FUNCTIONS.add("date(from: date or date and time)")
def date_of_instant(from_: Day | Instant) -> Day:
    return date_part(from_)


@FUNCTIONS.add("date(year: whole number, month: whole number, day: whole number)")
def date_of_parts(year: int, month: int, day: int) -> Day:
    try:
        return make_date(year, month, day)
    except (ValueError, OverflowError):
        raise NotReadable(text=f"{year}-{month}-{day}", expected="date") from None


@FUNCTIONS.add("time(from: string)")
def time_of_text(from_: str) -> Clock:
    return read_time(from_)


@FUNCTIONS.add("time(from: time)")
def time_of_time(from_: Clock) -> Clock:
    return from_


@FUNCTIONS.add("time(from: date or date and time)")
def time_of_instant(from_: Day | Instant) -> Clock:
    """The time of a date and time; a date is its midnight in UTC."""
    if isinstance(from_, (datetime, WideDateTime)):
        return time_part(from_)
    return time(tzinfo=UTC)


@FUNCTIONS.add(
    "time(hour: whole number, minute: whole number, second: number,"
    " offset?: days and time duration?)"
)
def time_of_parts(hour: int, minute: int, second: Decimal, offset: Length | None = None) -> Clock:
    """What a second has beyond nanoseconds is dropped."""
    try:
        if not 0 <= second < 60:
            raise ValueError(second)
        whole, rest = divmod(int(NUMBERS.scaleb(second, 9)), SECOND)
        zone = None if offset is None else zone_of_offset(offset)
        return make_time(hour, minute, whole, rest, zone)
    except (ValueError, OverflowError):
        raise NotReadable(text=f"{hour}:{minute}:{second}", expected="time") from None


@FUNCTIONS.add("date and time(from: string)")
def date_and_time_of_text(from_: str) -> Instant:
    """A date alone is its first instant."""
    try:
        return read_date_time(from_)
    except NotReadable:
        return make_instant(read_date(from_), time())


@FUNCTIONS.add("date and time(from: date and time)")
def date_and_time_of_instant(from_: Instant) -> Instant:
    return from_


@FUNCTIONS.add("date and time(date: date or date and time, time: time)")
def date_and_time_of_both(date_: Day | Instant, time_: Clock) -> Instant:
    return make_instant(date_part(date_), time_)


@FUNCTIONS.add("date and time(date: date and time, timezone: string)")
def date_and_time_in_zone(date_: Instant, timezone: str) -> Instant:
    """The same instant as that zone shows it; a local date and time is by the clocks there.

    `timezone` is a name such as "Asia/Shanghai", or an offset. As Camunda has it, not in DMN.
    """
    zone = read_zone(timezone)
    try:
        return in_zone(date_, zone)
    except OverflowError:
        raise DateOutOfRange from None


@FUNCTIONS.add("duration(from: string)")
def duration(from_: str) -> Length | YearMonthDuration:
    return read_duration(from_)


@FUNCTIONS.add("duration(from: duration)")
def duration_of_duration(from_: object) -> object:
    return from_


@FUNCTIONS.add("years and months duration(from: date or date and time, to: date or date and time)")
def years_and_months_duration(from_: Day | Instant, to: Day | Instant) -> YearMonthDuration:
    return YearMonthDuration(months_between(from_, to))


@FUNCTIONS.add("is(value1: any?, value2: any?)", work=Work.DEEP)
def is_(value1: object, value2: object) -> bool:
    """Whether two values are the same element of their type: also in zone and offset."""
    if type(value1) is not type(value2):
        return False
    if isinstance(value1, (datetime, WideDateTime)) and isinstance(
        value2, (datetime, WideDateTime)
    ):
        same = local_number(value1) == local_number(value2)
        return same and zone_text(value1.tzinfo) == zone_text(value2.tzinfo)
    if isinstance(value1, (time, WideTime)) and isinstance(value2, (time, WideTime)):
        same = clock_number(value1) == clock_number(value2)
        return same and zone_text(value1.tzinfo) == zone_text(value2.tzinfo)
    if isinstance(value1, Function):
        return value1 is value2
    return equal(value1, value2) is True


_RANGE = re.compile(r"\s*([\[(\]])(.*?)\.\.(.*)([\])\[])\s*", re.DOTALL)
_END = re.compile(
    r"""\s*(?:(?P<number>-?[0-9.]+)|(?P<function>date\ and\ time|date|time|duration)?
    \s*(?P<open>\()?\s*(?P<at>@)?"(?P<text>[^"]*)"\s*(?P<close>\))?)\s*""",
    re.VERBOSE,
)


@FUNCTIONS.add("range(from: string)")
def range_of_text(from_: str) -> Range:
    """`[1..3)`; the ends are numbers, strings, dates, times or durations."""
    match = _RANGE.fullmatch(from_)
    if match is None:
        raise NotReadable(text=from_, expected="range")
    opening, low, high, closing = match.groups()
    return make_range(_end(low, from_), _end(high, from_), opening == "[", closing == "]")


def _end(text: str, whole: str) -> object:
    match = _END.fullmatch(text)
    if match is None or bool(match["open"]) is not bool(match["close"]):
        raise NotReadable(text=whole, expected="range")
    if match["number"]:
        return number(match["number"])
    literal = match["text"]
    if match["at"]:
        return read_temporal(literal)
    if match["function"] is None:
        return literal
    return _READERS[match["function"]](literal)


_READERS = {
    "date": read_date,
    "time": read_time,
    "date and time": date_and_time_of_text,
    "duration": read_duration,
}


@FUNCTIONS.add("to json(value: any)", work=Work.DEEP)
def to_json(value: object) -> str:
    """The JSON text of a value (Camunda 8.9): dates, durations and ranges as their text."""
    try:
        return bounded_string(json_text(value))
    except NotEncodable as fault:
        raise ArgumentDoesNotFit(
            function="to json",
            parameter="value",
            expected="what JSON can hold",
            found=fault.values["found"],
        ) from None


@FUNCTIONS.add("from json(value: string)")
def from_json(value: str) -> object:
    """The value that a JSON text says (Camunda 8.9); what looks like a date stays a string."""
    try:
        return read_json(value)
    except NotDecodable:
        raise NotReadable(text=value[:80], expected="JSON") from None
