"""Draws processes for tests without XML."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from engine.bpmn.model import Binding, Element, EventDefinition, Loop, Process, SequenceFlow
from engine.place import Place

_KINDS = {
    "start": "startEvent",
    "end": "endEvent",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "events": "eventBasedGateway",
    "script": "scriptTask",
    "job": "serviceTask",
    "receive": "receiveTask",
    "call": "callActivity",
    "sub": "subProcess",
}


def kind_of(element_id: str) -> str:
    """The kind that the beginning of an id says ("xor_1"), a user task otherwise."""
    return _KINDS.get(element_id.split("_")[0], "userTask")


def event(
    kind: str, *, code: str = "", name: str = "", timer: str | None = None
) -> EventDefinition:
    return EventDefinition(
        kind=kind,  # type: ignore[arg-type]
        code=Binding(text=code) if code else None,
        name=name,
        timer_kind=(timer or "timeDuration") if kind == "timer" else None,  # type: ignore[arg-type]
        timer=Binding(text="PT1H") if kind == "timer" else None,
    )


class Drawing:
    """A process under the pen; `line` draws elements on first mention."""

    def __init__(self, process_id: str = "p") -> None:
        self.id = process_id
        self.elements: dict[str, Element] = {}
        self.flows: dict[str, SequenceFlow] = {}

    def add(self, element_id: str, kind: str | None = None, *, inside: str = "", **more) -> Drawing:
        place = Place(file="test.bpmn", element=element_id)
        self.elements[element_id] = Element(
            id=element_id, kind=kind or kind_of(element_id), name="", place=place,
            parent_id=inside or self.id, **more,
        )  # fmt: skip
        return self

    def boundary(
        self, element_id: str, of: str, definition: EventDefinition, *, interrupting: bool = True
    ) -> Drawing:
        return self.add(
            element_id, "boundaryEvent", inside=self._scope_of(of), attached_to=of,
            event=definition, interrupting=interrupting,
        )  # fmt: skip

    def each(self, element_id: str, *, sequential: bool = False, until: bool = False) -> Drawing:
        """Make an activity a multi-instance."""
        loop = Loop(
            sequential=sequential,
            input_collection=Binding(text="=items"),
            completion_condition=Binding(text="=enough") if until else None,
        )
        self.elements[element_id] = replace(self.elements[element_id], loop=loop)
        return self

    def line(self, *ids: str, inside: str = "", when: str | None = None) -> Drawing:
        """Draw flows from one to the next; `when` is the condition of the first."""
        for element_id in ids:
            if element_id not in self.elements:
                self.add(element_id, inside=inside)
        for source, target in pairwise(ids):
            self.flow(source, target, when=when)
            when = None
        return self

    def flow(
        self, source: str, target: str, *, when: str | None = None, default: bool = False
    ) -> Drawing:
        flow_id = f"{source}-{target}"
        while flow_id in self.flows:
            flow_id += "'"
        self.flows[flow_id] = SequenceFlow(
            id=flow_id, name="", source_id=source, target_id=target,
            condition=Binding(text=f"={when}") if when else None,
            place=Place(file="test.bpmn", element=flow_id),
        )  # fmt: skip
        begin, end = self.elements[source], self.elements[target]
        self.elements[source] = replace(
            begin, outgoing=(*begin.outgoing, flow_id),
            default_flow=flow_id if default else begin.default_flow,
        )  # fmt: skip
        end = self.elements[target]
        self.elements[target] = replace(end, incoming=(*end.incoming, flow_id))
        return self

    def process(self) -> Process:
        return Process(
            id=self.id, name="", executable=True, place=Place(file="test.bpmn", element=self.id),
            elements=dict(self.elements), flows=dict(self.flows),
        )  # fmt: skip

    def _scope_of(self, element_id: str) -> str:
        return self.elements[element_id].parent_id
