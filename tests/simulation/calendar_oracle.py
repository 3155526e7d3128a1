"""A second calendar, as simple as can be: what the notices of the simulation say, day by day.

Through 2026 the days are those of a public package; the later years are made up, as are the
notices by which the product learns of them.
"""

from __future__ import annotations

from datetime import date, timedelta

from engine.calendar import SpecialDay
from tests.engine.calendar import naive
from tests.simulation.chance import Chance

LAST_REAL_YEAR = 2026
ONE_DAY = timedelta(days=1)
SATURDAY = 5
FESTIVALS = (("元旦", 1, 1, 1), ("春节", 2, 3, 8), ("清明节", 4, 4, 3), ("劳动节", 5, 1, 5),
             ("端午节", 6, 8, 1), ("中秋节", 9, 22, 1), ("国庆节", 10, 1, 7))  # fmt: skip
"""Name, month, first day, days off: about as they fall."""

corresponding_day = naive.corresponding_day


def notice_for(year: int, chance: Chance) -> list[SpecialDay]:
    """The days off and the working weekend days of a year to come, made up."""
    days: dict[date, SpecialDay] = {}
    for name, month, first, length in FESTIVALS:
        begin = date(year, month, first) + timedelta(days=chance.number(0, 2) if month != 1 else 0)
        run = [begin + n * ONE_DAY for n in range(length)]
        weekdays = [day for day in run if day.weekday() < SATURDAY]
        days |= {day: SpecialDay(day=day, working=False, name=name) for day in run}
        for _ in range(min(2, len(weekdays) // 3)):
            made_up = _weekend_day_near(run, days)
            days[made_up] = SpecialDay(day=made_up, working=True, name=name)
    return sorted(days.values(), key=lambda special: special.day)


def _weekend_day_near(run: list[date], taken: dict[date, SpecialDay]) -> date:
    day = run[-1] + ONE_DAY
    while day.weekday() < SATURDAY or day in taken:
        day += ONE_DAY
    return day


class WorkingDays:
    """Which days people work, as far as the notices that are out say."""

    def __init__(self) -> None:
        self._declared: dict[date, bool] = {}
        self._years: set[int] = set()

    def declare(self, year: int | None, special: list[SpecialDay]) -> None:
        """The notice of a year is out, or days of a year that was known are changed."""
        self._declared |= {day.day: day.working for day in special}
        if year is not None:
            self._years.add(year)

    def knows(self, day: date) -> bool:
        """Whether the notice of the day's year is out."""
        return day.year <= LAST_REAL_YEAR or day.year in self._years

    def working(self, day: date) -> bool:
        """Whether people work on a day; past the notices, Monday to Friday."""
        if day in self._declared:
            return self._declared[day]
        if day.year <= LAST_REAL_YEAR:
            return naive.working(day)
        return day.weekday() < SATURDAY

    def nth(self, start: date, amount: int) -> date:
        """The last of so many working days after `start`."""
        day = start
        while amount > 0:
            day += ONE_DAY
            amount -= self.working(day)
        return day

    def between(self, start: date, end: date) -> int:
        """The working days after `start` through `end`."""
        return sum(self.working(start + n * ONE_DAY) for n in range(1, (end - start).days + 1))

    def rolled(self, day: date) -> date:
        """The day, or the first working day after it."""
        while not self.working(day):
            day += ONE_DAY
        return day

    def due(self, start: date, amount: int, unit: str, roll: str | None) -> date:
        """The last day of a period in working days, natural days, months or years."""
        if unit == "WD":
            return self.nth(start, amount)
        if unit == "ND":
            day = start + timedelta(days=amount)
        else:
            day = corresponding_day(start, amount * (12 if unit == "Y" else 1))
        return self.rolled(day) if roll == "next_wd" else day
