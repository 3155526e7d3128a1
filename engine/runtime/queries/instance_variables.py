"""The variables of an instance, scope by scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.feel import decode
from engine.runtime.models import ElementInstance, Variable
from engine.runtime.variables import ROOT


@dataclass(frozen=True, kw_only=True, slots=True)
class VariableLine:
    """A variable with its value as FEEL knows it."""

    name: str
    value: object
    changed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ScopeVariables:
    """A scope with its variables by name. `element_id` is empty for the instance itself."""

    scope_id: str
    element_id: str
    loop_index: int | None
    is_open: bool
    variables: tuple[VariableLine, ...]


def variables_by_scope(
    connection: Connection, instance_key: int, element_id: str = ""
) -> tuple[ScopeVariables, ...]:
    """The instance's own variables first, then open scopes, then closed ones.

    With `element_id` only the scopes of that element.
    """
    lines: dict[str, list[VariableLine]] = {}
    rows = connection.execute(
        select(Variable.scope_id, Variable.name, Variable.value, Variable.changed_at)
        .where(Variable.instance_key == instance_key)
        .order_by(Variable.scope_id, Variable.name)
    )
    for row in rows:
        line = VariableLine(name=row.name, value=decode(row.value), changed_at=row.changed_at)
        lines.setdefault(row.scope_id, []).append(line)
    owners = {
        row.token_id: row
        for row in connection.execute(
            select(
                ElementInstance.token_id,
                ElementInstance.element_id,
                ElementInstance.loop_index,
                ElementInstance.left_at,
            )
            .where(ElementInstance.instance_key == instance_key)
            .order_by(ElementInstance.key)
        )
    }
    scopes = []
    for scope_id, variables in lines.items():
        owner = owners.get(scope_id)
        scopes.append(
            ScopeVariables(
                scope_id=scope_id,
                element_id=owner.element_id if owner else "",
                loop_index=owner.loop_index if owner else None,
                is_open=scope_id == ROOT or (owner is not None and owner.left_at is None),
                variables=tuple(variables),
            )
        )
    if element_id:
        scopes = [scope for scope in scopes if scope.element_id == element_id]
    scopes.sort(key=lambda scope: (scope.scope_id != ROOT, not scope.is_open))
    return tuple(scopes)
