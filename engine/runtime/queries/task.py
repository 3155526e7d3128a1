"""One user task as its page shows it: the task, its case, its form and what the form may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.bpmn import Element
from engine.bpmn.model import Binding
from engine.feel import Environment, compile_expression
from engine.forms import Form
from engine.runtime.deadlines import TABLE, DeadlineBook
from engine.runtime.definitions import DeployedProcess
from engine.runtime.errors import NoSuchDefinition, NotFound
from engine.runtime.models import (
    ElementInstance,
    HistoryRecord,
    ProcessInstance,
    TaskDraft,
    UserTask,
    UserTaskCandidate,
    Variable,
)
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.visible import names_of_people
from engine.runtime.user_tasks import OpenTask
from engine.runtime.variables import ROOT, Variables

WARN = "warn:"
"""Prefix of a property whose expression should be true; if it is not, the person is asked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskCase:
    """The instance of a task: whom it is about, whose it is."""

    key: int
    root_key: int
    horizon: int
    state: str
    subject: str | None
    subject_code: str | None
    subject_kind: str | None
    business_key: str | None
    organisation: str
    organisation_path: str
    started_at: datetime
    started_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskRecord:
    """A user task, open or not."""

    key: int
    name: str
    name_en: str
    state: str
    element_id: str
    element: Element | None
    token_id: str
    form_key: int | None
    assignee: str | None
    organisation: str
    organisation_path: str
    groups: frozenset[str]
    users: frozenset[str]
    due_date: date | None
    due_at: datetime | None
    due_provisional: bool
    priority: int
    created_at: datetime
    ended_at: datetime | None
    completed_by: str | None
    names: Mapping[str, str]
    """Login → name of everybody named here."""
    case: TaskCase
    deployed: DeployedProcess

    @property
    def root_key(self) -> int:
        return self.case.root_key

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    def said(self, name: str) -> str:
        """A property of the task's element in the diagram; empty if it has none."""
        return self.element.properties.get(name, "") if self.element is not None else ""

    def as_open_task(self) -> OpenTask:
        """The task as the question who may work on it sees it."""
        return OpenTask(
            key=self.key,
            name=self.name,
            element_id=self.element_id,
            token_id=self.token_id,
            form_key=self.form_key,
            assignee=self.assignee,
            organisation_path=self.organisation_path,
            has_due_date=self.due_date is not None,
            has_draft=False,
            groups=self.groups,
            users=self.users,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class FormSheet:
    """A form with the variables and the environment its expressions see."""

    form: Form
    context: Mapping[str, object]
    environment: Environment


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What a person kept of a form, as it was typed."""

    pairs: tuple[tuple[str, str], ...]
    saved_at: datetime


def task_record(reading: Reading, key: int) -> TaskRecord:
    """The task with this key. Raises `NotFound`."""
    connection = reading.connection
    task = connection.execute(select(UserTask).where(UserTask.key == key)).one_or_none()
    if task is None:
        raise NotFound(what="任务", key=key)
    case = connection.execute(
        select(ProcessInstance).where(ProcessInstance.key == task.instance_key)
    ).one()
    deployed = reading.definitions.process(connection, case.process_definition_key)
    candidates = connection.execute(
        select(UserTaskCandidate.kind, UserTaskCandidate.candidate).where(
            UserTaskCandidate.task_key == key
        )
    ).all()
    return TaskRecord(
        key=task.key,
        name=task.name,
        name_en=task.name_en,
        state=task.state,
        element_id=task.element_id,
        element=deployed.process.elements.get(task.element_id),
        token_id=task.token_id,
        form_key=task.form_key,
        assignee=task.assignee,
        organisation=task.organisation,
        organisation_path=task.organisation_path,
        groups=frozenset(row.candidate for row in candidates if row.kind == "group"),
        users=frozenset(row.candidate for row in candidates if row.kind == "user"),
        due_date=task.due_date,
        due_at=task.due_at,
        due_provisional=task.due_provisional,
        priority=task.priority,
        created_at=task.created_at,
        ended_at=task.ended_at,
        completed_by=task.completed_by,
        names=names_of_people(connection, (task.assignee, task.completed_by, case.started_by)),
        case=_case(case),
        deployed=deployed,
    )


def _case(row: Any) -> TaskCase:
    return TaskCase(
        key=row.key,
        root_key=row.root_key or row.key,
        horizon=row.horizon,
        state=row.state,
        subject=row.subject,
        subject_code=row.subject_code,
        subject_kind=row.subject_kind,
        business_key=row.business_key,
        organisation=row.organisation,
        organisation_path=row.organisation_path,
        started_at=row.started_at,
        started_by=row.started_by,
    )


def form_sheet(reading: Reading, task: TaskRecord) -> FormSheet | None:
    """The form of a task, None if it has none."""
    if task.form_key is None:
        return None
    return FormSheet(
        form=reading.definitions.form(reading.connection, task.form_key).form,
        context=variables_seen(reading.connection, task.case.key, task.token_id),
        environment=environment_at(reading, task.case.horizon, task.case.organisation_path),
    )


def environment_at(reading: Reading, horizon: int, organisation_path: str) -> Environment:
    """What expressions may use: the clock, the calendar of a unit, the deadlines in force."""
    calendar = reading.calendar_of(organisation_path)

    def deadlines() -> Any:
        try:
            decision = reading.definitions.decision_as_of(reading.connection, TABLE, horizon)
        except NoSuchDefinition:
            return None
        return decision.model

    book = DeadlineBook(model=deadlines, calendar=calendar, clock=reading.clock)
    return Environment(clock=reading.clock, calendar=calendar, deadlines=book)


def variables_seen(
    connection: Connection, instance_key: int, token_id: str
) -> Mapping[str, object]:
    """The variables that a token sees, inner scopes first; also of a token that has gone on."""
    chain = _scopes_of(connection, instance_key, token_id)
    rows = connection.execute(
        select(Variable.scope_id, Variable.name, Variable.value).where(
            Variable.instance_key == instance_key, Variable.scope_id.in_(chain)
        )
    )
    scopes: dict[str, dict[str, str]] = {}
    for row in rows:
        scopes.setdefault(row.scope_id, {})[row.name] = row.value
    return dict(Variables(scopes).view(chain))


def _scopes_of(connection: Connection, instance_key: int, token_id: str) -> list[str]:
    chain = [token_id]
    while chain[-1] != ROOT:
        around = connection.scalar(
            select(ElementInstance.scope_id)
            .where(
                ElementInstance.instance_key == instance_key,
                ElementInstance.token_id == chain[-1],
            )
            .limit(1)
        )
        chain.append(around if around and around not in chain else ROOT)
    return chain


def warnings_of(
    task: TaskRecord, sheet: FormSheet, answers: Mapping[str, object]
) -> tuple[str, ...]:
    """The messages of the diagram's soft conditions that these answers do not meet."""
    view = {**sheet.context, **answers}
    unmet = []
    for name, text in (task.element.properties if task.element else {}).items():
        if not name.startswith(WARN):
            continue
        source = Binding(text=text if text.lstrip().startswith("=") else f"={text}").source
        if compile_expression(source).evaluate(view, sheet.environment).value is not True:
            unmet.append(name.removeprefix(WARN).strip())
    return tuple(unmet)


def answers_given(connection: Connection, task: TaskRecord) -> Mapping[str, object]:
    """What a completed task was answered, as plain values; empty if it was not completed."""
    details = connection.scalar(
        select(HistoryRecord.details)
        .where(
            HistoryRecord.root_key == task.root_key,
            HistoryRecord.task_key == task.key,
            HistoryRecord.event == "task_completed",
        )
        .limit(1)
    )
    answers = (details or {}).get("answers")
    return answers if isinstance(answers, dict) else {}


def draft_of(connection: Connection, task_key: int, login: str) -> Draft | None:
    """What this person kept of the task's form."""
    row = connection.execute(
        select(TaskDraft.submitted, TaskDraft.saved_at).where(
            TaskDraft.task_key == task_key, TaskDraft.user == login
        )
    ).one_or_none()
    if row is None:
        return None
    pairs = tuple((str(name), str(text)) for name, text in row.submitted)
    return Draft(pairs=pairs, saved_at=row.saved_at)
