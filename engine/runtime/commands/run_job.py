"""Jobs: run here in a transaction, leased to act outside, or done by a worker elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from engine.bpmn import Token
from engine.bpmn.model import Binding
from engine.identity import SYSTEM, User
from engine.runtime.bus import Command, handles
from engine.runtime.errors import JobFailed, JobNotReady, NotFound
from engine.runtime.events import BROADCAST
from engine.runtime.inbound import deliver
from engine.runtime.instance import Instance
from engine.runtime.jobs import (
    JobContext,
    OutsideJob,
    ThrowError,
    handler_for,
    outside_handler_for,
)
from engine.runtime.models import Job, MessageSubscription
from engine.runtime.variables import ROOT

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class RunJob(Command):
    """Run a ready job with its registered handler, in one transaction with what follows."""

    job_key: int


@dataclass(frozen=True, kw_only=True)
class CompleteJob(Command):
    """A worker outside did the job; `variables` are what it brings."""

    job_key: int
    user: User = SYSTEM
    variables: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class LeaseJob(Command):
    """Take a job that acts outside for a while: nobody else does it before `leased_until`.

    Gives what its handler needs, None if somebody else has it or it is not wanted any more.
    """

    job_key: int


@dataclass(frozen=True, kw_only=True)
class EndOutsideJob(Command):
    """What came of a leased job: the variables it brings, and the BPMN error if it threw one."""

    job_key: int
    variables: Mapping[str, object] = field(default_factory=dict)
    error_code: str | None = None


JOB_COMMANDS = (RunJob, LeaseJob, EndOutsideJob)
"""Commands whose fault is one of their job: it is tried again, or becomes its incident."""


@handles(RunJob)
def run_job(command: RunJob, tx: Transaction) -> None:
    job, instance = _lock(tx, command.job_key)
    if job.type == BROADCAST:
        _broadcast(tx, job)
        _finish(tx, instance, job, {})
        return
    handler = handler_for(job.type)
    if handler is None:
        raise JobFailed(type=job.type, cause="没有登记的处理程序 / no handler is registered")
    token = instance.execution.find(job.token_id)
    context = JobContext(
        key=job.key,
        type=job.type,
        headers=job.headers,
        variables=dict(instance.view(token)),
        connection=tx.connection,
        now=tx.now,
        instance=instance,
    )
    try:
        brought = handler(context) or {}
    except ThrowError as error:
        _throw(tx, instance, job, error.code, error.variables)
        return
    _finish(tx, instance, job, brought)


@handles(CompleteJob)
def complete_job(command: CompleteJob, tx: Transaction) -> None:
    job, instance = _lock(tx, command.job_key)
    _finish(tx, instance, job, command.variables)


@handles(LeaseJob)
def lease_job(command: LeaseJob, tx: Transaction) -> OutsideJob | None:
    found = tx.connection.execute(_JOB, {"of": command.job_key}).one_or_none()
    if found is None:
        raise NotFound(what="后台作业", key=command.job_key)
    instance = tx.lock_instance(found.instance_key)
    job = tx.connection.execute(_JOB, {"of": command.job_key}).one()
    outside = outside_handler_for(job.type)
    is_due = job.state == "ready" and job.run_at <= tx.now and tx.rows.job_is_wanted(job)
    if outside is None or not is_due or instance.row.state != "active":
        return None
    until = tx.now + outside.lease
    tx.connection.execute(_LEASED, {"of": job.key, "until": until})
    view = instance.view(instance.execution.find(job.token_id))
    headers = {name: instance.value(Binding(text=text), view) for name, text in job.headers.items()}
    instance.book.noted.clear()
    return OutsideJob(
        key=job.key,
        type=job.type,
        element_id=job.element_id,
        headers=headers,
        variables=dict(view),
        now=tx.now,
        leased_until=until,
        instance_key=instance.key,
        root_key=instance.row.root_key,
        business_key=instance.row.business_key,
        organisation=instance.row.organisation,
    )


@handles(EndOutsideJob)
def end_outside_job(command: EndOutsideJob, tx: Transaction) -> None:
    job, instance = _lock(tx, command.job_key)
    if command.error_code is None:
        _finish(tx, instance, job, command.variables)
    else:
        _throw(tx, instance, job, command.error_code, command.variables)


def _lock(tx: Transaction, job_key: int) -> tuple[Any, Instance]:
    job = tx.connection.execute(_JOB, {"of": job_key}).one_or_none()
    if job is None:
        raise NotFound(what="后台作业", key=job_key)
    instance = tx.lock_instance(job.instance_key)
    job = tx.connection.execute(_JOB, {"of": job_key}).one()
    wanted = job.state == "ready" and tx.rows.job_is_wanted(job)
    if not wanted or instance.row.state != "active":
        raise JobNotReady(key=job_key, state=job.state)
    return job, instance


def _finish(tx: Transaction, instance: Instance, job: Any, brought: Mapping[str, object]) -> None:
    tx.connection.execute(_DONE, {"of": job.key, "at": tx.now})
    if not job.token_id:
        return
    token = instance.execution.find(job.token_id)
    instance.complete_with(token, brought)
    _note_deadlines(tx, instance, token, brought)
    instance.execution.finish(job.token_id)
    tx.will_run(instance)


def _note_deadlines(
    tx: Transaction, instance: Instance, token: Token, brought: Mapping[str, object]
) -> None:
    """Keep the arithmetic of each deadline with the variable that the job brought it in."""
    noted = list(instance.book.noted)
    instance.book.noted.clear()
    for worked_out in noted:
        due_date = worked_out.deadline.due_date
        name = next((name for name, value in brought.items() if value == due_date), None)
        scope_id = ROOT
        if name is not None:
            scope_id = instance.owner_of(name, instance.chain(token))
            brought = {other: value for other, value in brought.items() if other != name}
        tx.rows.deadline(
            instance, token, worked_out, use="variable", variable=name, scope_id=scope_id
        )


def _throw(
    tx: Transaction, instance: Instance, job: Any, code: str, variables: Mapping[str, object]
) -> None:
    tx.connection.execute(_DONE, {"of": job.key, "at": tx.now})
    token = instance.execution.find(job.token_id)
    instance.variables.merge(instance.chain(token), variables)
    if not instance.execution.throw_error(job.token_id, code):
        raise JobFailed(type=job.type, cause=f"无人捕获的错误 / uncaught error {code}")
    tx.will_run(instance)


def _broadcast(tx: Transaction, job: Any) -> None:
    waiting = tx.connection.execute(_WAITING, {"signal": job.headers["signal"]}).all()
    for row in waiting:
        instance = tx.lock_instance(row.instance_key)
        still = tx.connection.execute(_STILL, {"of": row.key}).scalar()
        if still is not None and instance.row.state == "active":
            deliver(tx, instance, row.token_id, row.element_id, {})
            tx.settle()


_JOB = select(
    Job.key,
    Job.instance_key,
    Job.element_id,
    Job.token_id,
    Job.type,
    Job.headers,
    Job.state,
    Job.run_at,
).where(Job.key == bindparam("of"))
_LEASED = update(Job).where(Job.key == bindparam("of")).values(run_at=bindparam("until"))
_DONE = (
    update(Job)
    .where(Job.key == bindparam("of"))
    .values(state="completed", ended_at=bindparam("at"), last_error=None)
)
_WAITING = (
    select(
        MessageSubscription.key,
        MessageSubscription.instance_key,
        MessageSubscription.token_id,
        MessageSubscription.element_id,
    )
    .where(
        MessageSubscription.kind == "signal",
        MessageSubscription.message_name == bindparam("signal"),
    )
    .order_by(MessageSubscription.key)
)
_STILL = select(MessageSubscription.key).where(MessageSubscription.key == bindparam("of"))
