"""Hand a task to another person, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.identity import User, load_user
from engine.runtime.bus import Command, handles
from engine.runtime.commands.claim_task import ASSIGN
from engine.runtime.errors import NotPermitted, ReasonMissing
from engine.runtime.tasks import lock_task, require_may_work, require_other_person
from engine.runtime.user_tasks import may_work_on

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class ReassignTask(Command):
    """转办: the task goes to `assignee` for good. A supervisor may do so with anybody's task.

    Raises `ReasonMissing`, and `NotPermitted` if the new assignee may not work on the task.
    """

    task_key: int
    user: User
    assignee: str
    reason: str


@handles(ReassignTask)
def reassign_task(command: ReassignTask, tx: Transaction) -> None:
    if not command.reason.strip():
        raise ReasonMissing(action="转办", action_en="Reassigning")
    instance, task = lock_task(tx, command.task_key)
    if command.user.may("task.reassign"):
        instance.require_seen_by(command.user)
    else:
        require_may_work(tx, instance, task, command.user)
    receiver = load_user(tx.connection, command.assignee)
    if not may_work_on(receiver, task):
        raise NotPermitted(
            action=f"把「{task.name}」转给 {receiver.name}",
            action_en=f"hand '{task.name}' to {receiver.name}",
            reason="对方不在候选组或不属于该单位",
            reason_en="they are not in its group or unit",
        )
    require_other_person(tx, instance, task, receiver)
    tx.connection.execute(ASSIGN, {"of": task.key, "to": receiver.login})
    tx.rows.history(
        instance,
        "task_reassigned",
        element_id=task.element_id,
        task_key=task.key,
        user=command.user.login,
        reason=command.reason,
        details={"from": task.assignee, "to": receiver.login},
    )
