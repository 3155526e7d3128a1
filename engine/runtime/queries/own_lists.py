"""已办 and 我发起的: what a person has done and started, the newest first, in keyset pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, exists, select
from sqlalchemy.orm import aliased

from engine.identity import User
from engine.identity.models import UserAccount
from engine.runtime.errors import NotFound
from engine.runtime.models import ProcessDefinition, ProcessInstance, UserTask
from engine.runtime.queries.cursor import Cursor, Keyset, page_of
from engine.runtime.queries.search_words import about
from engine.runtime.queries.visible import counted

PAGE = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class StandsAt:
    """An open task of a case: where it stands now."""

    key: int
    name: str
    name_en: str
    assignee_name: str | None
    organisation_path: str
    due_date: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnRow:
    """A task that was done, or an instance that was started; `at` is when.

    `key` is that of the task or of the instance, `state` that of the whole case.
    """

    key: int
    root_key: int
    at: datetime
    name: str
    name_en: str
    process_name: str
    process_name_en: str
    subject: str | None
    subject_code: str | None
    subject_kind: str | None
    business_key: str | None
    state: str
    stands_at: tuple[StandsAt, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnPage:
    """A page of such a list; `total` stops at the limit of counting."""

    rows: tuple[OwnRow, ...]
    total: int
    previous: Cursor | None
    next: Cursor | None


def done_page(
    connection: Connection,
    user: User,
    *,
    words: str = "",
    after: Cursor | None = None,
    before: Cursor | None = None,
    size: int = PAGE,
) -> OwnPage:
    """The tasks this person completed."""
    query = select(UserTask.key).where(
        UserTask.completed_by == user.login, UserTask.state == "completed"
    )
    if words.strip():
        of_task = ProcessInstance.key == UserTask.instance_key
        query = query.where(exists().where(of_task, about(words)))
    keyset = Keyset(query=query, at=UserTask.ended_at, key=UserTask.key)
    return _page(connection, keyset, _DONE, UserTask.key, after, before, size)


def started_page(
    connection: Connection,
    user: User,
    *,
    words: str = "",
    after: Cursor | None = None,
    before: Cursor | None = None,
    size: int = PAGE,
) -> OwnPage:
    """The cases this person started."""
    query = select(ProcessInstance.key).where(
        ProcessInstance.started_by == user.login, ProcessInstance.parent_key.is_(None)
    )
    if words.strip():
        query = query.where(about(words))
    keyset = Keyset(query=query, at=ProcessInstance.started_at, key=ProcessInstance.key)
    return _page(connection, keyset, _STARTED, ProcessInstance.key, after, before, size)


def started_row(connection: Connection, user: User, key: int) -> OwnRow:
    """A case this person started. Raises `NotFound`, also for a case of somebody else."""
    row = connection.execute(
        _STARTED.where(ProcessInstance.key == key, ProcessInstance.started_by == user.login)
    ).one_or_none()
    if row is None:
        raise NotFound(what="案件", key=key)
    standing = stands_at(connection, [row.root_key])
    return OwnRow(**row._mapping, stands_at=tuple(standing.get(row.root_key, ())))


def _page(
    connection: Connection,
    keyset: Keyset,
    columns: Select[*tuple[Any, ...]],
    key: Any,
    after: Cursor | None,
    before: Cursor | None,
    size: int,
) -> OwnPage:
    """Newest first: a page forward is one backward in the order of the keyset."""
    cut = page_of(connection, keyset.before, keyset.after, after=after, before=before, size=size)
    found = {row.key: row for row in connection.execute(columns.where(key.in_(cut.keys)))}
    standing = stands_at(connection, [row.root_key for row in found.values()])
    rows = tuple(
        OwnRow(**found[one]._mapping, stands_at=tuple(standing.get(found[one].root_key, ())))
        for one in cut.keys
        if one in found
    )
    return OwnPage(
        rows=rows,
        total=counted(connection, keyset.query),
        previous=_cursor(rows[0]) if rows and cut.has_previous else None,
        next=_cursor(rows[-1]) if rows and cut.has_next else None,
    )


def stands_at(connection: Connection, roots: Sequence[int]) -> Mapping[int, list[StandsAt]]:
    """The open tasks of some cases, by the key of the outermost instance."""
    rows = connection.execute(
        select(
            UserTask.root_key,
            UserTask.key,
            UserTask.name,
            UserTask.name_en,
            UserAccount.name.label("assignee_name"),
            UserTask.organisation_path,
            UserTask.due_date,
        )
        .outerjoin(UserAccount, UserAccount.login == UserTask.assignee)
        .where(UserTask.root_key.in_(sorted(set(roots))), UserTask.state == "open")
        .order_by(UserTask.key)
    )
    found: dict[int, list[StandsAt]] = defaultdict(list)
    for row in rows:
        values = dict(row._mapping)
        found[values.pop("root_key")].append(StandsAt(**values))
    return found


def _cursor(row: OwnRow) -> Cursor:
    return Cursor(at=row.at, key=row.key)


_CASE = (
    ProcessDefinition.name.label("process_name"),
    ProcessDefinition.name_en.label("process_name_en"),
    ProcessInstance.subject,
    ProcessInstance.subject_code,
    ProcessInstance.subject_kind,
    ProcessInstance.business_key,
)
_ROOT = aliased(ProcessInstance)
_DONE = (
    select(
        UserTask.key,
        UserTask.root_key,
        UserTask.ended_at.label("at"),
        UserTask.name,
        UserTask.name_en,
        *_CASE,
        _ROOT.state,
    )
    .join(ProcessInstance, ProcessInstance.key == UserTask.instance_key)
    .join(_ROOT, _ROOT.key == UserTask.root_key)
    .join(ProcessDefinition, ProcessDefinition.key == ProcessInstance.process_definition_key)
)
_STARTED = select(
    ProcessInstance.key,
    ProcessInstance.root_key,
    ProcessInstance.started_at.label("at"),
    ProcessDefinition.name,
    ProcessDefinition.name_en,
    *_CASE,
    ProcessInstance.state,
).join(ProcessDefinition, ProcessDefinition.key == ProcessInstance.process_definition_key)
