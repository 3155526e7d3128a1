"""What the surroundings hand in: host functions, the clock, the calendar, the deadlines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID, uuid4

from engine.feel.errors import TooManySteps
from engine.feel.function import Function, NamedTypes
from engine.feel.limits import MAX_STEPS
from engine.feel.patterns.budget import Budget


class Clock(Protocol):
    """Tells the time; the instant is aware."""

    def now(self) -> datetime: ...


class WorkingDays(Protocol):
    """A working-day calendar."""

    def is_working_day(self, day: date) -> bool: ...

    def add_working_days(self, start: date, n: int) -> date: ...

    def working_days_between(self, start: date, end: date) -> int: ...

    def add_natural_days(self, start: date, n: int, roll: bool) -> date: ...

    def next_working_day(self, day: date) -> date: ...


class Deadlines(Protocol):
    """Knows the legal periods by name and keeps the arithmetic of each answer."""

    def deadline(self, rule: str, start: date, amount: Decimal | None) -> date: ...


class Meter:
    """The steps that evaluations which belong together may still take, and the budget of all
    their regular expressions."""

    __slots__ = ("left", "patterns")

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self.left = steps
        self.patterns = Budget()

    def step(self, count: int = 1) -> None:
        """Count work beside the evaluations. Raises `TooManySteps`."""
        self.left -= count
        if self.left < 0:
            raise TooManySteps(limit=MAX_STEPS)


@dataclass(frozen=True, kw_only=True)
class Environment:
    """Everything an expression can reach besides its variables.

    `types` are named types for `instance of` and parameters; `read_type` makes one of a text.
    A service that is None makes the functions that need it answer null with a warning. Errors
    raised by a service or a host function, other than `Fault`, pass through the evaluation.
    `new_uuid` gives a random UUID unless another source is handed in.
    Evaluations with the same `meter` have the steps of one together, those without have each
    their own.
    """

    functions: Mapping[str, Function] = field(default_factory=dict)
    types: NamedTypes = field(default_factory=dict)
    clock: Clock | None = None
    calendar: WorkingDays | None = None
    deadlines: Deadlines | None = None
    meter: Meter | None = None
    new_uuid: Callable[[], UUID] = uuid4


EMPTY = Environment()
"""No functions of the host, no clock, no calendar."""
