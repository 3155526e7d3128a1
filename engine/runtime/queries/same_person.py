"""Tasks that a person may not do because they did another step of the matter themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from sqlalchemy import Connection, select

from engine.bpmn import Element
from engine.runtime.models import UserTask
from engine.runtime.other_person import done_elsewhere, done_here, elsewhere, here


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
    ruled = [(step, element) for step, element in steps if element is not None]
    near = [(step, here(element)) for step, element in ruled if here(element)]
    done = done_here(connection, login, {step.root_key for step, _ in near}) if near else {}
    found = {}
    for step, others in near:
        names = done.get(step.root_key, {})
        own = next((names[other] for other in others if other in names), None)
        if own is not None:
            found[step.key] = own
    for step, element in ruled:
        if step.key not in found and elsewhere(element):
            own = done_elsewhere(connection, login, _instance_of(connection, step.key), element)
            if own is not None:
                found[step.key] = own
    return found


def _instance_of(connection: Connection, task_key: int) -> int:
    return connection.scalar(select(UserTask.instance_key).where(UserTask.key == task_key)) or 0
