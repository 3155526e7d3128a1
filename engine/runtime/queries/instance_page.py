"""One process instance: its head, where its tokens are, the way they took, what it called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from engine.bpmn import Element
from engine.identity import SYSTEM
from engine.runtime.definitions import Definitions, DeployedProcess
from engine.runtime.errors import NotFound
from engine.runtime.models import (
    DecisionRecord,
    ElementInstance,
    HistoryRecord,
    Incident,
    Job,
    MessageSubscription,
    ProcessDefinition,
    ProcessInstance,
    Resource,
    Timer,
    TokenState,
    UserTask,
)
from engine.runtime.queries.visible import names_of_people, names_of_units


@dataclass(frozen=True, kw_only=True, slots=True)
class InstanceHead:
    """What an instance is, and the version of the process that it runs."""

    key: int
    root_key: int
    parent_key: int | None
    parent_token_id: str | None
    horizon: int
    state: str
    business_key: str | None
    subject: str | None
    subject_code: str | None
    subject_kind: str | None
    organisation_path: str
    organisation_name: str
    organisation_name_en: str
    started_at: datetime
    started_by: str | None
    """Name of the person; None for the system."""
    ended_at: datetime | None
    deployed: DeployedProcess

    @property
    def is_active(self) -> bool:
        return self.state == "active"

    def element(self, element_id: str) -> Element | None:
        """The element of this id in the version that runs."""
        return self.deployed.process.elements.get(element_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ancestor:
    """An instance above: the one that called, and at which element."""

    key: int
    process_name: str
    process_name_en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CalledInstance:
    """An instance that an element called, running or ended."""

    key: int
    process_definition_key: int
    element_id: str
    token_id: str
    process_name: str
    process_name_en: str
    state: str
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingTask:
    """The user task a token waits for."""

    key: int
    assignee: str | None
    due_date: date | None
    due_provisional: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingToken:
    """A token that has not gone on, and everything it waits for."""

    element_id: str
    token_id: str
    scope_id: str
    loop_index: int | None
    entered_at: datetime
    task: WaitingTask | None = None
    job_state: str | None = None
    called_key: int | None = None
    timers: tuple[tuple[str, datetime], ...] = ()
    """Element of the timer event, and when it fires."""
    messages: tuple[tuple[str, str], ...] = ()
    """Element of the event, and the name of the message or signal."""
    is_container: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Travelled:
    """The way taken: elements left behind, flows taken, and open incidents by element."""

    elements: frozenset[str]
    flows: frozenset[str]
    incidents: Mapping[str, int]


def instance_head(connection: Connection, definitions: Definitions, key: int) -> InstanceHead:
    """The instance with this key. Raises `NotFound`."""
    row = connection.execute(
        select(ProcessInstance).where(ProcessInstance.key == key)
    ).one_or_none()
    if row is None:
        raise NotFound(what="流程实例", key=key)
    unit = names_of_units(connection, [row.organisation]).get(row.organisation, ("", ""))
    people = names_of_people(connection, [row.started_by])
    return InstanceHead(
        key=row.key,
        root_key=row.root_key or row.key,
        parent_key=row.parent_key,
        parent_token_id=row.parent_token_id,
        horizon=row.horizon,
        state=row.state,
        business_key=row.business_key,
        subject=row.subject,
        subject_code=row.subject_code,
        subject_kind=row.subject_kind,
        organisation_path=row.organisation_path,
        organisation_name=unit[0] or row.organisation,
        organisation_name_en=unit[1],
        started_at=row.started_at,
        started_by=None
        if row.started_by == SYSTEM.login
        else people.get(row.started_by, row.started_by),
        ended_at=row.ended_at,
        deployed=definitions.process(connection, row.process_definition_key),
    )


def organisation_path_of(connection: Connection, instance_key: int) -> str:
    """To whom an instance belongs. Raises `NotFound`."""
    path = connection.scalar(
        select(ProcessInstance.organisation_path).where(ProcessInstance.key == instance_key)
    )
    if path is None:
        raise NotFound(what="流程实例", key=instance_key)
    return path


def instance_of_task(connection: Connection, task_key: int) -> int:
    """The instance of a user task. Raises `NotFound`."""
    return _instance_of(connection, UserTask, task_key, "任务")


def instance_of_incident(connection: Connection, incident_key: int) -> int:
    """The instance of an incident. Raises `NotFound`."""
    return _instance_of(connection, Incident, incident_key, "异常")


def _instance_of(
    connection: Connection, table: type[UserTask] | type[Incident], key: int, what: str
) -> int:
    found = connection.scalar(select(table.instance_key).where(table.key == key))
    if found is None:
        raise NotFound(what=what, key=key)
    return found


def ancestors_of(connection: Connection, head: InstanceHead) -> tuple[Ancestor, ...]:
    """The instances above, the outermost first."""
    above: list[Ancestor] = []
    key = head.parent_key
    while key is not None:
        row = connection.execute(
            select(
                ProcessInstance.key,
                ProcessInstance.parent_key,
                ProcessDefinition.name,
                ProcessDefinition.name_en,
                ProcessInstance.process_id,
            )
            .join(
                ProcessDefinition,
                ProcessDefinition.key == ProcessInstance.process_definition_key,
            )
            .where(ProcessInstance.key == key)
        ).one()
        above.append(
            Ancestor(
                key=row.key, process_name=row.name or row.process_id, process_name_en=row.name_en
            )
        )
        key = row.parent_key
    return tuple(reversed(above))


def called_by(connection: Connection, instance_key: int) -> tuple[CalledInstance, ...]:
    """The instances that an instance called, the newest first."""
    rows = connection.execute(
        select(
            ProcessInstance.key,
            ProcessInstance.process_definition_key,
            ElementInstance.element_id,
            ElementInstance.token_id,
            ProcessDefinition.name.label("process_name"),
            ProcessDefinition.name_en.label("process_name_en"),
            ProcessInstance.state,
            ProcessInstance.started_at,
            ProcessInstance.ended_at,
        )
        .join(ProcessDefinition, ProcessDefinition.key == ProcessInstance.process_definition_key)
        .join(
            ElementInstance,
            (ElementInstance.instance_key == ProcessInstance.parent_key)
            & (ElementInstance.token_id == ProcessInstance.parent_token_id),
        )
        .where(ProcessInstance.parent_key == instance_key, ElementInstance.kind == "callActivity")
        .order_by(ProcessInstance.key.desc())
    )
    return tuple(CalledInstance(**row._mapping) for row in rows)


def standing_tokens(connection: Connection, head: InstanceHead) -> tuple[StandingToken, ...]:
    """The tokens of an instance that wait, in the order in which they arrived."""
    tasks = {row.token_id: row for row in _rows(connection, _TASKS, head.key)}
    jobs = {row.token_id: row.state for row in _rows(connection, _JOBS, head.key)}
    called = {
        one.token_id: one.key for one in called_by(connection, head.key) if one.state == "active"
    }
    timers: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for row in _rows(connection, _TIMERS, head.key):
        timers[row.token_id].append((row.element_id, row.due_at))
    messages: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in _rows(connection, _MESSAGES, head.key):
        messages[row.token_id].append((row.element_id, row.message_name))
    rows = _rows(connection, _STANDING, head.key)
    scopes = {row.scope_id for row in rows}
    names = names_of_people(connection, (row.assignee for row in tasks.values()))
    return tuple(
        StandingToken(
            element_id=row.element_id,
            token_id=row.token_id,
            scope_id=row.scope_id,
            loop_index=row.loop_index,
            entered_at=row.entered_at,
            task=_task(tasks[row.token_id], names) if row.token_id in tasks else None,
            job_state=jobs.get(row.token_id),
            called_key=called.get(row.token_id),
            timers=tuple(timers[row.token_id]),
            messages=tuple(messages[row.token_id]),
            is_container=row.token_id in scopes,
        )
        for row in rows
    )


def travelled(connection: Connection, instance_key: int) -> Travelled:
    """The way the tokens of an instance took, and where incidents are open."""
    elements = connection.scalars(
        select(ElementInstance.element_id)
        .where(ElementInstance.instance_key == instance_key, ElementInstance.state == "completed")
        .distinct()
    )
    flows = connection.scalar(
        select(TokenState.flows).where(TokenState.instance_key == instance_key)
    )
    incidents: dict[str, int] = defaultdict(int)
    for element_id in connection.scalars(
        select(Incident.element_id).where(
            Incident.instance_key == instance_key, Incident.resolved_at.is_(None)
        )
    ):
        incidents[element_id] += 1
    return Travelled(
        elements=frozenset(elements), flows=frozenset(flows or ()), incidents=incidents
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ContentCounts:
    """How much an instance, or one element of it, has of each kind."""

    tasks: int
    jobs: int
    incidents: int
    decisions: int
    history: int
    passes: int


def content_counts(
    connection: Connection, instance_key: int, element_id: str = ""
) -> ContentCounts:
    """The counts of an instance; with `element_id` those of one element."""

    def number(table: Any) -> int:
        query = select(func.count()).where(table.instance_key == instance_key)
        if element_id:
            query = query.where(table.element_id == element_id)
        return connection.scalar(query) or 0

    return ContentCounts(
        tasks=number(UserTask),
        jobs=number(Job),
        incidents=number(Incident),
        decisions=number(DecisionRecord),
        history=number(HistoryRecord),
        passes=number(ElementInstance),
    )


def diagram_file(connection: Connection, process_definition_key: int) -> bytes:
    """The file of a version of a process, as deployed. Raises `NotFound`."""
    content = connection.scalar(
        select(Resource.content)
        .join(ProcessDefinition, ProcessDefinition.resource_key == Resource.key)
        .where(ProcessDefinition.key == process_definition_key)
    )
    if content is None:
        raise NotFound(what="流程图", key=process_definition_key)
    return content


def _task(row: Any, names: Mapping[str, str]) -> WaitingTask:
    return WaitingTask(
        key=row.key,
        assignee=names.get(row.assignee, row.assignee),
        due_date=row.due_date,
        due_provisional=row.due_provisional,
    )


def _rows(connection: Connection, query: Select[*tuple[Any, ...]], instance_key: int) -> list[Any]:
    return list(connection.execute(query, {"of": instance_key}).all())


_STANDING = (
    select(
        ElementInstance.element_id,
        ElementInstance.token_id,
        ElementInstance.scope_id,
        ElementInstance.loop_index,
        ElementInstance.entered_at,
    )
    .where(ElementInstance.instance_key == bindparam("of"), ElementInstance.left_at.is_(None))
    .order_by(ElementInstance.key)
)


_TASKS = select(
    UserTask.key,
    UserTask.token_id,
    UserTask.assignee,
    UserTask.due_date,
    UserTask.due_provisional,
).where(UserTask.instance_key == bindparam("of"), UserTask.state == "open")


_JOBS = select(Job.token_id, Job.state).where(
    Job.instance_key == bindparam("of"), Job.state.in_(("ready", "failed"))
)


_TIMERS = (
    select(Timer.token_id, Timer.element_id, Timer.due_at)
    .where(Timer.instance_key == bindparam("of"))
    .order_by(Timer.due_at)
)


_MESSAGES = select(
    MessageSubscription.token_id,
    MessageSubscription.element_id,
    MessageSubscription.message_name,
).where(MessageSubscription.instance_key == bindparam("of"))
