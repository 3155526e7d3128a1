"""Rules with the same conditions."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.checks.probes import Probe
from engine.dmn.finding import DmnFinding
from engine.dmn.model import Rule
from engine.dmn.rule_index import EMPTY_CELLS


def duplicates(probe: Probe) -> Iterator[DmnFinding]:
    """A warning for each rule whose conditions and outputs an earlier rule has word for word.

    For a list (COLLECT and its kin) that may be meant, so only tables that give one answer are
    looked at.
    """
    if probe.table.hit_policy.gives_list or probe.table.aggregation is not None:
        return
    first: dict[tuple[str, ...], Rule] = {}
    for rule in probe.table.rules:
        conditions = tuple(_plain(test.source) for test in rule.tests)
        said = (*conditions, *(_plain(answer.source) for answer in rule.outputs))
        earlier = first.setdefault(said, rule)
        if earlier is not rule:
            yield DmnFinding(
                level="warning",
                check="duplicate",
                place=rule.place,
                rules=(earlier.index, rule.index),
                decision=probe.name,
                zh=f"决策表「{probe.name}」第 {rule.index} 行与第 {earlier.index} 行一字不差，"
                "请删去一行。",
                en=f"Rule {rule.index} of table '{probe.name}' says word for word what rule "
                f"{earlier.index} says. Remove one of them.",
            )


def _plain(text: str) -> str:
    """A cell without differences that mean nothing."""
    words = " ".join(text.split())
    return "-" if words in EMPTY_CELLS else words
