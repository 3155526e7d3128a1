"""`not-same-person`: the property `notSamePersonAs` names a step that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Set

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint import steps
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram

RULE = "not-same-person"

PROPERTY = "notSamePersonAs"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    if surroundings.steps is None:
        return
    known = {*surroundings.steps, *steps.of_people(diagram)}
    processes = {*(surroundings.processes or ()), *diagram.processes}
    for process in diagram.processes.values():
        for element in process.elements.values():
            names = element.properties.get(PROPERTY, "").replace("，", ",").split(",")
            for name in filter(None, map(str.strip, names)):
                if not _is_known(name, known, processes):
                    yield error(
                        RULE,
                        element.place,
                        f"{words.zh(element)}的 {PROPERTY}「{name}」不是任何流程中由人办理的步骤。"
                        "请改正。",
                        f"{PROPERTY} of the {words.en(element)} names '{name}', which is no step of"
                        " a person in any process. Correct it.",
                    )


def _is_known(name: str, steps: Set[str], processes: Set[str]) -> bool:
    """A step of the case, or `process/step` of another procedure about the matter."""
    process, slash, step = name.rpartition("/")
    return step.strip() in steps and (not slash or process.strip() in processes)
