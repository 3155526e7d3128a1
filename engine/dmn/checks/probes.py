"""A table put to the test with every value that could make a difference.

For each column the constants in its cells give the values to try: themselves, and where the cells
speak of more and less, values between and beyond them. Every rule is asked about every value once.
What is found this way is always true (there is an input that shows it); what a cell says with
functions or other variables is taken as "may match" and never held against a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

from engine.dmn.checks.constants import admits, shown, value_of
from engine.dmn.checks.literals import literals_in
from engine.dmn.finding import DmnFinding
from engine.dmn.model import DecisionTable, Definitions, InputClause, UnaryTest
from engine.dmn.rule_index import EMPTY_CELLS
from engine.feel import (
    FeelError,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
    syntax,
)
from engine.feel.expression import read_unary_tests
from engine.feel.values import key_of
from engine.feel.walk import walk

MAX_STEPS = 20_000
"""Combinations looked at before a check gives up on a table."""

MAX_TESTS = 100_000
"""Cells times values of a column beyond which a table is not examined."""

_ORDERED = re.compile(r"[<>]|\.\.")
_STEPS: Mapping[type, Any] = {
    Decimal: Decimal(1),
    timedelta: timedelta(days=1),
    datetime: timedelta(days=1),
}
"""Types of which values in between can be made, and how far beyond the ends to look."""

_COMPARING = frozenset(
    {
        syntax.Tests,
        syntax.Name,
        syntax.Literal,
        syntax.Comparison,
        syntax.Between,
        syntax.In,
        syntax.OneSided,
        syntax.RangeLiteral,
        syntax.ListLiteral,
        syntax.Conjunction,
        syntax.Disjunction,
    }
)
"""What a cell may be made of so that the constants in it are all that matters."""

_CONSTRUCTORS = frozenset({"date", "time", "date and time", "duration"})


class Unknown(Exception):
    """Which values make a difference in a column cannot be told."""


class TooLarge(Exception):
    """A table has more combinations than a check looks at."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A value of a column. Bit i−1 of `sure` and `may` is set if rule i does, or might, match it.

    `given` is False for a value that need not have an answer: the null that stands for a missing
    value, and any other text of a column that is open.
    """

    value: object
    sure: int
    may: int
    given: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Dimension:
    """Columns with the same expression, and the values that make a difference in them.

    `columns` are their positions in the table, counted from 0.
    """

    label: str
    columns: tuple[int, ...]
    choices: tuple[Choice, ...]

    @property
    def given(self) -> tuple[Choice, ...]:
        """The choices that need an answer; one of the others in a column that has none."""
        return tuple(choice for choice in self.choices if choice.given) or self.choices[:1]

    def shown(self, choice: Choice) -> str:
        """The choice as a person reads it: 金额 = 5."""
        return f"{self.label} = {'null' if choice.value is None else shown(choice.value)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Probe:
    """A table with its dimensions."""

    name: str
    table: DecisionTable
    dimensions: tuple[Dimension, ...]

    @property
    def all_rules(self) -> int:
        """The set of all rules, as bits."""
        return (1 << len(self.table.rules)) - 1


def probe(name: str, table: DecisionTable, definitions: Definitions) -> Probe | None:
    """The table with every cell asked; None if a cell cannot be read. Raises `TooLarge`."""
    columns: dict[str, list[int]] = {}
    for index, clause in enumerate(table.inputs):
        columns.setdefault(clause.expression.source, []).append(index)
    try:
        dimensions = tuple(_dimension(table, indexes, definitions) for indexes in columns.values())
    except FeelError:
        return None
    return Probe(name=name, table=table, dimensions=dimensions)


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


def _dimension(table: DecisionTable, indexes: list[int], definitions: Definitions) -> Dimension:
    clauses = [table.inputs[index] for index in indexes]
    cells = [[rule.tests[index] for index in indexes] for rule in table.rules]
    try:
        values = _values(clauses, [cell for row in cells for cell in row], definitions)
    except Unknown:
        return _unknown(clauses[0].label, indexes, cells)
    if len(values) * len(table.rules) * len(indexes) > MAX_TESTS:
        raise TooLarge
    choices: dict[tuple[int, int, bool], Choice] = {}
    compiled = [[_compiled(cell) for cell in row] for row in cells]
    for value, given in values:
        sure = may = 0
        for bit, row in enumerate(compiled):
            verdicts = [_verdict(cell, value) for cell in row]
            sure |= (1 << bit) if all(verdict is True for verdict in verdicts) else 0
            may |= (1 << bit) if False not in verdicts else 0
        choices.setdefault((sure, may, given), Choice(value=value, sure=sure, may=may, given=given))
    return Dimension(
        label=clauses[0].label, columns=tuple(indexes), choices=tuple(choices.values())
    )


def _unknown(label: str, indexes: list[int], cells: list[list[UnaryTest]]) -> Dimension:
    """A column of which only is known which rules ask nothing: every rule may match."""
    sure = 0
    for bit, row in enumerate(cells):
        sure |= (1 << bit) if all(cell.source in EMPTY_CELLS for cell in row) else 0
    any_value = Choice(value=None, sure=sure, may=(1 << len(cells)) - 1, given=False)
    return Dimension(label=label, columns=tuple(indexes), choices=(any_value,))


def _compiled(cell: UnaryTest) -> UnaryTests | None:
    if cell.source in EMPTY_CELLS:
        return None
    return compile_unary_tests(cell.source, place=cell.place)


def _verdict(cell: UnaryTests | None, value: object) -> bool | None:
    """Whether a cell matches; None if that depends on more than the value."""
    if cell is None:
        return True
    if cell.names or cell.calls - _CONSTRUCTORS or _works_on_value(cell.source):
        return None
    return admits(cell, value)


@lru_cache(maxsize=1024)
def _works_on_value(source: str) -> bool:
    """Whether a cell does more with `?` than compare it: then other values make a difference."""
    if "?" not in source:
        return False
    kinds = {type(part) for part in walk(read_unary_tests(source))}
    return not kinds <= _COMPARING


def _values(
    clauses: list[InputClause], cells: Iterable[UnaryTest], definitions: Definitions
) -> list[tuple[object, bool]]:
    sources = [cell.source for cell in cells]
    written = [value for source in sources for value in literals_in(source)]
    constant = _constant(clauses[0])
    if constant is not None:
        return [(constant, True)]
    missing = (None, None in written)
    values = _allowed(clauses, definitions)
    if values is not None:
        return [*((value, True) for value in values), missing]
    if clauses[0].expression.type_ref == "boolean":
        return [(True, True), (False, True), missing]
    values = _distinct(value for value in written if value is not None)
    if any(_ORDERED.search(source) for source in sources):
        return [*((value, True) for value in _between(values)), missing]
    return [*((value, True) for value in values), *_another(values), missing]


def _constant(clause: InputClause) -> object:
    try:
        expression = compile_expression(clause.expression.source or "null")
    except FeelError:
        return None
    if expression.names or expression.calls:
        return None
    return value_of(expression)


def _allowed(clauses: list[InputClause], definitions: Definitions) -> list[object] | None:
    """The listed values of a column or of its type, None if it is open."""
    item = definitions.types.get(clauses[0].expression.type_ref)
    for allowed in (*(clause.allowed for clause in clauses), item.allowed if item else None):
        if allowed is not None and not _ORDERED.search(allowed.source):
            return _distinct(literals_in(allowed.source))
    return None


def _between(values: list[object]) -> list[object]:
    """Sorted values with one between each two and one beyond each end. Raises `Unknown`."""
    if not values:
        raise Unknown
    days = [value for value in values if type(value) is date]
    if len(days) == len(values):
        return _distinct(near for day in sorted(days) for near in _days_around(day))
    for kind, step in _STEPS.items():
        alike: list[Any] = [value for value in values if type(value) is kind]
        if len(alike) == len(values):
            try:
                ordered = sorted(alike)
                middle = [low + (high - low) / 2 for low, high in pairwise(ordered)]
                return _distinct([ordered[0] - step, *ordered, *middle, ordered[-1] + step])
            except (TypeError, OverflowError):
                raise Unknown from None
    raise Unknown


def _days_around(day: date) -> list[date]:
    ordinals = (day.toordinal() + step for step in (-1, 0, 1))
    return [date.fromordinal(n) for n in ordinals if 1 <= n <= date.max.toordinal()]


def _another(values: list[object]) -> list[tuple[object, bool]]:
    """A value beside those written, where a column is open: it need not have an answer."""
    numbers = [value for value in values if isinstance(value, Decimal)]
    if numbers:
        return [(max(numbers) + 1, False)]
    return [("其他值", False)] if any(isinstance(value, str) for value in values) else []


def _distinct(values: Iterable[object]) -> list[object]:
    return list({key_of(value): value for value in values}.values())
