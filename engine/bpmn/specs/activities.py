"""Tasks and call activities: the host does them, at once or later."""

from __future__ import annotations

from engine.bpmn.model import Element
from engine.bpmn.specs.base import FIRED, SPENT, LiveTask, ProcessSpec, TokenSpec, happens_once


class ActivitySpec(TokenSpec):
    """A task of any kind, or a call activity (the called process is an instance of its own)."""

    finishable = True

    def begin(self, task: LiveTask) -> bool:
        return task.host.execute(task.token)


class ReceiveSpec(ActivitySpec):
    """A receive task: waits for its message; behind an event-based gateway it already has it."""

    def _own_events(self) -> tuple[Element, ...]:
        return (self.element,)

    def begin(self, task: LiveTask) -> bool:
        return bool(task.internal_data.pop(FIRED, False)) or super().begin(task)

    def happened(self, task: LiveTask, event_id: str) -> None:
        if event_id == self.element.id:
            task.complete()
        else:
            super().happened(task, event_id)


class BoundarySpec(TokenSpec):
    """A boundary event. It is no task while it waits; when it happens, a token starts here."""

    def __init__(self, process_spec: ProcessSpec, name: str, element: Element) -> None:
        super().__init__(process_spec, name, element)
        self.catches = element.event

    def caught(self, holder: LiveTask) -> None:
        holder.workflow.place(self, holder.parent)
        if self.element.interrupting:
            holder.cancel()
        else:
            spend(holder, self.element)


def spend(holder: LiveTask, event: Element) -> None:
    """A non-interrupting event happened: if it happens once only, it waits no longer."""
    if happens_once(event):
        holder.internal_data.setdefault(SPENT, []).append(event.id)
        holder.host.disarmed(holder.token, event)
