"""Procedures changed for a rehearsal: another file, another cell of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from lxml import etree

from engine.bpmn.safe_xml import parse
from engine.runtime import SourceFile
from engine.scenario.errors import CellNotFound, FileNotReplaced, TableNotFound

_LITERAL = re.compile(r'"([^"]*)"')
EXPRESSION = ("表达式", "expression")
"""The row of a decision that is no table but one expression."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CellChange:
    """A cell of a decision table and what it says instead, as FEEL.

    `row` is the number of a rule from 1, its id, or a text that its first input cell names;
    `column` the name or label of an output or the label or expression of an input. Of a decision
    that is one expression, the row is `表达式` and the column does not matter.
    """

    table: str
    row: str
    column: str
    to: str


def changed(
    files: Sequence[SourceFile], replaced: Mapping[str, Path], cells: Sequence[CellChange]
) -> list[SourceFile]:
    """The files with the replacements and changes. Raises `FileNotReplaced`, `CellNotFound` …"""
    result = {file.name: file for file in files}
    for name, path in replaced.items():
        if name not in result:
            raise FileNotReplaced(name=name, why="流程文件中没有 / not among the procedures")
        try:
            result[name] = SourceFile(name=name, content=path.read_bytes())
        except OSError as error:
            raise FileNotReplaced(name=str(path), why=error.strerror) from None
    for cell in cells:
        file = _file_with(list(result.values()), cell.table)
        result[file.name] = _with_cell(file, cell)
    return list(result.values())


def feel_text(value: object) -> str:
    """A cell as it is written in the table: numbers and FEEL text as they are."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _file_with(files: Sequence[SourceFile], table: str) -> SourceFile:
    known: list[str] = []
    for file in files:
        if file.kind != "dmn":
            continue
        for decision in parse(file.content, file.name).iter("{*}decision"):
            if table in (decision.get("id"), decision.get("name")):
                return file
            known.append(decision.get("id", ""))
    raise TableNotFound(table=table, known="、".join(known))


def _with_cell(file: SourceFile, change: CellChange) -> SourceFile:
    root = parse(file.content, file.name)
    decision = next(
        decision
        for decision in root.iter("{*}decision")
        if change.table in (decision.get("id"), decision.get("name"))
    )
    cell = _cell(decision, change)
    text = cell.find("{*}text")
    if text is None:
        text = etree.SubElement(cell, f"{{{etree.QName(cell).namespace}}}text")
    text.text = change.to
    return SourceFile(
        name=file.name,
        content=etree.tostring(root, xml_declaration=True, encoding="UTF-8"),
    )


def _cell(decision: etree._Element, change: CellChange) -> etree._Element:
    table = decision.find("{*}decisionTable")
    if table is not None:
        return _cells(_rule(table, change))[_column(table, change)]
    expression = decision.find("{*}literalExpression")
    if expression is None or change.row not in EXPRESSION:
        known = EXPRESSION[0] if expression is not None else "0"
        raise CellNotFound(
            table=change.table, what="行", what_en="row", name=change.row, known=known
        )
    return expression


def _rule(table: etree._Element, change: CellChange) -> etree._Element:
    rules = table.findall("{*}rule")
    known = []
    for number, rule in enumerate(rules, start=1):
        first = _text(_cells(rule)[0])
        values = _LITERAL.findall(first)
        if change.row in (str(number), rule.get("id"), first, *values):
            return rule
        known.append(next(iter(values), first) or str(number))
    raise CellNotFound(
        table=change.table, what="行", what_en="row", name=change.row, known="、".join(known)
    )


def _column(table: etree._Element, change: CellChange) -> int:
    known = []
    columns = [*table.findall("{*}input"), *table.findall("{*}output")]
    for number, column in enumerate(columns):
        expression = column.find("{*}inputExpression")
        names = [column.get("label"), column.get("name"), column.get("id")]
        if expression is not None:
            names.append(_text(expression))
        if change.column in names:
            return number
        known.append(next(filter(None, names), str(number)))
    raise CellNotFound(
        table=change.table, what="列", what_en="column", name=change.column, known="、".join(known)
    )


def _cells(rule: etree._Element) -> list[etree._Element]:
    return [*rule.findall("{*}inputEntry"), *rule.findall("{*}outputEntry")]


def _text(element: etree._Element) -> str:
    text = element.find("{*}text")
    return (text.text or "").strip() if text is not None else ""
