"""A period of law: an amount, its unit, and what happens if the last day is a rest day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.calendar.errors import NegativePeriod, UnknownRoll, UnknownUnit


class Unit(StrEnum):
    """How a period is counted."""

    WORKING_DAYS = "WD"
    NATURAL_DAYS = "ND"
    MONTHS = "M"
    YEARS = "Y"


class Roll(StrEnum):
    """Where a last day goes that is a rest day (民法典 §203)."""

    NEXT_WORKING_DAY = "next_wd"


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """`amount` of `unit`; without `roll` the last day stays where it falls.

    `unit` and `roll` may be given as their codes. Raises `NegativePeriod`, `UnknownUnit`,
    `UnknownRoll`.
    """

    amount: int
    unit: Unit | str
    roll: Roll | str | None = None

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise NegativePeriod(amount=self.amount, unit=self.unit)
        if self.unit not in list(Unit):
            raise UnknownUnit(unit=self.unit)
        if self.roll is not None and self.roll not in list(Roll):
            raise UnknownRoll(roll=self.roll)

    def __str__(self) -> str:
        roll = f", roll {self.roll}" if self.roll else ""
        return f"{self.amount} {self.unit}{roll}"


def add_months(start: date, months: int) -> date:
    """The corresponding day `months` later, else the last day of that month (民法典 §202).

    No month-end stickiness: 28 February plus one month is 28 March.
    """
    month_index = start.year * 12 + start.month - 1 + months
    year, month = divmod(month_index, 12)
    last_of_month = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last_of_month))


def add_years(start: date, years: int) -> date:
    """The corresponding day `years` later; 29 February becomes the 28th (民法典 §202)."""
    return add_months(start, years * 12)
