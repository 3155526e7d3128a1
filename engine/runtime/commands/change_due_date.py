"""A supervisor moves the due date of a task, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update

from engine.clock import end_of_day
from engine.identity import User
from engine.runtime.bus import Command, handles
from engine.runtime.errors import DateGoesBack
from engine.runtime.models import UserTask
from engine.runtime.tasks import lock_task

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class ChangeDueDate(Command):
    """Move the due date of an open task. Raises `DateGoesBack` without a reason."""

    task_key: int
    user: User
    due_date: date
    reason: str


@handles(ChangeDueDate)
def change_due_date(command: ChangeDueDate, tx: Transaction) -> None:
    command.user.require("deadline.change")
    instance, task = lock_task(tx, command.task_key)
    instance.require_seen_by(command.user)
    old = tx.connection.execute(_OLD, {"of": task.key}).one()
    if not command.reason.strip() or command.due_date < old.created_at.date():
        raise DateGoesBack(created=old.created_at.date())
    tx.connection.execute(
        _MOVE, {"of": task.key, "day": command.due_date, "at": end_of_day(command.due_date)}
    )
    tx.rows.history(
        instance,
        "due_date_changed",
        element_id=task.element_id,
        task_key=task.key,
        user=command.user.login,
        reason=command.reason,
        details={"from": old.due_date, "to": command.due_date},
    )


_OLD = select(UserTask.due_date, UserTask.created_at).where(UserTask.key == bindparam("of"))
_MOVE = (
    update(UserTask)
    .where(UserTask.key == bindparam("of"))
    .values(due_date=bindparam("day"), due_at=bindparam("at"), due_provisional=False)
)
