"""Everything that is left to chance, from one seed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from engine.clock import SHANGHAI

T = TypeVar("T")


class Chance:
    """The same seed and the same questions give the same answers."""

    def __init__(self, seed: int | str) -> None:
        self._random = Random(seed)

    def happens(self, probability: float) -> bool:
        """True in this share of cases."""
        return self._random.random() < probability

    def one_of(self, *choices: T) -> T:
        """One of several, each as likely."""
        return self._random.choice(choices)

    def weighed(self, **weights: float) -> str:
        """One of several names, by their weights."""
        return self._random.choices(list(weights), list(weights.values()))[0]

    def number(self, least: int, most: int) -> int:
        """A whole number, both bounds included."""
        return self._random.randint(least, most)

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in another order."""
        return self._random.sample(items, len(items))

    def day_between(self, first: date, last: date) -> date:
        """A day, both bounds included."""
        return first + timedelta(days=self.number(0, max(0, (last - first).days)))

    def in_office_hours(self, day: date) -> datetime:
        """An instant of the day, most often while people are at work."""
        hour = self.number(8, 17) if self.happens(0.95) else self.number(18, 23)
        return datetime.combine(day, time(hour, self.number(0, 59)), SHANGHAI)

    def at_any_time(self, day: date) -> datetime:
        """Any minute of the day."""
        return datetime.combine(day, time(self.number(0, 23), self.number(0, 59)), SHANGHAI)
