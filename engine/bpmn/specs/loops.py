"""Multi-instance bodies."""

from __future__ import annotations

from engine.bpmn.model import Element
from engine.bpmn.specs.base import COUNT, INDEX, LiveTask, ProcessSpec, TokenSpec


class LoopBodySpec(TokenSpec):
    """The body of a multi-instance activity; `child_spec` is the activity itself, once an item.

    Boundary events belong to the body.
    """

    is_scope = True

    def __init__(
        self, process_spec: ProcessSpec, name: str, element: Element, child_spec: TokenSpec
    ) -> None:
        super().__init__(process_spec, name, element)
        self.child_spec = child_spec
        self.sequential = element.loop is not None and element.loop.sequential

    def begin(self, task: LiveTask) -> bool:
        count = task.host.items(task.token)
        if count <= 0:
            return True
        task.internal_data[COUNT] = count
        for index in range(1, 2 if self.sequential else count + 1):
            task.workflow.place(self.child_spec, task, **{INDEX: index})
        return False

    def child_ended(self, scope: LiveTask, child: LiveTask) -> None:
        index = child.internal_data[INDEX]
        if child.condition_met:
            for other in scope.children:
                other.cancel()
        elif self.sequential and index < scope.internal_data[COUNT]:
            scope.workflow.place(self.child_spec, scope, **{INDEX: index + 1})
        if not scope._children:
            scope.complete()
