"""Where the tokens of an instance are on its diagram, and the way they came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.bpmn import Element
from engine.runtime.models import ElementInstance
from engine.runtime.queries.instance_page import travelled
from engine.runtime.queries.task import TaskRecord

CONTAINERS = ("subProcess", "adHocSubProcess", "transaction")


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """An element at which a token waits."""

    element: Element
    since: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """The tokens of the instance of a task, and what they have passed."""

    standing: tuple[Standing, ...]
    elements: frozenset[str]
    flows: frozenset[str]

    @property
    def tokens(self) -> dict[str, int]:
        """Element id → number of tokens at it."""
        counts: dict[str, int] = {}
        for one in self.standing:
            counts[one.element.id] = counts.get(one.element.id, 0) + 1
        return counts


def way_of(connection: Connection, task: TaskRecord) -> Way:
    """The way of the instance that the task belongs to."""
    rows = connection.execute(
        select(ElementInstance.element_id, ElementInstance.entered_at)
        .where(
            ElementInstance.instance_key == task.case.key,
            ElementInstance.left_at.is_(None),
            ElementInstance.kind.not_in(CONTAINERS),
        )
        .order_by(ElementInstance.key)
    )
    elements = task.deployed.process.elements
    taken = travelled(connection, task.case.key)
    return Way(
        standing=tuple(
            Standing(element=elements[row.element_id], since=row.entered_at)
            for row in rows
            if row.element_id in elements
        ),
        elements=taken.elements,
        flows=taken.flows,
    )
