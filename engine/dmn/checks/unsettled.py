"""What the checks could not find out about a table."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.checks.probes import Probe
from engine.dmn.finding import DmnFinding


def unsettled(probe: Probe) -> Iterator[DmnFinding]:
    """A note for a table with columns of which not every overlap, gap and dead rule can be told.

    They have cells that look at more than the value, or several of them ask about one variable.
    Tables that may give several answers are not examined for it, so nothing is said of them.
    """
    table = probe.table
    labels = probe.unsettled
    if not labels or table.hit_policy.gives_list or table.aggregation is not None:
        return
    if len(table.rules) > 1:
        zh, en = "」「".join(labels), "', '".join(labels)
        yield DmnFinding(
            level="note",
            check="unsettled",
            place=table.place,
            decision=probe.name,
            column="、".join(labels),
            zh=f"决策表「{probe.name}」的「{zh}」取决于其他变量、函数或别的列，"
            "涉及这些列的重叠、遗漏和用不上的行没有全部查到。",
            en=f"In table '{probe.name}', what '{en}' gives depends on other variables, "
            "functions or columns; not every overlap, gap and dead rule about it was looked for.",
        )
