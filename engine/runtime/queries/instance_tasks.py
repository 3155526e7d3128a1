"""The user tasks of an instance: who, when, until when, how late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from engine.calendar import Calendar
from engine.identity import Person, people_with_role
from engine.runtime.models import UserTask, UserTaskCandidate
from engine.runtime.queries.visible import names_of_people


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskLine:
    """A user task, open or done. `completed_by` and `assignee` are names of people."""

    key: int
    element_id: str
    name: str
    name_en: str
    state: str
    assignee: str | None
    groups: tuple[str, ...]
    organisation_path: str
    due_date: date | None
    due_at: datetime | None
    due_provisional: bool
    follow_up_date: date | None
    created_at: datetime
    ended_at: datetime | None
    completed_by: str | None

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    def late_working_days(self, now: datetime, calendar: Calendar) -> int | None:
        """Working days by which the task was or is late; None if it is not."""
        end = self.ended_at or now
        if self.due_at is None or self.due_date is None or end < self.due_at:
            return None
        return calendar.working_days_between(self.due_date, end.date())


def tasks_of(
    connection: Connection, instance_key: int, element_id: str = ""
) -> tuple[TaskLine, ...]:
    """The tasks of an instance, open ones first, then the latest."""
    query = select(UserTask).where(UserTask.instance_key == instance_key)
    if element_id:
        query = query.where(UserTask.element_id == element_id)
    rows = connection.execute(query.order_by(UserTask.key.desc())).all()
    groups: dict[int, list[str]] = defaultdict(list)
    for candidate in connection.execute(
        select(UserTaskCandidate.task_key, UserTaskCandidate.candidate)
        .where(
            UserTaskCandidate.task_key.in_([row.key for row in rows]),
            UserTaskCandidate.kind == "group",
        )
        .order_by(UserTaskCandidate.candidate)
    ):
        groups[candidate.task_key].append(candidate.candidate)
    people = names_of_people(
        connection, [login for row in rows for login in (row.assignee, row.completed_by)]
    )
    lines = [
        TaskLine(
            key=row.key,
            element_id=row.element_id,
            name=row.name,
            name_en=row.name_en,
            state=row.state,
            assignee=people.get(row.assignee, row.assignee),
            groups=tuple(groups[row.key]),
            organisation_path=row.organisation_path,
            due_date=row.due_date,
            due_at=row.due_at,
            due_provisional=row.due_provisional,
            follow_up_date=row.follow_up_date,
            created_at=row.created_at,
            ended_at=row.ended_at,
            completed_by=people.get(row.completed_by, row.completed_by),
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: not line.is_open))


def possible_assignees(connection: Connection, task: TaskLine) -> Sequence[Person]:
    """Who may be given a task: the people of its groups at or below its unit."""
    return people_with_role(connection, task.groups, task.organisation_path)
