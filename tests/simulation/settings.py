"""What a simulation is: its seed, how many cases come in how many months, from which day on."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date

from tests.simulation.calendar_oracle import corresponding_day

LONGEST_PERIOD = 40
"""Months after the last clue until everything has run out: three years on the list and a little."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """`months` is the whole run; new clues come until `LONGEST_PERIOD` before its end, or until
    `busy_months` if given.
    """

    seed: int
    cases: int
    start: date
    months: int
    busy_months: int | None = None

    @property
    def last_clue(self) -> date:
        """The day of the last new clue at the latest."""
        months = self.busy_months or max(1, self.months - LONGEST_PERIOD)
        return corresponding_day(self.start, months)

    @property
    def end(self) -> date:
        """The last day of the run."""
        return corresponding_day(self.start, self.months)

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        return f"SEED={self.seed} CASES={self.cases} YEARS={years}.{months} from {self.start}"


def from_environment() -> Setting:
    """The long run: `SEED`, `CASES`, `YEARS` and `START` of the environment, else ten years."""
    return Setting(
        seed=int(os.environ.get("SEED") or 20210528),
        cases=int(os.environ.get("CASES") or 300),
        start=date.fromisoformat(os.environ.get("START") or "2021-06-01"),
        months=round(float(os.environ.get("YEARS") or 10) * 12),
    )
