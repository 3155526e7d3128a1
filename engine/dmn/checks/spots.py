"""Every FEEL text of a file, with what it may refer to and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.dmn.errors import NoSuchDecision
from engine.dmn.model import (
    BusinessKnowledgeModel,
    Conditional,
    Context,
    Decision,
    DecisionTable,
    Definitions,
    Filter,
    FunctionDefinition,
    InputClause,
    InputData,
    Invocation,
    Iteration,
    ListOf,
    LiteralExpression,
    Logic,
    OutputClause,
    Relation,
    UnaryTest,
)
from engine.dmn.requirements import import_name, resolve
from engine.place import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """One FEEL text.

    `names` are those in sight; `closed` says that they are all there are, because the decision
    declares its input data. `rule` and the column are given for the cells of a table.
    """

    decision: str
    text: LiteralExpression | UnaryTest
    names: frozenset[str]
    closed: bool
    definitions: Definitions
    rule: int | None = None
    input: InputClause | None = None
    output: OutputClause | None = None

    @property
    def where_zh(self) -> str:
        """The spot for a Chinese sentence: 决策「…」第 2 行「金额」."""
        row = f"第 {self.rule} 行" if self.rule else ""
        column = f"「{self._column}」" if self._column else ""
        return f"决策「{self.decision}」{row}{column}"

    @property
    def where_en(self) -> str:
        """The spot for an English sentence."""
        row = f", rule {self.rule}" if self.rule else ""
        column = f", '{self._column}'" if self._column else ""
        return f"decision '{self.decision}'{row}{column}"

    @property
    def rules(self) -> tuple[int, ...]:
        return (self.rule,) if self.rule else ()

    @property
    def _column(self) -> str:
        clause = self.input or self.output
        return clause.label if clause else ""


def spots_of(definitions: Definitions) -> Iterator[Spot]:
    """Every FEEL text of the file."""
    for decision in definitions.decisions.values():
        if decision.logic is not None:
            names, closed = _in_sight(definitions, decision)
            yield from _walk(
                decision.logic, _frame(decision.name or decision.id, names, closed, definitions)
            )
    for model in definitions.knowledge.values():
        if model.function is not None:
            names, _ = _in_sight(definitions, model)
            names |= {model.name}
            yield from _walk(model.function, _frame(model.name, names, True, definitions))


def tables_in(definitions: Definitions) -> Iterator[tuple[str, DecisionTable]]:
    """Every table of the file with the name of what it decides."""
    for decision in definitions.decisions.values():
        if isinstance(decision.logic, DecisionTable):
            yield decision.name or decision.id, decision.logic
    for model in definitions.knowledge.values():
        body = model.function.body if model.function else None
        if isinstance(body, DecisionTable):
            yield model.name, body


def _frame(decision: str, names: frozenset[str], closed: bool, definitions: Definitions) -> Spot:
    nothing = LiteralExpression(source="", place=Place(file=definitions.file))
    return Spot(
        decision=decision, text=nothing, names=names, closed=closed, definitions=definitions
    )


def _in_sight(
    definitions: Definitions, element: Decision | BusinessKnowledgeModel
) -> tuple[frozenset[str], bool]:
    names: set[str] = set()
    closed = False
    references = element.requirements if isinstance(element, Decision) else element.knowledge
    for reference in references:
        try:
            _, found = resolve(definitions, reference)
        except NoSuchDecision:
            continue
        closed = closed or isinstance(found, InputData)
        prefix = import_name(definitions, reference)
        names |= {prefix} if prefix else {found.id, found.name}
        if isinstance(found, Decision):
            names.add(found.variable)
    return frozenset(names), closed


def _walk(logic: Logic, at: Spot) -> Iterator[Spot]:
    if isinstance(logic, LiteralExpression):
        yield replace(at, text=logic)
    elif isinstance(logic, DecisionTable):
        yield from _walk_table(logic, at)
    elif isinstance(logic, Context):
        for entry in logic.entries:
            yield from _walk(entry.logic, at)
            at = _knowing(at, entry.name)
    elif isinstance(logic, FunctionDefinition):
        if logic.body is not None and logic.kind == "FEEL":
            yield from _walk(logic.body, _knowing(at, *(p.name for p in logic.parameters)))
    elif isinstance(logic, Iteration):
        yield from _walk(logic.source, at)
        yield from _walk(logic.body, _knowing(at, logic.variable, "partial"))
    elif isinstance(logic, Filter):
        yield from _walk(logic.source, at)
        yield from _walk(logic.match, replace(at, closed=False))
    else:
        for part in _parts(logic):
            yield from _walk(part, at)


def _parts(logic: ListOf | Relation | Invocation | Conditional) -> Iterator[Logic]:
    if isinstance(logic, ListOf):
        yield from logic.items
    elif isinstance(logic, Relation):
        for row in logic.rows:
            yield from row
    elif isinstance(logic, Invocation):
        yield logic.called
        for binding in logic.bindings:
            yield binding.logic
    else:
        yield from (logic.test, logic.then, logic.otherwise)


def _walk_table(table: DecisionTable, at: Spot) -> Iterator[Spot]:
    for asked in table.inputs:
        yield replace(at, text=asked.expression)
        if asked.allowed is not None:
            yield replace(at, text=asked.allowed, input=asked)
    for clause in table.outputs:
        for text in (clause.allowed, clause.default):
            if text is not None:
                yield replace(at, text=text, output=clause)
    for rule in table.rules:
        for test, asked in zip(rule.tests, table.inputs, strict=True):
            yield replace(at, text=test, rule=rule.index, input=asked)
        for answer, clause in zip(rule.outputs, table.outputs, strict=True):
            yield replace(at, text=answer, rule=rule.index, output=clause)


def _knowing(at: Spot, *names: str) -> Spot:
    return replace(at, names=at.names | {name for name in names if name})
