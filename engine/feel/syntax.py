"""The nodes of a parsed expression. Every node knows its `offset` in the source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    offset: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Literal(Node):
    """A number, string, boolean, null, or a date or duration behind `@`."""

    value: object


@dataclass(frozen=True, kw_only=True, slots=True)
class Unreadable(Node):
    """An at-literal whose text is no date, time or duration: null with a warning."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Name(Node):
    """A variable; `?` is the value under test in a unary test."""

    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Negation(Node):
    operand: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Arithmetic(Node):
    """`operator` is one of `+ - * / **`."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison(Node):
    """`operator` is one of `= != < <= > >=`."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Conjunction(Node):
    operands: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Disjunction(Node):
    operands: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Between(Node):
    operand: Node
    low: Node
    high: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class In(Node):
    operand: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class InstanceOf(Node):
    operand: Node
    type: Type


@dataclass(frozen=True, kw_only=True, slots=True)
class If(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Iterator(Node):
    """`name in source`; with `end`, `name in source..end`."""

    name: str
    source: Node
    end: Node | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class For(Node):
    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantified(Node):
    """`some` or, with `every`, all combinations must satisfy the condition."""

    every: bool
    iterators: tuple[Iterator, ...]
    condition: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Path(Node):
    source: Node
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter(Node):
    source: Node
    condition: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Call(Node):
    function: Node
    arguments: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedCall(Node):
    function: Node
    arguments: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FunctionDefinition(Node):
    """`body` is None for an external function, which we do not run."""

    parameters: tuple[tuple[str, Type | None], ...]
    body: Node | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ListLiteral(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ContextLiteral(Node):
    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RangeLiteral(Node):
    low: Node
    high: Node
    low_included: bool
    high_included: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OneSided(Node):
    """`< x`, `>= x`, `= x`, `!= x`: a test of its own, or in parentheses a range."""

    operator: str
    operand: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Tests(Node):
    """A whole unary-tests text; no `tests` means `-`, everything passes."""

    tests: tuple[Node, ...]
    negated: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Type(Node):
    """A type in `instance of` or of a parameter.

    `name` is the name as written; `list<…>` and `range<…>` have one item, `context<…>` has named
    entries, `function<…> -> …` has items for its parameters and a `result`.
    """

    name: str
    items: tuple[Type, ...] | None = None
    entries: tuple[tuple[str, Type], ...] | None = None
    result: Type | None = None
