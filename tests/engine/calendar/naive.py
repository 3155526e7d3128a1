"""A second way to count, as simple as can be: walk day by day. Never used by the product."""

from datetime import date, timedelta
from functools import cache

import chinese_calendar

ONE_DAY = timedelta(days=1)


@cache
def working(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


def nth_working_day(start: date, amount: int) -> date:
    day = start
    while amount > 0:
        day += ONE_DAY
        amount -= working(day)
    return day


def rolled(day: date) -> date:
    while not working(day):
        day += ONE_DAY
    return day


def corresponding_day(start: date, months: int) -> date:
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day = start.day
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
