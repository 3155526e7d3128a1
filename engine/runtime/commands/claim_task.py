"""Take a task from the pool, or give it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, update

from engine.identity import User
from engine.runtime.bus import Command, handles
from engine.runtime.models import UserTask
from engine.runtime.tasks import lock_task, require_may_work

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class ClaimTask(Command):
    """Take an open task (认领). Raises `TaskNotOpen`, `NotPermitted`, `TaskClaimed`."""

    task_key: int
    user: User


@dataclass(frozen=True, kw_only=True)
class UnclaimTask(Command):
    """Give a task back to its group (取消认领)."""

    task_key: int
    user: User


@handles(ClaimTask)
def claim_task(command: ClaimTask, tx: Transaction) -> None:
    _assign(tx, command.task_key, command.user, command.user.login, "task_claimed")


@handles(UnclaimTask)
def unclaim_task(command: UnclaimTask, tx: Transaction) -> None:
    _assign(tx, command.task_key, command.user, None, "task_unclaimed")


def _assign(tx: Transaction, task_key: int, user: User, assignee: str | None, event: str) -> None:
    instance, task = lock_task(tx, task_key)
    require_may_work(tx, instance, task, user)
    tx.connection.execute(ASSIGN, {"of": task.key, "to": assignee})
    tx.rows.history(instance, event, element_id=task.element_id, task_key=task.key, user=user.login)


ASSIGN = update(UserTask).where(UserTask.key == bindparam("of")).values(assignee=bindparam("to"))
"""Sets the assignee of a task."""
