"""Evaluating a decision with everything it requires, each once."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from engine.dmn.boxed import bound, evaluate_logic, function_of, signature_of
from engine.dmn.decision_instance import DecisionInstance, InputValue
from engine.dmn.errors import DecisionsInCircle, NoSuchDecision
from engine.dmn.logic import expressions_in
from engine.dmn.model import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    DecisionTable,
    Definitions,
    InputData,
    Parameter,
)
from engine.dmn.named_types import named_types
from engine.dmn.requirements import Element, import_name, resolve, spoken_within
from engine.dmn.scope import Depth, Scope, spoken_names
from engine.dmn.table import Answer, evaluate_table
from engine.dmn.types import completed
from engine.feel import Environment, FeelError, Function, NamedTypes, compile_expression


class Family:
    """The evaluators of one question, and the decisions that are waiting for others."""

    def __init__(self) -> None:
        self.evaluators: dict[Definitions, Evaluator] = {}
        self.under_way: list[tuple[Definitions, str]] = []


class Evaluator:
    """One question put to a model, with one evaluator for each file that helps to answer it.

    `given` are the variables the question comes with, `depth` counts the calls it is inside of;
    the evaluators of one question share them and their `family`.
    """

    def __init__(
        self,
        definitions: Definitions,
        given: Mapping[str, object],
        environment: Environment,
        depth: Depth | None = None,
        family: Family | None = None,
    ) -> None:
        self.definitions = definitions
        self.given = given
        self.environment = environment
        self._depth = Depth() if depth is None else depth
        self._family = Family() if family is None else family
        self._family.evaluators[definitions] = self
        self._inside = _with_types(environment, definitions)
        self._answered: dict[str, DecisionInstance] = {}

    def decision(self, decision_id: str) -> DecisionInstance:
        """The answer of a decision with its evidence.

        Raises `NoSuchDecision`, `DecisionsInCircle` and whatever its logic raises.
        """
        if decision_id in self._answered:
            return self._answered[decision_id]
        decision = self.definitions.decisions.get(decision_id)
        if decision is None:
            raise self._unknown(decision_id)
        under_way, asked = self._family.under_way, (self.definitions, decision_id)
        if asked in under_way:
            path = [name for _, name in (*under_way[under_way.index(asked) :], asked)]
            raise DecisionsInCircle(place=decision.place, circle=" → ".join(path))
        under_way.append(asked)
        try:
            answer = self._evaluate(decision)
        finally:
            under_way.pop()
        self._answered[decision_id] = answer
        return answer

    def service(self, service_id: str) -> DecisionInstance:
        """The answer of a decision service: that of its output decision, or of several by name.

        Values given under the names of its input decisions stand for those decisions
        (DMN 1.5 §10.4).
        """
        service = self.definitions.services.get(service_id)
        if service is None:
            raise self._unknown(service_id)
        inside = Evaluator(self.definitions, self.given, self.environment, self._depth)
        inside._take_given_decisions(service)
        answers = [inside._output(reference) for reference in service.output_decisions]
        results: object = {name: answer.result for name, answer in answers}
        scope = self._scope(service.name or service.id, self.given)
        return DecisionInstance(
            decision_id=service.id,
            decision_name=service.name,
            file=self.definitions.file,
            file_hash=self.definitions.content_hash,
            inputs=(),
            matched=(),
            result=scope.typed(
                answers[0][1].result if len(answers) == 1 else results,
                service.type_ref,
                service.place,
            ),
            required=tuple(answer for _, answer in answers),
        )

    def _evaluate(self, decision: Decision) -> DecisionInstance:
        scope = self._scope(decision.name or decision.id, self.given)
        required: list[DecisionInstance] = []
        variables = self._variables(decision.requirements, scope, required)
        scope = scope.with_variables(variables)
        logic = decision.logic
        if isinstance(logic, DecisionTable):
            answer = evaluate_table(logic, scope)
        else:
            value = None if logic is None else evaluate_logic(logic, scope)
            answer = Answer(
                inputs=self._read(logic, scope), matched=(), result=value, defaulted=False
            )
        return DecisionInstance(
            decision_id=decision.id,
            decision_name=decision.name,
            file=self.definitions.file,
            file_hash=self.definitions.content_hash,
            inputs=answer.inputs,
            matched=answer.matched,
            result=scope.typed(answer.result, decision.type_ref, decision.place),
            required=(*required, *scope.trail),
            defaulted=answer.defaulted,
            warnings=tuple(scope.warnings),
        )

    def _scope(self, name: str, given: Mapping[str, object]) -> Scope:
        return Scope(
            decision=name,
            definitions=self.definitions,
            variables=given,
            environment=self._inside,
            warnings=[],
            trail=[],
            spoken=spoken_within(self.definitions) | spoken_names(given),
            depth=self._depth,
        )

    def _variables(
        self, references: Iterable[str], scope: Scope, required: list[DecisionInstance]
    ) -> dict[str, object]:
        """What the requirements bring into sight; evidence of decisions goes to `required`."""
        variables: dict[str, object] = {}
        for reference in references:
            home, element = resolve(self.definitions, reference)
            values = self._at_home(home)._values_of(element, scope, required)
            prefix = import_name(self.definitions, reference)
            if prefix:
                around = variables.get(prefix)
                known = around if isinstance(around, dict) else {}
                variables[prefix] = {**known, **values}
            else:
                variables.update(values)
        return variables

    def _values_of(
        self, element: Element, scope: Scope, required: list[DecisionInstance]
    ) -> dict[str, object]:
        if isinstance(element, InputData):
            return self._input(element, scope)
        if isinstance(element, Decision):
            instance = self.decision(element.id)
            required.append(instance)
            names = (element.id, element.name, element.variable)
            return {name: instance.result for name in names if name}
        if isinstance(element, BusinessKnowledgeModel):
            value: object = self._knowledge(element, scope)
        else:
            value = self._service(element, scope)
        return {element.name: value, element.variable: value}

    def _input(self, data: InputData, scope: Scope) -> dict[str, object]:
        """An input datum as it was given; entries of its type that were left out are null."""
        if data.name not in self.given:
            return {}
        value = completed(self.given[data.name], data.type_ref, self.definitions)
        return {data.name: self._own(scope).typed(value, data.type_ref, data.place)}

    def _own(self, scope: Scope) -> Scope:
        """`scope` as this file sees it: an imported file has types and names of its own."""
        if scope.definitions is self.definitions:
            return scope
        own = self._scope(scope.decision, self.given)
        return replace(own, warnings=scope.warnings, trail=scope.trail)

    def _knowledge(self, model: BusinessKnowledgeModel, scope: Scope) -> Function | None:
        """A business knowledge model as a function that sees itself and what it requires."""
        if model.function is None:
            return None
        bare = replace(self._scope(model.name, {}), warnings=scope.warnings, trail=scope.trail)
        definition = model.function

        def call(*arguments: object) -> object:
            known = self._variables(model.knowledge, bare, [])
            inside = bare.with_variables({**known, model.name: function, model.variable: function})
            return function_of(definition, inside, model.name, model.type_ref).call(*arguments)

        declared = function_of(definition, bare, model.name, model.type_ref)
        function = replace(declared, call=call)
        return function

    def _service(self, service: DecisionService, scope: Scope) -> Function:
        """A service as a function of its input data, then its input decisions (§10.4)."""
        parameters = tuple(self._parameters(service))
        own = self._own(scope)

        def call(*arguments: object) -> object:
            given = bound(parameters, arguments, own, service.name, service.place)
            with own.call(service.place):
                asked = Evaluator(self.definitions, given, self.environment, self._depth)
                instance = asked.service(service.id)
            scope.trail.append(instance)
            return instance.result

        names = tuple(parameter.name for parameter in parameters)
        signature = signature_of(parameters, service.type_ref, self.definitions)
        return Function(service.name, names, call, signature=signature)

    def _parameters(self, service: DecisionService) -> Iterator[Parameter]:
        for reference in service.input_data + service.input_decisions:
            _, element = resolve(self.definitions, reference)
            if isinstance(element, InputData):
                yield Parameter(name=element.name, type_ref=element.type_ref)
            elif isinstance(element, Decision):
                yield Parameter(name=element.variable, type_ref=element.type_ref)

    def _take_given_decisions(self, service: DecisionService) -> None:
        """Answer the input decisions of a service with what is given under their names."""
        for reference in service.input_decisions:
            home, decision = resolve(self.definitions, reference)
            if not isinstance(decision, Decision):
                continue
            there = self._at_home(home)
            value = self.given.get(decision.variable, self.given.get(decision.name))
            value = completed(value, decision.type_ref, home)
            scope = there._scope(service.name, self.given)
            there._answered[decision.id] = DecisionInstance(
                decision_id=decision.id,
                decision_name=decision.name,
                file=home.file,
                file_hash=home.content_hash,
                inputs=(),
                matched=(),
                result=scope.typed(value, decision.type_ref, decision.place),
            )

    def _output(self, reference: str) -> tuple[str, DecisionInstance]:
        """The answer of an output decision, and the name it has in the answer of the service."""
        home, element = resolve(self.definitions, reference)
        return element.name, self._at_home(home).decision(element.id)

    def _at_home(self, home: Definitions) -> Evaluator:
        """The evaluator of a file; it answers each decision once for all that ask."""
        found = self._family.evaluators.get(home)
        if found is None:
            found = Evaluator(home, self.given, self.environment, self._depth, self._family)
        return found

    def _read(self, logic: object, scope: Scope) -> tuple[InputValue, ...]:
        """The given variables that logic other than a table reads, as its inputs."""
        names: set[str] = set()
        for expression in expressions_in(logic):
            try:
                names |= compile_expression(expression.source, names=scope.spoken).names
            except FeelError:
                continue
        return tuple(
            InputValue(label=name, expression=name, value=scope.variables[name])
            for name in sorted(names & self.given.keys())
            if not isinstance(scope.variables[name], Function)
        )

    def _unknown(self, name: str) -> NoSuchDecision:
        known = "、".join([*self.definitions.decisions, *self.definitions.services])
        return NoSuchDecision(file=self.definitions.file, decision=name, known=known)


def _with_types(environment: Environment, definitions: Definitions) -> Environment:
    """The environment in which expressions of a file can name its types."""
    if not definitions.types and not definitions.imports:
        return environment
    types: NamedTypes = named_types(definitions)
    if environment.types:
        types = ChainMap(types, environment.types)  # type: ignore[arg-type]  # never written to
    return replace(environment, types=types)
