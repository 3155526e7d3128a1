"""Deadlines: worked out as our own calendar does, honoured or recorded late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select

from engine.clock import in_shanghai
from engine.register.models import Entry, Publication
from engine.runtime.models import DeadlineRecord, ProcessInstance, Reminder, UserTask
from tests.simulation.failure import require

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

KINDS = ("overdue", "escalated", "severe")
"""The reminders of a late task, in the order of lateness."""


def due_days_are_right(simulation: Simulation) -> None:
    """Every deadline worked out since the last look lies where our own calendar puts it.

    After a new notice every one that still runs is looked at again.
    """
    newest = simulation.seen.get("deadlines", 0)
    fresh = select(DeadlineRecord, ProcessInstance.business_key).join(
        ProcessInstance, ProcessInstance.key == DeadlineRecord.instance_key
    )
    everything = "open deadlines" not in simulation.seen
    still_run = and_(DeadlineRecord.open.is_(True), ProcessInstance.state == "active")
    wanted = still_run if everything else DeadlineRecord.key > newest
    for row in simulation.rows(fresh.where(wanted).order_by(DeadlineRecord.key)):
        newest = max(newest, row.key)
        _is_right(simulation, row)
    simulation.seen |= {"deadlines": newest, "open deadlines": 1}


def _is_right(simulation: Simulation, row: Any) -> None:
    about = row.business_key
    bounded = row.earliest_date <= row.due_date <= row.latest_date
    require(bounded, f"{row.rule}: {row.due_date} beyond its bounds", about)
    if row.provisional:
        return
    due = simulation.calendar.due(row.start_date, row.amount, row.unit, row.roll)
    require(
        row.due_date == due,
        f"{row.element_id}: {row.rule} {row.amount} {row.unit} from {row.start_date} "
        f"is {row.due_date}, our calendar says {due}",
        about,
    )


def late_tasks_were_reminded(simulation: Simulation) -> None:
    """A task that ended late has the reminders of its lateness, one in time has none."""
    ended = select(UserTask, ProcessInstance.business_key).join(
        ProcessInstance, ProcessInstance.key == UserTask.instance_key
    )
    ended = ended.where(UserTask.due_at.is_not(None), UserTask.state == "completed")
    since = simulation.seen_at.get("ended tasks")
    if since is not None:
        ended = ended.where(UserTask.ended_at > since)
    for task in simulation.rows(ended):
        _is_on_record(simulation, task)
    simulation.seen_at["ended tasks"] = simulation.now


def _is_on_record(simulation: Simulation, task: Any) -> None:
    reminded = {
        row.kind
        for row in simulation.rows(select(Reminder.kind).where(Reminder.task_key == task.key))
    }
    late = simulation.calendar.between(task.due_date, in_shanghai(task.ended_at).date())
    is_late = task.ended_at >= task.due_at
    known = reminded & set(KINDS)
    if not is_late:
        moved = task.due_provisional or simulation.calendar_changed_since(task.created_at)
        require(not known or moved, f"{task.element_id} was in time, reminded {known}",
                task.business_key)  # fmt: skip
        return
    least = 0 if late < 3 else 1 if late < 6 else 2
    require(
        bool(known & set(KINDS[least:])),
        f"{task.element_id} due {task.due_date} was {late} working days late, reminded {reminded}",
        task.business_key,
    )


def late_publications_say_so(simulation: Simulation) -> None:
    """Publications record by how many working days they were late."""
    newest = simulation.seen.get("publications", 0)
    fresh = select(Publication, Entry.entry_no).join(Entry, Entry.key == Publication.entry_key)
    for row in simulation.rows(fresh.where(Publication.key > newest).order_by(Publication.key)):
        simulation.seen["publications"] = row.key
        done = in_shanghai(row.published_at).date()
        late = 0
        if row.due_date is not None and done > row.due_date:
            late = simulation.calendar.between(row.due_date, done)
        require(
            row.late_working_days == late,
            f"{row.event} on {row.channel} due {row.due_date}, done {done}: "
            f"{row.late_working_days} working days late, our calendar says {late}",
            row.entry_no,
        )
