"""Short words for what the tests of this room do all the time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from engine.clock import SHANGHAI
from engine.feel import Environment, compile_expression

Value = Callable[..., object]


@pytest.fixture
def value() -> Value:
    """The value of an expression: `value("a + 1", a=2)`."""

    def evaluate(source: str, /, **variables: object) -> object:
        return compile_expression(source).evaluate(variables).value

    return evaluate


class WeekdaysCalendar:
    """Monday to Friday are working days, without holidays."""

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5

    def add_working_days(self, start: date, n: int) -> date:
        day = start
        while n > 0:
            day += timedelta(days=1)
            n -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        days = (start + timedelta(days=i) for i in range(1, (end - start).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def next_working_day(self, day: date) -> date:
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def add_natural_days(self, start: date, n: int, roll: bool) -> date:
        day = start + timedelta(days=n)
        return self.next_working_day(day) if roll else day


class FixedClock:
    def now(self) -> datetime:
        return datetime(2026, 2, 9, 23, 30, tzinfo=SHANGHAI)


class TableOfDeadlines:
    """Ten natural days for every rule, or the amount that is asked for."""

    def __init__(self, rules: Mapping[str, int]) -> None:
        self._rules = rules

    def deadline(self, rule: str, start: date, amount: Decimal | None) -> date:
        if rule not in self._rules:
            raise LookupError(rule)
        return start + timedelta(days=int(amount) if amount else self._rules[rule])


@pytest.fixture
def bureau_environment() -> Environment:
    return Environment(
        clock=FixedClock(),
        calendar=WeekdaysCalendar(),
        deadlines=TableOfDeadlines({"DEFENCE": 10}),
    )
