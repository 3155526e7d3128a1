"""`several-starts`: more than one start event of its kind: nobody knows where a token begins."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.lint.start import is_none_start, levels
from engine.bpmn.model import Diagram

RULE = "several-starts"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for place, zh, en, starts in levels(diagram):
        is_process = place.element in diagram.processes
        competing = [s for s in starts if not is_process or is_none_start(s)]
        for start in competing[1:]:
            yield error(
                RULE,
                start.place,
                f"{zh}已从「{competing[0].id}」开始，不能再有第二个开始事件。请合并。",
                f"The {en} already begins at '{competing[0].id}'; a second start event is"
                " ambiguous. Merge them.",
            )
