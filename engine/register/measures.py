"""Measures against the party of an entry: put on, answered by those who apply them, ended.

They end at the instant the entry ends, for everybody, whenever a department confirms it (C.8 e).
While the entry is suspended they do not apply (AM-68).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from engine.register.entries import entry_row
from engine.register.models import EntryMeasure

AWAITING = "待反馈"
APPLIED = "已实施"
NEVER_APPLIED = "视同未实施"
"""The measure of a listing that was revoked: as if it had never been (AM-69)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewMeasure:
    """A measure of a decision, and who applies it. `pushed` ones wait for an answer."""

    measure_id: str
    name: str
    executed_by: str
    department: str
    basis_ref: str
    pushed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Feedback:
    """What a department says about one measure."""

    measure_id: str
    result: str
    from_date: date | None
    note: str


def apply_measures(
    connection: Connection, entry_no: str, measures: Iterable[NewMeasure], now: datetime
) -> None:
    """Put measures on, once each while they last: those of others are pushed to them now, our own
    apply from today.
    """
    entry_key = entry_row(connection, entry_no).key
    lasting = set(
        connection.scalars(
            select(EntryMeasure.measure_id).where(
                EntryMeasure.entry_key == entry_key, EntryMeasure.ended_at.is_(None)
            )
        )
    )
    for measure in measures:
        if measure.measure_id in lasting:
            continue
        connection.execute(
            insert(EntryMeasure),
            {
                "entry_key": entry_key,
                "measure_id": measure.measure_id,
                "name": measure.name,
                "executed_by": measure.executed_by,
                "department": measure.department,
                "basis_ref": measure.basis_ref,
                "state": AWAITING if measure.pushed else APPLIED,
                "pushed_at": now if measure.pushed else None,
                "from_date": None if measure.pushed else now.date(),
                "feedback": "",
            },
        )


def record_feedback(
    connection: Connection, entry_no: str, answers: Iterable[Feedback], now: datetime
) -> None:
    """Keep what a department answered about measures that still last."""
    entry_key = entry_row(connection, entry_no).key
    for answer in answers:
        connection.execute(
            update(EntryMeasure)
            .where(
                EntryMeasure.entry_key == entry_key,
                EntryMeasure.measure_id == answer.measure_id,
                EntryMeasure.ended_at.is_(None),
            )
            .values(
                state=answer.result,
                from_date=answer.from_date,
                feedback=answer.note,
                fed_back_at=now,
            )
        )


def end_measures(
    connection: Connection, entry_no: str, at: datetime, *, never_applied: bool
) -> list[dict[str, object]]:
    """End every measure of an entry at `at`; as if it had never been if `never_applied`.

    Gives those that had been pushed, by whom they are applied: `unit`, `department` and its
    `measures` (`id`, `name`, `basis_ref`).
    """
    entry_key = entry_row(connection, entry_no).key
    lasting = (EntryMeasure.entry_key == entry_key, EntryMeasure.ended_at.is_(None))
    rows = connection.execute(select(EntryMeasure).where(*lasting).order_by(EntryMeasure.key)).all()
    values: dict[str, object] = {"ended_at": at}
    if never_applied:
        values["state"] = NEVER_APPLIED
    connection.execute(update(EntryMeasure).where(*lasting).values(values))
    return _by_department([row for row in rows if row.pushed_at is not None])


def confirm_end(
    connection: Connection, entry_no: str, measure_ids: Iterable[str], note: str, now: datetime
) -> None:
    """A department confirms that it lifted measures that have ended."""
    entry_key = entry_row(connection, entry_no).key
    values: dict[str, object] = {"end_confirmed_at": now}
    if note:
        values["feedback"] = note
    connection.execute(
        update(EntryMeasure)
        .where(
            EntryMeasure.entry_key == entry_key,
            EntryMeasure.measure_id.in_(list(measure_ids)),
            EntryMeasure.ended_at.is_not(None),
            EntryMeasure.end_confirmed_at.is_(None),
        )
        .values(values)
    )


def suspend_measures(connection: Connection, entry_no: str, at: datetime | None) -> None:
    """The measures that last are suspended since `at`; None lets them apply again."""
    entry_key = entry_row(connection, entry_no).key
    connection.execute(
        update(EntryMeasure)
        .where(EntryMeasure.entry_key == entry_key, EntryMeasure.ended_at.is_(None))
        .values(suspended_at=at)
    )


def _by_department(rows: Iterable[Row[Any]]) -> list[dict[str, object]]:
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        unit = found.setdefault(
            f"{row.department}|{row.executed_by}",
            {"unit": row.department, "department": row.executed_by, "measures": []},
        )
        measure = {"id": row.measure_id, "name": row.name, "basis_ref": row.basis_ref}
        unit["measures"].append(measure)
    return list(found.values())
