"""How far time has gone in a database, and what comes next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from engine.clock import in_shanghai
from engine.runtime.models import (
    CalendarNotice,
    Deployment,
    HistoryRecord,
    Job,
    ProcessInstance,
    Reminder,
    Timer,
    UserTask,
)


@dataclass(frozen=True, kw_only=True)
class Coming:
    """Something that happens when the clock gets there. `kind` is timer, job or reminder."""

    at: datetime
    kind: str
    element_id: str
    name: str
    process_definition_key: int | None
    instance_key: int | None
    subject: str
    business_key: str


def latest_instant(connection: Connection) -> datetime | None:
    """When something was last done, deployed, reminded of or entered in this database."""
    columns = (
        HistoryRecord.at,
        Deployment.deployed_at,
        Reminder.at,
        CalendarNotice.entered_at,
        CalendarNotice.approved_at,
    )
    instants = (connection.scalar(select(func.max(column))) for column in columns)
    found = [at for at in instants if at is not None]
    return in_shanghai(max(found)) if found else None


def coming(
    connection: Connection, now: datetime, job_types: Collection[str], limit: int
) -> tuple[Coming, ...]:
    """What falls due next after `now`, the soonest first."""
    timers = (
        select(
            Timer.due_at.label("at"),
            Timer.element_id,
            ProcessInstance.process_definition_key,
            Timer.instance_key,
            ProcessInstance.subject,
            ProcessInstance.business_key,
        )
        .outerjoin(ProcessInstance, ProcessInstance.key == Timer.instance_key)
        .where(Timer.state == "armed", Timer.due_at > now)
        .order_by(Timer.due_at)
    )
    jobs = (
        select(
            Job.run_at.label("at"),
            Job.element_id,
            ProcessInstance.process_definition_key,
            Job.instance_key,
            ProcessInstance.subject,
            ProcessInstance.business_key,
        )
        .join(ProcessInstance, ProcessInstance.key == Job.instance_key)
        .where(Job.state == "ready", Job.run_at > now, Job.type.in_(job_types))
        .order_by(Job.run_at)
    )
    reminders = (
        select(
            UserTask.remind_at.label("at"),
            UserTask.element_id,
            UserTask.name,
            ProcessInstance.process_definition_key,
            UserTask.instance_key,
            ProcessInstance.subject,
            ProcessInstance.business_key,
        )
        .join(ProcessInstance, ProcessInstance.key == UserTask.instance_key)
        .where(UserTask.state == "open", UserTask.remind_at > now)
        .order_by(UserTask.remind_at)
    )
    found = [
        Coming(
            at=in_shanghai(row.at),
            kind=kind,
            element_id=row.element_id,
            name=getattr(row, "name", ""),
            process_definition_key=row.process_definition_key,
            instance_key=row.instance_key,
            subject=row.subject or "",
            business_key=row.business_key or "",
        )
        for kind, query in (("timer", timers), ("job", jobs), ("reminder", reminders))
        for row in connection.execute(query.limit(limit))
    ]
    return tuple(sorted(found, key=lambda item: item.at)[:limit])
