"""Jobs that act outside: leased in one transaction, done in none, ended in another.

A crash after the handler acted and before its result is written leaves the lease; when it is over
the job is done again, with the same idempotency key.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from engine.errors import ChengxinError
from engine.runtime.commands import EndOutsideJob, FailJob, LeaseJob
from engine.runtime.errors import Conflict, JobNotReady
from engine.runtime.incidents import fault_of
from engine.runtime.jobs import OutsideJob, ThrowError, outside_handler_for

if TYPE_CHECKING:
    from engine.runtime.runtime import Runtime

log = logging.getLogger(__name__)


def do_outside(runtime: Runtime, job_key: int) -> bool:
    """Do an outside job; False if it is not to be done or somebody else has it.

    A fault is kept with the job, and does not stop the caller.
    """
    try:
        job = runtime.execute(LeaseJob(job_key=job_key))
    except Exception as error:  # noqa: BLE001 (whatever it is, it becomes an incident)
        _fail(runtime, job_key, error)
        return True
    if job is not None:
        _do(runtime, job)
    return job is not None


def _do(runtime: Runtime, job: OutsideJob) -> None:
    try:
        runtime.execute(_result_of(job))
    except JobNotReady:
        log.warning("%s: nobody waits for its result any longer", job.idempotency_key)
    except Exception as error:  # noqa: BLE001 (whatever it is, it becomes an incident)
        _fail(runtime, job.key, error, leased_until=job.leased_until)


def _result_of(job: OutsideJob) -> EndOutsideJob:
    outside = outside_handler_for(job.type)
    assert outside is not None
    try:
        return EndOutsideJob(job_key=job.key, variables=outside.run(job) or {})
    except ThrowError as error:
        return EndOutsideJob(job_key=job.key, variables=error.variables, error_code=error.code)


def _fail(
    runtime: Runtime, job_key: int, error: Exception, leased_until: datetime | None = None
) -> None:
    """An error of ours says what to mend: trying again does not cure it."""
    log.warning("job %s: %s", job_key, error)
    runtime.execute(
        FailJob(
            job_key=job_key,
            fault=fault_of(error),
            is_final=isinstance(error, ChengxinError) and not isinstance(error, Conflict),
            leased_until=leased_until,
        )
    )
