"""Cases as lists show them: a case is an outermost process instance with all that it called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from engine.calendar import remaining_working_days
from engine.identity import User
from engine.runtime.definitions import DeployedProcess
from engine.runtime.models import (
    ElementInstance,
    ProcessDefinition,
    ProcessInstance,
    Timer,
    UserTask,
)
from engine.runtime.queries.case_page import STAGE, last_day_before
from engine.runtime.queries.key_pages import cut_by_key
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.search_words import about
from engine.runtime.queries.steps import latest_processes
from engine.runtime.queries.visible import counted, names_of_units, seen_by

PAGE = 50
ENDED = ("completed", "cancelled")
LISTED_UNDER = "listedUnder"
"""Property of a process: on whose page its instances stand (`entry`)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFilter:
    """What to look for; an empty field does not narrow. `state`: `active` or `ended`.

    `organisation_path` takes in all below it but `outside`: the bureaus that stand for themselves.
    """

    words: str = ""
    process_id: str = ""
    state: str = ""
    organisation_path: str = ""
    outside: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedCase:
    """A row of the list. `due_date` is the nearest due date of an open task, else of a timer."""

    key: int
    process_definition_key: int
    process_name: str
    process_name_en: str
    state: str
    subject: str | None
    subject_code: str | None
    subject_kind: str | None
    business_key: str | None
    organisation: str
    organisation_path: str
    started_at: datetime
    ended_at: datetime | None
    organisation_name: str = ""
    organisation_name_en: str = ""
    stage: str = ""
    due_date: date | None = None
    due_provisional: bool = False
    remaining: int | None = None
    waits_until: date | None = None
    incidents: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CasePage:
    """A page of cases, the newest first, with the cursors of its neighbours."""

    rows: tuple[ListedCase, ...]
    total: int
    older: int | None
    newer: int | None


def find_cases(
    reading: Reading,
    user: User,
    wanted: CaseFilter,
    *,
    older_than: int | None = None,
    newer_than: int | None = None,
    limit: int = PAGE,
) -> CasePage:
    """The cases that `user` may see and `wanted` describes."""
    query = _CASES.where(
        ProcessInstance.parent_key.is_(None), seen_by(user, ProcessInstance.organisation_path)
    )
    if wanted.process_id:
        query = query.where(ProcessInstance.process_id == wanted.process_id)
    elif not wanted.words.strip():
        query = query.where(ProcessInstance.process_id.not_in(listed_elsewhere(reading)))
    if wanted.state == "ended":
        query = query.where(ProcessInstance.state.in_(ENDED))
    elif wanted.state:
        query = query.where(ProcessInstance.state == wanted.state)
    if wanted.organisation_path:
        path = ProcessInstance.organisation_path
        query = query.where(path.startswith(wanted.organisation_path, autoescape=True))
        query = query.where(*(~path.startswith(o, autoescape=True) for o in wanted.outside))
    if wanted.words.strip():
        query = query.where(about(wanted.words))
    cut = cut_by_key(
        reading.connection,
        query,
        ProcessInstance.key,
        older_than=older_than,
        newer_than=newer_than,
        limit=limit,
    )
    rows = [ListedCase(**row._mapping) for row in cut.rows]
    return CasePage(
        rows=tuple(_described(reading, rows)),
        total=counted(reading.connection, query.with_only_columns(ProcessInstance.key)),
        older=cut.older,
        newer=cut.newer,
    )


def outermost_processes(reading: Reading) -> list[DeployedProcess]:
    """The latest processes that no other process calls: what the list can be narrowed to."""
    latest = list(latest_processes(reading))
    called = {
        element.called_process.process_id.text
        for deployed in latest
        for element in deployed.process.elements.values()
        if element.called_process is not None
    }
    return [deployed for deployed in latest if deployed.process_id not in called]


