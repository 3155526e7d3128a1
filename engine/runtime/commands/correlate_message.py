"""Give a message to whoever waits for it: instances, and processes that it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select

from engine.bpmn import Element
from engine.feel import encode
from engine.identity import SYSTEM, User
from engine.runtime import inbound
from engine.runtime.bus import Command, handles
from engine.runtime.errors import NotCorrelated
from engine.runtime.models import Message, MessageSubscription, ProcessInstance
from engine.runtime.start_keys import start_once

if TYPE_CHECKING:
    from engine.runtime.definitions import DeployedProcess
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class CorrelateMessage(Command):
    """Deliver a message by name and correlation key. Gives the keys of the instances reached.

    Each process takes it once. One that it starts belongs to `organisation` unless its diagram says
    otherwise; if its start key is known, nothing is started and that is no error. With a
    `time_to_live` the message also waits for subscriptions that open later; without one, nobody
    waiting raises `NotCorrelated`. A second message of the same name and `message_id` does nothing.
    """

    name: str
    correlation_key: str
    variables: Mapping[str, object] = field(default_factory=dict)
    user: User = SYSTEM
    message_id: str | None = None
    time_to_live: timedelta | None = None
    organisation: str = ""


@handles(CorrelateMessage)
def correlate_message(command: CorrelateMessage, tx: Transaction) -> list[int]:
    if command.message_id is not None and _is_known(command, tx):
        return []
    reached: dict[str, int] = {}
    for row in tx.connection.execute(
        _WAITING, {"name": command.name, "correlation_key": command.correlation_key}
    ).all():
        _deliver(command, tx, row.key, row.process_id, reached)
    taken_by = set(reached)
    for deployed, event in tx.definitions.message_starts(tx.connection, command.name):
        if deployed.process_id not in taken_by:
            taken_by.add(deployed.process_id)
            started = _start(command, tx, deployed, event)
            if started is not None:
                reached[deployed.process_id] = started
    if command.time_to_live is not None or command.message_id is not None:
        _keep(command, tx, sorted(taken_by))
    elif not taken_by:
        raise NotCorrelated(name=command.name, correlation_key=command.correlation_key)
    return list(reached.values())


def _deliver(
    command: CorrelateMessage,
    tx: Transaction,
    subscription_key: int,
    process_id: str,
    reached: dict[str, int],
) -> None:
    if process_id in reached:
        return
    found = tx.connection.execute(_SUBSCRIPTION, {"of": subscription_key}).one_or_none()
    if found is None:
        return
    instance = tx.lock_instance(found.instance_key)
    still = tx.connection.execute(_SUBSCRIPTION, {"of": subscription_key}).one_or_none()
    if still is None or instance.row.state != "active":
        return
    giver = None if command.user == SYSTEM else command.user.login
    inbound.deliver(tx, instance, found.token_id, found.element_id, command.variables, user=giver)
    reached[process_id] = instance.key


def _start(
    command: CorrelateMessage, tx: Transaction, deployed: DeployedProcess, event: Element
) -> int | None:
    instance = start_once(
        tx,
        deployed,
        command.variables,
        user=command.user,
        start_event_id=event.id,
        organisation=command.organisation or command.user.organisation,
    )
    return instance.key if instance is not None else None


def _keep(command: CorrelateMessage, tx: Transaction, taken_by: list[str]) -> None:
    tx.connection.execute(
        insert(Message),
        {
            "name": command.name,
            "correlation_key": command.correlation_key,
            "message_id": command.message_id,
            "variables": encode(dict(command.variables)),
            "published_at": tx.now,
            "expires_at": tx.now + (command.time_to_live or timedelta(0)),
            "correlated_to": taken_by,
        },
    )


def _is_known(command: CorrelateMessage, tx: Transaction) -> bool:
    known = tx.connection.execute(_KNOWN, {"name": command.name, "message_id": command.message_id})
    return known.first() is not None


_WAITING = (
    select(MessageSubscription.key, ProcessInstance.process_id)
    .join(ProcessInstance, ProcessInstance.key == MessageSubscription.instance_key)
    .where(
        MessageSubscription.kind == "message",
        MessageSubscription.message_name == bindparam("name"),
        MessageSubscription.correlation_key == bindparam("correlation_key"),
        ProcessInstance.state == "active",
    )
    .order_by(MessageSubscription.key)
)
_SUBSCRIPTION = inbound.SUBSCRIPTION.where(MessageSubscription.key == bindparam("of"))
_KNOWN = select(Message.key).where(
    Message.name == bindparam("name"), Message.message_id == bindparam("message_id")
)
