"""The tree of live tasks, and what every spec of ours has in common.

SpiffWorkflow's `Task`, `Workflow` and `TaskSpec` carry the tokens. What is changed here, and why:
task data stays empty (nothing is inherited or merged), nothing is predicted, a completed task
hands its children to its scope at once (`engine.bpmn.prune`), so that the tree holds live tasks
only, and nothing reads a clock or walks the whole tree.

The tree: the root holds the tasks of the process level; a sub-process or a multi-instance body
holds the tasks inside it. So siblings are exactly the tokens of one level, in order of arrival.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from SpiffWorkflow.specs import WorkflowSpec
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from engine.bpmn.errors import NotWaiting
from engine.bpmn.host import Host, Token
from engine.bpmn.model import Element, EventDefinition, SequenceFlow
from engine.bpmn.prune import splice

ROOT = "0"

FLOW = "flow"
"""Internal data of a task at a join: the incoming flow it arrived by."""
FIRED = "fired"
"""Internal data of an element behind an event-based gateway: its event has happened."""
SPENT = "spent"
"""Internal data of an activity: non-interrupting events that wait no longer."""
INDEX = "index"
"""Internal data of a multi-instance child: which one it is, from 1."""
COUNT = "count"
"""Internal data of a multi-instance body: how many children it gets."""
ENDS = "ends"
"""Internal data of the root: the end events reached."""


class LiveTask(Task):  # type: ignore[misc]
    """A task of the tree: a token, or the scope of tokens."""

    workflow: TokenTree
    task_spec: TokenSpec
    parent: LiveTask
    children: list[LiveTask]
    id: str
    state: int
    listens = False
    """Whether `Host.armed` was called for this task's events and `disarmed` is due."""
    winner = ""
    """The event that happened first behind this event-based gateway."""
    condition_met = False
    """Whether the completion condition held after this multi-instance child."""
    _token: Token | None = None

    @property
    def token(self) -> Token:
        """What the host sees of this task."""
        if self._token is None:
            scope = self._parent
            self._token = Token(
                id=self.id,
                element=self.task_spec.element,
                scope="" if scope == ROOT else scope,
                loop_index=self.internal_data.get(INDEX),
            )
        return self._token

    @property
    def host(self) -> Host:
        return self.workflow.host

    @property
    def is_live(self) -> bool:
        """Whether the task is still in the tree (an interruption takes it out)."""
        return self.id in self.workflow.tasks

    def armed_events(self) -> list[Element]:
        """The events that wait for the host to say they happened."""
        if not self.listens:
            return []
        spent = self.internal_data.get(SPENT, ())
        return [event for event in self.task_spec.armable if event.id not in spent]

    def is_armed(self, event_id: str) -> bool:
        """Whether this event waits."""
        return any(event.id == event_id for event in self.armed_events())

    def cancel(self) -> None:
        """Withdraw the task with everything inside it, innermost first."""
        for child in self.children:
            child.cancel()
        had_entered = self.state == TaskState.STARTED
        self.task_spec.disarm(self)
        if not self.has_state(TaskState.FINISHED_MASK):
            self._set_state(TaskState.CANCELLED)
        if had_entered and self.id != ROOT:
            self.host.cancelled(self.token)
        if self.id != ROOT:
            self.workflow._remove_task(self.id)

    def _add_child(self, task_spec: TokenSpec, state: int = TaskState.FUTURE) -> LiveTask:
        return self.workflow.new_task(task_spec, self, state)

    def _set_state(self, value: int) -> None:
        self._state = value


class TokenTree(Workflow):  # type: ignore[misc]
    """The live tasks of one process instance. The spec is shared and never changed."""

    spec: ProcessSpec
    tasks: dict[str, LiveTask]
    task_tree: LiveTask

    def __init__(self, spec: ProcessSpec, host: Host) -> None:
        super().__init__(spec, deserializing=True)
        self.host = host
        self.ready: deque[LiveTask] = deque()
        self.last_id = 0

    def new_task(self, spec: TokenSpec, parent: LiveTask | None, state: int) -> LiveTask:
        """A task with the next id."""
        task = LiveTask(self, spec, parent, state=state, id=str(self.last_id))
        self.last_id += 1
        return task

    def place(self, spec: TokenSpec, scope: LiveTask, **internal_data: object) -> LiveTask:
        """A new token in a scope, about to enter the element of `spec`."""
        task = scope._add_child(spec)
        task.internal_data.update(internal_data)
        spec._update(task)
        return task

    def _task_completed_notify(self, task: LiveTask) -> None:
        if not task.is_live or task.id == ROOT:
            return
        scope = task.parent
        children = splice(task)
        for child in children:
            child.task_spec._update(child)
        if not children:
            scope.task_spec.child_ended(scope, task)


class ProcessSpec(WorkflowSpec):  # type: ignore[misc]
    """The specs of a process, those of its sub-processes among them, by name."""

    task_specs: dict[str, TokenSpec]
    has_inclusive_joins = False

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


class Route(NamedTuple):
    """A way out of an element: the spec behind it; None as flow is a link event's leap."""

    flow: SequenceFlow | None
    target: TokenSpec


