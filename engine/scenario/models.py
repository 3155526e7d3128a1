"""The table of the demonstration: how far its cases have been played into a database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from engine.store import Base, Instant, Json, Key


class DemonstrationRun(Base):
    """The cases of the demonstration in this database: played once, and on after an interruption.

    `until` is the instant at which they end, from whose day all their dates are counted.
    """

    __tablename__ = "demonstration_run"

    key: Mapped[Key]
    until: Mapped[datetime] = mapped_column(Instant)
    steps_done: Mapped[int] = mapped_column(Integer, default=0)
    cases: Mapped[dict[str, int]] = mapped_column(Json)
    """The instances started so far, by the title of their scenario."""
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
