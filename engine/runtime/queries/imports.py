"""Imports as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from engine.identity import User
from engine.runtime.errors import NotFound, NotPermitted
from engine.runtime.imports.models import (
    BAD,
    KNOWN,
    RUNNING,
    STARTED,
    WAITING,
    ImportRow,
    ImportRun,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportProgress:
    """A run with the numbers of its rows by state."""

    key: int
    process_id: str
    file_name: str
    file_kind: str
    header: list[str]
    unknown: list[str]
    total: int
    state: str
    started_by: str
    started_at: datetime
    ended_at: datetime | None
    started: int
    known: int
    bad: int
    waiting: int

    @property
    def done(self) -> int:
        return self.started + self.known + self.bad

    @property
    def runs(self) -> bool:
        return self.state == RUNNING


@dataclass(frozen=True, kw_only=True, slots=True)
class BadRow:
    """A row that was not taken over, and why."""

    row_no: int
    cells: list[Any]
    errors: list[dict[str, str]]


def import_progress(connection: Connection, user: User, run_key: int) -> ImportProgress:
    """A run of the user's bureau. Raises `NotFound`, `NotPermitted`."""
    row = connection.execute(_RUNS.where(ImportRun.key == run_key)).one_or_none()
    if row is None:
        raise NotFound(what="导入", key=run_key)
    if not user.sees(row.organisation_path):
        raise NotPermitted(
            action="查看这次导入",
            action_en="see this import",
            reason="不属于您的单位",
            reason_en="it belongs to another unit",
        )
    states = connection.execute(
        select(ImportRow.state, func.count())
        .where(ImportRow.run_key == run_key)
        .group_by(ImportRow.state)
    )
    counts: dict[str, int] = {row[0]: row[1] for row in states}
    known = {name: value for name, value in row._mapping.items() if name != "organisation_path"}
    return ImportProgress(
        **known,
        started=counts.get(STARTED, 0),
        known=counts.get(KNOWN, 0),
        bad=counts.get(BAD, 0),
        waiting=counts.get(WAITING, 0),
    )


def bad_rows(
    connection: Connection, run_key: int, *, after: int = 0, limit: int | None = None
) -> list[BadRow]:
    """The rows that were not taken over, in the order of the file; the caller has asked
    `import_progress` whether the user may see them.
    """
    wanted = (
        select(ImportRow.row_no, ImportRow.cells, ImportRow.errors)
        .where(ImportRow.run_key == run_key, ImportRow.state == BAD, ImportRow.row_no > after)
        .order_by(ImportRow.row_no)
        .limit(limit)
    )
    return [BadRow(**row._mapping) for row in connection.execute(wanted)]


def recent_imports(connection: Connection, user: User, limit: int = 10) -> list[ImportProgress]:
    """The newest runs of the user's bureau."""
    wanted = select(ImportRun.key).order_by(ImportRun.key.desc()).limit(limit)
    if not user.sees_all:
        wanted = wanted.where(ImportRun.organisation_path.startswith(user.bureau_path))
    keys = connection.scalars(wanted).all()
    return [import_progress(connection, user, key) for key in keys]


_RUNS = select(
    ImportRun.key,
    ImportRun.process_id,
    ImportRun.file_name,
    ImportRun.file_kind,
    ImportRun.header,
    ImportRun.unknown,
    ImportRun.total,
    ImportRun.state,
    ImportRun.organisation_path,
    ImportRun.started_by,
    ImportRun.started_at,
    ImportRun.ended_at,
)
