"""An upper bound of what a backtracking matcher does with a pattern.

Python's `re` tries one way after the other. How many ways lead through a node is counted here
from the tree: a repetition of n rounds can end after any of them, and what follows is tried each
time. If what follows cannot begin with what the repetition repeats, all ends but one fail at
their first character, and only one way leads on. Ways multiply along a sequence and add up in a
choice, unless the branches begin with different characters. No bound is given where a round of a
repetition can be empty, or has several ways, and the repetition has no end.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from engine.feel.patterns.charset import NOTHING, CharSet
from engine.feel.patterns.classes import NEWLINE, union
from engine.feel.patterns.program import begins_at_start, can_be_empty
from engine.feel.patterns.tree import (
    Border,
    Capture,
    Character,
    Choice,
    Edge,
    Node,
    Reference,
    Repeat,
    Sequence,
    Tree,
)


@dataclass(frozen=True, slots=True)
class _Next:
    """What follows a node: the characters it can begin with, and how many tests tell."""

    first: CharSet
    tests: int


@dataclass(frozen=True, slots=True)
class _Cost:
    """Ways through a node that go on, and steps inside it, both upper bounds."""

    ways: float
    steps: float


_LAST = _Next(NOTHING, 1)


def most_steps(tree: Tree, length: int) -> float:
    """How many steps a search through a text of `length` characters takes at most.

    The searches for one match after the other, through the whole text, take no more than twice
    as many. Infinite if there is no bound.
    """
    if tree.refers_back:
        return inf
    cost = _cost(tree.root, _LAST, length)
    starts = 1 if begins_at_start(tree.root) else length + 1
    return length + starts * (cost.steps + 1)


def _before(node: Node, following: _Next) -> _Next:
    """What follows a place in front of `node`, with `following` behind the node."""
    match node:
        case Character(members=members):
            return _Next(members, 1)
        case Border(edge=edge):
            if edge is Edge.END:
                return _Next(NOTHING, 1)
            if edge is Edge.LINE_END:
                return _Next(NEWLINE, 1)
            return _Next(following.first, following.tests + 1)
        case Sequence(parts=parts):
            solid = next((i for i, part in enumerate(parts, 1) if not can_be_empty(part)), None)
            for part in reversed(parts[:solid]):
                following = _before(part, following)
            return following
        case Choice(branches=branches):
            each = [_before(branch, following) for branch in branches]
            return _Next(union([e.first for e in each]), sum(e.tests + 1 for e in each))
        case Capture(body=body):
            return _before(body, following)
        case Repeat(body=body, least=least):
            inside = _before(body, following)
            if least:
                return inside
            return _Next(inside.first | following.first, inside.tests + following.tests + 1)
        case Reference():
            return following


def _cost(node: Node, following: _Next, length: int) -> _Cost:
    match node:
        case Sequence(parts=parts):
            return _sequence(parts, following, length)
        case Choice(branches=branches):
            return _choice(branches, following, length)
        case Capture(body=body):
            return _cost(body, following, length)
        case Repeat():
            return _repeat(node, following, length)
    return _Cost(1, 1)


def _sequence(parts: tuple[Node, ...], following: _Next, length: int) -> _Cost:
    behind = [following]
    for part in reversed(parts[1:]):
        behind.append(_before(part, behind[-1]))
    ways, steps = 1.0, 1.0
    for part, after in zip(parts, reversed(behind), strict=False):
        cost = _cost(part, after, length)
        steps += ways * cost.steps
        ways *= cost.ways
    return _Cost(ways, steps)


def _choice(branches: tuple[Node, ...], following: _Next, length: int) -> _Cost:
    costs = [_cost(branch, following, length) for branch in branches]
    begins = [_before(branch, following).first for branch in branches]
    seen = NOTHING
    apart = True
    for begin in begins:
        apart = apart and not seen.meets(begin)
        seen = seen | begin
    if sum(can_be_empty(branch) for branch in branches) > 1:
        apart = False
    every = [cost.ways for cost in costs]
    return _Cost(max(every) if apart else sum(every), sum(cost.steps + 1 for cost in costs))


def _repeat(node: Repeat, following: _Next, length: int) -> _Cost:
    if can_be_empty(node.body):
        return _Cost(inf, inf)
    body = _before(node.body, following)
    round_again = _Next(body.first | following.first, body.tests + following.tests)
    one = _cost(node.body, round_again, length)
    most = length if node.most is None else min(node.most, length)
    ends = max(most - node.least, 0) + 1
    apart = not body.first.meets(following.first)
    if one.ways == 1:
        steps = (most + 1) * one.steps + ends * following.tests
        return _Cost(1 if apart else ends, steps)
    if node.most is None:
        return _Cost(inf, inf)
    ways = min(one.ways ** min(most + 1, 64), 1e300) if one.ways < 1e4 else inf
    return _Cost(ways, ways * (one.steps + following.tests))
