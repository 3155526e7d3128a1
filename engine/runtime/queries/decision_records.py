"""Decision instances: what was asked of a table, which rules matched, what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.dmn import DecisionTable
from engine.dmn.model import LiteralExpression, Logic
from engine.feel import decode
from engine.runtime.definitions import Definitions
from engine.runtime.errors import NotFound
from engine.runtime.models import DecisionDefinition, DecisionRecord, ProcessInstance
from engine.runtime.queries.visible import LISTED


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedInput:
    """An input of a decision with the value it had."""

    label: str
    expression: str
    value: object


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A rule that matched; `rule` counts from 1, as the table shows it."""

    rule: int
    annotation: str
    outputs: object


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionLine:
    """One answer of a decision; `file_hash` is the SHA-256 of the file it stands in."""

    key: int
    instance_key: int
    element_id: str
    decision_id: str
    decision_name: str
    version: int
    file_name: str
    file_hash: str
    evaluated_at: datetime
    inputs: tuple[AskedInput, ...]
    matched: tuple[Match, ...]
    result: object


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionSheet:
    """One answer beside the logic that gave it; a decision service has none."""

    line: DecisionLine
    logic: Logic | None

    @property
    def table(self) -> DecisionTable | None:
        """The table that answered, if it was one."""
        return self.logic if isinstance(self.logic, DecisionTable) else None

    @property
    def expression(self) -> str:
        """The FEEL text that answered, if it was one."""
        return self.logic.source if isinstance(self.logic, LiteralExpression) else ""


def decisions_of(
    connection: Connection, instance_key: int, element_id: str = ""
) -> tuple[DecisionLine, ...]:
    """The decisions of an instance, the newest first."""
    query = select(DecisionRecord).where(DecisionRecord.instance_key == instance_key)
    if element_id:
        query = query.where(DecisionRecord.element_id == element_id)
    rows = connection.execute(query.order_by(DecisionRecord.key.desc()).limit(LISTED))
    return tuple(_line(row) for row in rows)


def decision_sheet(connection: Connection, definitions: Definitions, key: int) -> DecisionSheet:
    """One decision instance with its logic. Raises `NotFound`."""
    row = connection.execute(select(DecisionRecord).where(DecisionRecord.key == key)).one_or_none()
    if row is None:
        raise NotFound(what="决策记录", key=key)
    asked_id = connection.scalar(
        select(DecisionDefinition.decision_id).where(
            DecisionDefinition.key == row.decision_definition_key
        )
    )
    horizon = connection.scalar(
        select(ProcessInstance.horizon).where(ProcessInstance.key == row.instance_key)
    )
    if asked_id is None or horizon is None:
        raise NotFound(what="决策记录", key=key)
    deployed = definitions.decision_as_of(connection, asked_id, horizon)
    logic = deployed.model.logic_of(row.decision_id, row.file_hash)
    return DecisionSheet(line=_line(row), logic=logic)


def _line(row: Row[*tuple[Any, ...]]) -> DecisionLine:
    return DecisionLine(
        key=row.key,
        instance_key=row.instance_key,
        element_id=row.element_id,
        decision_id=row.decision_id,
        decision_name=row.decision_name,
        version=row.version,
        file_name=row.file_name,
        file_hash=row.file_hash,
        evaluated_at=row.evaluated_at,
        inputs=tuple(_input(one) for one in row.inputs),
        matched=tuple(_match(one) for one in row.matched),
        result=decode(row.result),
    )


def _input(one: Mapping[str, Any]) -> AskedInput:
    return AskedInput(
        label=one.get("label") or one.get("expression") or "",
        expression=one.get("expression") or "",
        value=one.get("value"),
    )


def _match(one: Mapping[str, Any]) -> Match:
    return Match(
        rule=one["rule"], annotation=one.get("annotation") or "", outputs=one.get("outputs")
    )
