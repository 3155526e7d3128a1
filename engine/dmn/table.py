"""Evaluating a decision table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from engine.dmn.decision_instance import InputValue, MatchedRule
from engine.dmn.errors import (
    AnyDisagrees,
    InputNotAllowed,
    NoAggregate,
    NoPriorities,
    OutputNotAllowed,
    RulesOverlap,
)
from engine.dmn.hit_policies import (
    AGGREGATIONS,
    HIT_POLICIES,
    Disagreement,
    Match,
    Overlap,
)
from engine.dmn.model import (
    Aggregation,
    DecisionTable,
    Definitions,
    HitPolicy,
    LiteralExpression,
    OutputClause,
    Rule,
)
from engine.dmn.named_types import item_named
from engine.dmn.rule_index import RuleIndex, rule_index
from engine.dmn.scope import Scope
from engine.feel import FeelError, Range, compile_expression, plain
from engine.feel.values import type_name


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a table, or other logic, answers, with the evidence for it."""

    inputs: tuple[InputValue, ...]
    matched: tuple[MatchedRule, ...]
    result: object
    defaulted: bool


_MAX_SHOWN = 200

_STEPS = 8
"""What asking a table counts besides its cells; its evidence takes memory."""


def evaluate_table(table: DecisionTable, scope: Scope) -> Answer:
    """Ask the table with the variables in `scope`.

    If no rule matches, the answer is the default output, else an empty list where the hit policy
    gives lists (0 for COUNT), else null. Raises a `DecisionError` if rules overlap where one may
    match, if a value is not among the allowed ones, or if a cell cannot be read.
    """
    scope.step(_STEPS + (len(table.rules) * len(table.inputs) >> 4))
    inputs = tuple(_ask(table, scope))
    matches = [
        Match(rule=rule, outputs=_outputs(table, rule, scope))
        for rule in _matching(table, inputs, scope)
    ]
    chosen = _choose(table, matches, inputs, scope)
    defaulted = not chosen and any(output.default for output in table.outputs)
    return Answer(
        inputs=inputs,
        matched=tuple(_evidence(table, match) for match in chosen),
        result=_default(table, scope) if defaulted else _result(table, chosen, scope),
        defaulted=defaulted,
    )


def ranks_of(table: DecisionTable, definitions: Definitions) -> list[list[object]]:
    """For each output column its allowed values in their order, or those of its type.

    Empty for a column that lists none.
    """
    return [_allowed_values(output, definitions) for output in table.outputs]


def _ask(table: DecisionTable, scope: Scope) -> list[InputValue]:
    asked = []
    for clause in table.inputs:
        expression = clause.expression
        value = scope.typed(scope.value_of(expression), expression.type_ref, clause.place)
        allowed = clause.allowed
        if allowed is not None and value is not None and not scope.matches(allowed, value):
            raise InputNotAllowed(
                place=clause.place,
                decision=scope.decision,
                column=clause.label,
                value=_shown(value),
                allowed=allowed.source,
            )
        asked.append(InputValue(label=clause.label, expression=expression.source, value=value))
    return asked


def _matching(table: DecisionTable, inputs: Sequence[InputValue], scope: Scope) -> Iterator[Rule]:
    """The rules that match; of a FIRST table only the first, the others are not even asked."""
    index = rule_index(table, scope.spoken)
    if index.holds_for(scope.variables, scope.environment.functions):
        matching = _by_index(index, inputs, scope)
    else:
        matching = _in_turn(table, inputs, scope)
    return islice(matching, 1) if table.hit_policy is HitPolicy.FIRST else matching


def _by_index(index: RuleIndex, inputs: Sequence[InputValue], scope: Scope) -> Iterator[Rule]:
    """Rules are asked for their other cells only where all their constant cells admit."""
    values = [asked.value for asked in inputs]
    for candidate in index.candidates(values):
        if all(scope.matches(test, values[column]) for column, test in candidate.open):
            yield candidate.rule


def _in_turn(table: DecisionTable, inputs: Sequence[InputValue], scope: Scope) -> Iterator[Rule]:
    """Every rule, every cell until one does not admit."""
    for rule in table.rules:
        cells = zip(rule.tests, inputs, strict=True)
        if all(scope.matches(test, asked.value) for test, asked in cells):
            yield rule


def _outputs(table: DecisionTable, rule: Rule, scope: Scope) -> tuple[object, ...]:
    return tuple(
        _output(clause, rule, expression, scope)
        for clause, expression in zip(table.outputs, rule.outputs, strict=True)
    )


