"""Keep a half-filled form (暂存)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert

from engine.identity import User
from engine.runtime.bus import Command, handles
from engine.runtime.models import TaskDraft
from engine.runtime.tasks import lock_task, require_may_work

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class SaveDraft(Command):
    """Keep the fields of a form as they were sent, valid or not, for this user and task."""

    task_key: int
    user: User
    submitted: Sequence[tuple[str, str]]


@handles(SaveDraft)
def save_draft(command: SaveDraft, tx: Transaction) -> None:
    instance, task = lock_task(tx, command.task_key)
    require_may_work(tx, instance, task, command.user)
    tx.connection.execute(
        delete(TaskDraft).where(
            TaskDraft.task_key == task.key, TaskDraft.user == command.user.login
        )
    )
    tx.connection.execute(
        insert(TaskDraft),
        {
            "task_key": task.key,
            "user": command.user.login,
            "submitted": [list(pair) for pair in command.submitted],
            "saved_at": tx.now,
        },
    )
