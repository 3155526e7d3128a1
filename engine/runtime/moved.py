"""Dates that moved in a caller, found again in the instances that it called with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.bpmn import Token
from engine.bpmn.model import VariableMapping
from engine.feel import compile_expression
from engine.runtime.models import ProcessInstance
from engine.runtime.variables import ROOT

if TYPE_CHECKING:
    from engine.runtime.instance import Instance
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """A variable of a scope that had one value and has another now."""

    scope_id: str
    name: str
    before: object
    after: object


def called_by(tx: Transaction, instance: Instance) -> Iterator[Instance]:
    """The running instances that an instance called."""
    keys = select(ProcessInstance.key).where(
        ProcessInstance.parent_key == instance.key, ProcessInstance.state == "active"
    )
    for key in tx.connection.scalars(keys.order_by(ProcessInstance.key)).all():
        yield tx.instance(key)


def moved_inside(caller: Instance, called: Instance, moved: Sequence[Moved]) -> list[Moved]:
    """Give a called instance the dates that moved, where it still has what it was called with."""
    assert called.row.parent_token_id is not None
    token = caller.execution.find(called.row.parent_token_id)
    own, mapped = called.variables.open(ROOT), caller.variables.open(token.id)
    changed: dict[str, Moved] = {}
    for target, before, after in _given(caller, token, moved):
        if before == after or target not in own or own[target] != before:
            continue
        own[target] = after
        if target in mapped and mapped[target] == before:
            mapped[target] = after
        changed[target] = Moved(scope_id=ROOT, name=target, before=before, after=after)
    return list(changed.values())


def _given(
    caller: Instance, token: Token, moved: Sequence[Moved]
) -> Iterator[tuple[str, object, object]]:
    """What the instance at `token` was called with: its name there, and its value then and now."""
    element = token.element
    for one in moved:
        if one.scope_id == token.id or _passes_everything(token):
            yield one.name, one.before, one.after
    around = dict(caller.outer_view(token))
    outer = {one.name: one.before for one in moved if one.scope_id != token.id}
    for mapping in element.inputs:
        if mapping.source.is_expression and _reads(mapping) & outer.keys():
            before = _value(caller, mapping, {**around, **outer})
            yield mapping.target, before, _value(caller, mapping, around)


def _passes_everything(token: Token) -> bool:
    called = token.element.called_process
    return called is not None and called.propagate_all_parent_variables


def _reads(mapping: VariableMapping) -> frozenset[str]:
    return frozenset(compile_expression(mapping.source.source).names)


def _value(caller: Instance, mapping: VariableMapping, view: Mapping[str, object]) -> object:
    value = caller.value(mapping.source, view)
    caller.book.noted.clear()
    return value
