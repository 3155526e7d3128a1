"""Job handlers: Python functions that service tasks name by their job type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
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
        return f"job-{self.key}"

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


class ThrowError(Exception):
    """Raised by a handler to throw a BPMN error, caught by a boundary event of the diagram."""

    def __init__(self, code: str, variables: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.variables = dict(variables or {})


Handler = Callable[[JobContext], Mapping[str, object] | None]

_HANDLERS: dict[str, Handler] = {}


def job_handler(job_type: str) -> Callable[[Handler], Handler]:
    """Register a function for a job type. It returns the variables that the step brings."""

    def register(handler: Handler) -> Handler:
        if job_type in _HANDLERS:
            raise TypeError(f"job type {job_type} has a handler already")
        _HANDLERS[job_type] = handler
        return handler

    return register


def handler_for(job_type: str) -> Handler | None:
    """The handler of a job type; None leaves the job to a worker outside."""
    return _HANDLERS.get(job_type)


def job_types() -> frozenset[str]:
    """The job types that have a handler here."""
    return frozenset(_HANDLERS)
