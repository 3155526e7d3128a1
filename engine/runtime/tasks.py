"""Finding an open user task and asking whether a person may do something with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, exists, select

from engine.identity import User
from engine.runtime.errors import NotFound, NotPermitted, SamePerson, TaskClaimed, TaskNotOpen
from engine.runtime.instance import Instance
from engine.runtime.models import TaskDraft, UserTask, UserTaskCandidate
from engine.runtime.other_person import done_elsewhere, done_here, here
from engine.runtime.user_tasks import OpenTask, may_work_on

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


def lock_task(tx: Transaction, task_key: int) -> tuple[Instance, OpenTask]:
    """The open task with its locked instance, after due timers have fired.

    Raises `NotFound`; `TaskNotOpen` if it was done, or a deadline just took it; and
    `InstanceNotActive`.
    """
    found = tx.connection.execute(_INSTANCE_OF, {"of": task_key}).one_or_none()
    if found is None:
        raise NotFound(what="任务", key=task_key)
    instance = tx.lock_instance(found.instance_key, root_key=found.root_key)
    row = tx.connection.execute(_TASK, {"of": task_key}).one()
    if row.state != "open" or not tx.rows.task_is_open(instance.key, row.token_id):
        raise TaskNotOpen(name=row.name, state=_STATES.get(row.state, "已撤回"))
    instance.require_active()
    candidates = tx.connection.execute(_CANDIDATES, {"of": task_key}).all()
    return instance, OpenTask(
        key=row.key,
        name=row.name,
        element_id=row.element_id,
        token_id=row.token_id,
        form_key=row.form_key,
        assignee=row.assignee,
        organisation_path=row.organisation_path,
        has_due_date=row.due_date is not None,
        has_draft=row.has_draft,
        groups=frozenset(c.candidate for c in candidates if c.kind == "group"),
        users=frozenset(c.candidate for c in candidates if c.kind == "user"),
    )


def require_may_work(tx: Transaction, instance: Instance, task: OpenTask, user: User) -> None:
    """Raises `NotPermitted`, `TaskClaimed` or `SamePerson` if the task is not the user's to do."""
    if not may_work_on(user, task):
        raise NotPermitted(
            action=f"办理「{task.name}」",
            action_en=f"work on '{task.name}'",
            reason="任务不属于您的候选组或所在单位",
            reason_en="the task belongs to another group or unit",
        )
    if task.assignee is not None and task.assignee != user.login:
        raise TaskClaimed(name=task.name, assignee=task.assignee)
    require_other_person(tx, instance, task, user)


def require_other_person(tx: Transaction, instance: Instance, task: OpenTask, user: User) -> None:
    """Raises `SamePerson` if the user did a step that another person must have done."""
    element = instance.deployed.process.elements[task.element_id]
    others = here(element)
    root_key = instance.row.root_key
    names = done_here(tx.connection, user.login, [root_key]).get(root_key, {}) if others else {}
    done = next((names[other] for other in others if other in names), None) or done_elsewhere(
        tx.connection, user.login, instance.key, element
    )
    if done is not None:
        raise SamePerson(name=task.name, other=done, user=user.name)


_STATES = {"completed": "已办结", "cancelled": "已撤回", "open": "已被期限终止"}
_INSTANCE_OF = select(UserTask.instance_key, UserTask.root_key).where(
    UserTask.key == bindparam("of")
)
_TASK = select(
    UserTask.key,
    UserTask.name,
    UserTask.element_id,
    UserTask.token_id,
    UserTask.form_key,
    UserTask.state,
    UserTask.assignee,
    UserTask.organisation_path,
    UserTask.due_date,
    exists().where(TaskDraft.task_key == UserTask.key).label("has_draft"),
).where(UserTask.key == bindparam("of"))
_CANDIDATES = select(UserTaskCandidate.kind, UserTaskCandidate.candidate).where(
    UserTaskCandidate.task_key == bindparam("of")
)
