"""What a cell compares the value under test with, found in its syntax."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from engine.feel import syntax
from engine.feel.compiler.constants import Varies, constant
from engine.feel.expression import read_unary_tests
from engine.feel.values import plain_type
from engine.feel.walk import parts_of

CELLS = 4096
"""How many cells are remembered at a time."""

_ORDERING = frozenset(["<", "<=", ">", ">="])


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """The constants of a cell.

    `plain` says that it only compares the value with them, so that all values which stand alike to
    the constants fare alike. `ordered` are the types of those it asks to be more or less than, and
    `listing` says that it just names the values it admits. A range that is none (`[9..1]`) is
    null: `for_null` says that only therefore it admits a missing value, which nobody meant.
    """

    constants: tuple[object, ...]
    ordered: frozenset[type]
    plain: bool
    listing: bool
    for_null: bool


@lru_cache(maxsize=CELLS)
def cell_of(source: str) -> Cell:
    """The cell with this text; an empty one admits everything. Raises `FeelError`."""
    node = read_unary_tests(source or "-")
    ordered = {plain_type(value) for part in _ordering(node) for value in constants_in(part)}
    plain = _is_plain(node)
    return Cell(
        constants=tuple(constants_in(node)),
        ordered=frozenset(ordered),
        plain=plain,
        listing=plain and not ordered and not node.negated and all(map(_is_value, node.tests)),
        for_null=not node.negated and bool(node.tests) and all(map(_is_no_range, node.tests)),
    )


def constants_in(node: syntax.Node) -> Iterator[object]:
    """The value of every constant, wherever it stands; `date("2024-03-26")` is one as well."""
    pending = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, syntax.Literal | syntax.Negation | syntax.Call):
            try:
                yield constant(part, set())
                continue
            except Varies:
                pass
        pending.extend(parts_of(part))


def _ordering(node: syntax.Node) -> Iterator[syntax.Node]:
    """The parts that ask for more or less."""
    pending = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, syntax.RangeLiteral | syntax.Between) or (
            isinstance(part, syntax.OneSided | syntax.Comparison) and part.operator in _ORDERING
        ):
            yield part
        pending.extend(parts_of(part))


def _is_plain(node: syntax.Node) -> bool:
    if isinstance(node, syntax.Tests):
        return all(_is_plain(test) for test in node.tests)
    if isinstance(node, syntax.ListLiteral):
        return bool(node.items) and all(_is_value(item) for item in node.items)
    if isinstance(node, syntax.OneSided):
        return _is_value(node.operand)
    return _is_value(node) or _is_condition(node)


def _is_condition(node: syntax.Node) -> bool:
    """Whether a node is a condition on `?` that compares it with nothing but constants."""
    if isinstance(node, syntax.Conjunction | syntax.Disjunction):
        return all(_is_condition(part) for part in node.operands)
    if isinstance(node, syntax.Comparison):
        sides = (node.left, node.right)
        return any(_is_asked(side) for side in sides) and any(_is_value(side) for side in sides)
    if isinstance(node, syntax.Between):
        return _is_asked(node.operand) and _is_value(node.low) and _is_value(node.high)
    if isinstance(node, syntax.In):
        return _is_asked(node.operand) and all(_is_plain(test) for test in node.tests)
    return False


def _is_asked(node: syntax.Node) -> bool:
    return isinstance(node, syntax.Name) and node.name == "?"


def _is_no_range(node: syntax.Node) -> bool:
    """Whether a node is a range of constants the wrong way round, or of two types."""
    if not isinstance(node, syntax.RangeLiteral) or not _is_value(node):
        return False
    try:
        constant(node, set())
    except Varies:
        return True
    return False


def _is_value(node: syntax.Node) -> bool:
    """Whether a node is a constant; a range the wrong way round, which is null, is one too."""
    if isinstance(node, syntax.RangeLiteral):
        return _is_value(node.low) and _is_value(node.high)
    try:
        constant(node, set())
    except Varies:
        return False
    return True
