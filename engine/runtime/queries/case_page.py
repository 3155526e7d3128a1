"""One case: where it stands, what is due now and from whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, select

from engine.calendar import remaining_working_days
from engine.clock import in_shanghai
from engine.errors import Language
from engine.identity import User, role_names
from engine.runtime.errors import NotFound, NotPermitted
from engine.runtime.models import (
    ElementInstance,
    ProcessInstance,
    Timer,
    UserTask,
    UserTaskCandidate,
)
from engine.runtime.queries.instance_page import InstanceHead, instance_head
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.visible import names_of_people, names_of_units

STAGE = "stage"
"""Property of an activity: the stage of the case it belongs to."""


def case_head(reading: Reading, user: User, key: int) -> InstanceHead:
    """The outermost instance of the case that `key` belongs to.

    Raises `NotFound`; `NotPermitted` if the case is another unit's.
    """
    root = reading.connection.scalar(
        select(ProcessInstance.root_key).where(ProcessInstance.key == key)
    )
    if root is None:
        raise NotFound(what="案件", key=key)
    head = instance_head(reading.connection, reading.definitions, root)
    require_sees(user, head.organisation_path)
    return head


def require_sees(user: User, organisation_path: str) -> None:
    """Raise `NotPermitted` for a case of another unit, without a word about it."""
    if not user.sees(organisation_path):
        raise NotPermitted(
            action="查看此案件",
            action_en="see this case",
            reason="案件不属于您的单位",
            reason_en="it belongs to another unit",
        )


def tree_of(reading: Reading, root_key: int) -> tuple[InstanceHead, ...]:
    """The outermost instance and everything it called, in the order of their start."""
    keys = reading.connection.scalars(
        select(ProcessInstance.key)
        .where(ProcessInstance.root_key == root_key)
        .order_by(ProcessInstance.key)
    ).all()
    return tuple(instance_head(reading.connection, reading.definitions, key) for key in keys)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """A stage of a case. `day` is when it was left last, or entered if the case is in it."""

    name: str
    state: Literal["done", "now", "open"]
    day: date | None


def stage_line(connection: Connection, head: InstanceHead) -> tuple[Stage, ...]:
    """The stages that the elements of the process name, in the order of the diagram."""
    of_element = {
        element.id: stage
        for element in head.deployed.process.elements.values()
        if (stage := element.properties.get(STAGE))
    }
    entered: dict[str, datetime] = {}
    left: dict[str, datetime] = {}
    rows = connection.execute(
        select(
            ElementInstance.element_id,
            ElementInstance.state,
            ElementInstance.entered_at,
            ElementInstance.left_at,
        ).where(ElementInstance.instance_key == head.key)
    )
    for row in rows:
        stage = of_element.get(row.element_id)
        if stage is None:
            continue
        if row.left_at is None:
            entered[stage] = min(entered.get(stage, row.entered_at), row.entered_at)
        elif row.state == "completed":
            left[stage] = max(left.get(stage, row.left_at), row.left_at)
    return tuple(_stage(name, entered, left) for name in dict.fromkeys(of_element.values()))


def _stage(name: str, entered: dict[str, datetime], left: dict[str, datetime]) -> Stage:
    if name in entered:
        return Stage(name=name, state="now", day=in_shanghai(entered[name]).date())
    if name in left:
        return Stage(name=name, state="done", day=in_shanghai(left[name]).date())
    return Stage(name=name, state="open", day=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingTask:
    """An open task of a case: what is due, and from whom."""

    key: int
    element_id: str
    name: str
    name_en: str
    assignee: str | None
    groups: tuple[str, ...]
    organisation_name: str
    organisation_name_en: str
    due_date: date | None
    due_provisional: bool
    remaining: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingTimer:
    """A period that runs: the case goes on by itself once `until` has passed."""

    name: str
    name_en: str
    until: date
    remaining: int


def waiting_tasks(
    reading: Reading, head: InstanceHead, language: Language = "zh"
) -> tuple[WaitingTask, ...]:
    """The open tasks of a case, the most urgent first."""
    rows = reading.connection.execute(
        select(UserTask)
        .where(UserTask.root_key == head.key, UserTask.state == "open")
        .order_by(UserTask.due_at.is_(None), UserTask.due_at, UserTask.key)
    ).all()
    groups: dict[int, list[str]] = defaultdict(list)
    names = role_names(reading.connection, language)
    for candidate in reading.connection.execute(
        select(UserTaskCandidate.task_key, UserTaskCandidate.candidate).where(
            UserTaskCandidate.task_key.in_([row.key for row in rows]),
            UserTaskCandidate.kind == "group",
        )
    ):
        groups[candidate.task_key].append(names.get(candidate.candidate, candidate.candidate))
    people = names_of_people(reading.connection, (row.assignee for row in rows))
    units = names_of_units(reading.connection, (row.organisation for row in rows))
    today = reading.clock.today()
    return tuple(
        WaitingTask(
            key=row.key,
            element_id=row.element_id,
            name=row.name,
            name_en=row.name_en,
            assignee=people.get(row.assignee, row.assignee),
            groups=tuple(groups[row.key]),
            organisation_name=units.get(row.organisation, (row.organisation, ""))[0],
            organisation_name_en=units.get(row.organisation, ("", ""))[1],
            due_date=row.due_date,
            due_provisional=row.due_provisional,
            remaining=remaining_working_days(
                today, row.due_date, reading.calendar_of(row.organisation_path)
            )
            if row.due_date
            else None,
        )
        for row in rows
    )


def waiting_timers(reading: Reading, tree: Sequence[InstanceHead]) -> tuple[WaitingTimer, ...]:
    """The periods that run in a case, the nearest first."""
    heads = {head.key: head for head in tree}
    rows = reading.connection.execute(
        select(Timer.instance_key, Timer.element_id, Timer.due_at)
        .where(Timer.instance_key.in_(heads), Timer.state == "armed")
        .order_by(Timer.due_at)
    )
    today = reading.clock.today()
    found = []
    for row in rows:
        head = heads[row.instance_key]
        element, until = head.element(row.element_id), last_day_before(row.due_at)
        calendar = reading.calendar_of(head.organisation_path)
        found.append(
            WaitingTimer(
                name=element.name if element else row.element_id,
                name_en=element.properties.get("name:en", "") if element else "",
                until=until,
                remaining=remaining_working_days(today, until, calendar),
            )
        )
    return tuple(found)


def last_day_before(instant: datetime) -> date:
    """The day that ends at `instant`: 24:00 belongs to the day before."""
    return in_shanghai(instant - timedelta(microseconds=1)).date()
