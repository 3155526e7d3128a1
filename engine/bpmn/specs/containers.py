"""The process itself and embedded sub-processes: scopes that hold tokens."""

from __future__ import annotations

from collections.abc import Sequence

from SpiffWorkflow.util.task import TaskState

from engine.bpmn.model import Element
from engine.bpmn.specs.activities import spend
from engine.bpmn.specs.base import LiveTask, ProcessSpec, TokenSpec, waits_outside


class ScopeSpec(TokenSpec):
    """A scope: it is over when the last token inside is gone."""

    is_scope = True
    starts: Sequence[TokenSpec] = ()
    listeners: Sequence[TokenSpec] = ()

    def start_called(self, event_id: str | None) -> TokenSpec | None:
        """The start event with this id; without an id the only none start event."""
        found = [
            spec
            for spec in self.starts
            if spec.element.id == event_id or (event_id is None and _starts_by_itself(spec.element))
        ]
        return found[0] if len(found) == 1 else None

    def open(self, task: LiveTask, start: TokenSpec) -> None:
        """Put the first token inside, and what waits for its event sub-processes."""
        for listener in self.listeners:
            task.workflow.place(listener, task)
        task.workflow.place(start, task)

    def child_ended(self, scope: LiveTask, child: LiveTask) -> None:
        inside = scope.children
        if all(task.task_spec.is_listener for task in inside):
            for listener in inside:
                listener.cancel()
            scope.complete()


class RootSpec(ScopeSpec):
    """The process; its task is the root of the tree and no token."""

    def _on_complete(self, my_task: LiveTask) -> None:
        """Nothing follows the end of the process."""


class SubProcessSpec(ScopeSpec):
    """An embedded sub-process, or an event sub-process once its event has happened."""

    def begin(self, task: LiveTask) -> bool:
        self.open(task, self.starts[0])
        return False


class ListenerSpec(TokenSpec):
    """An event sub-process that waits for its start event.

    Its task is no token: it does not keep the scope alive, and is neither entered nor left.
    """

    is_listener = True

    def __init__(
        self, process_spec: ProcessSpec, name: str, element: Element, start: Element
    ) -> None:
        super().__init__(process_spec, name, element)
        self.start = start
        self.catches = start.event
        if waits_outside(start):
            self.armable = (start,)

    def _update_hook(self, my_task: LiveTask) -> bool:
        my_task._set_state(TaskState.WAITING)
        self.arm(my_task)
        return False

    def happened(self, task: LiveTask, event_id: str) -> None:
        self.caught(task)

    def caught(self, holder: LiveTask) -> None:
        scope = holder.parent
        others = scope.children
        holder.workflow.place(self.routes[0].target, scope)
        if self.start.interrupting:
            for other in others:
                other.cancel()
        else:
            spend(holder, self.start)


def _starts_by_itself(element: Element) -> bool:
    return element.event is None or element.event.kind == "none"
