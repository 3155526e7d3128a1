"""Keep what failed while an instance moved, after the command itself was rolled back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import update

from engine.runtime.bus import Command, handles
from engine.runtime.incidents import Fault, record
from engine.runtime.models import Timer

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class RecordIncident(Command):
    """An incident of an instance; a timer that failed does not fire again until it is retried."""

    instance_key: int
    element_id: str
    fault: Fault
    task_key: int | None = None
    timer_key: int | None = None


@handles(RecordIncident)
def record_incident(command: RecordIncident, tx: Transaction) -> None:
    instance = tx.lock_instance(command.instance_key, fire_due=False)
    if command.timer_key is not None:
        tx.connection.execute(
            update(Timer).where(Timer.key == command.timer_key).values(state="failed")
        )
    record(
        tx,
        instance,
        command.fault,
        element_id=command.element_id,
        task_key=command.task_key,
        timer_key=command.timer_key,
    )
