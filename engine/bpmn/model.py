"""A diagram as it was read: elements, flows and their `zeebe:` extensions, before any token moves.

Element kinds are the local names of BPMN 2.0 (`userTask`, `exclusiveGateway`, …); attribute values
that carry FEEL keep their text, and `Binding` says whether it is an expression (leading `=`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from engine.place import Place

EventKind = Literal[
    "none",
    "timer",
    "message",
    "signal",
    "error",
    "escalation",
    "terminate",
    "link",
    "compensation",
    "conditional",
    "cancel",
    "multiple",
]

_EMPTY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class Binding:
    """The text of an attribute that may be FEEL: `=a + b` is an expression, `a` is a constant."""

    text: str

    @property
    def is_expression(self) -> bool:
        return self.text.lstrip().startswith("=")

    @property
    def source(self) -> str:
        """The FEEL source without its leading `=`; the text itself of a constant."""
        return self.text.lstrip()[1:].strip() if self.is_expression else self.text


@dataclass(frozen=True, kw_only=True, slots=True)
class VariableMapping:
    """One line of a `zeebe:ioMapping`: the value of `source` goes into the variable `target`."""

    source: Binding
    target: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class FormLink:
    """`zeebe:formDefinition`: a deployed form by its id."""

    form_id: str
    binding: str = "latest"


@dataclass(frozen=True, kw_only=True, slots=True)
class Assignment:
    """`zeebe:assignmentDefinition`."""

    assignee: Binding | None = None
    candidate_groups: Binding | None = None
    candidate_users: Binding | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """`zeebe:taskSchedule`."""

    due_date: Binding | None = None
    follow_up_date: Binding | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskType:
    """`zeebe:taskDefinition` with its headers: the job type of a service or send task."""

    type: Binding
    retries: Binding | None = None
    headers: Mapping[str, str] = field(default_factory=lambda: _EMPTY)


@dataclass(frozen=True, kw_only=True, slots=True)
class CalledDecision:
    """`zeebe:calledDecision`."""

    decision_id: Binding
    result_variable: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CalledProcess:
    """`zeebe:calledElement`."""

    process_id: Binding
    propagate_all_parent_variables: bool = True
    propagate_all_child_variables: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """`zeebe:script`: a FEEL expression whose value goes into `result_variable`."""

    expression: Binding
    result_variable: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Loop:
    """Multi-instance characteristics with `zeebe:loopCharacteristics`."""

    sequential: bool
    input_collection: Binding
    input_element: str = ""
    output_collection: str = ""
    output_element: Binding | None = None
    completion_condition: Binding | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A `bpmn:message` with its `zeebe:subscription`."""

    id: str
    name: Binding
    correlation_key: Binding | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EventDefinition:
    """What an event waits for or throws.

    `timer_kind` is `timeDate`, `timeDuration` or `timeCycle` with its `timer` text; `code` is the
    error or escalation code, `name` the signal or link name.
    """

    kind: EventKind
    timer_kind: Literal["timeDate", "timeDuration", "timeCycle"] | None = None
    timer: Binding | None = None
    message: Message | None = None
    code: Binding | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """A rectangle on the canvas, in diagram units."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True, slots=True)
class SequenceFlow:
    """A sequence flow; `condition` is FEEL."""

    id: str
    name: str
    source_id: str
    target_id: str
    condition: Binding | None
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Element:
    """A flow node: task, event, gateway, sub-process or call activity.

    `parent_id` is the sub-process or process that holds it, `lane` the name of its innermost lane.
    `incoming` and `outgoing` hold flow ids in document order. `attached_to` is the activity of a
    boundary event.
    """

    id: str
    kind: str
    name: str
    parent_id: str
    place: Place
    lane: str | None = None
    documentation: str = ""
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    default_flow: str | None = None
    event: EventDefinition | None = None
    attached_to: str | None = None
    interrupting: bool = True
    triggered_by_event: bool = False
    form: FormLink | None = None
    assignment: Assignment | None = None
    schedule: Schedule | None = None
    priority: Binding | None = None
    task_type: TaskType | None = None
    called_decision: CalledDecision | None = None
    called_process: CalledProcess | None = None
    script: Script | None = None
    message: Message | None = None
    loop: Loop | None = None
    has_standard_loop: bool = False
    for_compensation: bool = False
    is_user_task_job: bool = False
    inputs: tuple[VariableMapping, ...] = ()
    outputs: tuple[VariableMapping, ...] = ()
    properties: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    unknown_extensions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Process:
    """A `bpmn:process` with everything in it, sub-processes flattened (`Element.parent_id`)."""

    id: str
    name: str
    executable: bool
    place: Place
    elements: Mapping[str, Element]
    flows: Mapping[str, SequenceFlow]
    version_tag: str = ""
    documentation: str = ""
    properties: Mapping[str, str] = field(default_factory=lambda: _EMPTY)

    def children_of(self, parent_id: str) -> Iterator[Element]:
        """The elements directly inside the process or a sub-process, in document order."""
        return (element for element in self.elements.values() if element.parent_id == parent_id)

    def boundary_events_of(self, activity_id: str) -> Iterator[Element]:
        """The boundary events attached to an activity, in document order."""
        return (e for e in self.elements.values() if e.attached_to == activity_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Edge:
    """A drawn connection: its waypoints and the bounds of its label."""

    id: str
    waypoints: tuple[tuple[float, float], ...]
    label: Bounds | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """A drawn element: its bounds, the bounds of its label, whether a lane or pool lies flat."""

    id: str
    bounds: Bounds
    label: Bounds | None = None
    horizontal: bool = True
    expanded: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnText:
    """Something drawn that is no flow node: a pool, a lane, a text annotation, a group."""

    id: str
    kind: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Diagram:
    """A file as it was read. `content_hash` is the SHA-256 of its bytes, in hex."""

    file: str
    content_hash: str
    processes: Mapping[str, Process]
    shapes: Mapping[str, Shape]
    edges: Mapping[str, Edge]
    texts: Mapping[str, DrawnText]
    duplicate_ids: tuple[Place, ...] = ()
    unread: tuple[Place, ...] = ()
    """Flow nodes of a kind this reader does not know: their place, with the kind in `element`."""
