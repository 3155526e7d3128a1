"""Work out the open deadlines of an instance again, after its calendar changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, select, update

from engine.bpmn.model import Binding
from engine.calendar import Deadline, Period, due
from engine.clock import end_of_day
from engine.feel import compile_expression
from engine.identity import User
from engine.runtime.bus import Command, handles
from engine.runtime.instance import Instance
from engine.runtime.models import DeadlineRecord, Timer, UserTask
from engine.runtime.moved import Moved, called_by, moved_inside
from engine.runtime.recomputed import listeners
from engine.runtime.timers import due_day_of, due_of

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class RecomputeDeadlines(Command):
    """Move the deadlines of one instance to where the calendar in force puts them.

    Due dates of open tasks, variables that hold a deadline and timers that read them move
    together, also in instances that were called with such a variable. Gives the number of
    deadlines that changed. `reason` is kept with each of them. It is for those who keep the
    calendars: who enters them and who approves them.
    """

    instance_key: int
    user: User
    reason: str | None = None


@handles(RecomputeDeadlines)
def recompute_deadlines(command: RecomputeDeadlines, tx: Transaction) -> int:
    if not command.user.may("calendar.approve"):
        command.user.require("calendar.edit")
    instance = tx.lock_instance(command.instance_key)
    instance.require_seen_by(command.user)
    if instance.row.state != "active":
        return 0
    rows = tx.connection.execute(
        select(DeadlineRecord).where(
            DeadlineRecord.instance_key == instance.key, DeadlineRecord.open.is_(True)
        )
    ).all()
    moved = [found for row in rows if (found := _move(tx, instance, row, command))]
    if moved:
        _follow(tx, instance, [one for one in moved if one.name])
    return len(moved)


def _follow(tx: Transaction, instance: Instance, moved: Sequence[Moved]) -> None:
    """Move what reads the variables that moved, here and in the instances called with them."""
    _move_timers(tx, instance)
    _move_tasks_that_read(tx, instance, moved)
    for listener in listeners():
        listener(tx, instance, {one.name for one in moved})
    for called in called_by(tx, instance):
        inside = moved_inside(instance, called, moved)
        if inside:
            _follow(tx, called, inside)


def _move(
    tx: Transaction, instance: Instance, row: Row[Any], command: RecomputeDeadlines
) -> Moved | None:
    """Move one deadline. Gives what moved, without a name if no variable holds it; None if
    nothing did.
    """
    period = Period(amount=row.amount, unit=row.unit, roll=row.roll)
    deadline = due(row.start_date, period, tx.calendar_of(instance.row.organisation_path))
    if (deadline.due_date, deadline.provisional) == (row.due_date, row.provisional):
        return None
    tx.connection.execute(
        update(DeadlineRecord)
        .where(DeadlineRecord.key == row.key)
        .values(
            due_date=deadline.due_date,
            provisional=deadline.provisional,
            earliest_date=deadline.earliest,
            latest_date=deadline.latest,
            calendar_version=deadline.calendar_version,
            computed_at=tx.now,
        )
    )
    if row.use == "due_date":
        _move_task(tx, row, deadline)
    if row.variable is not None:
        _move_variable(instance, row, deadline)
    tx.rows.history(
        instance,
        "deadline_recomputed",
        element_id=row.element_id,
        user=command.user.login,
        reason=command.reason,
        details={
            "rule": row.rule,
            "from": row.due_date,
            "to": deadline.due_date,
            "was_provisional": row.provisional,
            "provisional": deadline.provisional,
        },
    )
    return Moved(
        scope_id=row.scope_id,
        name=row.variable or "",
        before=row.due_date,
        after=deadline.due_date,
    )


def _move_task(tx: Transaction, row: Row[Any], deadline: Deadline) -> None:
    tx.connection.execute(
        update(UserTask)
        .where(
            UserTask.instance_key == row.instance_key,
            UserTask.token_id == row.token_id,
            UserTask.state == "open",
            UserTask.due_date == row.due_date,
        )
        .values(
            due_date=deadline.due_date,
            due_at=end_of_day(deadline.due_date),
            due_provisional=deadline.provisional,
        )
    )


def _move_variable(instance: Instance, row: Row[Any], deadline: Deadline) -> None:
    name, *path = row.variable.split(".")
    scope = instance.variables.open(row.scope_id)
    if not path and name in scope and scope[name] == row.due_date:
        scope[name] = deadline.due_date


def _move_tasks_that_read(tx: Transaction, instance: Instance, moved: Sequence[Moved]) -> None:
    """Tasks whose due date is a variable that moved; one a supervisor has moved stays."""
    before = {one.name: one.before for one in moved}
    tasks = tx.connection.execute(
        select(UserTask).where(UserTask.instance_key == instance.key, UserTask.state == "open")
    )
    for task in tasks.all():
        schedule = instance.deployed.process.elements[task.element_id].schedule
        due_date = schedule.due_date if schedule else None
        if due_date is None or not due_date.is_expression:
            continue
        read = compile_expression(due_date.source).names & before.keys()
        if not any(before[name] == task.due_date for name in read):
            continue
        token = instance.execution.find(task.token_id)
        day = due_day_of(instance.value(due_date, instance.view(token)))
        instance.book.noted.clear()
        if day is not None:
            tx.connection.execute(
                update(UserTask)
                .where(UserTask.key == task.key)
                .values(due_date=day[0], due_at=day[1])
            )


def _move_timers(tx: Transaction, instance: Instance) -> None:
    timers = tx.connection.execute(
        select(Timer).where(Timer.instance_key == instance.key, Timer.cycle.is_(None))
    ).all()
    for timer in timers:
        if not Binding(text=timer.expression).is_expression:
            continue
        element = instance.deployed.process.elements[timer.element_id]
        if element.event is None or element.event.timer_kind != "timeDate":
            continue
        token = instance.execution.find(timer.token_id)
        at = due_of(instance, element, instance.view(token)).at
        instance.book.noted.clear()
        if at != timer.due_at:
            tx.connection.execute(update(Timer).where(Timer.key == timer.key).values(due_at=at))
            tx.timer_armed(at)
