"""Rules that match one input together although the hit policy allows one answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from engine.dmn.checks.answers import answers_of, differ
from engine.dmn.checks.probes import Dimension, Probe, too_large
from engine.dmn.finding import DmnFinding
from engine.dmn.model import HitPolicy, Rule

MAX_SHOWN = 500
MAX_PAIRS = 2_000_000


def overlaps(probe: Probe) -> Iterator[DmnFinding]:
    """An error for each two rules of a UNIQUE table that match one input, which is shown.

    For ANY a warning if the two surely say different things. Past `MAX_SHOWN` of them, or
    `MAX_PAIRS` pairs, the rest is left out and said to be.
    """
    policy = probe.table.hit_policy
    if policy not in (HitPolicy.UNIQUE, HitPolicy.ANY):
        return
    rules = probe.table.rules
    choices = [_choices_by_rule(dimension, len(rules)) for dimension in probe.apart]
    said = [answers_of(rule) for rule in rules] if policy is HitPolicy.ANY else []
    shown = 0
    for number, (one, other) in enumerate(combinations(rules, 2)):
        if number == MAX_PAIRS or shown == MAX_SHOWN:
            yield too_large(probe.name, probe.table)
            return
        if policy is HitPolicy.ANY and not differ(said[one.index - 1], said[other.index - 1]):
            continue
        witness = _witness(probe, choices, one, other)
        if witness is not None:
            shown += 1
            yield _finding(probe, one, other, witness)


def _witness(probe: Probe, choices: list[list[int]], one: Rule, other: Rule) -> str | None:
    """An input both rules match, as a person reads it; None if none is known."""
    both = [of[one.index - 1] & of[other.index - 1] for of in choices]
    if not all(both):
        return None
    return "，".join(
        dimension.shown(dimension.choices[(bits & -bits).bit_length() - 1])
        for dimension, bits in zip(probe.apart, both, strict=True)
    )


def _choices_by_rule(dimension: Dimension, rules: int) -> list[int]:
    """For each rule the choices that can be and that it surely matches, as bits."""
    found = [0] * rules
    for position, choice in enumerate(dimension.choices):
        for rule in range(rules):
            found[rule] |= (choice.sure >> rule & choice.real) << position
    return found


def _finding(probe: Probe, one: Rule, other: Rule, witness: str) -> DmnFinding:
    unique = probe.table.hit_policy is HitPolicy.UNIQUE
    numbers = f"{one.index}、{other.index}"
    return DmnFinding(
        level="error" if unique else "warning",
        check="overlap",
        place=other.place,
        decision=probe.name,
        rules=(one.index, other.index),
        zh=f"决策表「{probe.name}」第 {numbers} 行可以同时命中（{witness}），"
        + ("唯一命中的表会出错。" if unique else "结论却不同。"),
        en=f"Rules {one.index} and {other.index} of table '{probe.name}' can match together "
        f"({witness})"
        + ("; a UNIQUE table then fails." if unique else " but say different things."),
    )
