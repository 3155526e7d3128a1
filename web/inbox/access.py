"""Who may open a task: asked by every view of it, before anything of it is shown."""

from __future__ import annotations

from engine.identity import PERMISSIONS, User
from engine.identity.errors import NotPermitted
from engine.runtime.queries.reach import may_see
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.same_person import barred
from engine.runtime.queries.task import TaskRecord, task_record
from engine.runtime.user_tasks import may_work_on


def seen_task(look: Reading, user: User, key: int) -> TaskRecord:
    """The task, if it is this person's to see. Raises `NotFound`; `NotPermitted` without hints."""
    task = task_record(look, key)
    people = {task.assignee, task.completed_by, *task.users}
    if may_see(user, task.organisation_path, task.case.organisation_path, people=people):
        return task
    if task.is_open and may_work_on(user, task.as_open_task()):
        return task
    zh, en = PERMISSIONS["task.view"]
    raise NotPermitted(permission=zh, permission_en=en)


def may_work_now(look: Reading, user: User, task: TaskRecord) -> bool:
    """Whether this person may fill in and complete the task as it stands."""
    if not task.is_open or not user.may("task.complete"):
        return False
    if task.assignee not in (None, user.login):
        return False
    return may_work_on(user, task.as_open_task()) and not barred_by(look, user, task)


def barred_by(look: Reading, user: User, task: TaskRecord) -> str:
    """The step this person did that forbids doing the task; empty if none does."""
    return barred(look.connection, user.login, [(task, task.element)]).get(task.key, "")


def require_workable(look: Reading, user: User, task: TaskRecord) -> None:
    """Raise what an act on a task of another group or unit deserves."""
    if task.is_open and not may_work_on(user, task.as_open_task()):
        zh, en = PERMISSIONS["task.complete"]
        raise NotPermitted(permission=zh, permission_en=en)
