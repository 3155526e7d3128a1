"""消息: the reminders to a person and to the groups they are in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from engine.identity import User, bureaus
from engine.identity.models import Organisation, UserAccount, UserRole
from engine.runtime.models import ProcessDefinition, ProcessInstance, Reminder, UserTask
from engine.runtime.queries.cursor import Cursor, Keyset, page_of
from engine.runtime.queries.visible import COUNT_LIMIT, counted

PAGE = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageRow:
    """A reminder about a task. `kind` is the answer of the escalation table."""

    key: int
    kind: str
    at: datetime
    read_at: datetime | None
    recipient_kind: str
    task_key: int
    task_name: str
    task_name_en: str
    task_state: str
    process_name: str
    process_name_en: str
    subject: str | None
    business_key: str | None
    due_date: date | None
    assignee_name: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MessagePage:
    """A page of messages, the newest first; the numbers stop at the limit of counting."""

    rows: tuple[MessageRow, ...]
    total: int
    unread: int
    previous: Cursor | None
    next: Cursor | None


def unread_count(connection: Connection, user: User) -> int:
    """How many messages this person has not read."""
    unread = select(Reminder.key).where(sent_to(connection, user), Reminder.read_at.is_(None))
    some = unread.limit(COUNT_LIMIT).subquery()
    return connection.scalar(select(func.count()).select_from(some)) or 0


def message_page(
    connection: Connection,
    user: User,
    *,
    unread_only: bool = False,
    after: Cursor | None = None,
    before: Cursor | None = None,
    size: int = PAGE,
) -> MessagePage:
    """The messages of this person."""
    own = select(Reminder.key).where(sent_to(connection, user))
    unread = own.where(Reminder.read_at.is_(None))
    query = unread if unread_only else own
    keyset = Keyset(query=query, at=Reminder.at, key=Reminder.key)
    cut = page_of(connection, keyset.before, keyset.after, after=after, before=before, size=size)
    found = {row.key: row for row in connection.execute(_ROWS.where(Reminder.key.in_(cut.keys)))}
    rows = tuple(MessageRow(**found[key]._mapping) for key in cut.keys if key in found)
    return MessagePage(
        rows=rows,
        total=counted(connection, own),
        unread=counted(connection, unread),
        previous=_cursor(rows[0]) if rows and cut.has_previous else None,
        next=_cursor(rows[-1]) if rows and cut.has_next else None,
    )


def _cursor(row: MessageRow) -> Cursor:
    return Cursor(at=row.at, key=row.key)


def sent_to(connection: Connection, user: User) -> ColumnElement[bool]:
    """The condition for what is sent to this person or to a group of theirs.

    Who sees all units gets what their own bureau's tasks send to a group, and from other bureaus
    what is sent to a group that these have nobody in.
    """
    personal = and_(Reminder.recipient_kind == "user", Reminder.recipient == user.login)
    own_paths = [
        unit.path for unit in bureaus(connection) if unit.path.startswith(user.bureau_path)
    ]
    inside = and_(
        Reminder.organisation_path.startswith(user.bureau_path, autoescape=True),
        *(
            ~Reminder.organisation_path.startswith(path, autoescape=True)
            for path in own_paths
            if path != user.bureau_path
        ),
    )
    grouped = and_(
        Reminder.recipient_kind == "group", Reminder.recipient.in_(sorted(user.roles)), inside
    )
    if not user.sees_all:
        return or_(personal, grouped)
    alone = sorted(user.roles - _held_elsewhere(connection, user))
    overseen = and_(Reminder.recipient_kind == "group", Reminder.recipient.in_(alone))
    return or_(personal, grouped, overseen)


def _held_elsewhere(connection: Connection, user: User) -> set[str]:
    """The roles of this person that people of other bureaus have, too."""
    rows = connection.execute(
        select(UserRole.role_code, Organisation.path)
        .join(UserAccount, UserAccount.key == UserRole.user_key)
        .join(Organisation, Organisation.code == UserAccount.organisation_code)
        .where(UserRole.role_code.in_(sorted(user.roles)), UserAccount.active)
        .distinct()
    ).all()
    others = [
        unit.path
        for unit in bureaus(connection)
        if unit.path != user.bureau_path and not user.organisation_path.startswith(unit.path)
    ]
    return {row.role_code for row in rows if any(row.path.startswith(path) for path in others)}


_ROWS = (
    select(
        Reminder.key,
        Reminder.kind,
        Reminder.at,
        Reminder.read_at,
        Reminder.recipient_kind,
        Reminder.task_key,
        UserTask.name.label("task_name"),
        UserTask.name_en.label("task_name_en"),
        UserTask.state.label("task_state"),
        ProcessDefinition.name.label("process_name"),
        ProcessDefinition.name_en.label("process_name_en"),
        ProcessInstance.subject,
        ProcessInstance.business_key,
        UserTask.due_date,
        UserAccount.name.label("assignee_name"),
    )
    .join(UserTask, UserTask.key == Reminder.task_key)
    .join(ProcessInstance, ProcessInstance.key == UserTask.instance_key)
    .join(ProcessDefinition, ProcessDefinition.key == ProcessInstance.process_definition_key)
    .outerjoin(UserAccount, UserAccount.login == UserTask.assignee)
)
