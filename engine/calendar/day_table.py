"""The prefix sums behind every count of working days: one immutable table per calendar version."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import date

from engine.calendar.errors import OutsideCalendar


class DayTable:
    """Working or not, for every day of a span; every question costs one or two look-ups.

    `cumulative[i]` counts the working days among the first `i` days of the span, `working[k]` is
    the ordinal of the k-th of them.
    """

    __slots__ = ("_cumulative", "_working", "first", "first_ordinal", "last", "last_ordinal")

    def __init__(self, first: date, is_working: Iterable[bool]) -> None:
        """The table of the days from `first` on, one flag for each."""
        cumulative = array("i", [0])
        working = array("i")
        ordinal = first.toordinal()
        for flag in is_working:
            if flag:
                working.append(ordinal)
            cumulative.append(len(working))
            ordinal += 1
        self._cumulative = cumulative
        self._working = working
        self.first = first
        self.first_ordinal = first.toordinal()
        self.last_ordinal = ordinal - 1
        self.last = date.fromordinal(self.last_ordinal)

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day. Raises `OutsideCalendar`."""
        index = self._index(day)
        return self._cumulative[index + 1] > self._cumulative[index]

    def count_through(self, day: date) -> int:
        """Working days from the first day of the table to `day`, both included."""
        return self._cumulative[self._index(day) + 1]

    def working_day(self, index: int) -> date:
        """The working day number `index`, counted from 0. Raises `OutsideCalendar`."""
        if not 0 <= index < len(self._working):
            raise self._outside(f"< {self.first}" if index < 0 else f"> {self.last}")
        return date.fromordinal(self._working[index])

    def _index(self, day: date) -> int:
        ordinal = day.toordinal()
        if not self.first_ordinal <= ordinal <= self.last_ordinal:
            raise self._outside(day.isoformat())
        return ordinal - self.first_ordinal

    def _outside(self, day: str) -> OutsideCalendar:
        return OutsideCalendar(day=day, first=self.first, last=self.last)
