"""Every FEEL text of a file, with what it may refer to and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from engine.dmn.errors import NoSuchDecision
from engine.dmn.finding import DmnFinding, Level
from engine.dmn.model import (
    BusinessKnowledgeModel,
    Conditional,
    Context,
    Decision,
    DecisionService,
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
from engine.dmn.requirements import Element, import_name, resolve
from engine.place import Place

MAX_SHOWN = 60
"""Characters of a text in a message."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """One FEEL text.

    `names` are those in sight, `types` the declared types of some of them; `closed` says that they
    are all there are, because the decision declares its input data. `functions` are the parameters
    of the knowledge models and services in sight; `bound` are those a boxed invocation gives to
    what the text names. `itself` are the names of what the text stands in. `rule` and the column
    are given for the cells of a table.
    """

    decision: str
    text: LiteralExpression | UnaryTest
    names: frozenset[str]
    closed: bool
    definitions: Definitions
    types: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    itself: frozenset[str] = frozenset()
    bound: tuple[str, ...] | None = None
    rule: int | None = None
    input: InputClause | None = None
    output: OutputClause | None = None

    @property
    def where_zh(self) -> str:
        """The spot for a Chinese sentence: 决策「…」第 2 行「金额」（< "a"）."""
        row = f"第 {self.rule} 行" if self.rule else ""
        column = f"「{self.column}」" if self.column else ""
        return f"决策「{self.decision}」{row}{column}（{self._shown}）"

    @property
    def where_en(self) -> str:
        """The spot for an English sentence."""
        row = f", rule {self.rule}" if self.rule else ""
        column = f", '{self.column}'" if self.column else ""
        return f"Decision '{self.decision}'{row}{column} ({self._shown})"

    @property
    def rules(self) -> tuple[int, ...]:
        return (self.rule,) if self.rule else ()

    @property
    def column(self) -> str:
        """The label of the column, empty outside of columns."""
        clause = self.input or self.output
        return clause.label if clause else ""

    @property
    def _shown(self) -> str:
        text = " ".join(self.text.source.split())
        return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"

    def finding(self, level: Level, check: str, zh: str, en: str) -> DmnFinding:
        """A remark about this text; `zh` and `en` go on where the spot has been named."""
        return DmnFinding(
            level=level,
            check=check,
            place=self.text.place,
            zh=f"{self.where_zh}{zh}",
            en=f"{self.where_en} {en}",
            rules=self.rules,
            decision=self.decision,
            column=self.column,
            cell=self.text.source,
        )


def spots_of(definitions: Definitions) -> Iterator[Spot]:
    """Every FEEL text of the file."""
    for decision in definitions.decisions.values():
        yield from spots_in(definitions, decision)
    for model in definitions.knowledge.values():
        yield from spots_in(definitions, model)


def spots_in(
    definitions: Definitions, element: Decision | BusinessKnowledgeModel
) -> Iterator[Spot]:
    """Every FEEL text of a decision or a business knowledge model."""
    sight = _in_sight(definitions, element)
    logic = element.logic if isinstance(element, Decision) else element.function
    if logic is None:
        return
    is_function = isinstance(element, BusinessKnowledgeModel)
    frame = Spot(
        decision=element.name or element.id,
        text=LiteralExpression(source="", place=Place(file=definitions.file)),
        names=sight.names | {element.name} if is_function else sight.names,
        types=sight.types,
        functions=sight.functions,
        itself=frozenset({element.id, element.name, element.variable}),
        closed=sight.closed or is_function,
        definitions=definitions,
    )
    yield from _walk(logic, frame)


def tables_in(
    definitions: Definitions,
) -> Iterator[tuple[Decision | BusinessKnowledgeModel, DecisionTable]]:
    """Every table of the file with what it decides."""
    for decision in definitions.decisions.values():
        if isinstance(decision.logic, DecisionTable):
            yield decision, decision.logic
    for model in definitions.knowledge.values():
        body = model.function.body if model.function else None
        if isinstance(body, DecisionTable):
            yield model, body


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sight:
    """What requirements bring into sight: names, the types of some, and whether that is all.

    `functions` are the parameters of what can be called by one of the names.
    """

    names: frozenset[str]
    types: Mapping[str, str]
    functions: Mapping[str, tuple[str, ...]]
    closed: bool


def _in_sight(definitions: Definitions, element: Decision | BusinessKnowledgeModel) -> _Sight:
    names: set[str] = set()
    types: dict[str, str] = {}
    functions: dict[str, tuple[str, ...]] = {}
    closed = False
    references = element.requirements if isinstance(element, Decision) else element.knowledge
    for reference in references:
        try:
            home, found = resolve(definitions, reference)
        except NoSuchDecision:
            continue
        closed = closed or isinstance(found, InputData)
        brought = names_brought(definitions, reference, found)
        names |= brought
        if isinstance(found, InputData | Decision) and home is definitions:
            types |= dict.fromkeys(brought, found.type_ref)
        if isinstance(found, BusinessKnowledgeModel | DecisionService) and home is definitions:
            taken = parameters_of(found, home)
            functions |= dict.fromkeys(brought, taken) if taken is not None else {}
    if isinstance(element, BusinessKnowledgeModel):
        taken = parameters_of(element, definitions)
        functions |= {element.name: taken} if taken is not None else {}
    return _Sight(names=frozenset(names), types=types, functions=functions, closed=closed)


def parameters_of(
    callable_: BusinessKnowledgeModel | DecisionService, home: Definitions
) -> tuple[str, ...] | None:
    """The names of what a knowledge model or a service takes; None if that cannot be told.

    A service takes its input data, then the decisions it is given (DMN 1.5 §10.4).
    """
    if isinstance(callable_, BusinessKnowledgeModel):
        function = callable_.function
        return None if function is None else tuple(one.name for one in function.parameters)
    names = []
    for reference in callable_.input_data + callable_.input_decisions:
        try:
            _, found = resolve(home, reference)
        except NoSuchDecision:
            return None
        names.append(found.variable if isinstance(found, Decision) else found.name)
    return tuple(names)


def names_brought(definitions: Definitions, reference: str, found: Element) -> frozenset[str]:
    """The names by which what a requirement leads to is seen."""
    prefix = import_name(definitions, reference)
    if prefix:
        return frozenset({prefix})
    variable = {found.variable} if isinstance(found, Decision) else set()
    return frozenset({found.id, found.name} | variable)


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
    elif isinstance(logic, Invocation):
        bound = tuple(binding.parameter for binding in logic.bindings)
        yield from _walk(logic.called, replace(at, bound=bound))
        for binding in logic.bindings:
            yield from _walk(binding.logic, at)
    else:
        for part in _parts(logic):
            yield from _walk(part, at)


def _parts(logic: ListOf | Relation | Conditional) -> Iterator[Logic]:
    if isinstance(logic, ListOf):
        yield from logic.items
    elif isinstance(logic, Relation):
        for row in logic.rows:
            yield from row
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
    seen = frozenset(name for name in names if name)
    return replace(
        at,
        names=at.names | seen,
        types={name: at.types[name] for name in at.types.keys() - seen},
        functions={name: at.functions[name] for name in at.functions.keys() - seen},
    )
