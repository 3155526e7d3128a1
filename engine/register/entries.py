"""Entries of the list: written when a decision was signed, changed only by its procedures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from engine.register.entry_status import after
from engine.register.errors import EntryUnknown
from engine.register.models import Entry

_DATES = {
    "decision_served_date": "decision_served_date",
    "rectify_due": "rectify_due_date",
    "publish_due": "publish_due_date",
    "serve_due": "serve_due_date",
}
"""Variables of a process that an entry keeps, and their columns."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryView:
    """An entry with the name and code of its party."""

    entry_no: str
    case_no: str
    decision_no: str
    decision_date: date
    years: int
    last_day: date
    publish_due_date: date | None
    serve_due_date: date | None
    decision_served_date: date | None
    rectify_due_date: date | None
    status: str


def create_entry(connection: Connection, columns: Mapping[str, object]) -> None:
    """Write an entry once; a second attempt with the same number changes nothing."""
    known = connection.scalar(select(Entry.key).where(Entry.entry_no == columns["entry_no"]))
    if known is None:
        connection.execute(insert(Entry), dict(columns))


def change_entry(connection: Connection, entry_no: str, changes: Mapping[str, object]) -> None:
    """Write dates of an entry; the day of service also moves its state.

    Raises `EntryUnknown`, and `MoveNotAllowed` if the entry cannot be served any more.
    """
    status = connection.scalar(select(Entry.status).where(Entry.entry_no == entry_no))
    if status is None:
        raise EntryUnknown(entry_no=entry_no)
    values: dict[str, object] = {
        column: changes[name] for name, column in _DATES.items() if name in changes
    }
    if isinstance(changes.get("decision_served_date"), date):
        values["status"] = after(status, "送达")
    connection.execute(update(Entry).where(Entry.entry_no == entry_no).values(values))


def entry_of_case(connection: Connection, case_no: str) -> EntryView | None:
    """The entry that a case led to, None if it led to none."""
    row = connection.execute(select(Entry).where(Entry.case_no == case_no)).one_or_none()
    return _view(row) if row is not None else None


def _view(row: Row[Any]) -> EntryView:
    fields = row._mapping
    return EntryView(**{name: fields[name] for name in EntryView.__slots__})
