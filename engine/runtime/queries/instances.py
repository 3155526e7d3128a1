"""Process instances as a supervisor looks for them: filters, search, keyset pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, or_, select, union

from engine.bpmn import Element
from engine.clock import end_of_day, start_of_day
from engine.identity import User
from engine.runtime.definitions import Definitions
from engine.runtime.models import (
    ElementInstance,
    Incident,
    ProcessDefinition,
    ProcessInstance,
    UserTask,
)
from engine.runtime.queries.key_pages import cut_by_key
from engine.runtime.queries.visible import counted, names_of_units, seen_by

PAGE = 50
CONTAINERS = frozenset({"subProcess", "adHocSubProcess", "callActivity", "transaction"})
"""Kinds of elements that hold others: where a token is, is said by what is inside."""


@dataclass(frozen=True, kw_only=True, slots=True)
class InstanceFilter:
    """What to look for; an empty field does not narrow.

    `state` is a state of the model or `ended`. Without `process_id` only outermost instances are
    listed, unless `called` asks for the ones they called as well. `element_id` finds instances
    that have a token there. An outermost instance is overdue, or has an incident, if it or
    anything it called is or has.
    """

    process_id: str = ""
    version: int | None = None
    state: str = ""
    overdue: bool = False
    incident: bool = False
    called: bool = False
    organisation_path: str = ""
    started_from: date | None = None
    started_to: date | None = None
    ended_from: date | None = None
    element_id: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Where a token of an instance is."""

    element_id: str
    name: str
    name_en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedInstance:
    """A row of the list. `due_date` is the first due date of its open tasks."""

    key: int
    root_key: int
    process_definition_key: int
    process_id: str
    process_name: str
    process_name_en: str
    version: int
    state: str
    subject: str | None
    subject_code: str | None
    subject_kind: str | None
    business_key: str | None
    organisation: str
    organisation_path: str
    started_at: datetime
    ended_at: datetime | None
    organisation_name: str = ""
    organisation_name_en: str = ""
    incidents: int = 0
    steps: tuple[Step, ...] = ()
    due_date: date | None = None
    due_provisional: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class InstancePage:
    """One page, newest first; `older` and `newer` are the cursors of the neighbouring pages."""

    rows: tuple[ListedInstance, ...]
    total: int
    older: int | None
    newer: int | None


def find_instances(
    connection: Connection,
    definitions: Definitions,
    user: User,
    wanted: InstanceFilter,
    *,
    now: datetime,
    older_than: int | None = None,
    newer_than: int | None = None,
    limit: int = PAGE,
) -> InstancePage:
    """The instances that `user` may see and `wanted` describes."""
    query = _matching(user, wanted, now)
    cut = cut_by_key(
        connection,
        query,
        ProcessInstance.key,
        older_than=older_than,
        newer_than=newer_than,
        limit=limit,
    )
    return InstancePage(
        rows=tuple(_described(connection, definitions, cut.rows)),
        total=counted(connection, query.with_only_columns(ProcessInstance.key)),
        older=cut.older,
        newer=cut.newer,
    )


def _matching(user: User, wanted: InstanceFilter, now: datetime) -> Select[*tuple[Any, ...]]:
    query = _ROWS.where(seen_by(user, ProcessInstance.organisation_path))
    for condition in _conditions(wanted, now):
        query = query.where(condition)
    return query


def _conditions(wanted: InstanceFilter, now: datetime) -> list[ColumnElement[bool]]:
    instance = ProcessInstance
    given: list[ColumnElement[bool]] = []
    if wanted.process_id:
        given.append(instance.process_id == wanted.process_id)
    elif not wanted.called:
        given.append(instance.parent_key.is_(None))
    if wanted.version is not None:
        given.append(ProcessDefinition.version == wanted.version)
    if wanted.state == "ended":
        given.append(instance.state.in_(("completed", "cancelled")))
    elif wanted.state:
        given.append(instance.state == wanted.state)
    if wanted.organisation_path:
        given.append(
            instance.organisation_path.startswith(wanted.organisation_path, autoescape=True)
        )
    if wanted.started_from:
        given.append(instance.started_at >= start_of_day(wanted.started_from))
    if wanted.started_to:
        given.append(instance.started_at < end_of_day(wanted.started_to))
    if wanted.ended_from:
        given.append(instance.ended_at >= start_of_day(wanted.ended_from))
    if wanted.overdue:
        given.append(_among(UserTask, UserTask.state == "open", UserTask.due_at <= now))
    if wanted.incident:
        given.append(_among(Incident, Incident.resolved_at.is_(None)))
    if wanted.element_id:
        given.append(_stands_at(wanted.element_id))
    if wanted.words:
        given.append(_mentions(wanted.words.strip()))
    return given


def _among(table: type[UserTask] | type[Incident], *conditions: Any) -> ColumnElement[bool]:
    """The instance, or the outermost instance, of a row of `table`."""
    own = select(table.instance_key).where(*conditions)
    outer = select(table.root_key).where(*conditions)
    return ProcessInstance.key.in_(union(own, outer).scalar_subquery())


