"""The open tasks that a person may do, as programs and the command line list them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from engine.identity import User
from engine.runtime.errors import NotFound
from engine.runtime.models import ProcessInstance, UserTask
from engine.runtime.queries.reach import workable_by

LIMIT = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenTaskRow:
    """An open task with what tells it apart."""

    key: int
    instance_key: int
    root_key: int
    process_id: str
    element_id: str
    name: str
    name_en: str
    assignee: str | None
    organisation: str
    due_date: date | None
    due_provisional: bool
    created_at: datetime
    business_key: str | None
    subject: str | None

    def plain(self) -> dict[str, object]:
        """The row as JSON has it."""
        return {
            "key": self.key,
            "instanceKey": self.instance_key,
            "caseKey": self.root_key,
            "processId": self.process_id,
            "elementId": self.element_id,
            "name": self.name,
            "nameEn": self.name_en,
            "assignee": self.assignee,
            "organisation": self.organisation,
            "dueDate": self.due_date.isoformat() if self.due_date else None,
            "dueProvisional": self.due_provisional,
            "createdAt": self.created_at.isoformat(),
            "businessKey": self.business_key,
            "subject": self.subject,
        }


def open_tasks_of(
    connection: Connection, user: User, *, after: int = 0, limit: int = LIMIT, by_due: bool = True
) -> list[OpenTaskRow]:
    """The tasks `user` may do: the most urgent first, or by key and only those `after` one."""
    wanted = _ROWS.where(UserTask.state == "open", UserTask.key > after, workable_by(user))
    if by_due:
        wanted = wanted.order_by(UserTask.due_at.is_(None), UserTask.due_at, UserTask.key)
    else:
        wanted = wanted.order_by(UserTask.key)
    return [OpenTaskRow(**row._mapping) for row in connection.execute(wanted.limit(limit))]


def task_of(
    connection: Connection, user: User, task_key: int
) -> tuple[OpenTaskRow, int | None, bool]:
    """A task, the key of its form, and whether it is the user's to do. Raises `NotFound`."""
    found = connection.execute(
        _ROWS.add_columns(UserTask.form_key, workable_by(user).label("workable")).where(
            UserTask.key == task_key
        )
    ).one_or_none()
    if found is None:
        raise NotFound(what="任务", key=task_key)
    row = {name: found._mapping[name] for name in OpenTaskRow.__dataclass_fields__}
    return OpenTaskRow(**row), found.form_key, bool(found.workable)


_ROWS = select(
    UserTask.key,
    UserTask.instance_key,
    UserTask.root_key,
    UserTask.process_id,
    UserTask.element_id,
    UserTask.name,
    UserTask.name_en,
    UserTask.assignee,
    UserTask.organisation,
    UserTask.due_date,
    UserTask.due_provisional,
    UserTask.created_at,
    ProcessInstance.business_key,
    ProcessInstance.subject,
).join(ProcessInstance, ProcessInstance.key == UserTask.instance_key)
