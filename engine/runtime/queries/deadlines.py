"""Deadlines with their arithmetic, of one instance and of all that run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    exists,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from engine.calendar import Calendar, Deadline, Explanation, Period, due, explain
from engine.calendar.errors import CalendarError
from engine.clock import Clock
from engine.errors import ChengxinError
from engine.feel import Environment
from engine.identity import User
from engine.runtime.deadlines import TABLE
from engine.runtime.definitions import Definitions
from engine.runtime.models import (
    DeadlineRecord,
    ElementInstance,
    ProcessDefinition,
    ProcessInstance,
    UserTask,
)
from engine.runtime.queries.visible import counted, names_of_people, seen_by
from engine.runtime.variables import ROOT

PAGE = 50


# -- of one instance ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleSource:
    """The row of the table a deadline came from, in the version the instance is pinned to.

    `facts` are the outputs of the row: label of the column and value.
    """

    decision_id: str
    decision_name: str
    version: int
    row: int
    annotation: str
    amount: object
    facts: tuple[tuple[str, object], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineLine:
    """A deadline of an instance, explained.

    `held_by` is the instance in which it was worked out: a called one lives by deadlines of its
    caller. `explanation` is None where the calendar cannot say. `now_due` is where the calendar
    in force puts it, if that is elsewhere. `is_superseded`: worked out again later.
    """

    key: int
    held_by: int
    element_id: str
    token_id: str
    use: str
    variable: str | None
    rule: str
    start_date: date
    amount: int
    unit: str
    roll: str | None
    due_date: date
    provisional: bool
    earliest_date: date
    latest_date: date
    calendar_version: str
    computed_at: datetime
    is_open: bool
    is_superseded: bool
    explanation: Explanation | None
    now_due: date | None
    source: RuleSource | None

    def holds(self, names: Iterable[str]) -> bool:
        """Whether one of the variables `names` is this deadline."""
        return self.variable is not None and self.variable.split(".")[0] in set(names)


def deadlines_of(
    connection: Connection,
    definitions: Definitions,
    instance_key: int,
    *,
    horizon: int,
    calendar: Calendar,
    clock: Clock,
    element_id: str = "",
) -> tuple[DeadlineLine, ...]:
    """The deadlines worked out in an instance, those in force first, then by due date."""
    query = select(DeadlineRecord).where(DeadlineRecord.instance_key == instance_key)
    if element_id:
        query = query.where(DeadlineRecord.element_id == element_id)
    rows = connection.execute(query.order_by(DeadlineRecord.key.desc())).all()
    scopes = _open_scopes(connection, instance_key)
    look_up = _Rules(connection, definitions, horizon=horizon, calendar=calendar, clock=clock)
    latest: set[tuple[str, str, str]] = set()
    lines = []
    for row in rows:
        place = (row.scope_id, row.variable or row.token_id, row.use)
        lines.append(
            _line(
                row,
                calendar,
                look_up,
                is_open=row.open and row.scope_id in scopes,
                is_superseded=place in latest,
            )
        )
        latest.add(place)
    return tuple(
        sorted(lines, key=lambda line: (line.is_superseded, not line.is_open, line.due_date))
    )


def _open_scopes(connection: Connection, instance_key: int) -> set[str]:
    """The scopes that are not over: a deadline kept in one that is concerns nobody any longer."""
    tokens = connection.scalars(
        select(ElementInstance.token_id).where(
            ElementInstance.instance_key == instance_key, ElementInstance.left_at.is_(None)
        )
    )
    return {ROOT, *tokens}


def _line(
    row: Row[*tuple[Any, ...]],
    calendar: Calendar,
    look_up: Callable[[str], RuleSource | None],
    *,
    is_open: bool,
    is_superseded: bool,
) -> DeadlineLine:
    explanation, now_due = _explained(row, calendar)
    return DeadlineLine(
        key=row.key,
        held_by=row.instance_key,
        element_id=row.element_id,
        token_id=row.token_id,
        use=row.use,
        variable=row.variable,
        rule=row.rule,
        start_date=row.start_date,
        amount=row.amount,
        unit=row.unit,
        roll=row.roll,
        due_date=row.due_date,
        provisional=row.provisional,
        earliest_date=row.earliest_date,
        latest_date=row.latest_date,
        calendar_version=row.calendar_version,
        computed_at=row.computed_at,
        is_open=is_open,
        is_superseded=is_superseded,
        explanation=explanation,
        now_due=now_due,
        source=look_up(row.rule),
    )


def _explained(
    row: Row[*tuple[Any, ...]], calendar: Calendar
) -> tuple[Explanation | None, date | None]:
    period = Period(amount=row.amount, unit=row.unit, roll=row.roll)
    try:
        today = due(row.start_date, period, calendar)
        kept = Deadline(
            start_date=row.start_date,
            period=period,
            nominal_date=today.nominal_date,
            due_date=row.due_date,
            provisional=row.provisional,
            earliest=row.earliest_date,
            latest=row.latest_date,
            calendar_version=row.calendar_version,
        )
        explanation = explain(kept, calendar)
    except CalendarError:
        return None, None
    return explanation, today.due_date if today.due_date != row.due_date else None


class _Rules:
    """Finds the rows of the table of deadlines, each once."""

    def __init__(
        self,
        connection: Connection,
        definitions: Definitions,
        *,
        horizon: int,
        calendar: Calendar,
        clock: Clock,
    ) -> None:
        self._connection = connection
        self._definitions = definitions
        self._horizon = horizon
        self._environment = Environment(clock=clock, calendar=calendar)
        self._known: dict[str, RuleSource | None] = {}

    def __call__(self, rule: str) -> RuleSource | None:
        if rule not in self._known:
            self._known[rule] = self._find(rule)
        return self._known[rule]

    def _find(self, rule: str) -> RuleSource | None:
        try:
            deployed = self._definitions.decision_as_of(self._connection, TABLE, self._horizon)
            evidence = deployed.model.evaluate(TABLE, {"key": rule}, self._environment)
        except ChengxinError:
            return None
        table = deployed.model.decisions[TABLE].table
        if table is None or not evidence.matched:
            return None
        matched = evidence.matched[0]
        return RuleSource(
            decision_id=TABLE,
            decision_name=deployed.name,
            version=deployed.version,
            row=matched.index,
            annotation=matched.annotation,
            amount=matched.outputs.get("amount"),
            facts=tuple(
                (clause.label or clause.name, matched.outputs.get(clause.name))
                for clause in table.outputs
            ),
        )


# -- of all instances -----------------------------------------------------------------------------

Kind = Literal["overdue", "upcoming", "provisional"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedDeadline:
    """A deadline in the list: of an open task, or one that a running instance keeps."""

    kind: str
    """`task` or `period`."""
    key: int
    instance_key: int
    process_definition_key: int
    element_id: str
    process_name: str
    process_name_en: str
    subject: str | None
    business_key: str | None
    organisation_path: str
    due_date: date
    provisional: bool
    earliest_date: date | None
    latest_date: date | None
    rule: str | None
    variable: str | None
    assignee: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineCursor:
    """The last row of a page: rows sort by due date, then kind, then key."""

    due_date: date
    kind: str
    key: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlinePage:
    """A page of deadlines, the nearest first."""

    rows: tuple[ListedDeadline, ...]
    total: int
    following: DeadlineCursor | None


def find_deadlines(
    connection: Connection,
    user: User,
    kind: Kind,
    *,
    now: datetime,
    process_id: str = "",
    after: DeadlineCursor | None = None,
    limit: int = PAGE,
) -> DeadlinePage:
    """The deadlines of running instances that `user` may see.

    `overdue`: open tasks past their due instant. `upcoming`: open tasks and periods not yet over.
    `provisional`: those past the confirmed calendar.
    """
    listed = _listed(user, kind, now, process_id)
    query = select(listed).order_by(listed.c.due_date, listed.c.kind, listed.c.key)
    paged = query if after is None else query.where(_beyond(listed.c, after))
    rows = connection.execute(paged.limit(limit + 1)).all()
    shown = rows[:limit]
    people = names_of_people(connection, (row.assignee for row in shown))
    last = shown[-1] if shown and len(rows) > limit else None
    return DeadlinePage(
        rows=tuple(
            ListedDeadline(**{**row._mapping, "assignee": people.get(row.assignee, row.assignee)})
            for row in shown
        ),
        total=counted(connection, query),
        following=DeadlineCursor(due_date=last.due_date, kind=last.kind, key=last.key)
        if last
        else None,
    )


def count_overdue(connection: Connection, user: User, now: datetime) -> int:
    """How many open tasks are past their due instant, at most a thousand."""
    query = (
        select(UserTask.key)
        .join(ProcessInstance, ProcessInstance.key == UserTask.instance_key)
        .where(
            UserTask.state == "open",
            UserTask.due_at <= now,
            seen_by(user, ProcessInstance.organisation_path),
        )
    )
    return counted(connection, query)


def _listed(user: User, kind: Kind, now: datetime, process_id: str) -> Any:
    tasks = (
        _common(_TASK_COLUMNS, UserTask, user, process_id)
        .join(
            _RECORD,
            and_(
                _RECORD.instance_key == UserTask.instance_key,
                _RECORD.token_id == UserTask.token_id,
                _RECORD.use == "due_date",
                _RECORD.due_date == UserTask.due_date,
            ),
            isouter=True,
        )
        .where(UserTask.state == "open", UserTask.due_date.is_not(None), _task_is(kind, now))
    )
    if kind == "overdue":
        return tasks.subquery()
    later = aliased(DeadlineRecord)
    periods = _common(_PERIOD_COLUMNS, DeadlineRecord, user, process_id).where(
        ProcessInstance.state == "active",
        DeadlineRecord.open.is_(True),
        DeadlineRecord.use != "due_date",
        DeadlineRecord.due_date >= now.date(),
        DeadlineRecord.provisional.is_(True) if kind == "provisional" else true(),
        or_(DeadlineRecord.scope_id == ROOT, _SCOPE_IS_OPEN),
        ~exists().where(
            later.instance_key == DeadlineRecord.instance_key,
            later.use == DeadlineRecord.use,
            later.scope_id == DeadlineRecord.scope_id,
            later.variable == DeadlineRecord.variable,
            later.key > DeadlineRecord.key,
        ),
    )
    return union_all(tasks, periods).subquery()


def _task_is(kind: Kind, now: datetime) -> Any:
    if kind == "overdue":
        return UserTask.due_at <= now
    if kind == "upcoming":
        return UserTask.due_at > now
    return UserTask.due_provisional.is_(True)


def _common(
    columns: tuple[Any, ...], table: Any, user: User, process_id: str
) -> Select[*tuple[Any, ...]]:
    query = (
        select(
            *columns,
            ProcessInstance.process_definition_key,
            ProcessDefinition.name.label("process_name"),
            ProcessDefinition.name_en.label("process_name_en"),
            ProcessInstance.subject,
            ProcessInstance.business_key,
            ProcessInstance.organisation_path,
        )
        .join(ProcessInstance, ProcessInstance.key == table.instance_key)
        .join(ProcessDefinition, ProcessDefinition.key == ProcessInstance.process_definition_key)
        .where(seen_by(user, ProcessInstance.organisation_path))
    )
    return query.where(ProcessInstance.process_id == process_id) if process_id else query


def _beyond(columns: Any, cursor: DeadlineCursor) -> Any:
    return or_(
        columns.due_date > cursor.due_date,
        and_(columns.due_date == cursor.due_date, columns.kind > cursor.kind),
        and_(
            columns.due_date == cursor.due_date,
            columns.kind == cursor.kind,
            columns.key > cursor.key,
        ),
    )


_SCOPE_IS_OPEN = exists().where(
    ElementInstance.instance_key == DeadlineRecord.instance_key,
    ElementInstance.token_id == DeadlineRecord.scope_id,
    ElementInstance.left_at.is_(None),
)
_RECORD = aliased(DeadlineRecord)
_TASK_COLUMNS: tuple[Any, ...] = (
    literal("task").label("kind"),
    UserTask.key,
    UserTask.instance_key,
    UserTask.element_id,
    UserTask.due_date,
    UserTask.due_provisional.label("provisional"),
    _RECORD.earliest_date,
    _RECORD.latest_date,
    _RECORD.rule,
    null().label("variable"),
    UserTask.assignee,
)
_PERIOD_COLUMNS: tuple[Any, ...] = (
    literal("period").label("kind"),
    DeadlineRecord.key,
    DeadlineRecord.instance_key,
    DeadlineRecord.element_id,
    DeadlineRecord.due_date,
    DeadlineRecord.provisional,
    DeadlineRecord.earliest_date,
    DeadlineRecord.latest_date,
    DeadlineRecord.rule,
    DeadlineRecord.variable,
    null().label("assignee"),
)
