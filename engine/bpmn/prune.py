"""Pruning: a finished task leaves the tree at once.

Spiff keeps finished tasks and looks for meaning in them: that is where its joins go wrong in loops
and why its cost grows with history. Here the incoming flow stands in the task that arrived, so
nothing finished is ever needed: its children are handed to its scope, in order of arrival.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.bpmn.specs.base import LiveTask


def splice(task: LiveTask) -> list[LiveTask]:
    """Take a finished task out of the tree; returns its children, now last in its scope."""
    scope = task.parent
    children = task.children
    for child in children:
        child.parent = scope
        scope._children.append(child.id)
    task._children = []
    scope._children.remove(task.id)
    del task.workflow.tasks[task.id]
    return children
