"""Multi-instance: what each round sees and what the rounds bring together, as in Camunda 8."""

from __future__ import annotations

import re
from collections.abc import Set
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.bpmn import Token
from engine.bpmn.model import Loop

if TYPE_CHECKING:
    from engine.runtime.instance import Instance

_PATH = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
"""A variable, or an entry of one."""


def count(instance: Instance, token: Token) -> int:
    """How many rounds the body has; opens its output collection."""
    loop = _loop(token)
    number = len(_items(instance, token))
    local: dict[str, object] = {
        "numberOfInstances": Decimal(number),
        "numberOfActiveInstances": Decimal(0 if loop.sequential else number),
        "numberOfCompletedInstances": Decimal(0),
    }
    if loop.output_collection:
        local[loop.output_collection] = [None] * number
    instance.variables.set_local(token.id, local)
    return number


def enter(instance: Instance, token: Token, index: int) -> None:
    """Round `index` (from 1) begins: its item and counter become local variables, and the variable
    that its output is read from, so that rounds side by side do not overwrite each other's.
    """
    loop = _loop(token)
    local: dict[str, object] = {}
    if loop.output_element is not None and _PATH.fullmatch(loop.output_element.source.strip()):
        local[loop.output_element.source.strip().split(".")[0]] = None
    local["loopCounter"] = Decimal(index)
    if loop.input_element:
        body = instance.execution.find(token.scope)
        local[loop.input_element] = _items(instance, body)[index - 1]
    instance.variables.set_local(token.id, local)


def collect(instance: Instance, token: Token, index: int) -> bool:
    """Round `index` is done: keep its output. True if the remaining rounds are not needed."""
    loop = _loop(token)
    body = instance.variables.open(token.scope)
    if loop.output_collection and loop.output_element is not None:
        outputs = list(_as_list(body[loop.output_collection]))
        outputs[index - 1] = instance.value(loop.output_element, instance.view(token))
        body[loop.output_collection] = outputs
    done = _number(body["numberOfCompletedInstances"]) + 1
    body["numberOfCompletedInstances"] = done
    if not loop.sequential:
        body["numberOfActiveInstances"] = _number(body["numberOfInstances"]) - done
    if loop.completion_condition is None:
        return False
    return instance.value(loop.completion_condition, instance.view(token)) is True


def variables_of_body(instance: Instance, token: Token) -> Set[str]:
    """The names that the body of a loop keeps for itself: a round that was handed copies of them
    does not bring them back.
    """
    if token.element.loop is None or token.loop_index is None:
        return frozenset()
    return frozenset(instance.variables.view([token.scope]))


def publish_output(instance: Instance, token: Token) -> None:
    """The body is done: its output collection goes to the scope around it."""
    loop = _loop(token)
    if loop.output_collection:
        collected = instance.variables.view([token.id])[loop.output_collection]
        instance.variables.merge(instance.chain(token)[1:], {loop.output_collection: collected})


def _loop(token: Token) -> Loop:
    loop = token.element.loop
    assert loop is not None
    return loop


def _items(instance: Instance, body: Token) -> list[object]:
    loop = _loop(body)
    view = instance.outer_view(body)
    items = instance.value(loop.input_collection, view)
    if not isinstance(items, list):
        raise instance.failed(
            loop.input_collection,
            view,
            element=body.element,
            purpose=("多实例的输入集合", "input collection"),
            value=items,
            expected="list",
        )
    return items


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _number(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))
