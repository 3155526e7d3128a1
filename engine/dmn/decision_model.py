"""The face of the room: a file read, its decisions listed and asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from engine.dmn.decision_instance import DecisionInstance
from engine.dmn.errors import failed
from engine.dmn.evaluate import Evaluator
from engine.dmn.logic import logic_in
from engine.dmn.model import Decision, DecisionService, Definitions, Logic
from engine.dmn.reader import read_definitions
from engine.dmn.requirements import files_within, input_names
from engine.feel import Environment, FeelLimitExceeded
from engine.feel.environment import EMPTY, Meter
from engine.feel.errors import EvaluationTooDeep


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

    def logic_of(self, asked: str, file_hash: str = "") -> Logic | None:
        """The logic behind a piece of evidence: of a decision, or a table inside other logic.

        `asked` and `file_hash` are the `decision_id` and `file_hash` of the evidence; without a
        hash this file is meant. None for a decision service, and for what is not there.
        """
        for home in files_within(self.definitions):
            if file_hash in ("", home.content_hash):
                return logic_in(home, asked)
        return None

    def evaluate(
        self,
        decision_id: str,
        context: Mapping[str, object],
        environment: Environment = EMPTY,
    ) -> DecisionInstance:
        """The answer of a decision or decision service to the variables in `context`.

        A variable that is missing is null, and so is an entry of the type of input data that its
        value leaves out. Raises `NoSuchDecision`, `RulesOverlap`, `AnyDisagrees`, `NoPriorities`,
        `InputNotAllowed`, `OutputNotAllowed`, `WrongType`, `NoAggregate`, `DecisionsInCircle`, or
        `DecisionFailed` for an expression that cannot be read or exceeds a limit. All that the
        answer takes shares the steps of one evaluation (`MAX_STEPS`), unless the environment has a
        meter. Errors of host functions and of the calendar pass through.
        """
        if environment.meter is None:
            environment = replace(environment, meter=Meter())
        evaluator = Evaluator(self.definitions, context, environment)
        try:
            if decision_id in self.services:
                return evaluator.service(decision_id)
            return evaluator.decision(decision_id)
        except FeelLimitExceeded as fault:
            raise failed(decision_id, fault, None) from fault
        except RecursionError:
            raise failed(decision_id, EvaluationTooDeep(), None) from None


def read_decisions(xml: bytes, file: str, imports: Iterable[DecisionModel] = ()) -> DecisionModel:
    """Read a DMN file. `imports` are the models it may import; `read_library` reads several.

    Raises `DmnInvalid` with findings if it is unsafe XML, no DMN, or structurally broken. A cell
    that is no FEEL does not prevent reading; `check_decisions` finds it.
    """
    imported = {model.definitions.namespace: model.definitions for model in imports}
    return DecisionModel(read_definitions(xml, file, imported))
