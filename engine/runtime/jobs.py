"""Job handlers: Python functions that service tasks name by their job type.

A handler of `job_handler` writes to the database, in the transaction of its job. One of
`outside_job` acts on the world outside (an HTTP push, a file put somewhere) and has no transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from engine.bpmn.model import Binding

if TYPE_CHECKING:
    from engine.runtime.instance import Instance


@dataclass(frozen=True, kw_only=True, slots=True)
class JobContext:
    """What a handler gets. It writes through `connection`, in the transaction of its job.

    `idempotency_key` is the same each time the job is tried. `now` is the instant of the attempt.
    """

    key: int
    type: str
    headers: Mapping[str, str]
    variables: Mapping[str, object]
    connection: Connection
    now: datetime
    instance: Instance

    @property
    def idempotency_key(self) -> str:
        return idempotency_key(self.key)

    @property
    def instance_key(self) -> int:
        return self.instance.key

    @property
    def root_key(self) -> int:
        return self.instance.row.root_key

    @property
    def business_key(self) -> str | None:
        return self.instance.row.business_key

    @property
    def organisation(self) -> str:
        return self.instance.row.organisation

    def header(self, name: str, default: object = None) -> object:
        """A task header: FEEL if it begins with `=`, else its text."""
        text = self.headers.get(name)
        if text is None:
            return default
        return self.instance.value(Binding(text=text), self.variables)

    def deadline(self, rule: str, start: date) -> date:
        """The due day of a rule of the table of deadlines."""
        return self.instance.book.deadline(rule, start)

    def decide(self, decision_id: str, variables: Mapping[str, object]) -> object:
        """The result of a decision as of the instance's horizon."""
        deployed = self.instance.tx.decision(decision_id, self.instance.row.horizon)
        return deployed.model.evaluate(decision_id, variables, self.instance.environment).result


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsideJob:
    """What a handler that acts outside gets: values only, read when the job was leased.

    `headers` are evaluated: FEEL where they begin with `=`, else text. `now` is the instant of the
    lease, `leased_until` the one after which another worker may try the job again.
    `idempotency_key` is the same at every attempt: hand it to the receiver.
    """

    key: int
    type: str
    element_id: str
    headers: Mapping[str, object]
    variables: Mapping[str, object]
    now: datetime
    leased_until: datetime
    instance_key: int
    root_key: int
    business_key: str | None
    organisation: str

    @property
    def idempotency_key(self) -> str:
        return idempotency_key(self.key)

    def header(self, name: str, default: object = None) -> object:
        """A task header, `default` if the task has none of this name."""
        return self.headers.get(name, default)


def idempotency_key(job_key: int) -> str:
    """What tells a receiver that two attempts are the same job."""
    return f"job-{job_key}"


class ThrowError(Exception):
    """Raised by a handler to throw a BPMN error, caught by a boundary event of the diagram."""

    def __init__(self, code: str, variables: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.variables = dict(variables or {})


LEASE = timedelta(minutes=5)
"""How long an outside job belongs to the worker that took it, unless its handler says otherwise."""

Handler = Callable[[JobContext], Mapping[str, object] | None]
OutsideHandler = Callable[[OutsideJob], Mapping[str, object] | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outside:
    """The handler of an outside job, and how long a worker may take for it."""

    run: OutsideHandler
    lease: timedelta


_HANDLERS: dict[str, Handler] = {}
_OUTSIDE: dict[str, Outside] = {}


def job_handler(job_type: str) -> Callable[[Handler], Handler]:
    """Register a function for a job type. It returns the variables that the step brings."""

    def register(handler: Handler) -> Handler:
        _require_free(job_type)
        _HANDLERS[job_type] = handler
        return handler

    return register


def outside_job(
    job_type: str, *, lease: timedelta = LEASE
) -> Callable[[OutsideHandler], OutsideHandler]:
    """Register a function that acts outside, with no transaction open.

    It is done in a sweep, never in a request, at least once and always with the same idempotency
    key. It returns the variables that the step brings; `ThrowError` is a BPMN error; an error of
    ours is an incident at once, any other fault is tried again later. It must give up within
    `lease`, for then somebody else tries.
    """

    def register(handler: OutsideHandler) -> OutsideHandler:
        _require_free(job_type)
        _OUTSIDE[job_type] = Outside(run=handler, lease=lease)
        return handler

    return register


def handler_for(job_type: str) -> Handler | None:
    """The handler that runs in the transaction of its job; None if the type has none."""
    return _HANDLERS.get(job_type)


def outside_handler_for(job_type: str) -> Outside | None:
    """The handler that acts outside; None if the type has none."""
    return _OUTSIDE.get(job_type)


def job_types() -> frozenset[str]:
    """The job types that have a handler here, of either kind."""
    return frozenset(_HANDLERS) | frozenset(_OUTSIDE)


def outside_job_types() -> frozenset[str]:
    """The job types whose handlers act outside."""
    return frozenset(_OUTSIDE)


def _require_free(job_type: str) -> None:
    if job_type in _HANDLERS or job_type in _OUTSIDE:
        raise TypeError(f"job type {job_type} has a handler already")
