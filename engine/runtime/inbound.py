"""What comes to an instance from outside: passed deadlines and messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update

from engine.feel import decode
from engine.runtime.instance import Instance
from engine.runtime.models import Message, MessageSubscription, Timer
from engine.runtime.timers import next_of_cycle

if TYPE_CHECKING:
    from engine.bpmn import Element, Token
    from engine.runtime.transaction import Transaction


def fire_due_timers(tx: Transaction, root_key: int) -> None:
    """Fire every due timer of a tree of instances, the earliest first, until none is due."""
    while True:
        timer = tx.connection.execute(_DUE, {"of": root_key, "now": tx.now}).first()
        if timer is None:
            return
        fire(tx, timer)
        tx.settle()
        tx.write_timers()
        tx.firing = None


def fire(tx: Transaction, timer: Any) -> None:
    """Fire one timer of a locked instance and arm the next round of a cycle."""
    tx.firing = timer.key
    instance = tx.instance(timer.instance_key)
    element = instance.deployed.process.elements[timer.element_id]
    following = next_of_cycle(timer.due_at, timer.cycle, timer.repetitions) if timer.cycle else None
    if following is not None and not element.interrupting:
        tx.connection.execute(
            _NEXT_ROUND,
            {"of": timer.key, "at": following.at, "left": following.repetitions},
        )
    else:
        tx.connection.execute(_FORGET, {"of": timer.key})
    tx.rows.history(
        instance,
        "timer_fired",
        element_id=timer.element_id,
        details={"due_at": timer.due_at, "expression": timer.expression},
    )
    instance.execution.fire(timer.token_id, timer.element_id)
    tx.will_run(instance)


def deliver(
    tx: Transaction,
    instance: Instance,
    token_id: str,
    element_id: str,
    variables: Mapping[str, object],
    *,
    user: str | None = None,
) -> None:
    """Hand a message to the element that waits for it."""
    element = instance.deployed.process.elements[element_id]
    token = instance.execution.find(token_id)
    _take_variables(instance, token, element, variables)
    tx.rows.history(
        instance,
        "message_correlated",
        element_id=element_id,
        user=user,
        details={"variables": sorted(variables)},
    )
    if element.kind == "receiveTask" and token.element.id == element_id:
        instance.execution.finish(token_id)
    else:
        instance.execution.fire(token_id, element_id)
    tx.will_run(instance)


def offer_waiting_message(
    tx: Transaction, instance: Instance, token: Token, event: Element, name: str, key: str
) -> None:
    """A subscription opened: give it a message that was published before and still lives."""
    waiting = tx.connection.execute(
        _WAITING, {"name": name, "correlation_key": key, "now": tx.now}
    ).all()
    process_id = instance.deployed.process_id
    message = next((m for m in waiting if process_id not in m.correlated_to), None)
    if message is None or not tx.still_waits(instance, token, event):
        return
    tx.connection.execute(_TAKEN, {"of": message.key, "by": [*message.correlated_to, process_id]})
    variables = decode(message.variables)
    deliver(tx, instance, token.id, event.id, variables if isinstance(variables, dict) else {})


def _take_variables(
    instance: Instance, token: Token, element: Element, variables: Mapping[str, object]
) -> None:
    if not element.outputs:
        instance.variables.merge(instance.chain(token), variables)
        return
    seen = {**dict(instance.view(token)), **variables}
    for mapping in element.outputs:
        instance.variables.merge(
            instance.chain(token), {mapping.target: instance.value(mapping.source, seen)}
        )


_TIMER = select(
    Timer.key,
    Timer.instance_key,
    Timer.token_id,
    Timer.element_id,
    Timer.due_at,
    Timer.expression,
    Timer.cycle,
    Timer.repetitions,
)
_DUE = (
    _TIMER.where(
        Timer.root_key == bindparam("of"),
        Timer.due_at <= bindparam("now"),
        Timer.state == "armed",
    )
    .order_by(Timer.due_at, Timer.key)
    .limit(1)
)
_FORGET = delete(Timer).where(Timer.key == bindparam("of"))
_NEXT_ROUND = (
    update(Timer)
    .where(Timer.key == bindparam("of"))
    .values(due_at=bindparam("at"), repetitions=bindparam("left"))
)
_WAITING = (
    select(Message.key, Message.variables, Message.correlated_to)
    .where(
        Message.name == bindparam("name"),
        Message.correlation_key == bindparam("correlation_key"),
        Message.expires_at > bindparam("now"),
    )
    .order_by(Message.key)
)
_TAKEN = update(Message).where(Message.key == bindparam("of")).values(correlated_to=bindparam("by"))

SUBSCRIPTION = select(
    MessageSubscription.instance_key,
    MessageSubscription.token_id,
    MessageSubscription.element_id,
)
"""The columns `deliver` needs of a subscription."""
