"""Rules that never answer."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.checks.probes import MAX_STEPS, Choice, Dimension, Probe
from engine.dmn.finding import DmnFinding
from engine.dmn.model import HitPolicy, Rule


def unreachable(probe: Probe) -> Iterator[DmnFinding]:
    """A warning for each rule no value can match, and in a FIRST table for each that stands
    behind rules that match all it could. A missing value counts as a value here, so a last row
    that catches it is not dead."""
    for rule in probe.table.rules:
        bit = 1 << (rule.index - 1)
        never = [dimension for dimension in probe.dimensions if not _can_match(bit, dimension)]
        if never:
            yield _contradiction(probe, rule, never[0])
        elif probe.table.hit_policy is HitPolicy.FIRST and _covered(probe, rule):
            yield _behind(probe, rule)


def _can_match(bit: int, dimension: Dimension) -> bool:
    values = _values(dimension)
    return not values or any(choice.may & bit for choice in values)


def _values(dimension: Dimension) -> list[Choice]:
    return [choice for choice in dimension.choices if choice.value is not None or choice.given]


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


def _contradiction(probe: Probe, rule: Rule, dimension: Dimension) -> DmnFinding:
    cells = " / ".join(rule.tests[column].source for column in dimension.columns)
    tried = dimension.shown(_values(dimension)[0])
    return _finding(
        probe,
        rule,
        f"条件不可能成立，没有一个值符合「{dimension.label}」的 {cells}（试过的如 {tried}）",
        f"its conditions can never be met: no value of '{dimension.label}' meets {cells} "
        f"(tried, for instance, {tried})",
    )


def _behind(probe: Probe, rule: Rule) -> DmnFinding:
    """The finding for a rule that others cover, with an input it matches and the one that wins."""
    bit = 1 << (rule.index - 1)
    earlier, witness = bit - 1, []
    for dimension in probe.dimensions:
        choice = next(choice for choice in dimension.choices if choice.may & bit)
        earlier &= choice.sure
        witness.append(dimension.shown(choice))
    first, example = (earlier & -earlier).bit_length(), "，".join(witness)
    return _finding(
        probe,
        rule,
        f"前面的行已经全部命中，例如 {example} 时第 {first} 行先命中",
        f"the rules before it match all it could, for instance rule {first} comes first at "
        f"{example}",
    )


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
