"""Inputs no rule matches."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.checks.probes import MAX_STEPS, Probe, TooLarge, too_large
from engine.dmn.finding import DmnFinding
from engine.dmn.model import HitPolicy

MAX_SHOWN = 5


def gaps(probe: Probe) -> Iterator[DmnFinding]:
    """A warning for each kind of input without an answer, at most five.

    Looked at are listed values, booleans, and ranges of numbers and days; an open list of texts
    can never be complete. Lists (COLLECT and its kin) and tables with a default output have none.
    """
    table = probe.table
    if table.hit_policy.gives_list or table.hit_policy is HitPolicy.COLLECT or not table.rules:
        return
    if any(output.default for output in table.outputs):
        return
    try:
        for number, witness in enumerate(_search(probe), start=1):
            yield _finding(probe, "，".join(witness) or "*")
            if number == MAX_SHOWN:
                return
    except TooLarge:
        yield too_large(probe.name, table)


def _search(probe: Probe) -> Iterator[list[str]]:
    always = _always_from(probe)
    steps = 0

    def below(depth: int, rules: int, path: list[str]) -> Iterator[list[str]]:
        nonlocal steps
        steps += 1
        if steps > MAX_STEPS:
            raise TooLarge
        if not rules:
            yield path
        elif not rules & always[depth]:
            dimension = probe.apart[depth]
            for choice in dimension.given:
                step = dimension.shown(choice)
                yield from below(depth + 1, rules & choice.may, [*path, step])

    yield from below(0, probe.all_rules, [])


def _always_from(probe: Probe) -> list[int]:
    """For each depth the rules that match whatever comes in the dimensions from there on."""
    always = [probe.all_rules]
    for dimension in reversed(probe.apart):
        rules = always[-1]
        for choice in dimension.given:
            rules &= choice.may
        always.append(rules)
    return always[::-1]


def _finding(probe: Probe, witness: str) -> DmnFinding:
    return DmnFinding(
        level="warning",
        check="gap",
        place=probe.table.place,
        decision=probe.name,
        zh=f"决策表「{probe.name}」没有一行符合：{witness}。",
        en=f"No rule of table '{probe.name}' matches: {witness}.",
    )
