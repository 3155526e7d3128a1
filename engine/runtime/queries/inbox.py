"""待办: the open tasks of a person's groups and units, the most urgent first, in keyset pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, exists, func, or_, select

from engine.identity import Unit, User, bureaus, roles_held_below
from engine.identity.models import UserAccount
from engine.runtime.models import (
    ProcessDefinition,
    ProcessInstance,
    UserTask,
    UserTaskCandidate,
)
from engine.runtime.queries.cursor import Cursor, Keyset, page_of
from engine.runtime.queries.due_edges import URGENCIES, DueEdges, Urgency
from engine.runtime.queries.reach import NOBODYS_UNIT, within_unit, workable_by
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.same_person import barred
from engine.runtime.queries.search_words import about
from engine.runtime.queries.visible import COUNT_LIMIT

PAGE = 50
Whose = Literal["todo", "mine", "unclaimed", "all"]
WHOSE: tuple[Whose, ...] = ("todo", "mine", "unclaimed", "all")
Due = Literal["", "pressing", "overdue", "today", "soon", "later", "none"]
ALL_UNITS = "all"


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxFilter:
    """What to list. `whose`: `todo` is mine and unclaimed, `all` has colleagues' tasks as well.

    `unit` is a bureau's code, `all`, or empty for the user's own; it only narrows for those who
    see several.
    """

    whose: Whose = "todo"
    process_id: str = ""
    element_id: str = ""
    due: Due = ""
    unit: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskRow:
    """A task in a list. `barred_by` is the step the reader did that forbids doing this one."""

    key: int
    instance_key: int
    root_key: int
    element_id: str
    name: str
    name_en: str
    process_definition_key: int
    process_name: str
    process_name_en: str
    subject: str | None
    subject_code: str | None
    subject_kind: str | None
    business_key: str | None
    organisation: str
    organisation_path: str
    assignee: str | None
    assignee_name: str | None
    due_date: date | None
    due_at: datetime | None
    due_provisional: bool
    priority: int
    created_at: datetime
    urgency: Urgency = "none"
    barred_by: str = ""

    @property
    def cursor(self) -> Cursor:
        return Cursor(at=self.due_at, key=self.key)


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxPage:
    """A page of the list with the numbers above it; every number stops at `COUNT_LIMIT`."""

    rows: tuple[TaskRow, ...]
    total: int
    by_whose: Mapping[Whose, int]
    by_urgency: Mapping[Urgency, int]
    previous: Cursor | None = None
    next: Cursor | None = None


def inbox_page(
    reading: Reading,
    user: User,
    wanted: InboxFilter,
    *,
    after: Cursor | None = None,
    before: Cursor | None = None,
    size: int = PAGE,
) -> InboxPage:
    """The page after or before a cursor, the first one without."""
    connection = reading.connection
    edges = DueEdges.of(reading.clock, reading.calendar_of(user.organisation_path))
    near = _near(connection, user)
    keyset = Keyset(query=_keys(user, wanted, edges, near), at=UserTask.due_at, key=UserTask.key)
    cut = page_of(connection, keyset.after, keyset.before, after=after, before=before, size=size)
    rows = task_rows(reading, user, cut.keys, edges)
    by_whose, by_urgency = _counts(connection, user, wanted, edges, near)
    return InboxPage(
        rows=rows,
        total=_total(by_whose[wanted.whose], by_urgency, wanted.due),
        by_whose=by_whose,
        by_urgency=by_urgency,
        previous=rows[0].cursor if rows and cut.has_previous else None,
        next=rows[-1].cursor if rows and cut.has_next else None,
    )


def open_task_count(connection: Connection, user: User) -> int:
    """How many tasks wait for this person, mine and unclaimed, of their own unit."""
    query = _open(user, InboxFilter(), _near(connection, user))
    return connection.scalar(select(_bounded(query))) or 0


def task_rows(
    reading: Reading, user: User, keys: Sequence[int], edges: DueEdges
) -> tuple[TaskRow, ...]:
    """The rows of these tasks, in this order."""
    rows = reading.connection.execute(_ROWS.where(UserTask.key.in_(keys)))
    found = {row.key: row for row in rows}
    listed = [
        TaskRow(**found[key]._mapping, urgency=edges.urgency(found[key].due_at))
        for key in keys
        if key in found
    ]
    return tuple(_with_bars(reading, user, listed))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Near:
    """What a person who sees every unit is shown first: the bureaus, and the roles that nobody
    outside the own bureau has, whose tasks wait for it wherever they come from."""

    units: Sequence[Unit] = ()
    sole_roles: Collection[str] = ()


def _near(connection: Connection, user: User) -> _Near:
    if not user.sees_all:
        return _Near()
    units = bureaus(connection)
    others = [unit.path for unit in units if unit.path != user.bureau_path]
    return _Near(units=units, sole_roles=user.roles - roles_held_below(connection, others))


def _keys(user: User, wanted: InboxFilter, edges: DueEdges, near: _Near) -> Select[Any]:
    query = _open(user, wanted, near)
    if wanted.due == "pressing":
        return query.where(edges.pressing)
    return query.where(edges.within(wanted.due)) if wanted.due else query


def _open(user: User, wanted: InboxFilter, near: _Near) -> Select[Any]:
    """The keys of open tasks, without regard to when they are due."""
    query = select(UserTask.key).where(UserTask.state == "open", _whose(user, wanted.whose))
    if wanted.process_id:
        query = query.where(UserTask.process_id == wanted.process_id)
    if wanted.element_id:
        query = query.where(UserTask.element_id == wanted.element_id)
    if wanted.words.strip():
        query = query.where(
            exists().where(ProcessInstance.key == UserTask.instance_key, about(wanted.words))
        )
    if user.sees_all and wanted.unit != ALL_UNITS:
        query = query.where(_of_unit(user, wanted.unit, near))
    return query


def _whose(user: User, whose: Whose) -> ColumnElement[bool]:
    mine = UserTask.assignee == user.login
    if whose == "mine":
        return mine
    workable = workable_by(user)
    if whose == "unclaimed":
        return UserTask.assignee.is_(None) & workable
    if whose == "todo":
        return or_(mine, UserTask.assignee.is_(None)) & workable
    return workable


def _of_unit(user: User, code: str, near: _Near) -> ColumnElement[bool]:
    path = next((unit.path for unit in near.units if unit.code == code), "")
    chosen = path or user.bureau_path
    below = [
        unit.path for unit in near.units if unit.path != chosen and unit.path.startswith(chosen)
    ]
    inside = within_unit(chosen, below)
    if path:
        return inside
    own = UserTask.organisation_path == NOBODYS_UNIT
    nobody_elses = exists().where(
        UserTaskCandidate.task_key == UserTask.key,
        UserTaskCandidate.kind == "group",
        UserTaskCandidate.candidate.in_(sorted(near.sole_roles)),
    )
    mine = UserTask.assignee == user.login
    return or_(inside, own, mine, nobody_elses) if near.sole_roles else or_(inside, own, mine)


def _counts(
    connection: Connection,
    user: User,
    wanted: InboxFilter,
    edges: DueEdges,
    near: _Near,
) -> tuple[dict[Whose, int], dict[Urgency, int]]:
    """By whose they are, within the chosen due group; and by due group, within the chosen whose."""
    whose = [_bounded(_keys(user, replace(wanted, whose=one), edges, near)) for one in WHOSE]
    query = _open(user, wanted, near)
    due = [_bounded(query.where(edges.within(one))) for one in URGENCIES]
    numbers = connection.execute(select(*whose, *due)).one()
    return (
        dict(zip(WHOSE, numbers[: len(WHOSE)], strict=True)),
        dict(zip(URGENCIES, numbers[len(WHOSE) :], strict=True)),
    )


def _total(chosen: int, by_urgency: Mapping[Urgency, int], due: Due) -> int:
    if due == "pressing":
        return min(sum(by_urgency[one] for one in ("overdue", "today", "soon")), COUNT_LIMIT)
    return by_urgency[due] if due else chosen


def _bounded(query: Select[Any]) -> Any:
    some = query.limit(COUNT_LIMIT).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _with_bars(reading: Reading, user: User, rows: Sequence[TaskRow]) -> Iterator[TaskRow]:
    steps = []
    for row in rows:
        deployed = reading.definitions.process(reading.connection, row.process_definition_key)
        steps.append((row, deployed.process.elements.get(row.element_id)))
    bars = barred(reading.connection, user.login, steps)
    return (replace(row, barred_by=bars.get(row.key, "")) for row in rows)


_ROWS = (
    select(
        UserTask.key,
        UserTask.instance_key,
        UserTask.root_key,
        UserTask.element_id,
        UserTask.name,
        UserTask.name_en,
        ProcessInstance.process_definition_key,
        ProcessDefinition.name.label("process_name"),
        ProcessDefinition.name_en.label("process_name_en"),
        ProcessInstance.subject,
        ProcessInstance.subject_code,
        ProcessInstance.subject_kind,
        ProcessInstance.business_key,
        UserTask.organisation,
        UserTask.organisation_path,
        UserTask.assignee,
        UserAccount.name.label("assignee_name"),
        UserTask.due_date,
        UserTask.due_at,
        UserTask.due_provisional,
        UserTask.priority,
        UserTask.created_at,
    )
    .join(ProcessInstance, ProcessInstance.key == UserTask.instance_key)
    .join(ProcessDefinition, ProcessDefinition.key == ProcessInstance.process_definition_key)
    .outerjoin(UserAccount, UserAccount.login == UserTask.assignee)
)