def _stands_at(element_id: str) -> ColumnElement[bool]:
    return (
        select(ElementInstance.key)
        .where(
            ElementInstance.instance_key == ProcessInstance.key,
            ElementInstance.element_id == element_id,
            ElementInstance.left_at.is_(None),
        )
        .exists()
    )


def _mentions(words: str) -> ColumnElement[bool]:
    instance = ProcessInstance
    found: list[ColumnElement[bool]] = [
        instance.subject.contains(words, autoescape=True),
        instance.business_key.contains(words, autoescape=True),
        instance.subject_code == words.upper(),
    ]
    if words.isascii() and words.isdigit() and len(words) < 16:
        found.append(instance.key == int(words))
    return or_(*found)


_ROWS = select(
    ProcessInstance.key,
    ProcessInstance.root_key,
    ProcessInstance.process_definition_key,
    ProcessInstance.process_id,
    ProcessDefinition.name.label("process_name"),
    ProcessDefinition.name_en.label("process_name_en"),
    ProcessDefinition.version,
    ProcessInstance.state,
    ProcessInstance.subject,
    ProcessInstance.subject_code,
    ProcessInstance.subject_kind,
    ProcessInstance.business_key,
    ProcessInstance.organisation,
    ProcessInstance.organisation_path,
    ProcessInstance.started_at,
    ProcessInstance.ended_at,
).join(ProcessDefinition, ProcessDefinition.key == ProcessInstance.process_definition_key)


# -- what a row says besides its columns ----------------------------------------------------------


def _described(
    connection: Connection, definitions: Definitions, found: Sequence[Row[*tuple[Any, ...]]]
) -> list[ListedInstance]:
    rows = [ListedInstance(**row._mapping) for row in found]
    keys = [row.key for row in rows]
    trees = _trees(connection, keys)
    inside = [key for members in trees.values() for key in members]
    steps = _steps(connection, definitions, inside)
    due = _due_dates(connection, inside)
    faults = _faults(connection, inside)
    units = names_of_units(connection, (row.organisation for row in rows))
    return [
        replace(
            row,
            organisation_name=units.get(row.organisation, (row.organisation, ""))[0],
            organisation_name_en=units.get(row.organisation, ("", ""))[1],
            incidents=sum(faults[key] for key in trees[row.key]),
            steps=_innermost([step for key in trees[row.key] for step in steps[key]]),
            **_first_due([day for key in trees[row.key] for day in due[key]]),
        )
        for row in rows
    ]


def _trees(connection: Connection, keys: Sequence[int]) -> dict[int, list[int]]:
    """Instance → itself and, of an outermost one, the active ones it called."""
    trees = {key: [key] for key in keys}
    rows = connection.execute(
        select(ProcessInstance.root_key, ProcessInstance.key).where(
            ProcessInstance.root_key.in_(keys),
            ProcessInstance.parent_key.is_not(None),
            ProcessInstance.state == "active",
        )
    )
    for row in rows:
        trees[row.root_key].append(row.key)
    return trees


def _steps(
    connection: Connection, definitions: Definitions, keys: Sequence[int]
) -> dict[int, list[Element]]:
    rows = connection.execute(
        select(
            ElementInstance.instance_key,
            ElementInstance.element_id,
            ProcessInstance.process_definition_key,
        )
        .join(ProcessInstance, ProcessInstance.key == ElementInstance.instance_key)
        .where(ElementInstance.instance_key.in_(keys), ElementInstance.left_at.is_(None))
        .order_by(ElementInstance.key)
    )
    steps: dict[int, list[Element]] = defaultdict(list)
    for row in rows:
        process = definitions.process(connection, row.process_definition_key).process
        if (element := process.elements.get(row.element_id)) is not None:
            steps[row.instance_key].append(element)
    return steps


def _innermost(elements: Sequence[Element]) -> tuple[Step, ...]:
    inner = [element for element in elements if element.kind not in CONTAINERS] or elements
    steps = (
        Step(
            element_id=element.id,
            name=element.name or element.properties.get("name:en", "") or element.id,
            name_en=element.properties.get("name:en", ""),
        )
        for element in inner
    )
    return tuple(dict.fromkeys(steps))


def _due_dates(connection: Connection, keys: Sequence[int]) -> dict[int, list[tuple[date, bool]]]:
    rows = connection.execute(
        select(UserTask.instance_key, UserTask.due_date, UserTask.due_provisional).where(
            UserTask.instance_key.in_(keys),
            UserTask.state == "open",
            UserTask.due_date.is_not(None),
        )
    )
    days: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    for row in rows:
        days[row.instance_key].append((row.due_date, row.due_provisional))
    return days


def _first_due(days: Sequence[tuple[date, bool]]) -> dict[str, Any]:
    first, provisional = min(days, default=(None, False))
    return {"due_date": first, "due_provisional": provisional}


def _faults(connection: Connection, keys: Sequence[int]) -> dict[int, int]:
    rows = connection.scalars(
        select(Incident.instance_key).where(
            Incident.instance_key.in_(keys), Incident.resolved_at.is_(None)
        )
    )
    faults: dict[int, int] = defaultdict(int)
    for key in rows:
        faults[key] += 1
    return faults
