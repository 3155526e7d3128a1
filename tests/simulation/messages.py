"""The messages that instances wait for, and who sends them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.runtime.commands import CorrelateMessage
from engine.runtime.errors import NotCorrelated
from engine.runtime.models import MessageSubscription
from engine.runtime.queries.task import variables_seen
from tests.simulation.answers.outside import Waiting, sending
from tests.simulation.failure import SimulationFailed

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation


class Messages:
    """Looks for new subscriptions and lets the outside act on each, once per instance and name."""

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation
        self._met: set[tuple[int, str]] = set()
        self._thrown = simulation.thrown_messages()
        self.that_begin = simulation.messages_that_begin() & self._thrown
        """The names of messages by which one process begins another."""

    def look(self) -> None:
        """See who began to wait since the last look; the key of a row may have been used before."""
        waiting = select(MessageSubscription).where(MessageSubscription.kind == "message")
        for row in self._simulation.rows(waiting.order_by(MessageSubscription.key)):
            if (row.instance_key, row.message_name) not in self._met:
                self._met.add((row.instance_key, row.message_name))
                self._meet(row)

    def _meet(self, row: Any) -> None:
        name = row.message_name
        act = sending().get(name)
        if act is None:
            if name not in self._thrown:
                raise SimulationFailed(f"nobody sends {name}", row.correlation_key)
            return
        with self._simulation.runtime.reading() as connection:
            view = variables_seen(connection, row.instance_key, row.token_id)
        act(
            Waiting(
                simulation=self._simulation,
                message=name,
                correlation_key=row.correlation_key,
                view=view,
            )
        )

    def send_later(
        self, at: datetime, message: str, key: str, variables: Callable[[], dict[str, object]]
    ) -> None:
        """Send a message at an instant; nobody need wait for it any longer by then."""
        self._simulation.agenda.add(at, lambda: self.send(message, key, variables()))

    def send(self, message: str, key: str, variables: dict[str, object]) -> bool:
        """Send a message now. Whether somebody waited for it."""
        simulation = self._simulation
        try:
            simulation.execute(
                CorrelateMessage(
                    name=message,
                    correlation_key=key,
                    variables=variables,
                    user=simulation.people.named("cz_xb01"),
                )
            )
        except NotCorrelated:
            simulation.note(key, "outside", f"{message} 无人等候", variables)
            return False
        simulation.note(key, "outside", message, variables)
        return True