def _output(
    clause: OutputClause, rule: Rule, expression: LiteralExpression, scope: Scope
) -> object:
    value = scope.typed(scope.value_of(expression), clause.type_ref, expression.place)
    if clause.allowed is not None and value is not None:
        items = value if isinstance(value, list) else [value]
        if not all(scope.matches(clause.allowed, item) for item in items):
            raise OutputNotAllowed(
                place=expression.place,
                decision=scope.decision,
                row=rule.index,
                column=clause.label,
                value=_shown(value),
                allowed=clause.allowed.source,
            )
    return value


def _choose(
    table: DecisionTable, matches: Sequence[Match], inputs: Sequence[InputValue], scope: Scope
) -> Sequence[Match]:
    try:
        ranks = _ranks(table, matches, scope) if table.hit_policy.is_ranked else ()
        return HIT_POLICIES[table.hit_policy](matches, ranks)
    except Overlap as overlap:
        error = AnyDisagrees if isinstance(overlap, Disagreement) else RulesOverlap
        raise error(
            place=overlap.matches[-1].rule.place,
            decision=scope.decision,
            rows="、".join(str(match.rule.index) for match in overlap.matches),
            inputs="，".join(f"{asked.label} = {_shown(asked.value)}" for asked in inputs),
        ) from overlap


def _ranks(
    table: DecisionTable, matches: Sequence[Match], scope: Scope
) -> Sequence[Sequence[object]]:
    ranks = ranks_of(table, scope.definitions)
    if len(matches) > 1 and not any(ranks):
        raise NoPriorities(
            place=table.place,
            decision=scope.decision,
            policy=table.hit_policy.value,
            rows="、".join(str(match.rule.index) for match in matches),
        )
    return ranks


def _result(table: DecisionTable, chosen: Sequence[Match], scope: Scope) -> object:
    if table.hit_policy is HitPolicy.COLLECT and table.aggregation is not None:
        return _aggregate(table, table.aggregation, chosen, scope)
    values = [_value(table, match.outputs) for match in chosen]
    if table.hit_policy.gives_list:
        return values
    return values[0] if values else None


def _aggregate(
    table: DecisionTable, aggregation: Aggregation, chosen: Sequence[Match], scope: Scope
) -> object:
    if len(table.outputs) != 1:
        raise NoAggregate(
            place=table.place,
            decision=scope.decision,
            aggregation=aggregation.value,
            columns=len(table.outputs),
        )
    return AGGREGATIONS[aggregation]([match.outputs[0] for match in chosen])


def _value(table: DecisionTable, outputs: Sequence[object]) -> object:
    if len(table.outputs) == 1:
        return outputs[0]
    return _by_name(table, outputs)


def _default(table: DecisionTable, scope: Scope) -> object:
    outputs = [
        scope.typed(scope.value_of(clause.default), clause.type_ref, clause.place)
        if clause.default
        else None
        for clause in table.outputs
    ]
    value = _value(table, outputs)
    as_list = table.hit_policy.gives_list and table.aggregation is None
    return [value] if as_list and not isinstance(value, list) else value


def _evidence(table: DecisionTable, match: Match) -> MatchedRule:
    return MatchedRule(
        index=match.rule.index,
        rule_id=match.rule.id,
        annotation=match.rule.annotation,
        outputs=_by_name(table, match.outputs),
    )


def _by_name(table: DecisionTable, outputs: Sequence[object]) -> dict[str, object]:
    if len(table.outputs) == 1:
        return {table.outputs[0].name or table.outputs[0].label: outputs[0]}
    return {clause.name: output for clause, output in zip(table.outputs, outputs, strict=True)}


def _allowed_values(output: OutputClause, definitions: Definitions) -> list[object]:
    """The values of a list like `"a", "b"`; empty if it is none (a range has no order)."""
    allowed = output.allowed
    if allowed is None:
        item = item_named(output.type_ref, definitions)
        allowed = item.allowed if item is not None else None
    if allowed is None:
        return []
    try:
        listed = compile_expression(f"[{allowed.source}]").evaluate({}).value
    except FeelError:
        return []
    values = listed if isinstance(listed, list) else []
    return [] if any(isinstance(value, Range) for value in values) else values


def _shown(value: object) -> str:
    """A value for a sentence, cut where it is long."""
    if value is None:
        return "null"
    try:
        text = str(plain(value))
    except FeelError:
        text = type_name(value)
    return text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…"
