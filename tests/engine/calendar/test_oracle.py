"""Due days against a naive walk over the days, for thousands of random starts and amounts."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from engine.calendar import Period, due, national_calendar, remaining_working_days
from tests.engine.calendar import naive

SEED = 20210069
RANDOM = random.Random(SEED)
LAST_START = date(2025, 12, 31)
STARTS = [
    date(2007, 1, 1) + timedelta(days=RANDOM.randrange((LAST_START - date(2007, 1, 1)).days))
    for _ in range(250)
]


def test_working_days_equal_the_walk():
    calendar = national_calendar()
    for start in STARTS:
        for amount in (0, 1, 2, 5, 7, 10, 30, 90):
            expected = naive.nth_working_day(start, amount)
            deadline = due(start, Period(amount=amount, unit="WD"), calendar)
            assert deadline.due_date == expected, (start, amount)
            assert not deadline.provisional


def test_natural_days_with_roll_equal_the_walk():
    calendar = national_calendar()
    for start in STARTS:
        for amount in (0, 1, 3, 15, 30, 60, 90, 180):
            expected = naive.rolled(start + timedelta(days=amount))
            period = Period(amount=amount, unit="ND", roll="next_wd")
            assert due(start, period, calendar).due_date == expected, (start, amount)


@pytest.mark.parametrize(("unit", "months"), [("M", 1), ("Y", 12)])
def test_months_and_years_equal_the_walk(unit, months):
    calendar = national_calendar()
    for start in STARTS:
        for amount in (1, 2, 3):
            expected = naive.corresponding_day(start, amount * months)
            assert due(start, Period(amount=amount, unit=unit), calendar).due_date == expected


def test_working_days_between_equal_the_walk():
    calendar = national_calendar()
    for start, other in pairwise(STARTS):
        first, last = min(start, other), max(start, other)
        last = min(last, first + timedelta(days=400))
        walked = sum(
            naive.working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1)
        )
        assert calendar.working_days_between(first, last) == walked
        assert remaining_working_days(last, first, calendar) == -walked


def test_counting_back_undoes_counting_forward():
    calendar = national_calendar()
    for start in STARTS:
        working_start = calendar.next_working_day(start)
        for amount in (1, 7, 20):
            there = calendar.add_working_days(working_start, amount)
            assert calendar.add_working_days(there, -amount) == working_start
