"""All rules, and the one question: what is wrong with this diagram?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from engine.bpmn.compilable import require_compilable
from engine.bpmn.errors import CompileRefused
from engine.bpmn.findings import Finding
from engine.bpmn.lint import (
    boundary_event,
    crossing_flows,
    duplicate_id,
    endless_loop,
    event_gateway,
    event_reference,
    expression,
    flow_to_nowhere,
    gateway_without_way,
    ignored_condition,
    io_mapping,
    job_type,
    label_overlaps,
    link_event,
    literal_deadline,
    message,
    missing_called_process,
    missing_decision,
    missing_form,
    multi_instance,
    no_end,
    no_process,
    no_start,
    not_drawn,
    not_same_person,
    overlapping_shapes,
    script,
    several_starts,
    timer,
    unknown_extension,
    unreachable,
    unsupported_element,
    wording,
)
from engine.bpmn.lint.facts import Check, Surroundings, error
from engine.bpmn.model import Diagram
from engine.bpmn.reader import REPEATED_PROPERTY, UNKNOWN_REFERENCE
from engine.bpmn.safe_xml import RULE as XML

_MODULES = (
    no_process,
    duplicate_id,
    unsupported_element,
    no_start,
    several_starts,
    no_end,
    flow_to_nowhere,
    unreachable,
    gateway_without_way,
    event_gateway,
    ignored_condition,
    boundary_event,
    link_event,
    message,
    event_reference,
    timer,
    literal_deadline,
    expression,
    missing_form,
    missing_decision,
    missing_called_process,
    job_type,
    script,
    io_mapping,
    multi_instance,
    not_same_person,
    endless_loop,
    unknown_extension,
    wording,
    not_drawn,
    crossing_flows,
    overlapping_shapes,
    label_overlaps,
)

RULES: Mapping[str, Check] = MappingProxyType({module.RULE: module.check for module in _MODULES})
"""Every rule that looks at a read diagram, by its name."""

READING_RULES = (XML, UNKNOWN_REFERENCE, REPEATED_PROPERTY)
"""Names of findings made while the file is read."""


def lint(diagram: Diagram, surroundings: Surroundings | None = None) -> list[Finding]:
    """Everything wrong with a diagram, all at once, by line.

    A diagram without an error in this list compiles: what no rule explains and the compiler
    refuses all the same is reported as `unsupported-element`.
    """
    around = surroundings or Surroundings()
    found = [*getattr(diagram, "faults", ())]
    for check in RULES.values():
        found.extend(check(diagram, around))
    if not any(finding.level == "error" for finding in found):
        found.extend(_refused(diagram))
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda finding: (finding.place.line or 0, finding.level))


def _refused(diagram: Diagram) -> Iterator[Finding]:
    for process in diagram.processes.values():
        try:
            require_compilable(process)
        except CompileRefused as refusal:
            yield error(
                unsupported_element.RULE,
                refusal.place or process.place,
                refusal.message("zh"),
                refusal.message("en"),
            )
