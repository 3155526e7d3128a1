"""The state of an instance as bytes: its live tasks, nothing else.

A task is its id, its scope, its state, the name of its spec and, where it has any, its internal
data. Specs are shared and never saved; variables, timers and history are the host's.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import orjson
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.errors import StateUnreadable
from engine.bpmn.host import Host
from engine.bpmn.specs.base import ROOT, LiveTask, ProcessSpec, TokenTree

FORMAT = 1

WORTH_COMPRESSING = 2_000
"""Bytes from which a state shrinks by more than its compression costs (large multi-instances)."""


def dump(tree: TokenTree) -> bytes:
    """The state of a tree."""
    rows = [_row(task) for task in _scopes_first(tree)]
    ready = [task.id for task in tree.ready if task.state == TaskState.READY]
    state = orjson.dumps([FORMAT, tree.last_id, rows, ready])
    return zlib.compress(state, 1) if len(state) > WORTH_COMPRESSING else state


def load(state: bytes, spec: ProcessSpec, host: Host) -> TokenTree:
    """The tree of a state. Nothing is armed or entered again.

    Raises `StateUnreadable` if the state is damaged, of an unknown format, or names an element
    that the process does not have.
    """
    try:
        content = orjson.loads(state if state[:1] == b"[" else zlib.decompress(state))
        version, last_id, rows, ready = content
    except (ValueError, TypeError, zlib.error) as error:
        raise StateUnreadable(reason=str(error)) from error
    if version != FORMAT:
        raise StateUnreadable(reason=f"format {version}")
    tree = TokenTree(spec, host)
    for id_, scope, task_state, name, *internal_data in rows:
        if name not in spec.task_specs:
            raise StateUnreadable(reason=f"{spec.name}: {name}")
        parent = tree.tasks.get(scope)
        task = LiveTask(tree, spec.task_specs[name], parent, state=task_state, id=id_)
        task.listens = task_state == TaskState.STARTED or task.task_spec.is_listener
        if internal_data:
            task.internal_data = internal_data[0]
    tree.last_id = last_id
    tree.task_tree = tree.tasks[ROOT]
    tree.ready.extend(tree.tasks[id_] for id_ in ready)
    return tree


def _row(task: LiveTask) -> list[object]:
    row: list[object] = [task.id, task._parent, task.state, task.task_spec.name]
    if task.internal_data:
        row.append(task.internal_data)
    return row


def _scopes_first(tree: TokenTree) -> Iterator[LiveTask]:
    pending = [tree.task_tree]
    while pending:
        task = pending.pop()
        yield task
        pending.extend(reversed(task.children))
