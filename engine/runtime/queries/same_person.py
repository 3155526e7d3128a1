"""Tasks that a person may not do because they did another step of the case themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from sqlalchemy import Connection, select

from engine.bpmn import Element
from engine.runtime.models import ElementInstance, ProcessInstance, UserTask
from engine.runtime.user_tasks import not_same_person_as


class Step(Protocol):
    """A task with what the rule needs to know."""

    @property
    def key(self) -> int: ...

    @property
    def root_key(self) -> int: ...


def barred(
    connection: Connection, login: str, steps: Iterable[tuple[Step, Element | None]]
) -> dict[int, str]:
    """Task key → the step that `login` did and that must be another person's."""
    ruled = [(step, not_same_person_as(element)) for step, element in steps if element is not None]
    ruled = [(step, others) for step, others in ruled if others]
    if not ruled:
        return {}
    done = _done_by(connection, login, {step.root_key for step, _ in ruled})
    found = {}
    for step, others in ruled:
        names = done.get(step.root_key, {})
        own = next((names[other] for other in others if other in names), None)
        if own is not None:
            found[step.key] = own
    return found


def _done_by(
    connection: Connection, login: str, roots: Collection[int]
) -> Mapping[int, Mapping[str, str]]:
    """Case → element id → name of every step that `login` completed or started."""
    done: dict[int, dict[str, str]] = defaultdict(dict)
    completed = select(UserTask.root_key, UserTask.element_id, UserTask.name).where(
        UserTask.root_key.in_(roots), UserTask.completed_by == login
    )
    for row in connection.execute(completed):
        done[row.root_key][row.element_id] = row.name
    started = (
        select(ProcessInstance.root_key, ElementInstance.element_id)
        .join(ElementInstance, ElementInstance.instance_key == ProcessInstance.key)
        .where(
            ProcessInstance.root_key.in_(roots),
            ProcessInstance.started_by == login,
            ElementInstance.kind == "startEvent",
        )
    )
    for root_key, element_id in connection.execute(started):
        done[root_key or 0].setdefault(element_id, element_id)
    return done
