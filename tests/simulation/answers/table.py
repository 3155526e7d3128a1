"""What people answer to each task: by the id of its element; unknown tasks fail the simulation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.simulation.chance import Chance
from tests.simulation.failure import SimulationFailed
from tests.simulation.ledger import Listing

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation


class NotYet(Exception):
    """The task has to wait for something: look at it again in some working days."""

    def __init__(self, days: int = 1) -> None:
        self.days = days


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A task in front of a person: what they see, and what to note when it is done."""

    simulation: Simulation
    task: Any
    view: Mapping[str, object]
    business_key: str | None
    done: list[Callable[[], None]] = field(default_factory=list)

    @property
    def chance(self) -> Chance:
        return self.simulation.chance

    @property
    def now(self) -> datetime:
        return self.simulation.now

    @property
    def today(self) -> date:
        return self.simulation.now.date()

    @property
    def yesterday(self) -> date:
        return self.today - timedelta(days=1)

    @property
    def listing(self) -> Listing:
        """The listing that the task is about."""
        return self.simulation.ledger.of(str(self.see("entry_no")))

    def see(self, path: str, default: object = None) -> Any:
        """What stands under a path of the variables."""
        found: object = self.view
        for part in path.split("."):
            if not isinstance(found, Mapping) or found.get(part) is None:
                return default
            found = found[part]
        return found

    def when_done(self, note: Callable[[], None]) -> None:
        """Note something once the task was completed."""
        self.done.append(note)


Answers = Mapping[str, object]
Answering = Callable[[Ask], Answers]
_TASKS: dict[str, Answering] = {}


def answers(*element_ids: str) -> Callable[[Answering], Answering]:
    """Register what is answered to these tasks."""

    def register(answering: Answering) -> Answering:
        for element_id in element_ids:
            assert element_id not in _TASKS, element_id
            _TASKS[element_id] = answering
        return answering

    return register


def answering(process_id: str, element_id: str) -> Answering:
    """What is answered to a task. Raises `SimulationFailed` if nobody has said."""
    found = _TASKS.get(f"{process_id}.{element_id}") or _TASKS.get(element_id)
    if found is None:
        raise SimulationFailed(f"no answer for task {element_id} of process {process_id}")
    return found


def known_tasks() -> frozenset[str]:
    """The ids of all tasks that have an answer."""
    return frozenset(_TASKS)
