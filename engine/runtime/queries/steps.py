"""The steps a person may meet: what the filters of the inbox offer."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from engine.bpmn import Element
from engine.runtime.definitions import DeployedProcess
from engine.runtime.models import ProcessDefinition
from engine.runtime.queries.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedStep:
    """A user task of a process."""

    element_id: str
    name: str
    name_en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Procedure:
    """The latest version of a process with the user tasks that some groups may be given."""

    process_id: str
    name: str
    name_en: str
    steps: tuple[NamedStep, ...]


def latest_processes(reading: Reading) -> Iterator[DeployedProcess]:
    """The latest version of every process, in the order in which they were first deployed."""
    latest = select(func.max(ProcessDefinition.key)).group_by(ProcessDefinition.process_id)
    ordered = latest.order_by(func.min(ProcessDefinition.key))
    for key in reading.connection.scalars(ordered).all():
        yield reading.definitions.process(reading.connection, key)


def procedures_of(reading: Reading, groups: Collection[str]) -> tuple[Procedure, ...]:
    """The processes with user tasks for one of `groups`."""
    found = []
    for deployed in latest_processes(reading):
        steps = tuple(_steps(deployed, groups))
        if steps:
            found.append(
                Procedure(
                    process_id=deployed.process_id,
                    name=deployed.process.name or deployed.process_id,
                    name_en=deployed.process.properties.get("name:en", ""),
                    steps=steps,
                )
            )
    return tuple(found)


def _steps(deployed: DeployedProcess, groups: Collection[str]) -> Iterator[NamedStep]:
    for element in deployed.process.elements.values():
        if element.kind == "userTask" and _may_reach(element, groups):
            yield NamedStep(
                element_id=element.id,
                name=element.name or element.id,
                name_en=element.properties.get("name:en", ""),
            )


def _may_reach(element: Element, groups: Collection[str]) -> bool:
    """Whether a person of `groups` may be given the task; groups worked out later may be any."""
    assigned = element.assignment.candidate_groups if element.assignment else None
    if assigned is None or assigned.is_expression:
        return True
    return any(name.strip() in groups for name in assigned.text.split(","))
