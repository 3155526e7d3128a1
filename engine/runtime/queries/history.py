"""办理历史: what was done in a case, by whom, when and why, with the words of its diagrams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from engine.runtime.models import HistoryRecord, ProcessInstance
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.visible import names_of_people

LIMIT = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryLine:
    """One thing that happened. `by` is empty where the system acted by itself.

    `step` is the name of the element, `procedure` that of the process; `people` has the names of
    those whom the details name by login.
    """

    at: datetime
    event: str
    by: str
    step: str
    step_en: str
    procedure: str
    procedure_en: str
    reason: str
    details: Mapping[str, Any]
    people: Mapping[str, str]
    task_key: int | None


def history_of(reading: Reading, root_key: int, limit: int = LIMIT) -> tuple[HistoryLine, ...]:
    """The history of a case with everything it called, the newest first."""
    return _lines(reading, _RECORDS.where(HistoryRecord.root_key == root_key).limit(limit))


def last_of_task(reading: Reading, root_key: int, task_key: int) -> HistoryLine | None:
    """What happened to a task last."""
    query = _RECORDS.where(HistoryRecord.root_key == root_key, HistoryRecord.task_key == task_key)
    return next(iter(_lines(reading, query.limit(1))), None)


def _lines(reading: Reading, query: Select[Any]) -> tuple[HistoryLine, ...]:
    rows = reading.connection.execute(query).all()
    named = [row.user_login for row in rows]
    for row in rows:
        named += [row.details.get("from"), row.details.get("to")]
    people = names_of_people(reading.connection, (n for n in named if isinstance(n, str)))
    return tuple(_line(reading, row, people) for row in rows)


def _line(reading: Reading, row: Any, people: Mapping[str, str]) -> HistoryLine:
    process = reading.definitions.process(reading.connection, row.process_definition_key).process
    element = process.elements.get(row.element_id or "")
    return HistoryLine(
        at=row.at,
        event=row.event,
        by=people.get(row.user_login, row.user_login or ""),
        step=(element.name or element.id) if element else (row.element_id or ""),
        step_en=element.properties.get("name:en", "") if element else "",
        procedure=process.name or process.id,
        procedure_en=process.properties.get("name:en", ""),
        reason=row.reason or "",
        details=row.details,
        people=people,
        task_key=row.task_key,
    )


_RECORDS = (
    select(
        HistoryRecord.at,
        HistoryRecord.event,
        HistoryRecord.element_id,
        HistoryRecord.task_key,
        HistoryRecord.user.label("user_login"),
        HistoryRecord.reason,
        HistoryRecord.details,
        ProcessInstance.process_definition_key,
    )
    .join(ProcessInstance, ProcessInstance.key == HistoryRecord.instance_key)
    .order_by(HistoryRecord.key.desc())
)
