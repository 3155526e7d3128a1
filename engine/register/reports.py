"""Monthly reports: what each unit, and each office for its region, reported for a month (C.3).

A file belongs to the process instance that took it in: a late supplement is a file of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from engine.register.models import ReportFile, ReportRow

UNIT = "unit"
REGION = "region"
"""The levels of a file: of a unit, and of an office that sends on what its units reported."""

COLUMNS = {
    "party_class": "party_class",
    "name": "party_name",
    "code": "party_code",
    "kind": "kind",
    "doc_no": "document_no",
    "date": "document_date",
    "amount": "amount",
    "suggest_listing": "proposed",
    "note": "note",
}
"""What a row is called in forms and letters, and its column."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Folder:
    """Where a file belongs: month `2025-09`, region, unit, level."""

    month: str
    region: str
    unit: str
    level: str


def keep_report(
    connection: Connection,
    folder: Folder,
    *,
    instance_key: int,
    idempotency_key: str,
    columns: Mapping[str, object],
    rows: Sequence[Mapping[str, object]] | None,
) -> None:
    """Write the file of an instance in a folder, or write it anew; None leaves its rows alone."""
    of_this = (
        ReportFile.month == folder.month,
        ReportFile.region == folder.region,
        ReportFile.unit == folder.unit,
        ReportFile.level == folder.level,
        ReportFile.instance_key == instance_key,
    )
    key = connection.scalar(select(ReportFile.key).where(*of_this))
    if key is None:
        inserted = connection.execute(
            insert(ReportFile),
            {
                "month": folder.month,
                "region": folder.region,
                "unit": folder.unit,
                "level": folder.level,
                "instance_key": instance_key,
                "idempotency_key": idempotency_key,
                **columns,
            },
        ).inserted_primary_key
        assert inserted is not None
        key = int(inserted[0])
    else:
        connection.execute(update(ReportFile).where(ReportFile.key == key).values(dict(columns)))
    if rows is not None:
        _write_rows(connection, key, rows)


def files_of(
    connection: Connection, instance_key: int, level: str, units: Iterable[str]
) -> dict[str, Row[Any]]:
    """Unit → the file that the instance has of it, of those that have one."""
    query = select(ReportFile).where(
        ReportFile.instance_key == instance_key,
        ReportFile.level == level,
        ReportFile.unit.in_(tuple(units)),
    )
    return {row.unit: row for row in connection.execute(query)}


def rows_of(connection: Connection, file_key: int) -> list[dict[str, object]]:
    """The rows of a file as forms and letters call them, with `row_no`."""
    query = select(ReportRow).where(ReportRow.report_key == file_key).order_by(ReportRow.number)
    return [_as_said(row) for row in connection.execute(query)]


def receive(connection: Connection, folder: Folder, instance_key: int, state: str,
            at: datetime) -> None:  # fmt: skip
    """The city has taken in the file of a region, or sent it back: that is its state now."""
    connection.execute(
        update(ReportFile)
        .where(
            ReportFile.month == folder.month,
            ReportFile.region == folder.region,
            ReportFile.level == folder.level,
            ReportFile.instance_key == instance_key,
        )
        .values(state=state, received_at=at)
    )


def _write_rows(connection: Connection, key: int, rows: Sequence[Mapping[str, object]]) -> None:
    connection.execute(delete(ReportRow).where(ReportRow.report_key == key))
    if rows:
        connection.execute(
            insert(ReportRow),
            [_columns(row, key, number) for number, row in enumerate(rows, start=1)],
        )


def _columns(row: Mapping[str, object], key: int, number: int) -> dict[str, object]:
    columns = {column: row.get(name) for name, column in COLUMNS.items()}
    for column in ("party_class", "party_name", "party_code", "kind", "document_no", "note"):
        columns[column] = str(columns[column] or "")
    criterion = row.get("criterion")
    day = columns["document_date"]
    columns["document_date"] = day if isinstance(day, date) else None
    columns["proposed"] = columns["proposed"] is True
    columns["criterion"] = "" if criterion is None else str(criterion)
    return {**columns, "report_key": key, "number": number}


def _as_said(row: Row[Any]) -> dict[str, object]:
    said: dict[str, object] = {name: getattr(row, column) for name, column in COLUMNS.items()}
    said["criterion"] = Decimal(row.criterion) if row.criterion else None
    said["row_no"] = Decimal(row.number)
    return said
