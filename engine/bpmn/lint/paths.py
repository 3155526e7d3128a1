"""Where a token can go: flows, boundary events, sub-processes and links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from engine.bpmn.model import Element, Process


class Ways:
    """`next` maps each element to those a token may reach in one step; `reached` is all of them.

    A token that reaches an activity may reach its boundary events and the start events in it; one
    that reaches a link throw event reaches the catch event of the same name on the same level.
    """

    def __init__(self, process: Process) -> None:
        self.next: dict[str, list[str]] = defaultdict(list)
        for before, after in _steps(process):
            self.next[before].append(after)
        self.reached = self.from_these(_begins(process))

    def from_these(self, ids: Iterable[str]) -> set[str]:
        """The elements `ids` and all that can be reached from them."""
        waiting = list(ids)
        reached = set(waiting)
        while waiting:
            for after in self.next[waiting.pop()]:
                if after not in reached:
                    reached.add(after)
                    waiting.append(after)
        return reached


def _begins(process: Process) -> Iterator[str]:
    for element in process.children_of(process.id):
        if element.kind == "startEvent" or element.triggered_by_event:
            yield element.id


def _steps(process: Process) -> Iterator[tuple[str, str]]:
    for flow in process.flows.values():
        yield flow.source_id, flow.target_id
    catches = _link_catches(process)
    for element in process.elements.values():
        if element.attached_to is not None:
            yield element.attached_to, element.id
        if element.kind == "startEvent" or element.triggered_by_event:
            yield element.parent_id, element.id
        if element.kind == "adHocSubProcess":
            yield from ((element.id, child.id) for child in process.children_of(element.id))
        if _is_link(element, "intermediateThrowEvent") and element.event is not None:
            for catch in catches[element.parent_id, element.event.name]:
                yield element.id, catch


def _link_catches(process: Process) -> defaultdict[tuple[str, str], list[str]]:
    catches: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for element in process.elements.values():
        if _is_link(element, "intermediateCatchEvent") and element.event is not None:
            catches[element.parent_id, element.event.name].append(element.id)
    return catches


def _is_link(element: Element, kind: str) -> bool:
    return element.kind == kind and element.event is not None and element.event.kind == "link"
