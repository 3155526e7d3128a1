"""Timers that wait, of one instance and of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from engine.bpmn.model import Process
from engine.feel import compile_expression
from engine.identity import User
from engine.runtime.models import ProcessDefinition, ProcessInstance, Timer
from engine.runtime.queries.visible import counted, seen_by

PAGE = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class TimerLine:
    """A timer: `names` are the variables that its expression reads."""

    key: int
    element_id: str
    token_id: str
    due_at: datetime
    expression: str
    names: tuple[str, ...]
    cycle: str | None
    repetitions: int | None
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedTimer:
    """A timer in the list. Without an instance it is that of a start event."""

    key: int
    instance_key: int | None
    process_definition_key: int
    element_id: str
    process_name: str
    process_name_en: str
    subject: str | None
    business_key: str | None
    due_at: datetime
    expression: str
    cycle: str | None
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TimerPage:
    """A page of timers, the next to fire first; `following` is due instant and key of the last."""

    rows: tuple[ListedTimer, ...]
    total: int
    following: tuple[datetime, int] | None


def timers_of(
    connection: Connection, instance_key: int, element_id: str = ""
) -> tuple[TimerLine, ...]:
    """The timers of an instance that wait or failed, the next first."""
    query = select(
        Timer.key,
        Timer.element_id,
        Timer.token_id,
        Timer.due_at,
        Timer.expression,
        Timer.names,
        Timer.cycle,
        Timer.repetitions,
        Timer.state,
    ).where(Timer.instance_key == instance_key)
    if element_id:
        query = query.where(Timer.element_id == element_id)
    return tuple(
        TimerLine(**{**row._mapping, "names": tuple(row.names)})
        for row in connection.execute(query.order_by(Timer.due_at, Timer.key))
    )


def variables_of_timers(process: Process) -> Mapping[str, frozenset[str]]:
    """Timer event → the variables its expression reads, whether it is armed or not."""
    found = {}
    for element in process.elements.values():
        timer = element.event.timer if element.event else None
        if timer is not None and timer.is_expression:
            found[element.id] = compile_expression(timer.source).names
    return found


def find_timers(
    connection: Connection,
    user: User,
    *,
    process_id: str = "",
    failed: bool = False,
    after: tuple[datetime, int] | None = None,
    limit: int = PAGE,
) -> TimerPage:
    """The timers that `user` may see."""
    query = _rows(user, process_id)
    if failed:
        query = query.where(Timer.state == "failed")
    paged = query.order_by(Timer.due_at, Timer.key)
    if after is not None:
        at, key = after
        paged = paged.where(or_(Timer.due_at > at, and_(Timer.due_at == at, Timer.key > key)))
    rows = connection.execute(paged.limit(limit + 1)).all()
    shown = rows[:limit]
    last = shown[-1] if len(rows) > limit else None
    return TimerPage(
        rows=tuple(ListedTimer(**row._mapping) for row in shown),
        total=counted(connection, query),
        following=(last.due_at, last.key) if last else None,
    )


def _rows(user: User, process_id: str) -> Select[*tuple[Any, ...]]:
    definition = func.coalesce(ProcessInstance.process_definition_key, Timer.process_definition_key)
    query = (
        select(
            Timer.key,
            Timer.instance_key,
            ProcessDefinition.key.label("process_definition_key"),
            Timer.element_id,
            ProcessDefinition.name.label("process_name"),
            ProcessDefinition.name_en.label("process_name_en"),
            ProcessInstance.subject,
            ProcessInstance.business_key,
            Timer.due_at,
            Timer.expression,
            Timer.cycle,
            Timer.state,
        )
        .join(ProcessInstance, ProcessInstance.key == Timer.instance_key, isouter=True)
        .join(ProcessDefinition, ProcessDefinition.key == definition)
        .where(or_(Timer.instance_key.is_(None), seen_by(user, ProcessInstance.organisation_path)))
    )
    return query.where(ProcessDefinition.process_id == process_id) if process_id else query
