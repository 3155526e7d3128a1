"""Evaluating a decision with everything it requires, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.dmn.boxed import evaluate_logic, function_of
from engine.dmn.decision_instance import DecisionInstance, InputValue
from engine.dmn.errors import DecisionsInCircle, NoSuchDecision
from engine.dmn.model import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    DecisionTable,
    Definitions,
    InputData,
    LiteralExpression,
)
from engine.dmn.requirements import Element, import_name, resolve
from engine.dmn.scope import Scope, spoken_names
from engine.dmn.table import Answer, evaluate_table
from engine.feel import Environment, FeelError, Function, compile_expression


class Evaluator:
    """One question put to a model.

    `given` are the variables the question comes with; `answered` are results of decisions that
    are not to be evaluated again, by id.
    """

    def __init__(
        self,
        definitions: Definitions,
        given: Mapping[str, object],
        environment: Environment,
        answered: Mapping[str, DecisionInstance] | None = None,
    ) -> None:
        self.definitions = definitions
        self.given = given
        self.environment = environment
        self._answered = dict(answered or {})
        self._under_way: list[str] = []
        self._imported: dict[str, Evaluator] = {}

    def decision(self, decision_id: str) -> DecisionInstance:
        """The answer of a decision with its evidence.

        Raises `NoSuchDecision`, `DecisionsInCircle` and whatever its logic raises.
        """
        if decision_id in self._answered:
            return self._answered[decision_id]
        decision = self.definitions.decisions.get(decision_id)
        if decision is None:
            raise self._unknown(decision_id)
        if decision_id in self._under_way:
            path = [*self._under_way[self._under_way.index(decision_id) :], decision_id]
            raise DecisionsInCircle(place=decision.place, circle=" → ".join(path))
        self._under_way.append(decision_id)
        try:
            answer = self._evaluate(decision)
        finally:
            self._under_way.pop()
        self._answered[decision_id] = answer
        return answer

    def service(self, service_id: str) -> DecisionInstance:
        """The answer of a decision service: that of its output decision, or of several by name.

        Values given under the names of its input decisions stand for those decisions.
        """
        service = self.definitions.services.get(service_id)
        if service is None:
            raise self._unknown(service_id)
        inside = Evaluator(
            self.definitions, self.given, self.environment, self._given_decisions(service)
        )
        answers = [inside.decision(name) for name in service.output_decisions]
        results: object = {answer.decision_name: answer.result for answer in answers}
        return DecisionInstance(
            decision_id=service.id,
            decision_name=service.name,
            inputs=(),
            matched=(),
            result=answers[0].result if len(answers) == 1 else results,
            required=tuple(answers),
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
                inputs=self._seen(logic, variables), matched=(), result=value, defaulted=False
            )
        return DecisionInstance(
            decision_id=decision.id,
            decision_name=decision.name,
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
            environment=self.environment,
            warnings=[],
            trail=[],
            spoken=self.definitions.spoken_names | spoken_names(given),
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
            return {element.name: self._knowledge(element, scope)}
        return {element.name: self._service(element, scope)}

    def _input(self, data: InputData, scope: Scope) -> dict[str, object]:
        if data.name not in self.given:
            return {}
        value = self.given[data.name]
        return {data.name: scope.typed(value, data.type_ref, data.place)}

    def _knowledge(self, model: BusinessKnowledgeModel, scope: Scope) -> object:
        definition = model.function
        if definition is None:
            return None
        parameters = tuple(parameter.name for parameter in definition.parameters)

        def call(*arguments: object) -> object:
            bare = replace(self._scope(model.name, {}), warnings=scope.warnings, trail=scope.trail)
            known = self._variables(model.knowledge, bare, [])
            inside = bare.with_variables({model.name: function, **known})
            value = function_of(definition, inside, model.name).call(*arguments)
            return inside.typed(value, model.type_ref, model.place)

        function = Function(model.name, parameters, call)
        return function

    def _service(self, service: DecisionService, scope: Scope) -> Function:
        """A service as a function of its input data, then its input decisions."""
        data = [self.definitions.input_data.get(name) for name in service.input_data]
        names = [found.name for found in data if found is not None]
        decisions = [self.definitions.decisions.get(name) for name in service.input_decisions]
        names += [found.variable or found.name for found in decisions if found is not None]

        def call(*arguments: object) -> object:
            given = dict(zip(names, arguments, strict=True))
            instance = Evaluator(self.definitions, given, self.environment).service(service.id)
            scope.trail.append(instance)
            return instance.result

        return Function(service.name, tuple(names), call)

    def _given_decisions(self, service: DecisionService) -> dict[str, DecisionInstance]:
        answered: dict[str, DecisionInstance] = {}
        for name in service.input_decisions:
            _, decision = resolve(self.definitions, name)
            if not isinstance(decision, Decision):
                continue
            scope = self._scope(service.name, self.given)
            value = self.given.get(decision.variable, self.given.get(decision.name))
            answered[name] = DecisionInstance(
                decision_id=decision.id,
                decision_name=decision.name,
                inputs=(),
                matched=(),
                result=scope.typed(value, decision.type_ref, decision.place),
            )
        return answered

    def _at_home(self, home: Definitions) -> Evaluator:
        if home is self.definitions:
            return self
        if home.namespace not in self._imported:
            self._imported[home.namespace] = Evaluator(home, self.given, self.environment)
        return self._imported[home.namespace]

    def _seen(self, logic: object, variables: Mapping[str, object]) -> tuple[InputValue, ...]:
        """The process variables a literal expression read, as its inputs."""
        if not isinstance(logic, LiteralExpression) or not logic.source:
            return ()
        try:
            names = compile_expression(logic.source).names
        except FeelError:
            return ()
        return tuple(
            InputValue(label=name, expression=name, value=self.given[name])
            for name in sorted(names)
            if name in self.given and not isinstance(variables.get(name), Function)
        )

    def _unknown(self, name: str) -> NoSuchDecision:
        known = "、".join(self.definitions.decisions)
        return NoSuchDecision(file=self.definitions.file, decision=name, known=known)
