"""Try again what failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update

from engine.identity import User
from engine.runtime.bus import Command, handles
from engine.runtime.errors import NotFound
from engine.runtime.incidents import resolve
from engine.runtime.models import Incident, Job, Timer

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class RetryIncident(Command):
    """Resolve an incident: its job gets `retries` more, its timer is armed again."""

    incident_key: int
    user: User
    retries: int = 3


@handles(RetryIncident)
def retry_incident(command: RetryIncident, tx: Transaction) -> None:
    command.user.require("incident.resolve")
    incident = tx.connection.execute(_INCIDENT, {"of": command.incident_key}).one_or_none()
    if incident is None:
        raise NotFound(what="异常", key=command.incident_key)
    instance = tx.lock_instance(incident.instance_key, fire_due=False)
    instance.require_seen_by(command.user)
    if incident.resolved_at is not None:
        return
    if incident.job_key is not None:
        tx.connection.execute(
            update(Job)
            .where(Job.key == incident.job_key, Job.state == "failed")
            .values(state="ready", retries=command.retries, run_at=tx.now)
        )
        tx.rows.has_new_jobs = True
    if incident.timer_key is not None:
        tx.connection.execute(
            update(Timer).where(Timer.key == incident.timer_key).values(state="armed")
        )
        tx.timer_armed(tx.now)
    resolve(tx, instance, incident.key, by=command.user.login)


_INCIDENT = select(
    Incident.key,
    Incident.instance_key,
    Incident.job_key,
    Incident.timer_key,
    Incident.resolved_at,
).where(Incident.key == bindparam("of"))
