"""A file of parties to be checked: taken in at once, asked some rows at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, func, insert, select, update

from engine.identity import User, load_user
from engine.register.models import PrecheckRow, PrecheckRun
from engine.register.precheck.ask import Question, ask
from engine.register.precheck.ask_precheck import PERMISSION
from engine.register.precheck.deciding import tables_in_force
from engine.register.precheck.errors import PrecheckRefused
from engine.register.precheck.purposes import purpose_named
from engine.register.precheck.question_file import Columns, cell_text, find_columns
from engine.runtime.bus import Command, handles
from engine.runtime.errors import NotFound, NotPermitted
from engine.runtime.imports import TableFile

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction

WAITING, ANSWERED, BAD = "waiting", "answered", "bad"
RUNNING, COMPLETED, CANCELLED = "running", "completed", "cancelled"
AT_A_TIME = 50
"""Rows in one transaction: others who write wait no longer than these take."""
DOOR = "file"


@dataclass(frozen=True, kw_only=True)
class BeginPrecheckRun(Command):
    """Keep the rows of a table to be asked for one purpose. Gives the key of the run.

    `project_no` holds for rows without one of their own. Raises `PrecheckRefused`.
    """

    table: TableFile
    user: User
    purpose: str
    project_no: str = ""
    as_of: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CheckNextRows(Command):
    """Ask the next rows of a run that goes on. Gives how many still wait; none ends the run."""

    run_key: int


@dataclass(frozen=True, kw_only=True)
class CancelPrecheckRun(Command):
    """Stop a run of one's own; what was answered stays."""

    run_key: int
    user: User


@handles(BeginPrecheckRun)
def begin_precheck_run(command: BeginPrecheckRun, tx: Transaction) -> int:
    command.user.require(PERMISSION)
    table = command.table
    find_columns(table.name, table.header)
    purpose = purpose_named(
        tables_in_force(tx.connection, tx.definitions, tx.clock), command.purpose.strip()
    )
    inserted = tx.connection.execute(
        insert(PrecheckRun),
        {
            "file_name": table.name,
            "file_kind": table.kind,
            "header": list(table.header),
            "purpose": purpose.id,
            "project_no": command.project_no.strip(),
            "as_of": command.as_of,
            "total": len(table.rows),
            "state": RUNNING,
            "organisation_path": command.user.organisation_path,
            "started_by": command.user.login,
            "started_at": tx.now,
        },
    ).inserted_primary_key
    assert inserted is not None
    run_key = int(inserted[0])
    tx.connection.execute(
        insert(PrecheckRow),
        [
            {"run_key": run_key, "row_no": number, "state": WAITING, "cells": cells, "error": {}}
            for number, cells in table.rows
        ],
    )
    return run_key


@handles(CheckNextRows)
def check_next_rows(command: CheckNextRows, tx: Transaction) -> int:
    run = tx.connection.execute(
        select(PrecheckRun).where(PrecheckRun.key == command.run_key).with_for_update()
    ).one_or_none()
    if run is None or run.state != RUNNING:
        return 0
    waiting = (PrecheckRow.run_key == run.key, PrecheckRow.state == WAITING)
    rows = tx.connection.execute(
        select(PrecheckRow).where(*waiting).order_by(PrecheckRow.row_no).limit(AT_A_TIME)
    ).all()
    _ask_rows(run, rows, tx)
    left = tx.connection.scalar(select(func.count()).select_from(PrecheckRow).where(*waiting)) or 0
    if not left:
        _end(tx, run.key, COMPLETED)
    return left


@handles(CancelPrecheckRun)
def cancel_precheck_run(command: CancelPrecheckRun, tx: Transaction) -> None:
    command.user.require(PERMISSION)
    whose = tx.connection.scalar(
        select(PrecheckRun.started_by).where(PrecheckRun.key == command.run_key)
    )
    if whose is None:
        raise NotFound(what="批量审查", key=command.run_key)
    if whose != command.user.login:
        raise NotPermitted(
            action="停止这次批量审查",
            action_en="stop this batch",
            reason="不是您发起的",
            reason_en="somebody else began it",
        )
    _end(tx, command.run_key, CANCELLED)


def _ask_rows(run: Row[Any], rows: Sequence[Row[Any]], tx: Transaction) -> None:
    decide = tables_in_force(tx.connection, tx.definitions, tx.clock)
    user = load_user(tx.connection, run.started_by)
    user.require(PERMISSION)
    columns = find_columns(run.file_name, run.header)
    for row in rows:
        values: dict[str, object]
        try:
            question = _question(run, row, columns)
            answer = ask(tx.connection, question, user=user, decide=decide, now=tx.now)
            values = {"state": ANSWERED, "query_key": answer.key}
        except PrecheckRefused as refused:
            said = {"zh": refused.message("zh"), "en": refused.message("en")}
            values = {"state": BAD, "error": said}
        tx.connection.execute(
            update(PrecheckRow)
            .where(PrecheckRow.run_key == run.key, PrecheckRow.row_no == row.row_no)
            .values(values)
        )


def _question(run: Row[Any], row: Row[Any], columns: Columns) -> Question:
    cells: Mapping[str, str] = {
        name: cell_text(row.cells[at]) if at is not None and at < len(row.cells) else ""
        for name, at in columns.places.items()
    }
    return Question(
        purpose=run.purpose,
        name=cells["name"],
        code=cells["code"],
        project_no=cells["project_no"] or run.project_no,
        as_of=run.as_of,
        door=DOOR,
        run_key=run.key,
    )


def _end(tx: Transaction, run_key: int, state: str) -> None:
    tx.connection.execute(
        update(PrecheckRun)
        .where(PrecheckRun.key == run_key, PrecheckRun.state == RUNNING)
        .values(state=state, ended_at=tx.now)
    )
