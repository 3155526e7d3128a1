"""The hit policies: which of the rules that match answer, and in which order.

Each is a function from the matches of a table, in rule order, to the matches that count. A match
carries the values of its outputs in column order; `Ranks` order them by the lists of output values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial, reduce

from engine.dmn.model import Aggregation, HitPolicy, Rule
from engine.feel import Fault, YearMonthDuration
from engine.feel.arithmetic import calculate
from engine.feel.ordering import compare
from engine.feel.values import equal
from engine.feel.wide import WideDuration


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A rule that matched, its outputs evaluated, in column order."""

    rule: Rule
    outputs: tuple[object, ...]


class Overlap(Exception):
    """Several rules match where one may."""

    def __init__(self, matches: Sequence[Match]) -> None:
        super().__init__([match.rule.index for match in matches])
        self.matches = tuple(matches)


class Disagreement(Overlap):
    """Several rules match and say different things where they must agree."""


Ranks = Sequence[Sequence[object]]
"""For each output column its allowed values, the most important first."""

Choose = Callable[[Sequence[Match], Ranks], Sequence[Match]]


def unique(matches: Sequence[Match], ranks: Ranks) -> Sequence[Match]:
    """The only match. Raises `Overlap` if there are several."""
    if len(matches) > 1:
        raise Overlap(matches)
    return matches


def first(matches: Sequence[Match], ranks: Ranks) -> Sequence[Match]:
    """The topmost match."""
    return matches[:1]


def any_agreeing(matches: Sequence[Match], ranks: Ranks) -> Sequence[Match]:
    """All matches, which must have the same outputs. Raises `Disagreement`."""
    if any(not _same(match.outputs, matches[0].outputs) for match in matches):
        raise Disagreement(matches)
    return matches


def priority(matches: Sequence[Match], ranks: Ranks) -> Sequence[Match]:
    """The match whose outputs stand first in the lists of output values."""
    return output_order(matches, ranks)[:1]


def output_order(matches: Sequence[Match], ranks: Ranks) -> Sequence[Match]:
    """All matches, by the order of the lists of output values, then by rule."""
    return sorted(matches, key=lambda match: rank(match, ranks))


def rule_order(matches: Sequence[Match], ranks: Ranks) -> Sequence[Match]:
    """All matches, by rule. COLLECT is the same: its order is free."""
    return matches


HIT_POLICIES: dict[HitPolicy, Choose] = {
    HitPolicy.UNIQUE: unique,
    HitPolicy.FIRST: first,
    HitPolicy.ANY: any_agreeing,
    HitPolicy.PRIORITY: priority,
    HitPolicy.OUTPUT_ORDER: output_order,
    HitPolicy.RULE_ORDER: rule_order,
    HitPolicy.COLLECT: rule_order,
}


def count(values: Sequence[object]) -> object:
    """How many rules matched."""
    return Decimal(len(values))


def total(values: Sequence[object]) -> object:
    """Their sum; null if there is none, or if they are not all numbers or durations of one kind.

    Null also if the sum is beyond all numbers.
    """
    if not values or type(values[0]) not in _ADDED:
        return None
    try:
        return reduce(partial(calculate, "+"), values)
    except Fault:
        return None


def smallest(values: Sequence[object]) -> object:
    """The least of numbers, strings, days or durations; null if they cannot be compared."""
    return _extreme(values, -1)


def largest(values: Sequence[object]) -> object:
    """The greatest of numbers, strings, days or durations; null if they cannot be compared."""
    return _extreme(values, 1)


AGGREGATIONS: dict[Aggregation, Callable[[Sequence[object]], object]] = {
    Aggregation.SUM: total,
    Aggregation.MIN: smallest,
    Aggregation.MAX: largest,
    Aggregation.COUNT: count,
}


_ADDED = frozenset([Decimal, timedelta, YearMonthDuration, WideDuration])


def _extreme(values: Sequence[object], sign: int) -> object:
    """The value that no other exceeds in the direction of `sign`, the first of equal ones."""
    if not values:
        return None
    best = values[0]
    try:
        for value in values:
            if compare(value, best) * sign > 0:
                best = value
    except Fault:
        return None
    return best


def _same(left: Sequence[object], right: Sequence[object]) -> bool:
    return all(equal(one, other) is True for one, other in zip(left, right, strict=True))


def rank(match: Match, ranks: Ranks) -> tuple[int, ...]:
    """Where the outputs of a match stand in the lists of output values, 0 the most important."""
    return tuple(
        next((place for place, value in enumerate(order) if equal(value, output)), len(order))
        for output, order in zip(match.outputs, ranks, strict=True)
    )
