"""`no-start`: a process or sub-process in which no token can begin."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.lint.start import levels
from engine.bpmn.model import Diagram

RULE = "no-start"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for place, zh, en, starts in levels(diagram):
        if not starts:
            yield error(
                RULE,
                place,
                f"{zh}没有开始事件。请添加一个。",
                f"The {en} has no start event. Add one.",
            )
