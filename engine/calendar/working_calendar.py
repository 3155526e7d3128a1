"""The calendar itself: which day works, why, and how certain that is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from engine.calendar.day_table import DayTable
from engine.calendar.layers import Layer, SpecialDay, horizon, merged
from engine.calendar.provisional import presumed_rest_days

_SATURDAY = 5


class DayKind(StrEnum):
    """Why a day works or rests."""

    WORKING = "工作日"
    MAKE_UP = "调休上班"
    WEEKEND = "周末"
    STATUTORY = "法定节假日"
    MOVED_REST = "调休放假"
    SUBSTITUTE = "补假"


@dataclass(frozen=True, kw_only=True, slots=True)
class DayStatus:
    """One day: `name` is the festival or occasion, empty for an ordinary day."""

    working: bool
    kind: DayKind
    confirmed: bool
    name: str = ""
    notice: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Calendar:
    """One version of a working-day calendar; never changes, safe to share between threads.

    Days after `confirmed_through` are provisional. Days outside `first`…`last` raise
    `OutsideCalendar` wherever working days are asked for. Make one with `layered`.
    """

    statutory: Mapping[date, str]
    layers: tuple[Layer, ...]
    special: Mapping[date, SpecialDay]
    table: DayTable
    confirmed_through: date
    version: str

    @property
    def first(self) -> date:
        """The first day the calendar knows."""
        return self.table.first

    @property
    def last(self) -> date:
        """The last day the calendar can say anything about, provisionally."""
        return self.table.last

    def is_working_day(self, day: date) -> bool:
        """Whether people work on `day`: a make-up Saturday yes, a moved Friday no."""
        return self.table.is_working(day)

    def add_working_days(self, start: date, amount: int) -> date:
        """The `amount`-th working day after `start`, which is not counted itself.

        Zero gives `start`, a negative amount counts backward.
        """
        if amount == 0:
            return start
        if amount > 0:
            return self.table.working_day(self.table.count_through(start) + amount - 1)
        through_eve = self.table.count_through(start) - self.table.is_working(start)
        return self.table.working_day(through_eve + amount)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days in (`start`, `end`]; negative if `end` comes first."""
        return self.table.count_through(end) - self.table.count_through(start)

    def add_natural_days(self, start: date, amount: int, roll: bool = False) -> date:
        """`start` plus `amount` days; with `roll` on to the next working day if it is none."""
        day = start + timedelta(days=amount)
        return self.next_working_day(day) if roll else day

    def next_working_day(self, day: date) -> date:
        """`day` itself if it is a working day, else the first one after it."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def is_confirmed(self, day: date) -> bool:
        """Whether the arrangement of `day` has been published."""
        return day <= self.confirmed_through

    def status(self, day: date) -> DayStatus:
        """What kind of day it is, and whether that is certain."""
        working = self.is_working_day(day)
        special = self.special.get(day)
        return DayStatus(
            working=working,
            kind=self._kind(day, working, special),
            confirmed=self.is_confirmed(day),
            name=special.name if special else "",
            notice=special.notice if special else "",
        )

    def _kind(self, day: date, working: bool, special: SpecialDay | None) -> DayKind:
        weekend = day.weekday() >= _SATURDAY
        if working:
            return DayKind.MAKE_UP if weekend else DayKind.WORKING
        if day in self.statutory:
            return DayKind.STATUTORY
        if weekend:
            return DayKind.WEEKEND
        declared = special is not None and (special.notice or self.is_confirmed(day))
        return DayKind.MOVED_REST if declared else DayKind.SUBSTITUTE


def layered(base: Calendar, *layers: Layer) -> Calendar:
    """`base` with further layers on top: a city, a unit, or a new national notice."""
    return assemble(base.statutory, (*base.layers, *layers), base.first, base.last)


def known_through(calendar: Calendar, day: date) -> Calendar:
    """The calendar as it stood when only the days up to `day` had been announced."""
    layers = tuple(
        Layer(
            name=layer.name,
            scope=layer.scope,
            days=tuple(special for special in layer.days if special.day <= day),
            confirmed_through=layer.confirmed_through and min(layer.confirmed_through, day),
        )
        for layer in calendar.layers
    )
    return assemble(calendar.statutory, layers, calendar.first, calendar.last)


def assemble(
    statutory: Mapping[date, str], layers: tuple[Layer, ...], first: date, last: date
) -> Calendar:
    """A calendar of the days `first`…`last`: weekends, then the layers, then presumptions.

    Past the horizon of the layers the statutory days and their substitutes rest unless a layer
    says otherwise for that day.
    """
    confirmed_through = horizon(layers)
    presumed = {rest.day: rest for rest in presumed_rest_days(statutory, confirmed_through)}
    special = MappingProxyType({**presumed, **merged(layers)})
    table = DayTable(first, _flags(first, last, special))
    return Calendar(
        statutory=statutory,
        layers=layers,
        special=special,
        table=table,
        confirmed_through=confirmed_through,
        version=f"{confirmed_through}.{_fingerprint(special, statutory)}",
    )


def _flags(first: date, last: date, special: Mapping[date, SpecialDay]) -> Iterator[bool]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        declared = special.get(day)
        yield declared.working if declared else day.weekday() < _SATURDAY


def _fingerprint(special: Mapping[date, SpecialDay], statutory: Mapping[date, str]) -> str:
    facts = [f"{day} {declared.working:d}" for day, declared in sorted(special.items())]
    facts += [f"{day} {name}" for day, name in sorted(statutory.items())]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:10]
