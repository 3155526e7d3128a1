"""Work off one row: its state is written in the transaction that starts its instance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, bindparam, exists, select, update

from engine.forms.errors import FormInvalid
from engine.identity import SYSTEM, User, load_user
from engine.runtime.bus import Command, handles
from engine.runtime.commands.start_instance import StartInstance, start_instance
from engine.runtime.errors import AlreadyStarted, NotPermitted
from engine.runtime.imports.errors import ForeignUnit
from engine.runtime.imports.importable import Importable, choose
from engine.runtime.imports.models import (
    BAD,
    COMPLETED,
    KNOWN,
    RUNNING,
    STARTED,
    WAITING,
    ImportRow,
    ImportRun,
)
from engine.runtime.imports.verdict import (
    Fault,
    fault,
    faults_of_cells,
    faults_of_form,
    in_order,
    read_row,
)
from engine.runtime.models import ProcessInstance
from engine.runtime.start_keys import start_environment

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class ImportNextRow(Command):
    """Work off a row that waits, if its run still goes on; any other is left alone.

    A row that is not acceptable becomes a bad row. A fault while its instance moves rolls all of
    it back and is raised: `FailImportRow` then says why.
    """

    run_key: int
    row_no: int


@dataclass(frozen=True, kw_only=True)
class FailImportRow(Command):
    """Say why a row could not be taken over."""

    run_key: int
    row_no: int
    faults: Sequence[Fault]


@handles(ImportNextRow)
def import_next_row(command: ImportNextRow, tx: Transaction) -> None:
    row = _waiting(command, tx)
    if row is None:
        return
    importable = choose(tx.definitions, tx.connection, row.process_id)
    user = user_of(row.started_by, tx)
    read = read_row(row.header, row.cells)
    faults = list(read.faults)
    answers = importable.form.answers_from_row(
        read.cells, environment=start_environment(tx, tx.definitions.horizon(tx.connection), user)
    )
    faults += faults_of_cells(answers)
    if not faults:
        start_row(command, tx, row, importable, user, answers.submitted)
        return
    try:
        importable.form.answers(
            answers.submitted,
            context={},
            environment=start_environment(tx, tx.definitions.horizon(tx.connection), user),
        )
    except FormInvalid as invalid:
        faults += faults_of_form(importable, answers, invalid, faults)
    _settle_row(command, tx, BAD, faults=in_order(faults, row.header))


def start_row(
    command: ImportNextRow,
    tx: Transaction,
    row: Row[Any],
    importable: Importable,
    user: User,
    submitted: dict[str, object],
) -> None:
    """Start the instance of a row whose cells could all be read."""
    try:
        wish = StartInstance(process_id=importable.process_id, user=user, variables=submitted)
        key: int = start_instance(wish, tx)  # type: ignore[assignment]
    except FormInvalid as invalid:
        read = importable.form.answers_from_row(read_row(row.header, row.cells).cells)
        faults = faults_of_form(importable, read, invalid)
        _settle_row(command, tx, BAD, faults=in_order(faults, row.header))
    except AlreadyStarted as known:
        _known_row(command, tx, importable, user, known)
    except NotPermitted as foreign:
        raise ForeignUnit from foreign
    else:
        _settle_row(command, tx, STARTED, instance_key=key)


def foreign_unit_faults(importable: Importable, error: ForeignUnit) -> list[Fault]:
    """The fault of a row that belongs to another bureau, at the columns that say so."""
    columns = importable.organisation_columns() or [""]
    return [fault(columns[0], error.message("zh"), error.message("en"))]


def user_of(login: str, tx: Transaction) -> User:
    """The person who imports, with the rights of now. Raises `UnknownUser`."""
    return SYSTEM if login == SYSTEM.login else load_user(tx.connection, login)


@handles(FailImportRow)
def fail_import_row(command: FailImportRow, tx: Transaction) -> None:
    if _waiting(command, tx) is not None:
        _settle_row(command, tx, BAD, faults=list(command.faults))


def _known_row(
    command: ImportNextRow,
    tx: Transaction,
    importable: Importable,
    user: User,
    known: AlreadyStarted,
) -> None:
    """The instance exists: by a row above in this file, or from before."""
    found = tx.connection.execute(
        select(ProcessInstance.key, ProcessInstance.organisation_path).where(
            ProcessInstance.key == known.values["key"]
        )
    ).one()
    above = tx.connection.scalar(
        _SAME_INSTANCE, {"of": command.run_key, "instance": found.key, "row": command.row_no}
    )
    if not user.sees(found.organisation_path):
        faults = foreign_unit_faults(importable, ForeignUnit())
        _settle_row(command, tx, BAD, faults=faults)
    elif above is not None:
        repeated = fault("", f"与第 {above} 行重复", f"repeats row {above}")
        _settle_row(command, tx, BAD, faults=[repeated])
    else:
        _settle_row(command, tx, KNOWN, instance_key=found.key)


def _waiting(command: ImportNextRow | FailImportRow, tx: Transaction) -> Row[Any] | None:
    """The row with its run locked, so that rows of one run are worked off one after another."""
    return tx.connection.execute(
        _WAITING_ROW, {"of": command.run_key, "row": command.row_no}
    ).one_or_none()


def _settle_row(
    command: ImportNextRow | FailImportRow,
    tx: Transaction,
    state: str,
    *,
    faults: Sequence[Fault] = (),
    instance_key: int | None = None,
) -> None:
    values: dict[str, object] = {
        "state": state,
        "errors": list(faults),
        "instance_key": instance_key,
    }
    if state != BAD:
        values["cells"] = []
    tx.connection.execute(
        update(ImportRow)
        .where(ImportRow.run_key == command.run_key, ImportRow.row_no == command.row_no)
        .values(values)
    )
    if not tx.connection.scalar(_SOME_WAIT, {"of": command.run_key}):
        tx.connection.execute(
            update(ImportRun)
            .where(ImportRun.key == command.run_key, ImportRun.state == RUNNING)
            .values(state=COMPLETED, ended_at=tx.now)
        )


_WAITING_ROW = (
    select(ImportRun.process_id, ImportRun.header, ImportRun.started_by, ImportRow.cells)
    .join(ImportRow, ImportRow.run_key == ImportRun.key)
    .where(
        ImportRun.key == bindparam("of"),
        ImportRun.state == RUNNING,
        ImportRow.row_no == bindparam("row"),
        ImportRow.state == WAITING,
    )
    .with_for_update()
)
_SAME_INSTANCE = (
    select(ImportRow.row_no)
    .where(
        ImportRow.run_key == bindparam("of"),
        ImportRow.instance_key == bindparam("instance"),
        ImportRow.row_no < bindparam("row"),
    )
    .order_by(ImportRow.row_no)
    .limit(1)
)
_SOME_WAIT = select(
    exists().where(ImportRow.run_key == bindparam("of"), ImportRow.state == WAITING)
)