class TokenSpec(TaskSpec):  # type: ignore[misc]
    """What a token does at an element.

    `routes` are the ways out in document order. `boundaries` are the specs of the boundary events,
    in document order. `loop_child` marks the spec of the children of a multi-instance body.
    """

    name: str
    finishable: ClassVar[bool] = False
    """Whether `Execution.finish` ends the wait."""
    is_scope: ClassVar[bool] = False
    """Whether tokens live inside."""
    is_listener: ClassVar[bool] = False
    """Whether this waits for the start event of an event sub-process and is no token."""
    catches: EventDefinition | None = None
    """The event that a boundary event or a listener waits for."""
    is_join = False
    """Whether tokens wait here for those of other incoming flows."""

    def __init__(
        self, process_spec: ProcessSpec, name: str, element: Element, *, loop_child: bool = False
    ) -> None:
        super().__init__(process_spec, name)
        self.element = element
        self.loop_child = loop_child
        self.routes: tuple[Route, ...] = ()
        self.boundaries: tuple[TokenSpec, ...] = ()
        self.armable: tuple[Element, ...] = ()

    # -- for the compiler ----------------------------------------------------------------------

    def lead_to(self, routes: Sequence[Route]) -> None:
        """Connect the ways out."""
        self.routes = tuple(routes)
        for route in routes:
            self.connect(route.target)

    def attach(self, boundaries: Sequence[TokenSpec]) -> None:
        """Attach boundary events."""
        self.boundaries = tuple(boundaries)
        self.armable = self._own_events() + tuple(
            b.element for b in boundaries if waits_outside(b.element)
        )

    def _own_events(self) -> tuple[Element, ...]:
        return ()

    # -- what a kind of element decides ----------------------------------------------------------

    def begin(self, task: LiveTask) -> bool:
        """Do the work of the element after it was entered. False: the task waits."""
        return True

    def ways(self, task: LiveTask) -> Sequence[Route]:
        """The ways the token takes."""
        return self.routes

    def finish(self, task: LiveTask) -> None:
        """A waiting activity is done."""
        if not self.finishable or task.state != TaskState.STARTED:
            raise NotWaiting(
                element=self.element.id, token_id=task.id, what="finish", place=self.element.place
            )
        task.complete()

    def fire(self, task: LiveTask, event_id: str) -> None:
        """An armed event of a waiting task has happened."""
        if not task.is_armed(event_id):
            raise NotWaiting(
                element=self.element.id, token_id=task.id, what=event_id, place=self.element.place
            )
        self.happened(task, event_id)

    def happened(self, task: LiveTask, event_id: str) -> None:
        """What follows from an armed event."""
        for boundary in self.boundaries:
            if boundary.element.id == event_id:
                boundary.caught(task)
                return

    def caught(self, holder: LiveTask) -> None:
        """This boundary event of `holder` (or start event in it) has happened."""
        raise NotImplementedError

    def child_ended(self, scope: LiveTask, child: LiveTask) -> None:
        """A token inside this scope is gone."""
        raise NotImplementedError

    def leave(self, task: LiveTask) -> None:
        """Tell the host that the element is completed."""
        self.disarm(task)
        if self.loop_child:
            task.condition_met = task.host.loop_done(task.token, task.internal_data[INDEX])
        task.host.left(task.token)

    # -- events ----------------------------------------------------------------------------------

    def arm(self, task: LiveTask) -> None:
        """Tell the host which events wait from now on."""
        task.listens = True
        for event in self.armable:
            task.host.armed(task.token, event)

    def disarm(self, task: LiveTask) -> None:
        """Tell the host that the events of this task wait no longer."""
        events = task.armed_events()
        task.listens = False
        for event in events:
            task.host.disarmed(task.token, event)

    # -- SpiffWorkflow's hooks -------------------------------------------------------------------

    def test(self) -> None:
        """Nothing: the compiler has checked the connections."""

    def _predict(self, my_task: LiveTask, *args: object, **kwargs: object) -> None:
        """Nothing is predicted: a task exists once a token has come."""

    def _update_hook(self, my_task: LiveTask) -> bool:
        return True

    def _on_ready_hook(self, my_task: LiveTask) -> None:
        my_task.workflow.ready.append(my_task)

    def _run_hook(self, my_task: LiveTask) -> bool | None:
        if self.loop_child:
            my_task.host.loop_item(my_task.token, my_task.internal_data[INDEX])
        my_task.host.entered(my_task.token)
        if self.begin(my_task):
            return True
        self.arm(my_task)
        return None

    def _on_complete(self, my_task: LiveTask) -> None:
        self._on_complete_hook(my_task)
        my_task.workflow._task_completed_notify(my_task)

    def _on_complete_hook(self, my_task: LiveTask) -> None:
        ways = self.ways(my_task)
        self.leave(my_task)
        self.follow(my_task, ways)

    def follow(self, task: LiveTask, ways: Sequence[Route]) -> None:
        """Send a token along each way; they hang on the task until it is spliced out."""
        for flow, target in ways:
            child = task._add_child(target)
            if flow is not None:
                task.host.took_flow(flow)
                if target.is_join:
                    child.internal_data[FLOW] = flow.id


def waits_outside(event: Element) -> bool:
    """Whether the host is told to wait for this event (errors and escalations come from inside)."""
    return event.event is not None and event.event.kind in {"timer", "message", "signal"}


def happens_once(event: Element) -> bool:
    """Whether a non-interrupting event is over once it has happened: a timer without a cycle."""
    definition = event.event
    return (
        definition is not None
        and definition.kind == "timer"
        and definition.timer_kind != "timeCycle"
    )
