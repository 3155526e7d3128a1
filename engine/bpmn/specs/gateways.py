"""Gateways: what splits, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from SpiffWorkflow.util.task import TaskState

from engine.bpmn.errors import NoFlowTaken
from engine.bpmn.model import Element
from engine.bpmn.specs.base import FIRED, FLOW, LiveTask, ProcessSpec, Route, TokenSpec


class ChoosingSpec(TokenSpec):
    """A gateway with conditions on its ways out, asked in document order."""

    def true_ways(self, task: LiveTask) -> Iterator[Route]:
        """The ways whose condition holds, asked one by one; a single way out needs none."""
        for route in self.routes:
            flow = route.flow
            if flow is None or flow.id == self.element.default_flow:
                continue
            if flow.condition is None:
                if len(self.routes) == 1:
                    yield route
            elif task.host.condition(task.token, flow):
                yield route

    def default_way(self, task: LiveTask) -> list[Route]:
        """The default flow, when no condition holds."""
        for route in self.routes:
            if route.flow is not None and route.flow.id == self.element.default_flow:
                return [route]
        if not self.routes:
            return []
        raise NoFlowTaken(element=self.element.name or self.element.id, place=self.element.place)


class ExclusiveSpec(ChoosingSpec):
    """An exclusive gateway: the first true condition in document order, else the default flow."""

    def ways(self, task: LiveTask) -> Sequence[Route]:
        for route in self.true_ways(task):
            return [route]
        return self.default_way(task)


class JoinSpec(TokenSpec):
    """A gateway where tokens wait for those of other incoming flows.

    An arrival is a WAITING task that knows its flow. The join takes the oldest token of each flow;
    surplus tokens stay for the next round. The oldest of those taken goes on, the rest are gone.
    """

    def __init__(self, process_spec: ProcessSpec, name: str, element: Element) -> None:
        super().__init__(process_spec, name, element)
        self.is_join = len(element.incoming) > 1

    def oldest_by_flow(self, scope: LiveTask) -> dict[str, LiveTask]:
        """The oldest token waiting here of each incoming flow that has one."""
        oldest: dict[str, LiveTask] = {}
        for task in scope.children:
            if task.task_spec is self and task.state == TaskState.WAITING:
                oldest.setdefault(task.internal_data[FLOW], task)
        return oldest

    def join(self, arrivals: Sequence[LiveTask]) -> None:
        """Make one token of these; it enters the gateway."""
        goes_on, *consumed = arrivals
        for task in consumed:
            task.workflow._remove_task(task.id)
        del goes_on.internal_data[FLOW]
        goes_on._ready()


class ParallelSpec(JoinSpec):
    """A parallel gateway: fires when every incoming flow has a token; takes all ways out."""

    def _update_hook(self, my_task: LiveTask) -> bool:
        if not self.is_join:
            return True
        my_task._set_state(TaskState.WAITING)
        oldest = self.oldest_by_flow(my_task.parent)
        if len(oldest) == len(self.element.incoming):
            self.join(list(oldest.values()))
        return False


class InclusiveSpec(JoinSpec, ChoosingSpec):
    """An inclusive gateway.

    It joins by the rule of the BPMN standard (§13.4.3): it fires when no token of its level can
    still reach an incoming flow without a token, unless that token can also reach one that has
    one, in both cases without passing the gateway. Asked whenever all else is at rest.
    """

    reach: Mapping[str, frozenset[str]]
    """By element: the incoming flows that a token there can still reach (set by the compiler)."""

    def _update_hook(self, my_task: LiveTask) -> bool:
        if not self.is_join:
            return True
        my_task._set_state(TaskState.WAITING)
        return False

    def fire_if_due(self, arrival: LiveTask) -> bool:
        """Fire if the rule allows it; `arrival` is any token that waits here."""
        oldest = self.oldest_by_flow(arrival.parent)
        filled = oldest.keys()
        for task in arrival.parent.children:
            if task.task_spec is self:
                continue
            reachable = self.reach.get(task.task_spec.element.id, frozenset())
            if not reachable <= filled and not reachable & filled:
                return False
        self.join(list(oldest.values()))
        return True

    def ways(self, task: LiveTask) -> Sequence[Route]:
        return list(self.true_ways(task)) or self.default_way(task)


class EventGatewaySpec(TokenSpec):
    """An event-based gateway: the first event behind it that happens decides for its branch."""

    def _own_events(self) -> tuple[Element, ...]:
        return tuple(route.target.element for route in self.routes)

    def begin(self, task: LiveTask) -> bool:
        return False

    def happened(self, task: LiveTask, event_id: str) -> None:
        task.winner = event_id
        task.complete()

    def ways(self, task: LiveTask) -> Sequence[Route]:
        return [route for route in self.routes if route.target.element.id == task.winner]

    def follow(self, task: LiveTask, ways: Sequence[Route]) -> None:
        super().follow(task, ways)
        for child in task.children:
            child.internal_data[FIRED] = True
