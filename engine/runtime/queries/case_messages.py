"""The messages a case waits for and a person can give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine.bpmn import Element
from engine.feel import compile_expression
from engine.runtime.definitions import DeployedForm, DeployedProcess
from engine.runtime.errors import NoSuchDefinition
from engine.runtime.models import MessageSubscription, ProcessInstance
from engine.runtime.publishing import JOB_TYPE
from engine.runtime.queries.case_papers import variables_of
from engine.runtime.queries.instance_page import InstanceHead
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.steps import latest_processes

FORM = "form"
"""Property of a catching event: the form in which a person says what happened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenMessage:
    """A message that a case waits for and that a person can give.

    `names` are the variables it brings where no form says so, dates and instants by the end of
    their names (`_date`, `_at`).
    """

    key: int
    instance_key: int
    element: Element
    message_name: str
    correlation_key: str
    form: DeployedForm | None
    names: tuple[str, ...]


def open_messages(reading: Reading, tree: Sequence[InstanceHead]) -> tuple[OpenMessage, ...]:
    """The messages that instances of a case wait for, each once.

    A message that some process throws is given by that process, not by a person, unless the event
    names a form.
    """
    heads = {head.key: head for head in tree if head.is_active}
    rows = reading.connection.execute(
        select(MessageSubscription)
        .where(MessageSubscription.instance_key.in_(heads), MessageSubscription.kind == "message")
        .order_by(MessageSubscription.key)
    ).all()
    thrown = _thrown(reading) if rows else frozenset()
    found: dict[tuple[str, str], OpenMessage] = {}
    for row in rows:
        head = heads[row.instance_key]
        element = head.element(row.element_id)
        if element is None or (row.message_name, row.correlation_key) in found:
            continue
        form = _form_of(reading, element, head.horizon)
        if form is None and row.message_name in thrown:
            continue
        found[row.message_name, row.correlation_key] = OpenMessage(
            key=row.key,
            instance_key=row.instance_key,
            element=element,
            message_name=row.message_name,
            correlation_key=row.correlation_key,
            form=form,
            names=() if form else _asked(element, variables_of(reading.connection, head.key)),
        )
    return tuple(found.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class Receiver:
    """An instance that waits for a message, and the form that says what it must bring."""

    instance_key: int
    organisation_path: str
    form: DeployedForm | None


def receivers_of(reading: Reading, name: str, correlation_key: str) -> tuple[Receiver, ...]:
    """Who waits for a message of this name and key."""
    rows = reading.connection.execute(
        select(
            MessageSubscription.element_id,
            ProcessInstance.key,
            ProcessInstance.horizon,
            ProcessInstance.organisation_path,
            ProcessInstance.process_definition_key,
        )
        .join(ProcessInstance, ProcessInstance.key == MessageSubscription.instance_key)
        .where(
            MessageSubscription.kind == "message",
            MessageSubscription.message_name == name,
            MessageSubscription.correlation_key == correlation_key,
            ProcessInstance.state == "active",
        )
        .order_by(MessageSubscription.key)
    ).all()
    found = []
    for row in rows:
        deployed = reading.definitions.process(reading.connection, row.process_definition_key)
        element = deployed.process.elements[row.element_id]
        found.append(
            Receiver(
                instance_key=row.key,
                organisation_path=row.organisation_path,
                form=_form_of(reading, element, row.horizon),
            )
        )
    return tuple(found)


def _form_of(reading: Reading, element: Element, horizon: int) -> DeployedForm | None:
    form_id = element.properties.get(FORM) or (element.form.form_id if element.form else "")
    if not form_id:
        return None
    try:
        return reading.definitions.form_as_of(reading.connection, form_id, horizon)
    except NoSuchDefinition:
        return None


def _asked(element: Element, known: dict[str, object]) -> tuple[str, ...]:
    """What the outputs of the event read: dates always, other values only if they are not known."""
    names: dict[str, None] = {}
    for mapping in element.outputs:
        if mapping.source.is_expression:
            names |= dict.fromkeys(sorted(compile_expression(mapping.source.source).names))
    return tuple(name for name in names if is_date(name) or is_instant(name) or name not in known)


def is_date(name: str) -> bool:
    """Whether a variable holds a day, by its name."""
    return name.endswith("_date")


def is_instant(name: str) -> bool:
    """Whether a variable holds an instant, by its name."""
    return name.endswith("_at")


def _thrown(reading: Reading) -> frozenset[str]:
    names = (name for deployed in latest_processes(reading) for name in _thrown_by(deployed))
    return frozenset(names)


def _thrown_by(deployed: DeployedProcess) -> Iterator[str]:
    for element in deployed.process.elements.values():
        task = element.task_type
        if task is not None and task.type.text == JOB_TYPE and "messageName" in task.headers:
            yield task.headers["messageName"]
