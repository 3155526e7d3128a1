"""Start, catch, throw and end events."""

from __future__ import annotations

from collections.abc import Sequence

from engine.bpmn.errors import UncaughtError
from engine.bpmn.model import Element
from engine.bpmn.specs.base import ENDS, FIRED, ROOT, LiveTask, Route, TokenSpec
from engine.bpmn.specs.catching import Catch, catch_of


class StartSpec(TokenSpec):
    """A start event; what it started by is the host's affair."""


class LandingSpec(TokenSpec):
    """A link catch event: where a link throw event of its name leaps to."""


class CatchSpec(TokenSpec):
    """An intermediate catch event; behind an event-based gateway it has already happened."""

    def _own_events(self) -> tuple[Element, ...]:
        return (self.element,)

    def begin(self, task: LiveTask) -> bool:
        return bool(task.internal_data.pop(FIRED, False))

    def happened(self, task: LiveTask, event_id: str) -> None:
        task.complete()


class ThrowSpec(TokenSpec):
    """An intermediate throw event or an end event of any kind but terminate.

    A message is a job first; the host says whether it is (`Host.execute`).
    """

    finishable = True

    @property
    def kind(self) -> str:
        return self.element.event.kind if self.element.event else "none"

    @property
    def code(self) -> str:
        event = self.element.event
        return event.code.text if event and event.code else ""

    def begin(self, task: LiveTask) -> bool:
        if self.kind == "message" and not task.host.execute(task.token):
            return False
        if self.kind in {"message", "signal"}:
            task.host.thrown(task.token, self.element)
        return True

    def _on_complete_hook(self, my_task: LiveTask) -> None:
        catch = self._catch(my_task)
        self.leave(my_task)
        if catch is not None:
            catch.spec.caught(catch.holder)
        if my_task.is_live:
            self.follow(my_task, self.ways(my_task))

    def _catch(self, task: LiveTask) -> Catch | None:
        if self.kind not in {"error", "escalation"}:
            return None
        catch = catch_of(task.parent, self.kind, self.code)
        if catch is None and self.kind == "error":
            raise UncaughtError(
                code=self.code, element=self.element.name or self.element.id,
                place=self.element.place,
            )  # fmt: skip
        if catch is None:
            task.host.thrown(task.token, self.element)
        return catch


class EndSpec(ThrowSpec):
    """An end event."""

    def leave(self, task: LiveTask) -> None:
        super().leave(task)
        note_end(task)


class TerminateSpec(TokenSpec):
    """A terminate end event: everything else at its level is cancelled."""

    def leave(self, task: LiveTask) -> None:
        super().leave(task)
        note_end(task)

    def follow(self, task: LiveTask, ways: Sequence[Route]) -> None:
        for other in task.parent.children:
            if other is not task:
                other.cancel()


def note_end(task: LiveTask) -> None:
    """Remember in the root which end event of the process was reached."""
    if task.parent.id != ROOT:
        return
    ends = task.parent.internal_data.setdefault(ENDS, [])
    if task.task_spec.element.id not in ends:
        ends.append(task.task_spec.element.id)
