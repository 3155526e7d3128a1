"""The calendar of all years: it repeats itself after 400 of them, days of the week included."""

from __future__ import annotations

from datetime import MAXYEAR, date

from engine.feel.wide.values import Day, WideDate

_CYCLE = 400
_DAYS_OF_CYCLE = 146_097
_MAX_NUMBER = date.max.toordinal()
_BEFORE, _AFTER = 400, 9200
"""Multiples of a cycle. Zones have no changes yet at the one, and rules for ever at the other."""


def twin(day: Day) -> date:
    """A day of Python with the same place in its year, month and week, and the same zone rules."""
    if isinstance(day, date):
        return day
    return date(_twin_year(day.year), day.month, day.day)


def _twin_year(year: int) -> int:
    return (_AFTER if year > MAXYEAR else _BEFORE) + year % _CYCLE


def day_number(day: Day) -> int:
    """Days counted as `date.toordinal` does: 1 is the first of year 1."""
    if isinstance(day, date):
        return day.toordinal()
    like = twin(day)
    return like.toordinal() + (day.year - like.year) // _CYCLE * _DAYS_OF_CYCLE


def day_at(number: int) -> Day:
    """The day of that number. Raises `OverflowError` beyond all years."""
    if 1 <= number <= _MAX_NUMBER:
        return date.fromordinal(number)
    cycles, rest = divmod(number - 1, _DAYS_OF_CYCLE)
    like = date.fromordinal(rest + 1)
    return WideDate(like.year + cycles * _CYCLE, like.month, like.day)
