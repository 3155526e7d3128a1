"""From a read diagram to the specs that tokens move over.

The specs are built from the model, not by SpiffWorkflow's parser: so the order of the document
decides, and there is no limit to how many elements follow one another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from SpiffWorkflow.util.task import TaskState

from engine.bpmn import codec
from engine.bpmn.compilable import require_compilable
from engine.bpmn.errors import NoSuchProcess
from engine.bpmn.execution import Execution
from engine.bpmn.host import Host
from engine.bpmn.model import Diagram, Element, Process
from engine.bpmn.specs.activities import ActivitySpec, BoundarySpec, ReceiveSpec
from engine.bpmn.specs.base import ROOT, ProcessSpec, Route, TokenSpec, TokenTree
from engine.bpmn.specs.containers import ListenerSpec, RootSpec, ScopeSpec, SubProcessSpec
from engine.bpmn.specs.events import (
    CatchSpec,
    EndSpec,
    LandingSpec,
    StartSpec,
    TerminateSpec,
    ThrowSpec,
)
from engine.bpmn.specs.gateways import (
    EventGatewaySpec,
    ExclusiveSpec,
    InclusiveSpec,
    ParallelSpec,
)
from engine.bpmn.specs.loops import LoopBodySpec


class CompiledProcess:
    """A process that can be run: its specs are shared by all its instances and never change."""

    def __init__(self, process: Process, spec: ProcessSpec) -> None:
        self.process = process
        self._spec = spec

    def start(self, host: Host) -> Execution:
        """A new instance without a token; see `Execution.start_at`."""
        tree = TokenTree(self._spec, host)
        tree.task_tree = tree.new_task(self._spec.task_specs[ROOT], None, TaskState.FUTURE)
        return Execution(tree)

    def load(self, state: bytes, host: Host) -> Execution:
        """An instance as `Execution.dump` saved it. Raises `StateUnreadable`."""
        return Execution(codec.load(state, self._spec, host))


def compile_process(diagram: Diagram, process_id: str) -> CompiledProcess:
    """Compile one process of a diagram.

    Raises `NoSuchProcess`, and `CompileRefused` for what the engine does not run.
    """
    process = diagram.processes.get(process_id)
    if process is None:
        raise NoSuchProcess(process_id=process_id, known=", ".join(diagram.processes))
    return compile_model(process)


def compile_model(process: Process) -> CompiledProcess:
    """Compile a process; `compile_process` for the process of a diagram."""
    require_compilable(process)
    return CompiledProcess(process, _Compiler(process).spec)


def child_name(element: Element) -> str:
    """The name of the spec of a multi-instance child."""
    return f"{element.id}[]"


def listener_name(element: Element) -> str:
    """The name of the spec that waits for the start event of an event sub-process."""
    return f"{element.id}?"


_SPECS: dict[str, type[TokenSpec]] = {
    "startEvent": StartSpec,
    "intermediateCatchEvent": CatchSpec,
    "intermediateThrowEvent": ThrowSpec,
    "endEvent": EndSpec,
    "boundaryEvent": BoundarySpec,
    "exclusiveGateway": ExclusiveSpec,
    "parallelGateway": ParallelSpec,
    "inclusiveGateway": InclusiveSpec,
    "eventBasedGateway": EventGatewaySpec,
}

_SPECIAL_EVENTS: dict[tuple[str, str], type[TokenSpec]] = {
    ("endEvent", "terminate"): TerminateSpec,
    ("intermediateCatchEvent", "link"): LandingSpec,
}

_ACTIVITIES: dict[str, type[TokenSpec]] = {"subProcess": SubProcessSpec, "receiveTask": ReceiveSpec}


class _Compiler:
    def __init__(self, process: Process) -> None:
        self.process = process
        self.spec = ProcessSpec(process.id)
        self.specs = self.spec.task_specs
        self.boundaries: dict[str, list[Element]] = defaultdict(list)
        for element in process.elements.values():
            if element.attached_to is not None:
                self.boundaries[element.attached_to].append(element)
        root = Element(
            id=process.id, kind="process", name=process.name, parent_id="", place=process.place
        )
        RootSpec(self.spec, ROOT, root)
        for element in process.elements.values():
            self._add(element)
        for element in process.elements.values():
            self._connect(element)
        self._fill(self.specs[ROOT], process.id)
        self._reach_of_inclusive_joins()

    def _add(self, element: Element) -> None:
        if element.kind in _SPECS:
            event_kind = element.event.kind if element.event is not None else "none"
            make = _SPECIAL_EVENTS.get((element.kind, event_kind), _SPECS[element.kind])
            make(self.spec, element.id, element)
            return
        activity = _ACTIVITIES.get(element.kind, ActivitySpec)
        if element.loop is None:
            activity(self.spec, element.id, element)
        else:
            child = activity(self.spec, child_name(element), element, loop_child=True)
            LoopBodySpec(self.spec, element.id, element, child)
        if element.triggered_by_event:
            start = next(e for e in self.process.children_of(element.id) if e.kind == "startEvent")
            ListenerSpec(self.spec, listener_name(element), element, start)

    def _connect(self, element: Element) -> None:
        spec = self.specs[element.id]
        flows = (self.process.flows[flow_id] for flow_id in element.outgoing)
        routes = [Route(flow, self.specs[flow.target_id]) for flow in flows]
        if element.kind == "intermediateThrowEvent" and element.event is not None:
            routes += [Route(None, self.specs[e.id]) for e in self._landings(element)]
        spec.lead_to(routes)
        spec.attach([self.specs[e.id] for e in self.boundaries[element.id]])
        if element.loop is not None:
            self.specs[child_name(element)].attach(())
        if element.kind == "subProcess":
            child = child_name(element) if element.loop is not None else element.id
            self._fill(self.specs[child], element.id)
        if element.triggered_by_event:
            self.specs[listener_name(element)].lead_to([Route(None, spec)])

    def _landings(self, element: Element) -> Iterator[Element]:
        """The link catch event that a link throw event leaps to."""
        assert element.event is not None
        if element.event.kind == "link":
            for other in self.process.children_of(element.parent_id):
                if (
                    other.kind == "intermediateCatchEvent"
                    and other.event is not None
                    and other.event.kind == "link"
                    and other.event.name == element.event.name
                ):
                    yield other

    def _fill(self, spec: TokenSpec, scope_id: str) -> None:
        """Tell a scope what starts in it."""
        assert isinstance(spec, ScopeSpec)
        inside = list(self.process.children_of(scope_id))
        spec.starts = tuple(self.specs[e.id] for e in inside if e.kind == "startEvent")
        spec.listeners = tuple(self.specs[listener_name(e)] for e in inside if e.triggered_by_event)

    def _reach_of_inclusive_joins(self) -> None:
        for spec in self.specs.values():
            if isinstance(spec, InclusiveSpec) and spec.is_join:
                self.spec.has_inclusive_joins = True
                spec.reach = self._reach(spec.element)

    def _reach(self, join: Element) -> dict[str, frozenset[str]]:
        """By element: the flows into `join` reachable from it without passing `join`."""
        reach: dict[str, set[str]] = {}
        for flow_id in join.incoming:
            pending = [self.process.flows[flow_id].source_id]
            seen = {join.id}
            while pending:
                element_id = pending.pop()
                if element_id in seen:
                    continue
                seen.add(element_id)
                reach.setdefault(element_id, set()).add(flow_id)
                pending += self._before(self.process.elements[element_id])
        return {element_id: frozenset(flows) for element_id, flows in reach.items()}

    def _before(self, element: Element) -> Iterator[str]:
        """Where a token at `element` may have come from."""
        if element.attached_to is not None:
            yield element.attached_to
        for spec in self.specs[element.id].inputs:
            yield spec.element.id
