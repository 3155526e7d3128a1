"""Entries of the list: written when a decision was signed, changed only by its procedures.

Every change goes through `record_event`, which keeps it for good and does it once per idempotency
key, whatever is tried again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from engine.feel import plain
from engine.register.entry_status import after
from engine.register.errors import EntryUnknown
from engine.register.models import Entry, EntryEvent

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """An event of an entry: what happened, since when it counts, and who says so once.

    `columns` are written to the entry, `details` kept with the event.
    """

    event: str
    effective_at: datetime
    recorded_at: datetime
    idempotency_key: str
    instance_key: int | None = None
    columns: Mapping[str, object] | None = None
    details: Mapping[str, object] | None = None


def create_entry(connection: Connection, columns: Mapping[str, object]) -> None:
    """Write an entry once; a second attempt with the same number changes nothing."""
    known = connection.scalar(select(Entry.key).where(Entry.entry_no == columns["entry_no"]))
    if known is None:
        connection.execute(insert(Entry), dict(columns))


def entry_row(connection: Connection, entry_no: str) -> Row[Any]:
    """The whole row of an entry. Raises `EntryUnknown`."""
    row = connection.execute(select(Entry).where(Entry.entry_no == entry_no)).one_or_none()
    if row is None:
        raise EntryUnknown(entry_no=entry_no)
    return row


def record_event(connection: Connection, entry_no: str, change: Change) -> str:
    """Move the entry by `change.event`. Gives its state afterwards.

    A change with an idempotency key that was recorded before does nothing. Raises `EntryUnknown`
    and `MoveNotAllowed`.
    """
    row = entry_row(connection, entry_no)
    known = connection.scalar(
        select(EntryEvent.status_after).where(EntryEvent.idempotency_key == change.idempotency_key)
    )
    if known is not None:
        return str(known)
    status = after(row.status, change.event)
    connection.execute(
        update(Entry)
        .where(Entry.key == row.key)
        .values({**(change.columns or {}), "status": status})
    )
    connection.execute(
        insert(EntryEvent),
        {
            "entry_key": row.key,
            "event": change.event,
            "status_before": row.status,
            "status_after": status,
            "effective_at": change.effective_at,
            "recorded_at": change.recorded_at,
            "instance_key": change.instance_key,
            "idempotency_key": change.idempotency_key,
            "details": plain(dict(change.details or {})),
        },
    )
    return status


def change_entry(connection: Connection, entry_no: str, changes: Mapping[str, object]) -> None:
    """Write dates of an entry. Raises `EntryUnknown`."""
    row = entry_row(connection, entry_no)
    connection.execute(update(Entry).where(Entry.key == row.key).values(_dates_in(changes)))


def decision_served(
    connection: Connection, entry_no: str, changes: Mapping[str, object], change: Change
) -> str:
    """The decision was served: an event, with the dates of the entry that follow from it.

    Gives the state afterwards. Raises `EntryUnknown` and `MoveNotAllowed`.
    """
    return record_event(connection, entry_no, replace(change, columns=_dates_in(changes)))


def _dates_in(changes: Mapping[str, object]) -> dict[str, object]:
    return {column: changes[name] for name, column in _DATES.items() if name in changes}


def entry_of_case(connection: Connection, case_no: str) -> EntryView | None:
    """The entry that a case led to, None if it led to none."""
    row = connection.execute(select(Entry).where(Entry.case_no == case_no)).one_or_none()
    return _view(row) if row is not None else None


def _view(row: Row[Any]) -> EntryView:
    fields = row._mapping
    return EntryView(**{name: fields[name] for name in EntryView.__slots__})
