"""A table put to the test with every value that could make a difference.

The constants in the cells of a column give the values to try: themselves, values beside them, and
where cells ask for more or less, values between and beyond them. Every rule is asked about every
value once. What is found this way is always true: an overlap or a gap is shown by an input that
can be, and a rule is dead only if it is for all values. What a cell says with other variables, or
with functions that may answer differently tomorrow, is taken as "may match" and never held
against a rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.dmn.checks.candidates import Candidate, candidates
from engine.dmn.checks.cells import cell_of
from engine.dmn.checks.constants import admits, shown, value_of
from engine.dmn.checks.neighbours import Unknown
from engine.dmn.checks.reads import Reads, reads_of
from engine.dmn.finding import DmnFinding
from engine.dmn.model import (
    BusinessKnowledgeModel,
    Decision,
    DecisionTable,
    Definitions,
    InputClause,
    UnaryTest,
)
from engine.dmn.requirements import spoken_within
from engine.dmn.rule_index import EMPTY_CELLS
from engine.feel import FeelError, UnaryTests, compile_expression, compile_unary_tests
from engine.feel.builtins import conversion, lists, numbers, strings, temporal

MAX_STEPS = 20_000
"""Combinations looked at before a check gives up on a table."""

MAX_TESTS = 100_000
"""Cells times values of a column beyond which a table is not examined."""

_CHANGING = frozenset(["now", "today", "uuid", "random number"])
_FAMILIES = (strings, numbers, lists, conversion, temporal)
_STEADY = frozenset().union(*(family.FUNCTIONS for family in _FAMILIES)) - _CHANGING
"""Functions that always answer the same, so that a cell with them can be asked about a value."""


class _Anything:
    """Stands for the value of a column of which nothing is known."""


ANYTHING: Final = _Anything()


class TooLarge(Exception):
    """A table has more combinations than a check looks at."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A value of a column, and the rules that match it, bit i−1 for rule i.

    `sure` and `may` are about this very value, `always` and `ever` about all that stand alike to
    the constants of the cells. `real` says that an input surely can have the value, `given` that
    it then needs an answer.
    """

    value: object
    sure: int
    may: int
    always: int
    ever: int
    given: bool
    real: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Dimension:
    """Columns with the same expression, and the values that make a difference in them.

    `columns` are their positions in the table, counted from 0. `known` says that these are all
    the values there are, as far as the cells can tell; `settled` that each rule's answer is known.
    """

    label: str
    columns: tuple[int, ...]
    choices: tuple[Choice, ...]
    reads: Reads
    settled: bool

    @property
    def given(self) -> tuple[Choice, ...]:
        """The choices that need an answer; in a column that has none, any one will do."""
        return tuple(choice for choice in self.choices if choice.given) or (self._any_choice(),)

    def _any_choice(self) -> Choice:
        ever = 0
        for choice in self.choices:
            ever |= choice.ever
        return Choice(value=ANYTHING, sure=0, may=ever, always=0, ever=ever, given=False, real=True)

    def shown(self, choice: Choice) -> str:
        """The choice as a person reads it: 金额 = 5; a dash where any value will do."""
        if choice.value is ANYTHING:
            return f"{self.label} = -"
        return f"{self.label} = {'null' if choice.value is None else shown(choice.value)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Probe:
    """A table with its dimensions.

    `apart` are the same dimensions for those who look for one input that shows something: of
    columns that depend on each other, all but the first are taken as if nothing were known.
    """

    name: str
    table: DecisionTable
    definitions: Definitions
    dimensions: tuple[Dimension, ...]
    apart: tuple[Dimension, ...]

    @property
    def all_rules(self) -> int:
        """The set of all rules, as bits."""
        return (1 << len(self.table.rules)) - 1

    @property
    def unsettled(self) -> tuple[str, ...]:
        """The labels of the columns of which not everything could be told."""
        pairs = zip(self.dimensions, self.apart, strict=True)
        return tuple(one.label for one, apart in pairs if not (one.settled and apart.settled))


def probe(
    name: str,
    table: DecisionTable,
    definitions: Definitions,
    element: Decision | BusinessKnowledgeModel,
) -> Probe | None:
    """The table of `element` with every cell asked; None if a cell cannot be read.

    Raises `TooLarge`.
    """
    columns: dict[str, list[int]] = {}
    for index, clause in enumerate(table.inputs):
        columns.setdefault(clause.expression.source, []).append(index)
    try:
        dimensions = tuple(
            _dimension(table, indexes, definitions, reads_of(source, definitions, element))
            for source, indexes in columns.items()
        )
    except FeelError:
        return None
    return Probe(
        name=name,
        table=table,
        definitions=definitions,
        dimensions=dimensions,
        apart=tuple(_apart(table, dimensions)),
    )


def too_large(name: str, table: DecisionTable) -> DmnFinding:
    """What is said about a table that was not, or not wholly, examined."""
    return DmnFinding(
        level="warning",
        check="too-large",
        place=table.place,
        decision=name,
        zh=f"决策表「{name}」太大，没有查完是否有重叠、遗漏和用不上的行。",
        en=f"Table '{name}' is too large to look for every overlap, gap and dead rule.",
    )


def _dimension(
    table: DecisionTable, indexes: list[int], definitions: Definitions, reads: Reads
) -> Dimension:
    clause = table.inputs[indexes[0]]
    rows = [[rule.tests[index] for index in indexes] for rule in table.rules]
    known = [cell_of(cell.source) for row in rows for cell in row if not _is_empty(cell)]
    try:
        values = _values(table, indexes, definitions, reads)
    except Unknown:
        return _unknown(clause.label, indexes, rows, reads)
    if len(values) * len(rows) * len(indexes) > MAX_TESTS:
        raise TooLarge
    compiled = [[_compiled(cell) for cell in row if not _is_empty(cell)] for row in rows]
    choices: dict[tuple[object, ...], Choice] = {}
    for candidate in values:
        choice = _choice(candidate, compiled)
        alike = (choice.sure, choice.may, choice.always, choice.ever, choice.given, choice.real)
        choices.setdefault(alike, choice)
    return Dimension(
        label=clause.label,
        columns=tuple(indexes),
        choices=tuple(sorted(choices.values(), key=lambda choice: not choice.real)),
        reads=reads,
        settled=all(cell.plain for cell in known),
    )


def _values(
    table: DecisionTable, indexes: list[int], definitions: Definitions, reads: Reads
) -> list[Candidate]:
    clauses = [table.inputs[index] for index in indexes]
    constant = _constant(clauses[0], definitions)
    if constant is not None:
        return [Candidate(value=constant, given=True, real=True)]
    clause = next((one for one in clauses if one.allowed is not None), clauses[0])
    sources = dict.fromkeys(rule.tests[n].source for rule in table.rules for n in indexes)
    known = [cell_of(source) for source in sources if source not in EMPTY_CELLS]
    return candidates(clause, known, definitions, computed=reads.computed)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """A compiled cell; it is `steady` if it can be asked about a value without anything else."""

    tests: UnaryTests
    steady: bool
    plain: bool
    for_null: bool


def _choice(candidate: Candidate, rows: list[list[_Asked]]) -> Choice:
    sure = may = always = ever = 0
    for number, row in enumerate(rows):
        bit = 1 << number
        verdicts = [admits(one.tests, candidate.value) if one.steady else None for one in row]
        alike = [
            _of_all_alike(one, verdict, candidate)
            for one, verdict in zip(row, verdicts, strict=True)
        ]
        sure |= bit if all(verdict is True for verdict in verdicts) else 0
        may |= bit if False not in verdicts else 0
        always |= bit if all(verdict is True for verdict in alike) else 0
        ever |= bit if False not in alike else 0
    return Choice(
        value=candidate.value,
        sure=sure,
        may=may,
        always=always,
        ever=ever,
        given=candidate.given,
        real=candidate.real,
    )


def _of_all_alike(cell: _Asked, verdict: bool | None, candidate: Candidate) -> bool | None:
    """What a cell says to all values that stand alike to its constants."""
    if candidate.value is None and cell.for_null:
        return False
    return verdict if cell.plain else None


def _apart(table: DecisionTable, dimensions: tuple[Dimension, ...]) -> Iterator[Dimension]:
    kept: list[Dimension] = []
    for dimension in dimensions:
        if any(dimension.reads.depends_with(other.reads) for other in kept):
            rows = [[rule.tests[index] for index in dimension.columns] for rule in table.rules]
            yield _unknown(dimension.label, dimension.columns, rows, dimension.reads)
        else:
            kept.append(dimension)
            yield dimension


def _unknown(
    label: str, indexes: list[int] | tuple[int, ...], rows: list[list[UnaryTest]], reads: Reads
) -> Dimension:
    """A column of which only is known which rules ask nothing: every rule may match."""
    sure, every = 0, (1 << len(rows)) - 1
    for number, row in enumerate(rows):
        sure |= (1 << number) if all(_is_empty(cell) for cell in row) else 0
    anything = Choice(
        value=ANYTHING, sure=sure, may=every, always=sure, ever=every, given=False, real=True
    )
    return Dimension(
        label=label,
        columns=tuple(indexes),
        choices=(anything,),
        reads=reads,
        settled=sure == every,
    )


def _is_empty(cell: UnaryTest) -> bool:
    return cell.source in EMPTY_CELLS


def _compiled(cell: UnaryTest) -> _Asked:
    tests = compile_unary_tests(cell.source, place=cell.place)
    steady = not tests.names and tests.calls <= _STEADY
    known = cell_of(cell.source)
    return _Asked(tests=tests, steady=steady, plain=steady and known.plain, for_null=known.for_null)


def _constant(clause: InputClause, definitions: Definitions) -> object:
    """The value of a column that reads nothing, None if it does."""
    source = clause.expression.source or "null"
    try:
        expression = compile_expression(source, names=spoken_within(definitions))
    except FeelError:
        return None
    if expression.names or expression.calls:
        return None
    return value_of(expression)
