"""Remind the people whom the escalation table names of a task that is nearly or already late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from engine.calendar import Calendar, remaining_working_days
from engine.clock import start_of_day
from engine.feel import Environment
from engine.identity import bureau_of
from engine.identity.errors import UnknownOrganisation
from engine.runtime.bus import Command, handles
from engine.runtime.errors import NoSuchDefinition
from engine.runtime.models import ProcessInstance, Reminder, UserTask, UserTaskCandidate

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction

TABLE = "escalation"
"""The decision that says who is reminded when; inputs as in its file."""
ASSIGNEE = "assignee"
"""In the table: whoever handles the task."""
LOOKS_AHEAD = (1, 2, 3, 5, 8, 13, 21, 34)
"""Working days for which the table is asked ahead, so that a task that lies for months is not
looked at every day.
"""
FAR = timedelta(days=10)
"""A task due later than this is not looked at before that many days ahead of its due date."""


@dataclass(frozen=True, kw_only=True)
class Remind(Command):
    """Look at one open task: remind if its lateness calls for it, and set the next look."""

    task_key: int


@handles(Remind)
def remind(command: Remind, tx: Transaction) -> None:
    task = tx.connection.execute(
        select(UserTask, ProcessInstance.horizon)
        .join(ProcessInstance, ProcessInstance.key == UserTask.instance_key)
        .where(UserTask.key == command.task_key)
    ).one()
    if task.state != "open" or task.due_date is None:
        return
    ask = _table(tx, task)
    answer = ask(0) if ask is not None else None
    if isinstance(answer, dict) and answer.get("kind") not in (None, "none"):
        _write(tx, task, answer)
    days = _days_until_another(ask, answer) if ask is not None and tx.now >= task.due_at else 1
    next_look = start_of_day(tx.clock.today() + timedelta(days=days))
    tx.connection.execute(
        update(UserTask)
        .where(UserTask.key == task.key)
        .values(remind_at=max(next_look, start_of_day(task.due_date) - FAR))
    )


def _days_until_another(ask: Callable[[int], object], answer: object) -> int:
    """For how many days the table has nothing new to say of a late task, 1 at least.

    A working day is never over sooner than a day. Who handles the task may change any day, so an
    answer that asks for the handler is given anew every day.
    """
    if not isinstance(answer, dict) or ASSIGNEE in (answer.get("recipients") or []):
        return 1
    same = 0
    for later in LOOKS_AHEAD:
        if ask(later) != answer:
            break
        same = later
    return same + 1


def _table(tx: Transaction, task: Any) -> Callable[[int], object] | None:
    """What the table says of the task now, and some working days later; None without a table."""
    try:
        deployed = tx.decision(TABLE, task.horizon)
    except NoSuchDefinition:
        return None
    calendar = tx.calendar_of(task.organisation_path)
    environment = Environment(clock=tx.clock, calendar=calendar)
    days = _overdue_working_days(tx, task, calendar)
    inputs = {
        "overdue": tx.now >= task.due_at,
        "organisation_level": _level(tx, task.organisation_path),
    }
    return lambda later: (
        deployed.model.evaluate(
            TABLE, {**inputs, "overdue_wd": Decimal(days + later)}, environment
        ).result
    )


def _overdue_working_days(tx: Transaction, task: Any, calendar: Calendar) -> int:
    """The working days that are over since the due day; negative before it: those still to come."""
    today = tx.clock.today()
    if tx.now < task.due_at:
        return -remaining_working_days(today, task.due_date, calendar)
    return -remaining_working_days(today - timedelta(days=1), task.due_date, calendar)


def _level(tx: Transaction, path: str) -> str | None:
    """The level of the bureau that the unit at `path` belongs to."""
    try:
        return bureau_of(tx.connection, path).level
    except UnknownOrganisation:
        return None


def _recipients(tx: Transaction, task: Any, answer: dict[str, Any]) -> list[tuple[str, str]]:
    """Who is told: `assignee` is the handler, or the candidate groups if nobody has taken it."""
    told: list[tuple[str, str]] = []
    for recipient in answer.get("recipients") or []:
        if recipient != ASSIGNEE:
            told.append(("group", recipient))
        elif task.assignee is not None:
            told.append(("user", task.assignee))
        else:
            groups = select(UserTaskCandidate.candidate).where(
                UserTaskCandidate.task_key == task.key, UserTaskCandidate.kind == "group"
            )
            told += [("group", group) for group in tx.connection.scalars(groups)]
    return told


def _write(tx: Transaction, task: Any, answer: dict[str, Any]) -> None:
    known = set(
        tx.connection.scalars(
            select(Reminder.recipient).where(
                Reminder.task_key == task.key, Reminder.kind == answer["kind"]
            )
        )
    )
    for kind, name in _recipients(tx, task, answer):
        if name in known:
            continue
        known.add(name)
        tx.connection.execute(
            insert(Reminder),
            {
                "task_key": task.key,
                "kind": answer["kind"],
                "recipient_kind": kind,
                "recipient": name,
                "organisation_path": task.organisation_path,
                "at": tx.now,
            },
        )
