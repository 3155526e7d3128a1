"""Begin all schedules anew at the clock's now: for rehearsals in a database that was prepared."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.runtime.bus import Command, handles
from engine.runtime.start_timers import rearm_start_timers

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class RearmStartTimers(Command):
    """Arm the timers of all start events as if everything were deployed now; with `processes` those
    of these processes only.
    """

    processes: Collection[str] | None = None


@handles(RearmStartTimers)
def _rearm(command: RearmStartTimers, tx: Transaction) -> None:
    rearm_start_timers(tx, command.processes)
