"""Reading what a job needs from the variables of its process."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from engine.clock import in_shanghai, start_of_day
from engine.register.errors import VariableMissing
from engine.runtime import JobContext

T = TypeVar("T")


def need(job: JobContext, path: str, kind: type[T]) -> T:
    """The variable at a dotted path. Raises `VariableMissing` if it is not there as a `kind`."""
    value = find(job.variables, path)
    if kind is date and isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, kind):
        raise VariableMissing(type=job.type, name=path)
    return value


def find(variables: Mapping[str, object], path: str) -> object:
    """The value at a dotted path, None if it is not there."""
    value: object = variables
    for name in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def instant(job: JobContext, header: str) -> datetime | None:
    """The instant of a header; a day stands for its first instant. None without one."""
    value = job.header(header)
    if isinstance(value, datetime):
        return in_shanghai(value)
    return start_of_day(value) if isinstance(value, date) else None


def whole(job: JobContext, path: str) -> int:
    """A whole number."""
    return int(need(job, path, Decimal))
