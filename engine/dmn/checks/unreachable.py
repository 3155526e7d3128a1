"""Rules that never answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.dmn.checks.answers import answers_of
from engine.dmn.checks.probes import MAX_STEPS, Choice, Dimension, Probe
from engine.dmn.finding import DmnFinding
from engine.dmn.hit_policies import Match, Ranks, rank
from engine.dmn.model import HitPolicy, Rule
from engine.dmn.table import ranks_of


def unreachable(probe: Probe) -> Iterator[DmnFinding]:
    """A warning for each rule that never answers.

    It does not if no value can match it; in a FIRST table if the rules before it match all it
    could, in a PRIORITY table if the rules whose outputs stand higher do. A missing value counts
    as a value here, so a last row that catches it is not dead.
    """
    winners = _winners(probe)
    for rule in probe.table.rules:
        bit = 1 << (rule.index - 1)
        never = [dimension for dimension in probe.dimensions if not _can_match(bit, dimension)]
        if never:
            yield _contradiction(probe, rule, never[0])
            continue
        ahead = winners[rule.index - 1]
        if ahead and _covered(probe, bit, ahead):
            yield _behind(probe, rule, bit, ahead)


def _winners(probe: Probe) -> list[int]:
    """For each rule those that answer instead of it where both match, as bits."""
    rules = probe.table.rules
    if probe.table.hit_policy is HitPolicy.FIRST:
        return [(1 << number) - 1 for number in range(len(rules))]
    if probe.table.hit_policy is HitPolicy.PRIORITY:
        return _of_higher_priority(rules, ranks_of(probe.table, probe.definitions))
    return [0] * len(rules)


def _of_higher_priority(rules: Sequence[Rule], ranks: Ranks) -> list[int]:
    """For each rule those that stand higher; none for rules whose outputs are no constants."""
    known = [
        (rank(Match(rule=rule, outputs=said), ranks), rule.index)
        for rule in rules
        if (said := answers_of(rule)) is not None
    ]
    winners, ahead = [0] * len(rules), 0
    for _, index in sorted(known):
        winners[index - 1] = ahead
        ahead |= 1 << (index - 1)
    return winners


def _can_match(bit: int, dimension: Dimension) -> bool:
    return any(choice.ever & bit for choice in dimension.choices)


def _covered(probe: Probe, bit: int, ahead: int) -> bool:
    """Whether the rules `ahead` match all the rule could; False if that is too much to try."""
    pending = [(0, ahead)]
    for _ in range(MAX_STEPS):
        if not pending:
            return True
        depth, left = pending.pop()
        if not left:
            return False
        if depth < len(probe.dimensions):
            choices = probe.dimensions[depth].choices
            pending += [(depth + 1, left & c.always) for c in choices if c.ever & bit]
    return False


def _contradiction(probe: Probe, rule: Rule, dimension: Dimension) -> DmnFinding:
    cells = " / ".join(rule.tests[column].source for column in dimension.columns)
    tried = dimension.shown(dimension.given[0])
    return _finding(
        probe,
        rule,
        f"条件不可能成立，没有一个值符合「{dimension.label}」的 {cells}（试过的如 {tried}）",
        f"its conditions can never be met: no value of '{dimension.label}' meets {cells} "
        f"(tried, for instance, {tried})",
    )


def _behind(probe: Probe, rule: Rule, bit: int, ahead: int) -> DmnFinding:
    """The finding for a rule that others cover, with an input it matches and the one that wins."""
    witness = []
    for dimension in probe.dimensions:
        choice = _example(dimension, bit)
        ahead &= choice.always
        witness.append(dimension.shown(choice))
    winner, example = (ahead & -ahead).bit_length(), "，".join(witness)
    if probe.table.hit_policy is HitPolicy.FIRST:
        return _finding(
            probe,
            rule,
            f"前面的行已经全部命中，例如 {example} 时第 {winner} 行先命中",
            f"the rules before it match all it could, for instance rule {winner} comes first at "
            f"{example}",
        )
    return _finding(
        probe,
        rule,
        f"优先级更高的行已经全部命中，例如 {example} 时以第 {winner} 行为准",
        f"rules of higher priority match all it could, for instance rule {winner} wins at "
        f"{example}",
    )


def _example(dimension: Dimension, bit: int) -> Choice:
    """A value the rule matches, if possible one that can be."""
    matching = [choice for choice in dimension.choices if choice.ever & bit]
    return next((choice for choice in matching if choice.may & bit), matching[0])


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
