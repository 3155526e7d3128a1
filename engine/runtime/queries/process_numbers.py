"""Procedures in numbers: how many instances run, are late, have an incident, ended of late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from engine.bpmn.model import Process
from engine.clock import start_of_day
from engine.identity import User
from engine.runtime.models import (
    Deployment,
    ElementInstance,
    Incident,
    ProcessDefinition,
    ProcessInstance,
    UserTask,
)
from engine.runtime.queries.visible import seen_by


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionNumbers:
    """A version of a procedure: instances running, tasks overdue, incidents open, ended lately."""

    key: int
    version: int
    deployed_at: datetime
    note: str
    running: int
    overdue: int
    incidents: int
    ended: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessNumbers:
    """A procedure with its versions, the newest first; names are those of the newest."""

    process_id: str
    name: str
    name_en: str
    versions: tuple[VersionNumbers, ...]

    @property
    def running(self) -> int:
        return sum(version.running for version in self.versions)

    @property
    def overdue(self) -> int:
        return sum(version.overdue for version in self.versions)

    @property
    def incidents(self) -> int:
        return sum(version.incidents for version in self.versions)

    @property
    def ended(self) -> int:
        return sum(version.ended for version in self.versions)


@dataclass(frozen=True, kw_only=True, slots=True)
class ElementNumbers:
    """An element: tokens that stand there, of these tasks overdue, open incidents."""

    element_id: str
    tokens: int
    overdue: int
    incidents: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessName:
    """A procedure to choose: its newest names, its versions from the newest."""

    process_id: str
    name: str
    name_en: str
    versions: tuple[int, ...]


def process_names(connection: Connection) -> tuple[ProcessName, ...]:
    """Every procedure that was ever deployed, by id."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(_definitions("")):
        rows[row.process_id].append(row)
    return tuple(
        ProcessName(
            process_id=id_,
            name=versions[0].name or id_,
            name_en=versions[0].name_en,
            versions=tuple(row.version for row in versions),
        )
        for id_, versions in rows.items()
    )


def process_numbers(
    connection: Connection, user: User, *, now: datetime, ended_from: date, process_id: str = ""
) -> tuple[ProcessNumbers, ...]:
    """Every procedure (or one) in numbers, of the instances that `user` may see."""
    running = _per_version(
        connection, _count(ProcessInstance).where(ProcessInstance.state == "active"), user
    )
    ended = _per_version(
        connection,
        _count(ProcessInstance).where(ProcessInstance.ended_at >= start_of_day(ended_from)),
        user,
    )
    overdue = _per_version(connection, _overdue(_count(UserTask), now), user)
    incidents = _per_version(connection, _open_incidents(_count(Incident)), user)
    versions: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(_definitions(process_id)):
        versions[row.process_id].append(row)
    return tuple(
        ProcessNumbers(
            process_id=id_,
            name=rows[0].name or id_,
            name_en=rows[0].name_en,
            versions=tuple(
                VersionNumbers(
                    key=row.key,
                    version=row.version,
                    deployed_at=row.deployed_at,
                    note=row.note,
                    running=running.get(row.key, 0),
                    overdue=overdue.get(row.key, 0),
                    incidents=incidents.get(row.key, 0),
                    ended=ended.get(row.key, 0),
                )
                for row in rows
            ),
        )
        for id_, rows in versions.items()
    )


def element_numbers(
    connection: Connection,
    user: User,
    process: Process,
    *,
    now: datetime,
    version: int | None = None,
) -> tuple[ElementNumbers, ...]:
    """What goes on at each element of a procedure, over all versions or in one.

    Elements come in the order of `process`; those of other versions that it does not have stand
    last. A multi-instance activity counts its children, not the body around them.
    """
    tokens: dict[str, int] = defaultdict(int)
    standing = (
        select(ElementInstance.element_id, ElementInstance.loop_index, func.count())
        .join(ProcessInstance, ProcessInstance.key == ElementInstance.instance_key)
        .where(ElementInstance.left_at.is_(None), ProcessInstance.state == "active")
        .group_by(ElementInstance.element_id, ElementInstance.loop_index)
    )
    for id_, loop_index, number in connection.execute(_of(standing, user, process.id, version)):
        element = process.elements.get(id_)
        is_body = element is not None and element.loop is not None and loop_index is None
        if not is_body:
            tokens[id_] += number
    overdue = _per_element(
        connection,
        _of(_overdue(_count_elements(UserTask), now), user, process.id, version),
    )
    incidents = _per_element(
        connection, _of(_open_incidents(_count_elements(Incident)), user, process.id, version)
    )
    order = {id_: place for place, id_ in enumerate(process.elements)}
    ids = sorted({*tokens, *overdue, *incidents}, key=lambda id_: (order.get(id_, len(order)), id_))
    return tuple(
        ElementNumbers(
            element_id=id_,
            tokens=tokens.get(id_, 0),
            overdue=overdue.get(id_, 0),
            incidents=incidents.get(id_, 0),
        )
        for id_ in ids
    )


def _definitions(process_id: str) -> Select[*tuple[Any, ...]]:
    query = (
        select(
            ProcessDefinition.key,
            ProcessDefinition.process_id,
            ProcessDefinition.version,
            ProcessDefinition.name,
            ProcessDefinition.name_en,
            Deployment.deployed_at,
            Deployment.note,
        )
        .join(Deployment, Deployment.key == ProcessDefinition.deployment_key)
        .order_by(ProcessDefinition.process_id, ProcessDefinition.version.desc())
    )
    return query.where(ProcessDefinition.process_id == process_id) if process_id else query


def _count(
    table: type[ProcessInstance] | type[UserTask] | type[Incident],
) -> Select[*tuple[Any, ...]]:
    query = select(ProcessInstance.process_definition_key, func.count(table.key))
    if table is not ProcessInstance:
        query = query.join(table, table.instance_key == ProcessInstance.key)  # type: ignore[union-attr]
    return query.group_by(ProcessInstance.process_definition_key)


def _count_elements(table: type[UserTask] | type[Incident]) -> Select[*tuple[Any, ...]]:
    return (
        select(table.element_id, func.count(table.key))
        .join(ProcessInstance, ProcessInstance.key == table.instance_key)
        .group_by(table.element_id)
    )


def _overdue(query: Select[*tuple[Any, ...]], now: datetime) -> Select[*tuple[Any, ...]]:
    return query.where(UserTask.state == "open", UserTask.due_at <= now)


def _open_incidents(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.where(Incident.resolved_at.is_(None))


def _per_version(
    connection: Connection, query: Select[*tuple[Any, ...]], user: User
) -> Mapping[int, int]:
    seen = query.where(seen_by(user, ProcessInstance.organisation_path))
    return {row[0]: row[1] for row in connection.execute(seen)}


def _of(
    query: Select[*tuple[Any, ...]], user: User, process_id: str, version: int | None
) -> Select[*tuple[Any, ...]]:
    query = query.where(
        ProcessInstance.process_id == process_id,
        seen_by(user, ProcessInstance.organisation_path),
    )
    if version is None:
        return query
    return query.join(
        ProcessDefinition, ProcessDefinition.key == ProcessInstance.process_definition_key
    ).where(ProcessDefinition.version == version)


def _per_element(connection: Connection, query: Select[*tuple[Any, ...]]) -> Mapping[str, int]:
    return {row[0]: row[1] for row in connection.execute(query)}
