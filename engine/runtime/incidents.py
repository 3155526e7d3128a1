"""Incidents: what failed, where, on what values, kept until a person has dealt with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update

from engine.errors import ChengxinError
from engine.feel import plain
from engine.identity import SYSTEM
from engine.runtime.models import Incident, Job, ProcessInstance

if TYPE_CHECKING:
    from engine.runtime.instance import Instance
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """An error as an incident keeps it."""

    kind: str
    zh: str
    en: str
    place: str = ""
    element_id: str = ""
    details: Mapping[str, object] = field(default_factory=dict)


def fault_of(error: Exception) -> Fault:
    """What an incident says of an error."""
    if not isinstance(error, ChengxinError):
        text = f"{type(error).__name__}: {error}"
        return Fault(kind=type(error).__name__, zh=f"程序错误：{text}", en=text)
    return Fault(
        kind=type(error).__name__,
        zh=error.message("zh"),
        en=error.message("en"),
        place=str(error.place or ""),
        element_id=error.place.element if error.place else "",
        details={name: _readable(value) for name, value in error.values.items()},
    )


def record(
    tx: Transaction,
    instance: Instance,
    fault: Fault,
    *,
    element_id: str,
    job_key: int | None = None,
    timer_key: int | None = None,
    task_key: int | None = None,
) -> None:
    """Write an incident; the same fault at the same task or timer is not written twice."""
    known = tx.connection.execute(
        _OPEN,
        {
            "of": instance.key,
            "element": fault.element_id or element_id,
            "fault": fault.kind,
            "job": job_key,
        },
    ).first()
    if known is not None:
        return
    tx.connection.execute(
        insert(Incident),
        {
            "instance_key": instance.key,
            "root_key": instance.row.root_key,
            "element_id": fault.element_id or element_id,
            "kind": fault.kind,
            "message_zh": fault.zh,
            "message_en": fault.en,
            "details": {**dict(fault.details), "place": fault.place},
            "job_key": job_key,
            "timer_key": timer_key,
            "task_key": task_key,
            "created_at": tx.now,
        },
    )
    tx.connection.execute(_COUNT, {"of": instance.key, "by": 1})
    tx.rows.history(
        instance, "incident_created", element_id=element_id, details={"message": fault.zh}
    )


def resolve(tx: Transaction, instance: Instance, incident_key: int, *, by: str) -> None:
    """Mark an incident as dealt with."""
    tx.connection.execute(_RESOLVE, {"of": incident_key, "at": tx.now, "who": by})
    tx.connection.execute(_COUNT, {"of": instance.key, "by": -1})
    who = None if by == SYSTEM.login else by
    tx.rows.history(instance, "incident_resolved", user=who, details={"incident": incident_key})


def drop_of_instance(tx: Transaction, instance: Instance) -> None:
    """The instance is over: nobody need repair what is not wanted any more."""
    for key in tx.connection.scalars(_OPEN_OF_INSTANCE, {"of": instance.key}).all():
        resolve(tx, instance, key, by=SYSTEM.login)


def drop_of_job(tx: Transaction, instance: Instance, token_id: str) -> None:
    """The token of a job was withdrawn, and with it what had failed there."""
    values = {"of": instance.key, "token": token_id}
    for key in tx.connection.scalars(_OPEN_OF_JOB, values).all():
        resolve(tx, instance, key, by=SYSTEM.login)


def _readable(value: object) -> object:
    try:
        return plain(value)
    except (TypeError, ValueError, ChengxinError):
        return str(value)


_OPEN = select(Incident.key).where(
    Incident.instance_key == bindparam("of"),
    Incident.element_id == bindparam("element"),
    Incident.kind == bindparam("fault"),
    Incident.resolved_at.is_(None),
    Incident.job_key.is_not_distinct_from(bindparam("job")),
)
_OPEN_OF_INSTANCE = select(Incident.key).where(
    Incident.instance_key == bindparam("of"), Incident.resolved_at.is_(None)
)
_OPEN_OF_JOB = _OPEN_OF_INSTANCE.join(Job, Job.key == Incident.job_key).where(
    Job.token_id == bindparam("token")
)
_COUNT = (
    update(ProcessInstance)
    .where(ProcessInstance.key == bindparam("of"))
    .values(incident_count=ProcessInstance.incident_count + bindparam("by"))
)
_RESOLVE = (
    update(Incident)
    .where(Incident.key == bindparam("of"))
    .values(resolved_at=bindparam("at"), resolved_by=bindparam("who"))
)
