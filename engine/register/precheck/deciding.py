"""Asking the tables that are in force now, outside any process."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from engine.clock import Clock
from engine.feel import Environment
from engine.runtime.definitions import Definitions

Decide = Callable[[str, Mapping[str, object]], object]
"""(decision, variables) → its result."""


def tables_in_force(connection: Connection, definitions: Definitions, clock: Clock) -> Decide:
    """Decide by the newest deployment. What it gives raises `NoSuchDefinition`."""
    horizon = definitions.horizon(connection)
    environment = Environment(clock=clock)

    def decide(decision_id: str, variables: Mapping[str, object]) -> object:
        model = definitions.decision_as_of(connection, decision_id, horizon).model
        return model.evaluate(decision_id, variables, environment).result

    return decide
