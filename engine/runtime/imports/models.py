"""The tables of imports: a run for each file, a row for each of its rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.store import Base, BigKey, Instant, Json, Key

WAITING, STARTED, KNOWN, BAD = "waiting", "started", "known", "bad"
"""States of a row: not looked at yet, an instance started, started before, not acceptable."""
RUNNING, COMPLETED, CANCELLED = "running", "completed", "cancelled"
"""States of a run."""


class ImportRun(Base):
    """The import of one file. Its progress is the states of its rows."""

    __tablename__ = "import_run"

    key: Mapped[Key]
    process_id: Mapped[str] = mapped_column(String(200))
    file_name: Mapped[str] = mapped_column(String(255))
    file_kind: Mapped[str] = mapped_column(String(8))
    """`csv` or `xlsx`."""
    header: Mapped[list[str]] = mapped_column(Json)
    unknown: Mapped[list[str]] = mapped_column(Json)
    """Columns of the file that no field of the form reads."""
    total: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16))
    organisation_path: Mapped[str] = mapped_column(String(200))
    """The bureau of whoever imports: its people see the run."""
    started_by: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (Index(None, "state", "key"), Index(None, "organisation_path", "key"))


class ImportRow(Base):
    """A row of a file, numbered as spreadsheets number it (the header is row 1).

    The state is written in the transaction that starts the instance. The cells of a row that was
    taken over are forgotten: what they said lives in the instance.
    """

    __tablename__ = "import_row"

    run_key: Mapped[int] = mapped_column(
        BigKey, ForeignKey("import_run.key"), primary_key=True, autoincrement=False
    )
    row_no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(8))
    cells: Mapped[list[Any]] = mapped_column(Json)
    errors: Mapped[list[dict[str, str]]] = mapped_column(Json)
    """Of a bad row: `column`, `zh` and `en` of everything that is wrong."""
    instance_key: Mapped[int | None] = mapped_column(BigKey, ForeignKey("process_instance.key"))

    __table_args__ = (
        Index(None, "run_key", "state", "row_no"),
        Index(None, "run_key", "instance_key"),
    )
