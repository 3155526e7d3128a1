"""Evaluating boxed expressions: one function per kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from engine.dmn.decision_instance import DecisionInstance
from engine.dmn.errors import WrongType, failed
from engine.dmn.model import (
    Conditional,
    Context,
    DecisionTable,
    Definitions,
    Filter,
    FunctionDefinition,
    Invocation,
    Iteration,
    ListOf,
    LiteralExpression,
    Logic,
    Parameter,
    Relation,
)
from engine.dmn.named_types import named_types
from engine.dmn.scope import Scope
from engine.dmn.table import evaluate_table
from engine.feel import Fault, FeelError, Function, Range, Signature, Warning
from engine.feel.errors import (
    ArgumentDoesNotFit,
    NoExternalFunctions,
    NotAFunction,
    NotIterable,
    ResultDoesNotFit,
)
from engine.feel.ranges import members
from engine.feel.session import Session
from engine.feel.values import type_name
from engine.place import Place

_STEPS = 4
"""What one expression counts, whatever it is."""


def evaluate_logic(logic: Logic, scope: Scope) -> object:
    """The value of an expression of any kind. Raises `DecisionError`."""
    scope.step(_STEPS)
    value = _EVALUATE[type(logic)](logic, scope)
    return scope.typed(value, logic.type_ref, logic.place) if logic.type_ref else value


def function_of(
    definition: FunctionDefinition, scope: Scope, name: str = "", result: str = ""
) -> Function:
    """A boxed function as a FEEL value that sees `scope`; `result` is the type it gives.

    An argument or a result of another type makes the call null, with a warning
    (DMN 1.5 §10.3.2.13.2). Raises `DecisionFailed` when called if it is written in anything but
    FEEL, or if calls go too deep.
    """
    names = tuple(parameter.name for parameter in definition.parameters)

    def call(*arguments: object) -> object:
        if definition.kind != "FEEL":
            raise failed(scope.decision, NoExternalFunctions(), definition.place)
        variables = bound(definition.parameters, arguments, scope, name, definition.place)
        if definition.body is None:
            return None
        with scope.call(definition.place):
            value = evaluate_logic(definition.body, scope.with_variables(variables))
        return _returned(value, result, definition, scope, name)

    given = result or (definition.body.type_ref if definition.body is not None else "")
    signature = signature_of(definition.parameters, given, scope.definitions)
    return Function(name, names, call, signature=signature)


def bound(
    parameters: Sequence[Parameter],
    arguments: Sequence[object],
    scope: Scope,
    function: str,
    place: Place,
) -> dict[str, object]:
    """Arguments by the names of parameters, as their types want them.

    Raises `ArgumentDoesNotFit`.
    """
    variables: dict[str, object] = {}
    for parameter, argument in zip(parameters, arguments, strict=True):
        try:
            variables[parameter.name] = scope.typed(argument, parameter.type_ref, place)
        except WrongType as wrong:
            raise ArgumentDoesNotFit(
                function=function,
                parameter=f"{parameter.name}{wrong.values['part']}",
                expected=wrong.values["expected"],
                found=wrong.values["found"],
            ) from wrong
    return variables


def signature_of(
    parameters: Sequence[Parameter], result: str, definitions: Definitions
) -> Signature:
    """What a function of a file declares; an empty `result` is not known."""
    types = named_types(definitions)
    type_ = types.function(parameters, result)
    return Signature(type_ if result else replace(type_, result=None), types)


def _returned(
    value: object, type_ref: str, definition: FunctionDefinition, scope: Scope, name: str
) -> object:
    try:
        return scope.typed(value, type_ref, definition.place)
    except WrongType as wrong:
        raise ResultDoesNotFit(
            function=name, expected=wrong.values["expected"], found=wrong.values["found"]
        ) from wrong


def _literal(logic: LiteralExpression, scope: Scope) -> object:
    return scope.value_of(logic)


def _table(logic: DecisionTable, scope: Scope) -> object:
    """A table inside something else: its evidence goes to the trail of the decision."""
    answer = evaluate_table(logic, scope)
    scope.trail.append(
        DecisionInstance(
            decision_id=logic.place.element,
            decision_name=scope.decision,
            file=scope.definitions.file,
            file_hash=scope.definitions.content_hash,
            inputs=answer.inputs,
            matched=answer.matched,
            result=answer.result,
            defaulted=answer.defaulted,
        )
    )
    return answer.result


def _context(logic: Context, scope: Scope) -> object:
    entries: dict[str, object] = {}
    for entry in logic.entries:
        inside = scope.with_variables(entries)
        value = evaluate_logic(entry.logic, inside)
        value = inside.typed(value, entry.type_ref, entry.logic.place)
        if not entry.name:
            return value
        entries[entry.name] = value
    return entries


def _list(logic: ListOf, scope: Scope) -> object:
    return [evaluate_logic(item, scope) for item in logic.items]


def _relation(logic: Relation, scope: Scope) -> object:
    return [
        {
            column.name: scope.typed(evaluate_logic(cell, scope), column.type_ref, cell.place)
            for column, cell in zip(logic.columns, row, strict=True)
        }
        for row in logic.rows
    ]


def _invocation(logic: Invocation, scope: Scope) -> object:
    """Call by names of parameters, as FEEL calls functions of every origin (§10.4.2)."""
    called = evaluate_logic(logic.called, scope)
    arguments = {
        binding.parameter: evaluate_logic(binding.logic, scope) for binding in logic.bindings
    }
    session = Session(scope.environment)
    try:
        if not isinstance(called, Function):
            raise NotAFunction(found=type_name(called))
        session.step()
        return called.invoke_named(session, arguments)
    except Fault as fault:
        session.warn(fault, 0)
        return None
    except FeelError as fault:
        raise failed(scope.decision, fault, logic.place) from fault
    finally:
        session.settle()
        scope.warnings.extend(session.warnings)


def _function(logic: FunctionDefinition, scope: Scope) -> object:
    return function_of(logic, scope)


def _conditional(logic: Conditional, scope: Scope) -> object:
    met = evaluate_logic(logic.test, scope) is True
    return evaluate_logic(logic.then if met else logic.otherwise, scope)


def _iteration(logic: Iteration, scope: Scope) -> object:
    """As `for`, `some` and `every` in FEEL: going through null is null with a warning."""
    results: list[object] = []
    source = evaluate_logic(logic.source, scope)
    try:
        for item in _gone_through(source):
            scope.step(len(results) >> 2)
            inside = scope.with_variables({logic.variable: item, "partial": list(results)})
            results.append(evaluate_logic(logic.body, inside))
    except Fault as fault:
        scope.warnings.append(Warning.of(fault, 0))
        return None
    if logic.kind == "for":
        return results
    return _quantified(results, deciding=logic.kind == "some")


def _gone_through(source: object) -> Iterable[object]:
    """The items of a list or a range, anything else by itself. Raises `Fault`."""
    if isinstance(source, Range):
        return members(source)
    if source is None:
        raise NotIterable(found="null")
    return source if isinstance(source, list) else [source]


def _quantified(verdicts: list[object], *, deciding: bool) -> object:
    """`deciding` if one verdict is so, its opposite if none is; null where a verdict is none."""
    if not all(verdict is None or isinstance(verdict, bool) for verdict in verdicts):
        return None
    if deciding in verdicts:
        return deciding
    return None if None in verdicts else not deciding


def _filter(logic: Filter, scope: Scope) -> object:
    kept: list[object] = []
    source = evaluate_logic(logic.source, scope)
    for item in [] if source is None else source if isinstance(source, list) else [source]:
        entries = cast("Mapping[str, object]", item) if isinstance(item, Mapping) else {}
        inside = scope.with_variables({**entries, "item": item})
        verdict = evaluate_logic(logic.match, inside)
        if verdict is not None and not isinstance(verdict, bool):
            return None
        if verdict:
            kept.append(item)
    return kept


_EVALUATE: dict[type, Callable[..., object]] = {
    LiteralExpression: _literal,
    DecisionTable: _table,
    Context: _context,
    ListOf: _list,
    Relation: _relation,
    Invocation: _invocation,
    FunctionDefinition: _function,
    Conditional: _conditional,
    Iteration: _iteration,
    Filter: _filter,
}
