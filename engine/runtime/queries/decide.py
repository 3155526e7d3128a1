"""A decision asked by a person outside of any case; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.dmn import DecisionInstance
from engine.runtime.definitions import DeployedDecision
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.task import environment_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The version of a decision that answered, and its evidence."""

    deployed: DeployedDecision
    evidence: DecisionInstance


def ask_decision(reading: Reading, decision_id: str, variables: Mapping[str, object]) -> Asked:
    """The answer of the version in force now, by the national calendar.

    Raises `NoSuchDefinition`, and `DecisionError` as `DecisionModel.evaluate`.
    """
    horizon = reading.definitions.horizon(reading.connection)
    deployed = reading.definitions.decision_as_of(reading.connection, decision_id, horizon)
    environment = environment_at(reading, horizon, "")
    return Asked(
        deployed=deployed, evidence=deployed.model.evaluate(decision_id, variables, environment)
    )
