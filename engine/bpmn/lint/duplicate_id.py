"""`duplicate-id`: two things with one id, so that references mean both."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram

RULE = "duplicate-id"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for place in diagram.duplicate_ids:
        yield error(
            RULE,
            place,
            f"id「{place.element}」在文件中已经用过。请改成别的 id。",
            f"The id '{place.element}' is used before in this file. Choose another.",
        )
