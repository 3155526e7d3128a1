"""Which elements of a diagram a person completes."""

from __future__ import annotations

from engine.bpmn.model import Diagram


def of_people(diagram: Diagram) -> frozenset[str]:
    """The ids of user tasks and of start events, whose form a person fills in as well."""
    return frozenset(
        element.id
        for process in diagram.processes.values()
        for element in process.elements.values()
        if element.kind in ("userTask", "startEvent")
    )
