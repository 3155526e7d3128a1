"""What was done with an instance, and the way its tokens took, element by element."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.identity import SYSTEM
from engine.runtime.models import ElementInstance, HistoryRecord, UserTask
from engine.runtime.queries.visible import LISTED, names_of_people

PEOPLE = ("from", "to")
"""Details that may be logins."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryLine:
    """A line of the history. `person` is None when the system did it by itself."""

    key: int
    at: datetime
    event: str
    element_id: str | None
    task_name: str
    task_name_en: str
    login: str | None
    person: str | None
    reason: str | None
    details: Mapping[str, object]
    people: Mapping[str, str]
    """The names behind the logins in `details`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PassedElement:
    """A pass of a token through an element."""

    key: int
    element_id: str
    kind: str
    loop_index: int | None
    state: str
    entered_at: datetime
    left_at: datetime | None


def history_of(
    connection: Connection, instance_key: int, element_id: str = ""
) -> tuple[HistoryLine, ...]:
    """What was done with an instance, the latest first."""
    query = (
        select(
            HistoryRecord.key,
            HistoryRecord.at,
            HistoryRecord.event,
            HistoryRecord.element_id,
            UserTask.name.label("task_name"),
            UserTask.name_en.label("task_name_en"),
            HistoryRecord.user,
            HistoryRecord.reason,
            HistoryRecord.details,
        )
        .join(UserTask, UserTask.key == HistoryRecord.task_key, isouter=True)
        .where(HistoryRecord.instance_key == instance_key)
        .order_by(HistoryRecord.key.desc())
    )
    if element_id:
        query = query.where(HistoryRecord.element_id == element_id)
    rows = connection.execute(query.limit(LISTED)).all()
    logins = [row.user_login for row in rows]
    named = [row.details.get(key) for row in rows for key in PEOPLE]
    people = names_of_people(
        connection, [*logins, *(login for login in named if isinstance(login, str))]
    )
    return tuple(
        HistoryLine(
            key=row.key,
            at=row.at,
            event=row.event,
            element_id=row.element_id,
            task_name=row.task_name or "",
            task_name_en=row.task_name_en or "",
            login=row.user_login,
            person=people.get(row.user_login, row.user_login)
            if row.user_login not in (None, SYSTEM.login)
            else None,
            reason=row.reason,
            details=row.details,
            people={
                str(row.details[key]): people[row.details[key]]
                for key in PEOPLE
                if row.details.get(key) in people
            },
        )
        for row in rows
    )


def way_of(
    connection: Connection, instance_key: int, element_id: str = ""
) -> tuple[PassedElement, ...]:
    """Every pass through an element, the latest first."""
    query = select(
        ElementInstance.key,
        ElementInstance.element_id,
        ElementInstance.kind,
        ElementInstance.loop_index,
        ElementInstance.state,
        ElementInstance.entered_at,
        ElementInstance.left_at,
    ).where(ElementInstance.instance_key == instance_key)
    if element_id:
        query = query.where(ElementInstance.element_id == element_id)
    rows = connection.execute(query.order_by(ElementInstance.key.desc()).limit(LISTED))
    return tuple(PassedElement(**row._mapping) for row in rows)