def listed_elsewhere(reading: Reading) -> list[str]:
    """The processes that follow something by themselves and stand on its page, not in the list:
    those with the property `listedUnder`."""
    return [
        deployed.process_id
        for deployed in latest_processes(reading)
        if LISTED_UNDER in deployed.process.properties
    ]


def count_running(reading: Reading, user: User) -> int:
    """How many cases run that `user` may see, at most a thousand."""
    query = select(ProcessInstance.key).where(
        ProcessInstance.parent_key.is_(None),
        ProcessInstance.state == "active",
        ProcessInstance.process_id.not_in(listed_elsewhere(reading)),
        seen_by(user, ProcessInstance.organisation_path),
    )
    return counted(reading.connection, query)


def _described(reading: Reading, rows: Sequence[ListedCase]) -> Iterable[ListedCase]:
    keys = [row.key for row in rows]
    stages = _stages_now(reading, rows)
    due = _first_due(reading.connection, keys)
    timers = _first_timers(reading.connection, keys)
    units = names_of_units(reading.connection, (row.organisation for row in rows))
    today = reading.clock.today()
    for row in rows:
        due_date, provisional = due.get(row.key, (None, False))
        calendar = reading.calendar_of(row.organisation_path)
        yield replace(
            row,
            organisation_name=units.get(row.organisation, (row.organisation, ""))[0],
            organisation_name_en=units.get(row.organisation, ("", ""))[1],
            stage="、".join(stages[row.key]),
            due_date=due_date,
            due_provisional=provisional,
            remaining=remaining_working_days(today, due_date, calendar) if due_date else None,
            waits_until=timers.get(row.key) if due_date is None else None,
        )


def _stages_now(reading: Reading, rows: Sequence[ListedCase]) -> dict[int, list[str]]:
    definition = {row.key: row.process_definition_key for row in rows}
    stages: dict[int, list[str]] = defaultdict(list)
    active = select(ElementInstance.instance_key, ElementInstance.element_id).where(
        ElementInstance.instance_key.in_(definition), ElementInstance.left_at.is_(None)
    )
    for row in reading.connection.execute(active.order_by(ElementInstance.key)):
        deployed = reading.definitions.process(reading.connection, definition[row.instance_key])
        element = deployed.process.elements.get(row.element_id)
        stage = element.properties.get(STAGE) if element else None
        if stage and stage not in stages[row.instance_key]:
            stages[row.instance_key].append(stage)
    return stages


def _first_due(connection: Connection, keys: Collection[int]) -> dict[int, tuple[date, bool]]:
    rows = connection.execute(
        select(UserTask.root_key, UserTask.due_date, UserTask.due_provisional).where(
            UserTask.root_key.in_(keys),
            UserTask.state == "open",
            UserTask.due_date.is_not(None),
        )
    )
    first: dict[int, tuple[date, bool]] = {}
    for row in rows:
        found = (row.due_date, row.due_provisional)
        first[row.root_key] = min(first.get(row.root_key, found), found)
    return first


def _first_timers(connection: Connection, keys: Collection[int]) -> dict[int, date]:
    rows = connection.execute(
        select(Timer.root_key, func.min(Timer.due_at))
        .where(Timer.root_key.in_(keys), Timer.state == "armed")
        .group_by(Timer.root_key)
    )
    return {row[0] or 0: last_day_before(row[1]) for row in rows}


_CASES = select(
    ProcessInstance.key,
    ProcessInstance.process_definition_key,
    ProcessDefinition.name.label("process_name"),
    ProcessDefinition.name_en.label("process_name_en"),
    ProcessInstance.state,
    ProcessInstance.subject,
    ProcessInstance.subject_code,
    ProcessInstance.subject_kind,
    ProcessInstance.business_key,
    ProcessInstance.organisation,
    ProcessInstance.organisation_path,
    ProcessInstance.started_at,
    ProcessInstance.ended_at,
    (ProcessInstance.incident_count > 0).label("incidents"),
).join(ProcessDefinition, ProcessDefinition.key == ProcessInstance.process_definition_key)
