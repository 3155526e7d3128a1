"""The shipped tables, with the shipped calendar and periods around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from engine.calendar import Period, due, national_calendar
from engine.clock import SHANGHAI
from engine.dmn import DecisionInstance, DecisionModel, read_decisions
from engine.feel import Environment

DMN = Path(__file__).resolve().parents[2] / "dmn"


@cache
def shipped(file: str) -> DecisionModel:
    return read_decisions((DMN / f"{file}.dmn").read_bytes(), f"{file}.dmn")


@dataclass
class Bureau:
    """A day on the wall, the national calendar, and the periods of deadlines.dmn."""

    today: str = "2025-06-03"
    calendar: object = field(default_factory=national_calendar)

    def now(self) -> datetime:
        return datetime.combine(date.fromisoformat(self.today), datetime.min.time(), SHANGHAI)

    def deadline(self, rule: str, start: date, amount: Decimal | None) -> date:
        row = shipped("deadlines").evaluate("deadlines", {"key": rule}).result
        days = int(row["amount"] if amount is None else amount)
        return due(
            start, Period(amount=days, unit=row["unit"], roll=row["roll"]), self.calendar
        ).due_date

    def ask(self, file: str, decision: str, facts: Mapping[str, object]) -> DecisionInstance:
        environment = Environment(clock=self, calendar=self.calendar, deadlines=self)
        return shipped(file).evaluate(decision, facts, environment)


def ask(file: str, decision: str, today: str = "2025-06-03", **facts: object) -> DecisionInstance:
    """Put a question: `ask("criteria", "criteria_check", today="2024-03-21", party=…)`."""
    return Bureau(today).ask(file, decision, facts)


def rows(instance: DecisionInstance) -> list[int]:
    """The numbers of the rules that matched."""
    return [rule.index for rule in instance.matched]


def row_count(file: str, decision: str) -> int:
    table = shipped(file).decisions[decision].table
    assert table is not None
    return len(table.rules)
