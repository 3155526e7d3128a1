"""Background jobs, of one instance and of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.identity import User
from engine.runtime.models import Job, ProcessDefinition, ProcessInstance
from engine.runtime.queries.visible import LISTED, counted, seen_by

PAGE = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class JobLine:
    """A job of an instance."""

    key: int
    element_id: str
    type: str
    headers: Mapping[str, str]
    state: str
    retries: int
    run_at: datetime
    created_at: datetime
    ended_at: datetime | None
    last_error: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedJob:
    """A job in the list of all."""

    key: int
    instance_key: int
    process_definition_key: int
    element_id: str
    process_name: str
    process_name_en: str
    subject: str | None
    business_key: str | None
    type: str
    state: str
    retries: int
    run_at: datetime
    created_at: datetime
    ended_at: datetime | None
    last_error: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class JobPage:
    """A page of jobs, the newest first; `following` is the key of the last."""

    rows: tuple[ListedJob, ...]
    total: int
    following: int | None


def jobs_of(connection: Connection, instance_key: int, element_id: str = "") -> tuple[JobLine, ...]:
    """The jobs of an instance, the newest first."""
    query = select(
        Job.key,
        Job.element_id,
        Job.type,
        Job.headers,
        Job.state,
        Job.retries,
        Job.run_at,
        Job.created_at,
        Job.ended_at,
        Job.last_error,
    ).where(Job.instance_key == instance_key)
    if element_id:
        query = query.where(Job.element_id == element_id)
    rows = connection.execute(query.order_by(Job.key.desc()).limit(LISTED))
    return tuple(JobLine(**row._mapping) for row in rows)


def find_jobs(
    connection: Connection,
    user: User,
    *,
    state: str = "",
    older_than: int | None = None,
    limit: int = PAGE,
) -> JobPage:
    """The jobs that `user` may see, in one state or in any."""
    query = (
        select(
            Job.key,
            Job.instance_key,
            ProcessInstance.process_definition_key,
            Job.element_id,
            ProcessDefinition.name.label("process_name"),
            ProcessDefinition.name_en.label("process_name_en"),
            ProcessInstance.subject,
            ProcessInstance.business_key,
            Job.type,
            Job.state,
            Job.retries,
            Job.run_at,
            Job.created_at,
            Job.ended_at,
            Job.last_error,
        )
        .join(ProcessInstance, ProcessInstance.key == Job.instance_key)
        .join(ProcessDefinition, ProcessDefinition.key == ProcessInstance.process_definition_key)
        .where(seen_by(user, ProcessInstance.organisation_path))
    )
    if state:
        query = query.where(Job.state == state)
    paged = query.order_by(Job.key.desc())
    if older_than is not None:
        paged = paged.where(Job.key < older_than)
    rows = connection.execute(paged.limit(limit + 1)).all()
    shown = rows[:limit]
    return JobPage(
        rows=tuple(ListedJob(**row._mapping) for row in shown),
        total=counted(connection, query),
        following=shown[-1].key if len(rows) > limit else None,
    )
