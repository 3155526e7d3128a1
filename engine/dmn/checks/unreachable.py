"""Rules that never answer."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.checks.probes import MAX_STEPS, Dimension, Probe
from engine.dmn.finding import DmnFinding
from engine.dmn.model import HitPolicy, Rule


def unreachable(probe: Probe) -> Iterator[DmnFinding]:
    """A warning for each rule no value can match, and in a FIRST table for each that stands
    behind rules that match all it could. A missing value counts as a value here, so a last row
    that catches it is not dead."""
    for rule in probe.table.rules:
        bit = 1 << (rule.index - 1)
        if not all(_can_match(bit, dimension) for dimension in probe.dimensions):
            yield _finding(probe, rule, "条件不可能成立", "its conditions can never be met")
        elif probe.table.hit_policy is HitPolicy.FIRST and _covered(probe, rule):
            yield _finding(
                probe, rule, "前面的行已经全部命中", "the rules before it match all it could"
            )


def _can_match(bit: int, dimension: Dimension) -> bool:
    values = [choice for choice in dimension.choices if choice.value is not None or choice.given]
    return not values or any(choice.may & bit for choice in values)


def _covered(probe: Probe, rule: Rule) -> bool:
    """Whether the rules before `rule` match all it could; False if that is too much to try."""
    bit = 1 << (rule.index - 1)
    pending = [(0, bit - 1)]
    for _ in range(MAX_STEPS):
        if not pending:
            return True
        depth, earlier = pending.pop()
        if not earlier:
            return False
        if depth < len(probe.dimensions):
            choices = probe.dimensions[depth].choices
            pending += [(depth + 1, earlier & c.sure) for c in choices if c.may & bit]
    return False


def _finding(probe: Probe, rule: Rule, zh: str, en: str) -> DmnFinding:
    return DmnFinding(
        level="warning",
        check="unreachable",
        place=rule.place,
        decision=probe.name,
        rules=(rule.index,),
        zh=f"决策表「{probe.name}」第 {rule.index} 行永远用不上：{zh}。",
        en=f"Rule {rule.index} of table '{probe.name}' never answers: {en}.",
    )
