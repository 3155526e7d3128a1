"""The face of the room: a file read, its decisions listed and asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.dmn.decision_instance import DecisionInstance
from engine.dmn.evaluate import Evaluator
from engine.dmn.model import Decision, DecisionService, Definitions
from engine.dmn.reader import read_definitions
from engine.dmn.requirements import input_names
from engine.feel import Environment
from engine.feel.environment import EMPTY


@dataclass(frozen=True)
class DecisionModel:
    """The decisions of one file. Immutable, so it may be shared by any number of threads."""

    definitions: Definitions

    @property
    def file(self) -> str:
        """The name of the file as it was given."""
        return self.definitions.file

    @property
    def decisions(self) -> Mapping[str, Decision]:
        """The decisions by id, in the order of the file."""
        return self.definitions.decisions

    @property
    def services(self) -> Mapping[str, DecisionService]:
        """The decision services by id."""
        return self.definitions.services

    @cached_property
    def inputs(self) -> Mapping[str, frozenset[str]]:
        """For each decision the names of the input data it needs, itself or through others."""
        return {
            name: input_names(self.definitions, decision)
            for name, decision in self.decisions.items()
        }

    def evaluate(
        self,
        decision_id: str,
        context: Mapping[str, object],
        environment: Environment = EMPTY,
    ) -> DecisionInstance:
        """The answer of a decision or decision service to the variables in `context`.

        A variable that is missing is null. Raises `NoSuchDecision`, `RulesOverlap`,
        `AnyDisagrees`, `InputNotAllowed`, `OutputNotAllowed`, `WrongType`, `NoAggregate`,
        `DecisionsInCircle`, or `DecisionFailed` for an expression that cannot be read or exceeds
        a limit. Errors of host functions and of the calendar pass through.
        """
        evaluator = Evaluator(self.definitions, context, environment)
        if decision_id in self.services:
            return evaluator.service(decision_id)
        return evaluator.decision(decision_id)


def read_decisions(xml: bytes, file: str, imports: Iterable[DecisionModel] = ()) -> DecisionModel:
    """Read a DMN file. `imports` are the models it may import.

    Raises `DmnInvalid` with findings if it is unsafe XML, no DMN, or structurally broken. A cell
    that is no FEEL does not prevent reading; `check_decisions` finds it.
    """
    imported = {model.definitions.namespace: model.definitions for model in imports}
    return DecisionModel(read_definitions(xml, file, imported))
