"""What the clock asks for: due timers of an instance, and timers that start a process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from engine.identity import SYSTEM
from engine.runtime.bus import Command, handles
from engine.runtime.models import Timer
from engine.runtime.timers import next_of_cycle

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class FireTimers(Command):
    """Fire the due timers of an instance and of all it called."""

    root_key: int


@dataclass(frozen=True, kw_only=True)
class FireTimerStart(Command):
    """Start the process whose timer start event is due."""

    timer_key: int


@handles(FireTimers)
def fire_timers(command: FireTimers, tx: Transaction) -> None:
    tx.lock_instance(command.root_key)


@handles(FireTimerStart)
def fire_timer_start(command: FireTimerStart, tx: Transaction) -> int | None:
    timer = tx.connection.execute(
        select(Timer).where(Timer.key == command.timer_key).with_for_update()
    ).one_or_none()
    if timer is None or timer.due_at > tx.now:
        return None
    following = next_of_cycle(timer.due_at, timer.cycle, timer.repetitions) if timer.cycle else None
    if following is None:
        tx.connection.execute(delete(Timer).where(Timer.key == timer.key))
    else:
        tx.connection.execute(
            update(Timer)
            .where(Timer.key == timer.key)
            .values(due_at=following.at, repetitions=following.repetitions)
        )
    deployed = tx.definitions.process(tx.connection, timer.process_definition_key)
    horizon = tx.definitions.horizon(tx.connection)
    started = tx.start(deployed, {}, user=SYSTEM, horizon=horizon, start_event_id=timer.element_id)
    return started.key
