"""Nothing is left lying about: jobs, messages, numbers, instances of what has ended."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import exists, not_, or_, select

from engine.documents.models import Document
from engine.register.models import CaseFile, Entry
from engine.runtime.models import (
    ElementInstance,
    Job,
    Message,
    ProcessInstance,
    Timer,
    UserTask,
)
from tests.simulation.failure import require

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

A_WHILE = timedelta(days=150)
"""Longer than a court takes here."""


def nothing_is_due(simulation: Simulation) -> None:
    """No job stands ready or failed whose time has come."""
    rows = simulation.rows(
        select(Job).where(Job.state.in_(("ready", "failed")), Job.run_at <= simulation.now)
    )
    for job in rows:
        require(False, f"job {job.type} at {job.element_id} is {job.state}: {job.last_error}")


def messages_reached_somebody(simulation: Simulation) -> None:
    """No message that begins a process was lost."""
    newest = simulation.seen.get("messages", 0)
    begins = simulation.messages.that_begin
    for row in simulation.rows(select(Message).where(Message.key > newest).order_by(Message.key)):
        simulation.seen["messages"] = row.key
        reached = bool(row.correlated_to) or row.name not in begins
        require(reached, f"{row.name} reached nobody", row.correlation_key)


def numbers_are_unique(simulation: Simulation) -> None:
    """No two letters, decisions, cases or ends of entries have the same number."""
    series = {
        "document": select(Document.number).where(Document.number != ""),
        "decision": select(Entry.decision_no),
        "case": select(CaseFile.case_no),
        "end": select(Entry.end_document_no).where(Entry.end_document_no.is_not(None)),
    }
    for name, query in series.items():
        numbers = Counter(str(row[0]) for row in simulation.rows(query))
        twice = [number for number, times in numbers.items() if times > 1]
        if name == "document":
            twice = [n for n in twice if _means_two_things(simulation, n)]
        require(not twice, f"{name} numbers given twice: {twice[:5]}")


def whoever_waits_has_a_reason(simulation: Simulation) -> None:
    """An instance about a party has something to do, a time to come, or an entry in force."""
    in_force = {
        one.entry_no
        for one in simulation.ledger.listings.values()
        if one.ground_at(simulation.now) is None
    }
    for instance in simulation.rows(_IDLE):
        recent = instance.started_at + A_WHILE > simulation.now
        if not recent and instance.business_key not in in_force:
            require(
                False,
                f"{instance.process_id} waits for nothing at {_places(simulation, instance.key)}",
                instance.business_key,
            )


_BUSY = or_(
    exists().where(UserTask.root_key == ProcessInstance.root_key, UserTask.state == "open"),
    exists().where(Timer.root_key == ProcessInstance.root_key),
)
_IDLE = select(ProcessInstance).where(
    ProcessInstance.state == "active", ProcessInstance.subject_code.is_not(None), not_(_BUSY)
)


def _means_two_things(simulation: Simulation, number: str) -> bool:
    """Whether letters of one number belong to different cases or are of one kind."""
    rows = simulation.rows(
        select(Document.template, Document.business_key).where(Document.number == number)
    )
    return len({row.template for row in rows}) < len(rows)


def _places(simulation: Simulation, instance_key: int) -> str:
    rows = simulation.rows(
        select(ElementInstance.element_id).where(
            ElementInstance.instance_key == instance_key, ElementInstance.state == "active"
        )
    )
    return "、".join(row.element_id for row in rows)
