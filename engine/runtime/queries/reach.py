"""Which tasks a person may work on, as a condition for lists.

The same rule as `user_tasks.may_work_on` asks of one task: a task belongs to the people of its
unit and of the units below it, but never to those of another bureau.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, or_, true

from engine.identity import User
from engine.runtime.models import UserTask, UserTaskCandidate

NOBODYS_UNIT = ""
"""The path of a task that belongs to no unit: everybody of its group may take it."""


def paths_near(user: User) -> tuple[str, ...]:
    """The units whose tasks are near: the user's own and those around it up to the bureau."""
    codes = user.organisation_path.strip("/").split("/")
    around = ["/".join(codes[:depth]) + "/" for depth in range(1, len(codes) + 1)]
    return (NOBODYS_UNIT, *(path for path in around if path.startswith(user.bureau_path)))


def workable_by(user: User) -> ColumnElement[bool]:
    """The condition on `user_task` for the tasks that are the user's to do, claimed or not."""
    near = true() if user.sees_all else UserTask.organisation_path.in_(paths_near(user))
    candidates = exists().where(UserTaskCandidate.task_key == UserTask.key)
    named = candidates.where(
        UserTaskCandidate.kind == "user", UserTaskCandidate.candidate == user.login
    )
    grouped = candidates.where(
        UserTaskCandidate.kind == "group", UserTaskCandidate.candidate.in_(sorted(user.roles))
    )
    unbound = and_(UserTask.assignee.is_(None), ~candidates)
    return or_(UserTask.assignee == user.login, named, and_(near, or_(grouped, unbound)))


def may_see(user: User, *paths: str, people: Collection[str | None] = ()) -> bool:
    """Whether a task is the user's to read: one of its units is, or the user is one of `people`."""
    return user.login in people or any(user.sees(path) for path in paths)


def within_unit(path: str, below: Collection[str]) -> ColumnElement[bool]:
    """The condition for tasks of the bureau at `path`, without those of the bureaus `below` it."""
    inside = UserTask.organisation_path.startswith(path, autoescape=True)
    others = [UserTask.organisation_path.startswith(one, autoescape=True) for one in below]
    return and_(inside, *(~other for other in others))
