"""What comes after a step: the tasks that are open now, and what the case waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from engine.identity import User
from engine.runtime.models import ElementInstance, ProcessInstance, UserTask, UserTaskCandidate
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.same_person import barred
from engine.runtime.user_tasks import OpenTask, may_work_on

WAITING_KINDS = ("intermediateCatchEvent", "eventBasedGateway", "receiveTask")


@dataclass(frozen=True, kw_only=True, slots=True)
class NextTask:
    """An open task of the case; `lane` is the name of its lane, `is_mine` whether I may do it."""

    key: int
    root_key: int
    name: str
    name_en: str
    lane: str
    organisation_path: str
    due_date: date | None
    is_mine: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class WhatNext:
    """How a case goes on. `waits_for` are names of events; `ended` the name of the end reached."""

    tasks: tuple[NextTask, ...]
    waits_for: tuple[tuple[str, str], ...]
    ended: tuple[str, str] | None

    @property
    def mine(self) -> NextTask | None:
        return next((task for task in self.tasks if task.is_mine), None)


def what_next(reading: Reading, user: User, root_key: int) -> WhatNext:
    """Where a case stands now, seen by `user`."""
    return WhatNext(
        tasks=_open_tasks(reading, user, root_key),
        waits_for=_waits_for(reading, root_key),
        ended=_ended(reading, root_key),
    )


def _open_tasks(reading: Reading, user: User, root_key: int) -> tuple[NextTask, ...]:
    rows = reading.connection.execute(
        select(UserTask, ProcessInstance.process_definition_key)
        .join(ProcessInstance, ProcessInstance.key == UserTask.instance_key)
        .where(UserTask.root_key == root_key, UserTask.state == "open")
        .order_by(UserTask.key)
    ).all()
    elements = [_element(reading, row) for row in rows]
    bars = barred(reading.connection, user.login, list(zip(rows, elements, strict=True)))
    return tuple(
        NextTask(
            key=row.key,
            root_key=row.root_key,
            name=row.name,
            name_en=row.name_en,
            lane=(element.lane or "") if element else "",
            organisation_path=row.organisation_path,
            due_date=row.due_date,
            is_mine=row.key not in bars
            and row.assignee in (None, user.login)
            and may_work_on(user, _as_open(reading, row)),
        )
        for row, element in zip(rows, elements, strict=True)
    )


def _element(reading: Reading, row: Any) -> Any:
    deployed = reading.definitions.process(reading.connection, row.process_definition_key)
    return deployed.process.elements.get(row.element_id)


def _as_open(reading: Reading, row: Any) -> OpenTask:
    candidates = reading.connection.execute(
        select(UserTaskCandidate.kind, UserTaskCandidate.candidate).where(
            UserTaskCandidate.task_key == row.key
        )
    ).all()
    return OpenTask(
        key=row.key,
        name=row.name,
        element_id=row.element_id,
        token_id=row.token_id,
        form_key=row.form_key,
        assignee=row.assignee,
        organisation_path=row.organisation_path,
        has_due_date=row.due_date is not None,
        has_draft=False,
        groups=frozenset(one.candidate for one in candidates if one.kind == "group"),
        users=frozenset(one.candidate for one in candidates if one.kind == "user"),
    )


def _waits_for(reading: Reading, root_key: int) -> tuple[tuple[str, str], ...]:
    rows = reading.connection.execute(
        select(ElementInstance.element_id, ProcessInstance.process_definition_key)
        .join(ProcessInstance, ProcessInstance.key == ElementInstance.instance_key)
        .where(
            ProcessInstance.root_key == root_key,
            ProcessInstance.state == "active",
            ElementInstance.state == "active",
            ElementInstance.kind.in_(WAITING_KINDS),
        )
        .order_by(ElementInstance.key)
    ).all()
    named = [(_element(reading, row), row.element_id) for row in rows]
    return tuple(
        (element.name or element.id, element.properties.get("name:en", ""))
        for element, _ in named
        if element is not None
    )


def _ended(reading: Reading, root_key: int) -> tuple[str, str] | None:
    row = reading.connection.execute(
        select(
            ProcessInstance.state,
            ProcessInstance.end_element_id,
            ProcessInstance.process_definition_key,
        ).where(ProcessInstance.key == root_key)
    ).one_or_none()
    if row is None or row.state not in ("completed", "cancelled"):
        return None
    process = reading.definitions.process(reading.connection, row.process_definition_key).process
    element = process.elements.get(row.end_element_id or "")
    if element is None:
        return process.name or process.id, process.properties.get("name:en", "")
    return element.name or element.id, element.properties.get("name:en", "")
