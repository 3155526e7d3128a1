"""Rules that match one input together although the hit policy allows one answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from engine.dmn.checks.probes import Choice, Probe
from engine.dmn.finding import DmnFinding
from engine.dmn.model import HitPolicy, Rule


def overlaps(probe: Probe) -> Iterator[DmnFinding]:
    """An error for each two rules of a UNIQUE table that match one input, which is shown.

    For ANY a warning if the two say different things.
    """
    policy = probe.table.hit_policy
    if policy not in (HitPolicy.UNIQUE, HitPolicy.ANY):
        return
    for one, other in combinations(probe.table.rules, 2):
        if policy is HitPolicy.ANY and _says(one) == _says(other):
            continue
        witness = _witness(probe, one, other)
        if witness is not None:
            yield _finding(probe, one, other, witness)


def _witness(probe: Probe, one: Rule, other: Rule) -> str | None:
    both = (1 << (one.index - 1)) | (1 << (other.index - 1))
    shown: list[str] = []
    for dimension in probe.dimensions:
        choice = _first_with(both, dimension.choices)
        if choice is None:
            return None
        shown.append(dimension.shown(choice))
    return "，".join(shown)


def _first_with(rules: int, choices: tuple[Choice, ...]) -> Choice | None:
    return next((choice for choice in choices if choice.sure & rules == rules), None)


def _says(rule: Rule) -> tuple[str, ...]:
    return tuple(answer.source for answer in rule.outputs)


def _finding(probe: Probe, one: Rule, other: Rule, witness: str) -> DmnFinding:
    unique = probe.table.hit_policy is HitPolicy.UNIQUE
    numbers = f"{one.index}、{other.index}"
    return DmnFinding(
        level="error" if unique else "warning",
        check="overlap",
        place=other.place,
        rules=(one.index, other.index),
        zh=f"决策表「{probe.name}」第 {numbers} 行可以同时命中（{witness}），"
        + ("唯一命中的表会出错。" if unique else "结论却不同。"),
        en=f"Rules {one.index} and {other.index} of table '{probe.name}' can match together "
        f"({witness})"
        + ("; a UNIQUE table then fails." if unique else " but say different things."),
    )
