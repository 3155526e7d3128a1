"""Dates of a scenario told from today: `-12 工作日 09:30`, `-40 日`, and `<-40 日>` in a text."""

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
        alone = _ALONE.fullmatch(text.strip())
        if alone is None:
            return _IN_TEXT.sub(self._words, text)
        day = self._day(alone)
        if alone["time"] is None:
            return day
        return datetime.combine(day, time.fromisoformat(alone["time"]), SHANGHAI)

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
