"""Which rules of a table can still match, found column by column instead of rule by rule.

Most cells are constants. Whether a constant cell admits a value is the same for every rule that
has the cell, so it is found once: strings and numbers by looking the value up, other tests by
asking each distinct cell. Sets of rules are whole numbers with one bit per rule. Cells that look at
variables, call functions or cannot be read are left to whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from engine.dmn.model import DecisionTable, Rule, UnaryTest
from engine.feel import FeelError, Function, compile_unary_tests
from engine.feel.compiler import ConstantTests
from engine.feel.compiler.constants import ValueTest

TABLES = 512
"""How many tables have an index at a time."""

EMPTY_CELLS = frozenset(["", "-"])
"""Texts of cells that admit everything."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """The cells of one input, each with the set of rules that have it.

    `undecided` are the rules whose cell is empty or must be asked later. `choices` are cells that
    list strings and numbers, found by `strings` and `numbers` if the value is one; `tests` are all
    other constant cells.
    """

    undecided: int
    strings: Mapping[str, int]
    numbers: Mapping[Decimal, int]
    choices: Sequence[tuple[ValueTest, int]]
    tests: Sequence[tuple[ValueTest, int]]

    def admitting(self, value: object, rules: int) -> int:
        """Those of `rules` whose cell admits `value` or is undecided."""
        if type(value) is str:
            found = self.undecided | self.strings.get(value, 0)
        elif type(value) is Decimal:
            found = self.undecided | self.numbers.get(value, 0)
        else:
            found = self.undecided | _passing(self.choices, value, rules)
        return rules & (found | _passing(self.tests, value, rules & ~found))


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A rule all constant cells of which admit the inputs; `open` are its other cells."""

    rule: Rule
    open: tuple[tuple[int, UnaryTest], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleIndex:
    """The columns of a table, and for each rule the cells that no column decides.

    `calls` are the built-in functions that constants were made with.
    """

    columns: Sequence[Column]
    rules: Sequence[Candidate]
    calls: frozenset[str]

    def candidates(self, inputs: Sequence[object]) -> Iterator[Candidate]:
        """The rules that `inputs`, as FEEL values, leave over, in the order of the table."""
        left = (1 << len(self.rules)) - 1
        for column, value in zip(self.columns, inputs, strict=True):
            left = column.admitting(value, left)
        while left:
            lowest = left & -left
            left ^= lowest
            yield self.rules[lowest.bit_length() - 1]

    def holds_for(self, variables: Mapping[str, object], functions: Mapping[str, Function]) -> bool:
        """Whether its constants mean the same there: nothing takes the name of a function."""
        return not any(
            name in functions or isinstance(variables.get(name), Function) for name in self.calls
        )


@lru_cache(maxsize=TABLES)
def rule_index(table: DecisionTable, spoken: frozenset[str]) -> RuleIndex:
    """The index of a table whose cells are read with the names `spoken`."""
    constants = {
        test.source: _constant(test, spoken)
        for rule in table.rules
        for test in rule.tests
        if test.source not in EMPTY_CELLS
    }
    columns = [
        _column([rule.tests[number].source for rule in table.rules], constants)
        for number in range(len(table.inputs))
    ]
    rules = [
        Candidate(
            rule=rule,
            open=tuple(
                (number, test)
                for number, test in enumerate(rule.tests)
                if test.source not in EMPTY_CELLS and constants[test.source] is None
            ),
        )
        for rule in table.rules
    ]
    calls = (constant.calls for constant in constants.values() if constant is not None)
    return RuleIndex(columns=columns, rules=rules, calls=frozenset().union(*calls))


def _constant(test: UnaryTest, spoken: frozenset[str]) -> ConstantTests | None:
    try:
        return compile_unary_tests(test.source, names=spoken).constant
    except FeelError:
        return None


def _column(cells: Sequence[str], constants: Mapping[str, ConstantTests | None]) -> Column:
    having: dict[str, int] = {}
    for number, cell in enumerate(cells):
        having[cell] = having.get(cell, 0) | 1 << number
    undecided = 0
    strings: dict[str, int] = {}
    numbers: dict[Decimal, int] = {}
    choices: list[tuple[ValueTest, int]] = []
    tests: list[tuple[ValueTest, int]] = []
    for cell, rules in having.items():
        constant = constants.get(cell)
        if constant is None:
            undecided |= rules
        elif not _all_looked_up(constant):
            tests.append((constant.test, rules))
        else:
            choices.append((constant.test, rules))
            for choice in constant.choices or ():
                if isinstance(choice, str):
                    strings[choice] = strings.get(choice, 0) | rules
                elif isinstance(choice, Decimal):
                    numbers[choice] = numbers.get(choice, 0) | rules
    return Column(
        undecided=undecided, strings=strings, numbers=numbers, choices=choices, tests=tests
    )


def _all_looked_up(constant: ConstantTests) -> bool:
    """Whether a cell only lists strings and numbers."""
    return constant.choices is not None and all(
        type(choice) in (str, Decimal) for choice in constant.choices
    )


def _passing(cells: Sequence[tuple[ValueTest, int]], value: object, rules: int) -> int:
    """The rules of the cells that `value` passes; cells that none of `rules` has are not asked."""
    found = 0
    for test, having in cells:
        if having & rules and test(value) is True:
            found |= having
    return found
