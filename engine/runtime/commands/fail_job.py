"""A job failed: try again later, or leave it to a person as an incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update

from engine.runtime.bus import Command, handles
from engine.runtime.incidents import Fault, record
from engine.runtime.models import Job

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction

FIRST_BACK_OFF = timedelta(seconds=10)


@dataclass(frozen=True, kw_only=True)
class FailJob(Command):
    """Count down the retries of a job; the wait doubles each time. At 0 it is an incident.

    A fault that trying again cannot cure (`is_final`) is an incident at once. Of a leased job only
    the worker that still holds it may say so: for another `leased_until` nothing is done.
    """

    job_key: int
    fault: Fault
    is_final: bool = False
    leased_until: datetime | None = None


@handles(FailJob)
def fail_job(command: FailJob, tx: Transaction) -> None:
    job = tx.connection.execute(_JOB, {"of": command.job_key}).one()
    if job.state != "ready":
        return
    instance = tx.lock_instance(job.instance_key, fire_due=False)
    if command.leased_until is not None:
        job = tx.connection.execute(_JOB, {"of": command.job_key}).one()
        if job.state != "ready" or job.run_at != command.leased_until:
            return
    retries = 0 if command.is_final else max(job.retries - 1, 0)
    attempt = max(0, 3 - retries)
    tx.connection.execute(
        _FAILED,
        {
            "of": job.key,
            "new_state": "ready" if retries else "failed",
            "left": retries,
            "at": tx.now + FIRST_BACK_OFF * 2**attempt,
            "why": command.fault.zh,
        },
    )
    if not retries:
        record(tx, instance, command.fault, element_id=job.element_id, job_key=job.key)


_JOB = select(Job.key, Job.instance_key, Job.element_id, Job.state, Job.retries, Job.run_at).where(
    Job.key == bindparam("of")
)
_FAILED = (
    update(Job)
    .where(Job.key == bindparam("of"))
    .values(
        state=bindparam("new_state"),
        retries=bindparam("left"),
        run_at=bindparam("at"),
        last_error=bindparam("why"),
    )
)
