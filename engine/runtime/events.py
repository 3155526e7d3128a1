"""Events that wait and events that are thrown: timers, messages, signals."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.bpmn import Element, Token
from engine.bpmn.model import Message
from engine.feel import compile_expression
from engine.runtime.timers import due_of

if TYPE_CHECKING:
    from engine.runtime.instance import Instance

BROADCAST = "runtime.broadcast_signal"
"""The job type that carries a signal to the other instances after the commit."""


def arm(instance: Instance, token: Token, event: Element) -> None:
    """The token waits for `event`: keep a timer or a subscription for it."""
    if event.kind == "receiveTask" and event.message is not None:
        _subscribe(instance, token, event, event.message)
        return
    definition = event.event
    if definition is None:
        return
    if definition.kind == "timer":
        _arm_timer(instance, token, event)
    elif definition.kind == "message" and definition.message is not None:
        _subscribe(instance, token, event, definition.message)
    elif definition.kind == "signal":
        instance.tx.rows.subscription(instance, token, event, "signal", definition.name, "")


def disarm(instance: Instance, token: Token, event: Element) -> None:
    """The token does not wait for `event` any longer."""
    instance.tx.rows.disarm(instance, token, event)


def throw(instance: Instance, token: Token, event: Element) -> None:
    """Something was thrown that no job carries.

    A signal goes to whoever waits for it; an escalation that nobody here catches, to the caller.
    """
    definition = event.event
    if definition is None:
        return
    if definition.kind == "escalation":
        instance.tx.escalate(instance, definition.code.text if definition.code else "")
    elif definition.kind == "signal":
        instance.tx.rows.job(
            instance,
            None,
            type_=BROADCAST,
            headers={"signal": definition.name},
            retries=3,
            element_id=event.id,
        )


def _arm_timer(instance: Instance, token: Token, event: Element) -> None:
    definition = event.event
    assert definition is not None
    assert definition.timer is not None
    due = due_of(instance, event, instance.view(token))
    names = (
        sorted(compile_expression(definition.timer.source).names)
        if definition.timer.is_expression
        else []
    )
    instance.tx.rows.timer(instance, token, event, due, names)
    for worked_out in instance.book.noted:
        instance.tx.rows.deadline(instance, token, worked_out, use="timer", element_id=event.id)
    instance.book.noted.clear()


def _subscribe(instance: Instance, token: Token, event: Element, message: Message) -> None:
    view = instance.view(token)
    name = str(instance.value(message.name, view))
    key = ""
    if message.correlation_key is not None:
        value = instance.value(message.correlation_key, view)
        if not isinstance(value, str | int | Decimal) or value == "" or isinstance(value, bool):
            raise instance.failed(
                message.correlation_key,
                view,
                element=event,
                purpose=("消息关联键", "correlation key"),
                value=value,
                expected="text or number",
            )
        key = str(value)
    instance.tx.rows.subscription(instance, token, event, "message", name, key)
    instance.tx.subscribed(instance, token, event, name, key)
