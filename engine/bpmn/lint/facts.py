"""What every rule gets and gives: the surroundings of a diagram and how a finding is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from engine.bpmn.findings import Finding, Level
from engine.bpmn.model import Diagram, Process
from engine.place import Place

LEGAL = "legal"
"""The property of a process whose periods and wording the law prescribes: `legal` = `true`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What is deployed beside a diagram: ids and names. None means not known, hence not checked.

    `steps` are ids of user tasks and start events of any deployed process (a rule may speak of
    steps of the same case in another process). `functions` are names of FEEL functions beyond
    the built-in ones.
    """

    forms: AbstractSet[str] | None = None
    decisions: AbstractSet[str] | None = None
    processes: AbstractSet[str] | None = None
    job_types: AbstractSet[str] | None = None
    steps: AbstractSet[str] | None = None
    functions: AbstractSet[str] = frozenset()


Check = Callable[[Diagram, Surroundings], Iterator[Finding]]
"""A rule: everything it finds in a diagram, in document order where that has a meaning."""


def finding(level: Level, rule: str, place: Place, zh: str, en: str) -> Finding:
    return Finding(level=level, rule=rule, place=place, zh=zh, en=en)


def error(rule: str, place: Place, zh: str, en: str) -> Finding:
    """A finding that forbids to deploy the diagram."""
    return finding("error", rule, place, zh, en)


def warning(rule: str, place: Place, zh: str, en: str) -> Finding:
    """A finding the author should look at; the diagram can be deployed."""
    return finding("warning", rule, place, zh, en)


def is_legal(process: Process) -> bool:
    """Whether the law prescribes the periods of this process, by its property `legal`."""
    return process.properties.get(LEGAL, "").strip().lower() == "true"
