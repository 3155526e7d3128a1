"""The moving tokens of one process instance."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from SpiffWorkflow.util.task import TaskState

from engine.bpmn import codec
from engine.bpmn.errors import (
    AlreadyStarted,
    ExecutionBroken,
    NoSuchStart,
    NoSuchToken,
    NotInScope,
    NotWaiting,
    RunsForever,
)
from engine.bpmn.host import Token
from engine.bpmn.model import Element
from engine.bpmn.specs.base import ENDS, FLOW, ROOT, LiveTask, TokenTree
from engine.bpmn.specs.catching import catch_at, catch_of
from engine.bpmn.specs.containers import RootSpec, ScopeSpec
from engine.bpmn.specs.gateways import InclusiveSpec

STEP_LIMIT = 100_000
"""Elements that one `run` may pass before it counts as endless."""


class Execution:
    """The tokens of one process instance, its sub-processes and multi-instance bodies included.

    A call activity is an activity that waits: the called process has an execution of its own.
    Nothing happens by itself: `finish`, `fire` and the throws say that something has happened, and
    `run` lets the tokens move until each of them waits. An exception of the host passes through
    unchanged and leaves the execution broken: it can be cancelled, but neither used nor saved.
    """

    def __init__(self, tree: TokenTree) -> None:
        self._tree = tree
        self._broken = False

    @property
    def _root(self) -> LiveTask:
        return self._tree.task_tree

    # -- what may be done ------------------------------------------------------------------------

    def start_at(self, start_event_id: str | None = None) -> None:
        """Put the first token on a start event, without an id on the only none start event.

        Raises `AlreadyStarted`, or `NoSuchStart` if there is no such event, or several.
        """
        with self._guarded():
            spec = self._root_spec
            if self._root.state != TaskState.FUTURE:
                raise AlreadyStarted(place=spec.element.place)
            start = spec.start_called(start_event_id)
            if start is None:
                raise NoSuchStart(
                    process_id=spec.element.id,
                    start_event_id=start_event_id or "",
                    place=spec.element.place,
                )
            self._root._set_state(TaskState.STARTED)
            spec.open(self._root, start)

    def run(self) -> None:
        """Let the tokens move until none can.

        Raises `NoFlowTaken`, `UncaughtError`, `RunsForever`, and whatever the host raises.
        """
        with self._guarded():
            steps = 0
            while True:
                steps = self._drain(steps)
                if not self._fire_an_inclusive_join():
                    return

    def finish(self, token_id: str) -> None:
        """A waiting activity (user task, job, receive task, call activity) is done.

        Raises `NoSuchToken` or `NotWaiting`.
        """
        with self._guarded():
            task = self._task(token_id)
            task.task_spec.finish(task)

    def fire(self, token_id: str, event_id: str) -> None:
        """An armed event has happened: `token_id` and `event_id` as they were armed.

        Raises `NoSuchToken`, or `NotWaiting` if the event is not armed (any more).
        """
        with self._guarded():
            task = self._task(token_id)
            task.task_spec.fire(task, event_id)

    def throw_error(self, token_id: str, code: str) -> bool:
        """An error comes out of a waiting activity. Whether it was caught; if not, nothing happens.

        Caught, it cancels the activity, or the sub-process around it, that the event belongs to.
        """
        return self._throw(token_id, "error", code)

    def throw_escalation(self, token_id: str, code: str) -> bool:
        """An escalation comes out of a waiting activity. Whether it was caught."""
        return self._throw(token_id, "escalation", code)

    def activate(self, element_id: str, scope: str = "") -> None:
        """Put a token on an element, past the joins and conditions before it.

        `scope` is the token of the sub-process (or of its multi-instance child) that holds the
        element, "" at the level of the process. Raises `NotInScope` if it does not.
        """
        with self._guarded():
            holder = self._tree.tasks.get(scope or ROOT)
            spec = self._tree.spec.task_specs.get(element_id)
            if (
                holder is None
                or holder.state != TaskState.STARTED
                or not isinstance(holder.task_spec, ScopeSpec)
                or spec is None
                or spec.element.parent_id != holder.task_spec.element.id
            ):
                raise NotInScope(element_id=element_id, scope=scope)
            holder._add_child(spec)._ready()

    def withdraw(self, token_id: str) -> None:
        """Cancel one token with everything inside it; a scope that is then empty is over.

        To move a token, activate the other element first. Raises `NoSuchToken`.
        """
        with self._guarded():
            task = self._task(token_id)
            scope = task.parent
            task.cancel()
            scope.task_spec.child_ended(scope, task)

    def cancel(self) -> None:
        """Withdraw every token; the execution has then ended. Allowed also after an exception."""
        self._broken = False
        with self._guarded():
            self._root.cancel()

    def dump(self) -> bytes:
        """The state to save. Raises `ExecutionBroken` after an exception."""
        if self._broken:
            raise ExecutionBroken()
        return codec.dump(self._tree)

    # -- what may be asked -----------------------------------------------------------------------

    @property
    def ended(self) -> bool:
        """Whether no token is left."""
        return bool(self._root.has_state(TaskState.FINISHED_MASK))

    @property
    def end_event_ids(self) -> tuple[str, ...]:
        """The end events of the process reached so far, each once, in order."""
        return tuple(self._root.internal_data.get(ENDS, ()))

    def find(self, token_id: str) -> Token:
        """The live token with this id. Raises `NoSuchToken`."""
        return self._task(token_id).token

    def waiting_tokens(self) -> list[Token]:
        """The tokens that wait for `finish` or `fire`, in order of arrival at each level.

        Sub-processes and multi-instance bodies are not among them; neither is what waits at joins.
        """
        return [
            task.token
            for task in self._tree.tasks.values()
            if task.state == TaskState.STARTED and not task.task_spec.is_scope
        ]

    def arrivals(self) -> list[tuple[Token, str]]:
        """What waits at joins: the token, and the id of the flow it came by."""
        return [
            (task.token, task.internal_data[FLOW])
            for task in self._tree.tasks.values()
            if FLOW in task.internal_data
        ]

    def armed_events(self) -> list[tuple[Token, Element]]:
        """Everything that was armed and not yet disarmed."""
        return [
            (task.token, event)
            for task in self._tree.tasks.values()
            for event in task.armed_events()
        ]

    @property
    def size(self) -> int:
        """How many tasks are alive, scopes and arrivals at joins included."""
        return len(self._tree.tasks)

    # -- inside ----------------------------------------------------------------------------------

    @property
    def _root_spec(self) -> RootSpec:
        spec = self._root.task_spec
        assert isinstance(spec, RootSpec)
        return spec

    def _task(self, token_id: str) -> LiveTask:
        task = self._tree.tasks.get(token_id)
        if task is None or token_id == ROOT:
            raise NoSuchToken(token_id=token_id)
        return task

    def _drain(self, steps: int) -> int:
        ready = self._tree.ready
        while ready:
            task = ready.popleft()
            if task.state != TaskState.READY:
                continue
            steps += 1
            if steps > STEP_LIMIT:
                element = task.task_spec.element
                raise RunsForever(steps=STEP_LIMIT, element=element.id, place=element.place)
            task.run()
        return steps

    def _fire_an_inclusive_join(self) -> bool:
        if not self._tree.spec.has_inclusive_joins:
            return False
        return any(
            task.task_spec.fire_if_due(task)
            for task in list(self._tree.tasks.values())
            if isinstance(task.task_spec, InclusiveSpec) and task.state == TaskState.WAITING
        )

    def _throw(self, token_id: str, kind: str, code: str) -> bool:
        with self._guarded():
            task = self._task(token_id)
            if task.state != TaskState.STARTED:
                element = task.task_spec.element
                raise NotWaiting(
                    element=element.id, token_id=token_id, what=kind, place=element.place
                )
            catch = catch_at(task, kind, code) or catch_of(task.parent, kind, code)
            if catch is not None:
                catch.spec.caught(catch.holder)
            return catch is not None

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        if self._broken:
            raise ExecutionBroken()
        try:
            yield
        except (AlreadyStarted, NoSuchStart, NoSuchToken, NotInScope, NotWaiting):
            raise  # refused before anything moved
        except BaseException:
            self._broken = True
            raise
