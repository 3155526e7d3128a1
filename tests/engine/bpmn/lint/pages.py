"""The wrong and the right diagram of each page in docs/lint."""

from __future__ import annotations

import re
from pathlib import Path

from engine.bpmn.lint import Surroundings

PAGES = Path(__file__).parents[4] / "docs" / "lint"

SURROUNDINGS = Surroundings(
    forms={"known_form"},
    decisions={"known_decision"},
    processes={"known_process"},
    job_types={"known.job"},
    steps={"known_step"},
)

_DEFINITIONS = (
    '<bpmn:definitions id="definitions" targetNamespace="t"'
    ' xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
    ' xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn">'
)


def names() -> list[str]:
    """The names of the rules that have a page."""
    return sorted(page.stem for page in PAGES.glob("*.md") if page.stem != "README")


def diagrams(rule: str) -> tuple[bytes, bytes]:
    """The wrong and the right diagram of a page."""
    text = (PAGES / f"{rule}.md").read_text(encoding="utf-8")
    wrong, right = re.findall(r"^## [错对].*?```bpmn\n(.*?)```", text, re.DOTALL | re.MULTILINE)
    return diagram(wrong), diagram(right)


def diagram(piece: str) -> bytes:
    """A whole file around a piece of a diagram."""
    if not piece.lstrip().startswith(("<bpmn:process", "<bpmn:collaboration")):
        piece = f'<bpmn:process id="process" isExecutable="true">\n{piece}\n</bpmn:process>'
    return f"{_DEFINITIONS}\n{piece}\n</bpmn:definitions>".encode()
