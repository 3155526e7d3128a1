"""Dates of a scenario told from today: `-12 工作日 09:30`, `-40 日`, and `<-40 日>` in a text.

`本月第 3 工作日 09:30` is told from the first of the month, for what a calendar begins; `<上月>` is
the month before as `2026-10`. `-1 工作日 不早于 本月第 9 工作日 10:00` is the later of two days.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from engine.calendar import Calendar
from engine.clock import SHANGHAI
from engine.scenario.model import Step

_DAYS = r"(?P<amount>[-+]?\d+)\s*(?P<unit>工作日|working days?|日|days?)"
_ALONE = re.compile(_DAYS + r"(?:\s+(?P<time>\d{2}:\d{2}))?")
_OF_MONTH = re.compile(
    r"(?:本月第\s*(?P<zh>\d+)\s*工作日|working day (?P<en>\d+) of the month)"
    r"(?:\s+(?P<time>\d{2}:\d{2}))?"
)
_LAST_MONTH = re.compile("<(上月|last month)>")
_LATER_OF = re.compile(
    r"(?P<one>.+?)\s*(?:不早于|not before)\s*(?P<other>.+?)(?:\s+(?P<time>\d{2}:\d{2}))?"
)
_IN_TEXT = re.compile(f"<{_DAYS}" + r"(?:\s+(?P<part>年|年月))?>")


@dataclass(frozen=True, kw_only=True)
class Today:
    """The day from which a scenario counts: on a rest day, the working day that follows.

    So `-1 工作日` has always passed, and what is due after as many working days as have passed is
    due today.
    """

    day: date
    calendar: Calendar

    def step(self, step: Step) -> Step:
        """`step` with every relative date in its place."""
        fields = {name: self.value(value) for name, value in step.fields.items()}
        return replace(step, subject=self.value(step.subject), fields=fields)

    def value(self, value: object) -> object:
        """A value with every relative date in it as a date, an instant or words."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Mapping):
            return {name: self.value(entry) for name, entry in value.items()}
        if isinstance(value, list):
            return [self.value(item) for item in value]
        return value

    def _text(self, text: str) -> object:
        if (alone := _ALONE.fullmatch(text.strip())) is not None:
            return _at(self._day(alone), alone["time"])
        if (of_month := _OF_MONTH.fullmatch(text.strip())) is not None:
            day = self._of_month(int(of_month["zh"] or of_month["en"]))
            return _at(day, of_month["time"])
        if (later := _LATER_OF.fullmatch(text.strip())) is not None:
            days = [self._text(later[name]) for name in ("one", "other")]
            if all(isinstance(day, date) for day in days):
                return _at(max(day for day in days if isinstance(day, date)), later["time"])
        return _LAST_MONTH.sub(self._last_month, _IN_TEXT.sub(self._words, text))

    def _words(self, found: re.Match[str]) -> str:
        day = self._day(found)
        if found["part"] == "年":
            return f"{day.year}"
        if found["part"] == "年月":
            return f"{day.year}年{day.month}月"
        return f"{day.year}年{day.month}月{day.day}日"

    def _day(self, found: re.Match[str]) -> date:
        amount, start = int(found["amount"]), self.calendar.next_working_day(self.day)
        if found["unit"] in ("日", "day", "days"):
            return self.day + timedelta(days=amount)
        return self.calendar.add_working_days(start, amount)

    def _last_month(self, _found: re.Match[str]) -> str:
        return f"{self.day.replace(day=1) - timedelta(days=1):%Y-%m}"

    def _of_month(self, number: int) -> date:
        eve = self.day.replace(day=1) - timedelta(days=1)
        return self.calendar.add_working_days(eve, number)


def _at(day: date, clock_time: str | None) -> date:
    if clock_time is None:
        return day
    return datetime.combine(day, time.fromisoformat(clock_time), SHANGHAI)
