"""Incidents: what failed and waits for a person, of one instance and of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from engine.identity import User
from engine.runtime.models import Incident, Job, ProcessDefinition, ProcessInstance
from engine.runtime.queries.visible import counted, names_of_people, seen_by

PAGE = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentLine:
    """An incident with what is known of its cause.

    `read` are the variables the failed expression read; `expression` and `place` are empty where
    no expression failed.
    """

    key: int
    instance_key: int
    process_definition_key: int
    element_id: str
    process_name: str
    process_name_en: str
    subject: str | None
    business_key: str | None
    kind: str
    message_zh: str
    message_en: str
    expression: str
    purpose: str
    value: object
    read: Mapping[str, object]
    place: str
    job_type: str | None
    has_timer: bool
    has_task: bool
    created_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentPage:
    """A page of incidents, the newest first; `following` is the key of the last."""

    rows: tuple[IncidentLine, ...]
    total: int
    following: int | None


def incidents_of(
    connection: Connection, instance_key: int, element_id: str = ""
) -> tuple[IncidentLine, ...]:
    """The incidents of an instance, open ones first, then the newest."""
    query = _ROWS.where(Incident.instance_key == instance_key)
    if element_id:
        query = query.where(Incident.element_id == element_id)
    lines = _lines(connection, connection.execute(query.order_by(Incident.key.desc())).all())
    return tuple(sorted(lines, key=lambda line: not line.is_open))


def find_incidents(
    connection: Connection,
    user: User,
    *,
    resolved: bool = False,
    process_id: str = "",
    older_than: int | None = None,
    limit: int = PAGE,
) -> IncidentPage:
    """The incidents that `user` may see: those open, or those dealt with."""
    query = _seen(user, resolved=resolved)
    if process_id:
        query = query.where(ProcessInstance.process_id == process_id)
    paged = query.order_by(Incident.key.desc())
    if older_than is not None:
        paged = paged.where(Incident.key < older_than)
    rows = connection.execute(paged.limit(limit + 1)).all()
    shown = _lines(connection, rows[:limit])
    return IncidentPage(
        rows=tuple(shown),
        total=counted(connection, query.with_only_columns(Incident.key)),
        following=shown[-1].key if len(rows) > limit else None,
    )


def count_open_incidents(connection: Connection, user: User) -> int:
    """How many incidents wait for a person, at most a thousand."""
    return counted(connection, _seen(user, resolved=False).with_only_columns(Incident.key))


def _seen(user: User, *, resolved: bool) -> Select[*tuple[Any, ...]]:
    return _ROWS.where(
        Incident.resolved_at.is_not(None) if resolved else Incident.resolved_at.is_(None),
        seen_by(user, ProcessInstance.organisation_path),
    )


def _lines(connection: Connection, rows: Any) -> list[IncidentLine]:
    people = names_of_people(connection, (row.resolved_by for row in rows))
    return [_line(row, people) for row in rows]


def _line(row: Row[*tuple[Any, ...]], people: Mapping[str, str]) -> IncidentLine:
    details = row.details
    read = details.get("read")
    return IncidentLine(
        key=row.key,
        instance_key=row.instance_key,
        process_definition_key=row.process_definition_key,
        element_id=row.element_id,
        process_name=row.process_name,
        process_name_en=row.process_name_en,
        subject=row.subject,
        business_key=row.business_key,
        kind=row.kind,
        message_zh=row.message_zh,
        message_en=row.message_en,
        expression=str(details.get("source") or ""),
        purpose=str(details.get("purpose") or ""),
        value=details.get("value"),
        read=read if isinstance(read, Mapping) else {},
        place=str(details.get("place") or ""),
        job_type=row.job_type,
        has_timer=row.timer_key is not None,
        has_task=row.task_key is not None,
        created_at=row.created_at,
        resolved_at=row.resolved_at,
        resolved_by=people.get(row.resolved_by, row.resolved_by),
    )


_ROWS = (
    select(
        Incident.key,
        Incident.instance_key,
        ProcessInstance.process_definition_key,
        Incident.element_id,
        ProcessDefinition.name.label("process_name"),
        ProcessDefinition.name_en.label("process_name_en"),
        ProcessInstance.subject,
        ProcessInstance.business_key,
        Incident.kind,
        Incident.message_zh,
        Incident.message_en,
        Incident.details,
        Incident.timer_key,
        Incident.task_key,
        Incident.created_at,
        Incident.resolved_at,
        Incident.resolved_by,
        Job.type.label("job_type"),
    )
    .join(ProcessInstance, ProcessInstance.key == Incident.instance_key)
    .join(ProcessDefinition, ProcessDefinition.key == ProcessInstance.process_definition_key)
    .join(Job, Job.key == Incident.job_key, isouter=True)
)
