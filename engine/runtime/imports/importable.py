"""Which processes can be started from a table: those whose start form names import columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from engine.feel import compile_expression
from engine.forms import Form
from engine.runtime.commands.start_instance import none_start_of
from engine.runtime.errors import NoSuchDefinition
from engine.runtime.imports.errors import NothingToImportFor, ProcessNotChosen, WrongHeader
from engine.runtime.models import ProcessDefinition

if TYPE_CHECKING:
    from engine.runtime.definitions import Definitions, DeployedProcess
    from engine.runtime.imports.table_file import TableFile

REPORT_COLUMNS = ("行号", "错误列", "原因")
"""What a file of corrections has beside its own columns; passed over when it comes back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Importable:
    """A process with the start form that reads the rows."""

    deployed: DeployedProcess
    form: Form

    @property
    def process_id(self) -> str:
        return self.deployed.process_id

    @property
    def name(self) -> str:
        return self.deployed.process.name or self.process_id

    @property
    def columns(self) -> list[str]:
        """The headers a file may have, in the order of the form."""
        return list(self.form.import_columns())

    @property
    def required_columns(self) -> list[str]:
        """The first header of each field that every row must fill."""
        return [
            field.import_columns[0]
            for field in self.form.fields()
            if field.import_columns
            and field.required
            and field.component.hide is None
            and field.component.default is None
            and field.component.default_formula is None
        ]

    def organisation_columns(self) -> list[str]:
        """The columns that say which unit a row belongs to."""
        text = self.deployed.process.properties.get("organisation", "")
        if not text.lstrip().startswith("="):
            return []
        names = compile_expression(text.lstrip()[1:]).names
        return [
            header
            for header, column in self.form.import_columns().items()
            if column.path and column.path[0] in names
        ]


def importable_processes(definitions: Definitions, connection: Connection) -> list[Importable]:
    """Every process that can be imported, by name."""
    horizon = definitions.horizon(connection)
    found = []
    for process_id in connection.scalars(_PROCESSES):
        one = _importable(definitions, connection, process_id, horizon)
        if one is not None:
            found.append(one)
    return found


def choose(definitions: Definitions, connection: Connection, process_id: str | None) -> Importable:
    """The process to import for: the one named, or the only one there is.

    Raises `NothingToImportFor` or `ProcessNotChosen`.
    """
    if process_id:
        horizon = definitions.horizon(connection)
        one = _importable(definitions, connection, process_id, horizon)
        if one is None:
            raise NothingToImportFor(process=f" {process_id}")
        return one
    found = importable_processes(definitions, connection)
    if not found:
        raise NothingToImportFor(process="")
    if len(found) > 1:
        raise ProcessNotChosen(processes="、".join(one.process_id for one in found))
    return found[0]


def unknown_columns(importable: Importable, table: TableFile) -> list[str]:
    """The columns of the table that no field reads. Raises `WrongHeader` if it cannot be used."""
    header = [name for name in table.header if name not in REPORT_COLUMNS]
    read = importable.form.answers_from_row(dict.fromkeys(header))
    unknown = [name for name in header if name in read.unknown]
    if len(unknown) == len(header):
        _refuse(importable, table, "第一行不是表头", "the first row names none of the columns")
    repeated = sorted({name for name in header if name and header.count(name) > 1})
    if repeated:
        names = "、".join(repeated)
        _refuse(importable, table, f"{names} 重复", f"{names} stands there twice")
    known = set(header) - set(unknown)
    missing = [name for name in importable.required_columns if not _names(importable, name, known)]
    if missing:
        names = "、".join(missing)
        _refuse(importable, table, f"缺少 {names}", f"{names} missing")
    return [name for name in unknown if name]


def _names(importable: Importable, column: str, known: set[str]) -> bool:
    """Whether one of the known headers names the field of `column`."""
    wanted = importable.form.import_columns()[column].path
    read = importable.form.answers_from_row(dict.fromkeys(known))
    text = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in wanted).lstrip(".")
    return text in read.columns


def _refuse(importable: Importable, table: TableFile, reason: str, reason_en: str) -> None:
    raise WrongHeader(
        name=table.name,
        reason=reason,
        reason_en=reason_en,
        expected="、".join(importable.columns),
    )


def _importable(
    definitions: Definitions, connection: Connection, process_id: str, horizon: int
) -> Importable | None:
    deployed = definitions.process_as_of(connection, process_id, horizon)
    start = none_start_of(deployed)
    if start is None or start.form is None:
        return None
    try:
        form = definitions.form_as_of(connection, start.form.form_id, horizon).form
    except NoSuchDefinition:
        return None
    return Importable(deployed=deployed, form=form) if form.import_columns() else None


_PROCESSES = (
    select(ProcessDefinition.process_id)
    .group_by(ProcessDefinition.process_id)
    .order_by(func.min(ProcessDefinition.key))
)
