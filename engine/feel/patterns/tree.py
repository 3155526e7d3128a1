"""What a pattern is made of; flags are already worked into it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from engine.feel.patterns.charset import CharSet


class Edge(Enum):
    """A place in the text. A line ends before a newline and begins behind one that is not the
    last character (XPath Functions and Operators 3.1, 5.6.1.1)."""

    START = "start"
    END = "end"
    LINE_START = "line start"
    LINE_END = "line end"


@dataclass(frozen=True, slots=True)
class Character:
    """One character of a set."""

    members: CharSet


@dataclass(frozen=True, slots=True)
class Border:
    """Nothing, at an edge."""

    edge: Edge


@dataclass(frozen=True, slots=True)
class Capture:
    """A group with its number, from 1."""

    body: Node
    number: int


@dataclass(frozen=True, slots=True)
class Reference:
    """What the group of this number caught; the empty text if it caught nothing."""

    number: int
    any_case: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several, the first that leads to a match."""

    branches: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """From `least` to `most` times (None: as often as it goes), rather more if `greedy`."""

    body: Node
    least: int
    most: int | None
    greedy: bool


Node = Character | Border | Capture | Reference | Sequence | Choice | Repeat


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole pattern: its root, how many groups it captures, whether it refers back to one."""

    root: Node
    groups: int
    refers_back: bool


def weight(node: Node) -> int:
    """How many bounds the sets of its characters have, each written once."""
    match node:
        case Character(members=members):
            return len(members.bounds)
        case Sequence(parts=parts):
            return sum(weight(part) for part in parts)
        case Choice(branches=branches):
            return sum(weight(branch) for branch in branches)
        case Capture(body=body) | Repeat(body=body):
            return weight(body)
    return 0


def size(node: Node) -> int:
    """How many single instructions the node comes to when its repetitions are written out."""
    match node:
        case Sequence(parts=parts):
            return sum(size(part) for part in parts)
        case Choice(branches=branches):
            return sum(size(branch) + 2 for branch in branches)
        case Capture(body=body):
            return size(body) + 2
        case Repeat(body=body, least=least, most=most):
            return (size(body) + 2) * max(1, least + 1 if most is None else most)
    return 1
