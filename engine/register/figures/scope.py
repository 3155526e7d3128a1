"""Which units and months a board is about, as conditions for its queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, true

from engine.clock import end_of_day, start_of_day
from engine.identity import User
from engine.register.figures.model import Months
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.visible import seen_by


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """Reader and look; `path` narrows to a bureau, without the bureaus `outside` below it."""

    look: Reading
    user: User
    months: Months
    path: str = ""
    outside: tuple[str, ...] = ()

    @property
    def now(self) -> datetime:
        return self.look.clock.now()

    @property
    def today(self) -> date:
        return self.look.clock.today()

    def here(self, path: Any) -> ColumnElement[bool]:
        """The condition on an organisation path."""
        conditions = [seen_by(self.user, path)]
        if self.path:
            conditions.append(path.startswith(self.path, autoescape=True))
            conditions += [~path.startswith(one, autoescape=True) for one in self.outside]
        return and_(true(), *conditions)

    def on_days(self, day: Any) -> ColumnElement[bool]:
        """The condition on a day: it lies in the months."""
        return and_(day >= self.months.first, day <= self.months.ends)

    def at_instants(self, at: Any) -> ColumnElement[bool]:
        """The condition on an instant: it lies in the months."""
        return and_(at >= start_of_day(self.months.first), at < end_of_day(self.months.ends))
