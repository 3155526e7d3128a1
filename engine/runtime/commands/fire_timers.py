"""What the clock asks for: due timers of an instance, and timers that start a process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.runtime.bus import Command, handles
from engine.runtime.start_keys import start_once
from engine.runtime.start_timers import SCHEDULED_AT, START_TIMER, go_on

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class FireTimers(Command):
    """Fire the due timers of an instance and of all it called."""

    root_key: int


@dataclass(frozen=True, kw_only=True)
class FireTimerStart(Command):
    """Start the process whose timer start event is due, for its earliest time that is due.

    The instance has the variable `scheduled_at`. Gives its key; None if the time was taken already,
    or the start key of the process is known.
    """

    timer_key: int


@handles(FireTimers)
def fire_timers(command: FireTimers, tx: Transaction) -> None:
    tx.lock_instance(command.root_key)


@handles(FireTimerStart)
def fire_timer_start(command: FireTimerStart, tx: Transaction) -> int | None:
    found = tx.connection.execute(START_TIMER.with_for_update(), {"of": command.timer_key})
    timer = found.one_or_none()
    if timer is None or timer.due_at > tx.now:
        return None
    go_on(tx, timer)
    started = start_once(
        tx,
        tx.definitions.process(tx.connection, timer.process_definition_key),
        {SCHEDULED_AT: timer.due_at},
        start_event_id=timer.element_id,
    )
    return started.key if started is not None else None
