"""`no-start` and `several-starts` share how the levels of a process are counted."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.model import Diagram, Element, Process
from engine.place import Place


def levels(diagram: Diagram) -> Iterator[tuple[Place, str, str, tuple[Element, ...]]]:
    """Each process and sub-process: its place, its name in both languages, its start events.

    Ad-hoc sub-processes are left out: they are refused anyway.
    """
    for process in diagram.processes.values():
        name = process.name or process.id
        yield process.place, f"流程「{name}」", f"process '{name}'", _starts(process, process.id)
        for element in process.elements.values():
            if element.kind in ("subProcess", "transaction"):
                name = element.name or element.id
                yield (
                    element.place,
                    f"子流程「{name}」",
                    f"sub-process '{name}'",
                    _starts(process, element.id),
                )


def _starts(process: Process, parent_id: str) -> tuple[Element, ...]:
    return tuple(e for e in process.children_of(parent_id) if e.kind == "startEvent")


def is_none_start(element: Element) -> bool:
    """Whether the event begins the process without waiting for anything."""
    return element.event is None or element.event.kind == "none"
