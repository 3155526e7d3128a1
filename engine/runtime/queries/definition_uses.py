"""Who uses what: steps that name a form, a decision or a process, and the instances on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, func, select

from engine.bpmn import Element, Process, read_diagram
from engine.bpmn.lint.bindings import bindings
from engine.feel import FeelError, compile_expression
from engine.runtime.deadlines import TABLE
from engine.runtime.models import ProcessDefinition, ProcessInstance, Resource

DEADLINE = "deadline"
"""The FEEL function that asks the table of deadlines."""

RUNNING = ("active", "suspended")

Name = tuple[str, str]
"""`("form", id)`, `("decision", id)` or `("process", id)`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """A step of a process that names a form, decision or process."""

    process_id: str
    process_name: str
    element_id: str
    element_name: str
    of: Name


@dataclass(frozen=True, kw_only=True, slots=True)
class Load:
    """How many instances run on which version of a process, and as of which deployment."""

    by_definition: Mapping[int, int]
    by_horizon: Mapping[str, Mapping[int, int]]
    users: Mapping[Name, frozenset[str]]

    def on_process(self, definition_key: int) -> int:
        return self.by_definition.get(definition_key, 0)

    def on(self, what: str, id_: str, since: int, until: int | None) -> int:
        """Instances of the processes that use a form or decision, pinned to deployments from
        `since` up to the one before `until`.
        """
        return sum(
            number
            for process_id in self.users.get((what, id_), ())
            for horizon, number in self.by_horizon.get(process_id, {}).items()
            if since <= horizon and (until is None or horizon < until)
        )


def load_of(connection: Connection) -> Load:
    """The load of now."""
    by_definition: dict[int, int] = {}
    by_horizon: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    rows = connection.execute(
        select(
            ProcessInstance.process_definition_key,
            ProcessInstance.process_id,
            ProcessInstance.horizon,
            func.count().label("number"),
        )
        .where(ProcessInstance.state.in_(RUNNING))
        .group_by(
            ProcessInstance.process_definition_key,
            ProcessInstance.process_id,
            ProcessInstance.horizon,
        )
    )
    for row in rows:
        key = row.process_definition_key
        by_definition[key] = by_definition.get(key, 0) + row.number
        by_horizon[row.process_id][row.horizon] += row.number
    users: dict[Name, set[str]] = defaultdict(set)
    for use in uses(connection):
        users[use.of].add(use.process_id)
    return Load(
        by_definition=by_definition,
        by_horizon=by_horizon,
        users={name: frozenset(found) for name, found in users.items()},
    )


def uses(connection: Connection) -> list[Use]:
    """Every use in the newest version of every process, in the order of the diagrams."""
    newest = select(func.max(ProcessDefinition.key)).group_by(ProcessDefinition.process_id)
    rows = connection.execute(
        select(
            ProcessDefinition.process_id,
            Resource.content_hash,
            Resource.file_name,
            Resource.content,
        )
        .join(Resource, Resource.key == ProcessDefinition.resource_key)
        .where(ProcessDefinition.key.in_(newest))
        .order_by(ProcessDefinition.process_id)
    )
    return [
        use
        for row in rows
        for use in _in_process(row.content_hash, row.file_name, row.content, row.process_id)
    ]


def uses_of(connection: Connection, what: str, id_: str) -> list[Use]:
    """The steps that use one form, decision or process."""
    return [use for use in uses(connection) if use.of == (what, id_)]


@lru_cache(maxsize=256)
def _in_process(
    content_hash: str, file_name: str, content: bytes, process_id: str
) -> tuple[Use, ...]:
    process = read_diagram(content, file_name).processes[process_id]
    return tuple(dict.fromkeys(_uses(process)))


def _uses(process: Process) -> Iterator[Use]:
    for element in process.elements.values():
        for name in _named_by(element):
            yield _use(process, element.id, element.name, name)
    for binding in bindings(process):
        if binding.is_feel and _asks_for_a_deadline(binding.binding.source):
            at = process.elements.get(binding.place.element)
            title = at.name if at else ""
            yield _use(process, binding.place.element, title, ("decision", TABLE))


def _named_by(element: Element) -> Iterator[Name]:
    if element.form is not None:
        yield "form", element.form.form_id
    if element.called_decision is not None:
        yield "decision", element.called_decision.decision_id.text
    if element.called_process is not None:
        yield "process", element.called_process.process_id.text


def _asks_for_a_deadline(source: str) -> bool:
    try:
        return DEADLINE in compile_expression(source).calls
    except FeelError:
        return False


def _use(process: Process, element_id: str, element_name: str, of: Name) -> Use:
    return Use(
        process_id=process.id,
        process_name=process.name or process.id,
        element_id=element_id,
        element_name=" ".join(element_name.split()) or element_id,
        of=of,
    )
