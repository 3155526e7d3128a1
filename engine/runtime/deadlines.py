"""Deadlines by rule name: the table `deadlines` gives amount, unit and roll, the calendar the day.

Every deadline worked out for an instance is noted with its arithmetic, so that it can be explained
and, when the calendar changes, worked out again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, cast

from engine.calendar import Calendar, Deadline, Period, due
from engine.feel import Environment
from engine.runtime.errors import DeadlineUnknown

if TYPE_CHECKING:
    from engine.clock import Clock
    from engine.dmn import DecisionModel

TABLE = "deadlines"
"""The decision that every `deadline(rule, start)` asks; its input is `key`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkedOut:
    """One call of `deadline(…)`: the rule and what came of it."""

    rule: str
    deadline: Deadline


class DeadlineBook:
    """Answers `deadline(rule, start)` in expressions of one instance and notes each answer."""

    def __init__(
        self, *, model: Callable[[], DecisionModel | None], calendar: Calendar, clock: Clock
    ) -> None:
        self._model = model
        self._calendar = calendar
        self._clock = clock
        self.noted: list[WorkedOut] = []

    def deadline(self, rule: str, start: date, amount: Decimal | None = None) -> date:
        """The due day of a rule of the table, `amount` in its unit if the case sets its own.

        Raises `DeadlineUnknown` if the table has no such row.
        """
        worked_out = due(start, self.period(rule, amount), self._calendar)
        self.noted.append(WorkedOut(rule=rule, deadline=worked_out))
        return worked_out.due_date

    def period(self, rule: str, amount: Decimal | None = None) -> Period:
        """The period of a rule."""
        row = self._row(rule)
        if row is None:
            raise DeadlineUnknown(rule=rule)
        return Period(
            amount=int(amount if amount is not None else cast(Decimal, row["amount"])),
            unit=cast(Literal["WD", "ND", "M", "Y"], row["unit"]),
            roll=cast("Literal['next_wd'] | None", row.get("roll")),
        )

    def _row(self, rule: str) -> Mapping[str, object] | None:
        model = self._model()
        if model is None:
            return None
        environment = Environment(clock=self._clock, calendar=self._calendar)
        answer = model.evaluate(TABLE, {"key": rule}, environment).result
        return answer if isinstance(answer, Mapping) else None
