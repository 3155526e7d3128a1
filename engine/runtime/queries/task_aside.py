"""What stands beside a form: deadline, attachments, remarks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from engine.calendar import Explanation, Period, due, explain
from engine.identity.models import UserAccount
from engine.runtime.errors import NotFound
from engine.runtime.models import Attachment, Comment, DeadlineRecord, HistoryRecord
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.task import TaskRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class DueLine:
    """How a due date came about. `moved` says that a person has changed it since."""

    rule: str
    start_date: date
    computed_date: date
    earliest_date: date
    latest_date: date
    explanation: Explanation
    moved: MovedDue | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MovedDue:
    """A due date changed by a person, with their reason."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AttachedFile:
    """A file of the case, without its bytes."""

    key: int
    file_name: str
    content_type: str
    size: int
    uploaded_by: str
    uploaded_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class FileContent:
    """A file of the case, to be sent."""

    file_name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """A comment on the case."""

    by: str
    text: str
    written_at: datetime


def due_line(reading: Reading, task: TaskRecord) -> DueLine | None:
    """The arithmetic of the task's due date; None if a rule did not give it."""
    row = reading.connection.execute(
        select(DeadlineRecord)
        .where(
            DeadlineRecord.instance_key == task.case.key,
            DeadlineRecord.token_id == task.token_id,
            DeadlineRecord.use == "due_date",
        )
        .order_by(DeadlineRecord.key.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    calendar = reading.calendar_of(task.organisation_path)
    period = Period(amount=row.amount, unit=row.unit, roll=row.roll)
    return DueLine(
        rule=row.rule,
        start_date=row.start_date,
        computed_date=row.due_date,
        earliest_date=row.earliest_date,
        latest_date=row.latest_date,
        explanation=explain(due(row.start_date, period, calendar), calendar),
        moved=_moved(reading.connection, task) if row.due_date != task.due_date else None,
    )


def _moved(connection: Connection, task: TaskRecord) -> MovedDue | None:
    row = connection.execute(
        select(
            HistoryRecord.at,
            HistoryRecord.reason,
            HistoryRecord.user.label("login"),
            UserAccount.name,
        )
        .outerjoin(UserAccount, UserAccount.login == HistoryRecord.user)
        .where(
            HistoryRecord.root_key == task.root_key,
            HistoryRecord.task_key == task.key,
            HistoryRecord.event == "due_date_changed",
        )
        .order_by(HistoryRecord.key.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return MovedDue(by=row.name or row.login or "", at=row.at, reason=row.reason or "")


def attached_files(connection: Connection, root_key: int) -> tuple[AttachedFile, ...]:
    """The files of a case, the oldest first."""
    rows = connection.execute(
        select(
            Attachment.key,
            Attachment.file_name,
            Attachment.content_type,
            Attachment.size,
            UserAccount.name,
            Attachment.uploaded_by,
            Attachment.uploaded_at,
        )
        .outerjoin(UserAccount, UserAccount.login == Attachment.uploaded_by)
        .where(Attachment.root_key == root_key)
        .order_by(Attachment.key)
    )
    return tuple(
        AttachedFile(
            key=row.key,
            file_name=row.file_name,
            content_type=row.content_type,
            size=row.size,
            uploaded_by=row.name or row.uploaded_by,
            uploaded_at=row.uploaded_at,
        )
        for row in rows
    )


def file_content(connection: Connection, root_key: int, key: int) -> FileContent:
    """A file of this case. Raises `NotFound`, also for a file of another case."""
    row = connection.execute(
        select(Attachment.file_name, Attachment.content_type, Attachment.content).where(
            Attachment.key == key, Attachment.root_key == root_key
        )
    ).one_or_none()
    if row is None:
        raise NotFound(what="附件", key=key)
    return FileContent(**row._mapping)


def remarks_on(connection: Connection, root_key: int) -> tuple[Remark, ...]:
    """The comments on a case, the oldest first."""
    rows = connection.execute(
        select(Comment.user.label("login"), UserAccount.name, Comment.text, Comment.written_at)
        .outerjoin(UserAccount, UserAccount.login == Comment.user)
        .where(Comment.root_key == root_key)
        .order_by(Comment.key)
    )
    return tuple(
        Remark(by=row.name or row.login, text=row.text, written_at=row.written_at) for row in rows
    )
