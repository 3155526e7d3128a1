"""What happens outside: parties that write, applications about entries. Tables as for tasks.

Every message that an instance waits for is either thrown by a diagram or sent by somebody outside,
and every process with a start form is begun by somebody: what nobody knows fails the simulation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tests.simulation.ledger import Listing

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An instance that waits for a message, with the variables it sees."""

    simulation: Simulation
    message: str
    correlation_key: str
    view: Mapping[str, object]

    @property
    def now(self) -> datetime:
        return self.simulation.now

    def send(self, at: datetime, message: str, variables: Callable[[], dict[str, object]]) -> None:
        """Send a message at an instant, with what can be said then."""
        self.simulation.send_later(at, message, self.correlation_key, variables)


Sending = Callable[[Waiting], None]
Following = Callable[["Simulation", Listing], None]
_SENDING: dict[str, Sending] = {}
_FOLLOWING: dict[str, Following] = {}


def waited_for(*messages: str) -> Callable[[Sending], Sending]:
    """Register what somebody outside does once an instance waits for one of these messages."""

    def register(sending: Sending) -> Sending:
        _SENDING.update(dict.fromkeys(messages, sending))
        return sending

    return register


def follows(process_id: str) -> Callable[[Following], Following]:
    """Register who starts this process about an entry, and when."""

    def register(following: Following) -> Following:
        _FOLLOWING[process_id] = following
        return following

    return register


def sending() -> Mapping[str, Sending]:
    """Message name → what somebody does about it."""
    return _SENDING


def following() -> Mapping[str, Following]:
    """Process id → what plans its starts for a new entry."""
    return _FOLLOWING
