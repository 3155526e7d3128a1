"""The tasks that are overdue now: by unit and owner, and by how many working days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from engine.calendar import remaining_working_days
from engine.identity import role_names
from engine.register.figures.model import Words
from engine.register.figures.scope import Scope
from engine.runtime.models import UserTask, UserTaskCandidate
from engine.runtime.queries.visible import names_of_people

MOST = 5000
"""So many overdue tasks are looked at, those that have waited longest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OverdueLine:
    """Whose overdue tasks: a person's, or those nobody of a group has taken. `steps` counts them
    by the working days they are late, as the settings divide them; `most` is the worst.
    """

    path: str
    owner: Words
    steps: tuple[int, ...]
    total: int
    most: int


def overdue(scope: Scope, steps: Sequence[int]) -> tuple[OverdueLine, ...]:
    """The worst first. `steps` are the working days at which the next column begins."""
    found = scope.look.connection.execute(
        select(UserTask.key, UserTask.organisation_path, UserTask.assignee, UserTask.due_date)
        .where(
            scope.here(UserTask.organisation_path),
            UserTask.state == "open",
            UserTask.due_at <= scope.now,
        )
        .order_by(UserTask.due_at, UserTask.key)
        .limit(MOST)
    ).all()
    owners = _owners(scope, found)
    late: dict[tuple[str, Words], list[int]] = defaultdict(list)
    for task in found:
        calendar = scope.look.calendar_of(task.organisation_path)
        days = -remaining_working_days(scope.today, task.due_date, calendar)
        late[task.organisation_path, owners[task.key]].append(days)
    lines = [
        OverdueLine(
            path=path,
            owner=owner,
            steps=_by_steps(days, steps),
            total=len(days),
            most=max(days),
        )
        for (path, owner), days in late.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.most, -line.total, line.path)))


def _by_steps(days: Sequence[int], steps: Sequence[int]) -> tuple[int, ...]:
    edges = [0, *steps]
    counted = [0] * len(edges)
    for late in days:
        at = max(place for place, edge in enumerate(edges) if late >= edge or place == 0)
        counted[at] += 1
    return tuple(counted)


def _owners(scope: Scope, tasks: Sequence[Row[*tuple[Any, ...]]]) -> dict[int, Words]:
    connection = scope.look.connection
    people = names_of_people(connection, {task.assignee for task in tasks})
    free = [task.key for task in tasks if task.assignee is None]
    groups: dict[int, list[str]] = defaultdict(list)
    for start in range(0, len(free), 500):
        query = select(UserTaskCandidate.task_key, UserTaskCandidate.candidate).where(
            UserTaskCandidate.task_key.in_(free[start : start + 500]),
            UserTaskCandidate.kind == "group",
        )
        for key, candidate in connection.execute(query.order_by(UserTaskCandidate.candidate)):
            groups[key].append(candidate)
    zh, en = role_names(connection, "zh"), role_names(connection, "en")
    return {
        task.key: (people.get(task.assignee, task.assignee),) * 2
        if task.assignee is not None
        else (
            "、".join(zh.get(code, code) for code in groups[task.key]) or "—",
            ", ".join(en.get(code, code) for code in groups[task.key]) or "—",
        )
        for task in tasks
    }
