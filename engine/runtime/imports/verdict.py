"""What is wrong with a row, by column: said once, and not again for what follows from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engine.forms import FieldError, Form, RowAnswers
from engine.forms.errors import FormInvalid
from engine.runtime.imports.importable import REPORT_COLUMNS, Importable

Fault = dict[str, str]
"""`column`, `zh`, `en`."""

_ROW_NUMBER = re.compile(r"\[\d+\]")


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadRow:
    """A row against its header: named cells, and faults of the row's shape."""

    cells: dict[str, object]
    faults: list[Fault]


def fault(column: str, zh: str, en: str) -> Fault:
    return {"column": column, "zh": zh, "en": en}


def read_row(header: list[str], cells: list[object]) -> ReadRow:
    """Name the cells of a row; formulas and cells beyond the header are faults."""
    faults = []
    if len(cells) > len(header):
        zh = f"有 {len(cells)} 格，表头只有 {len(header)} 列"
        faults.append(fault("", zh, "more cells than the header"))
    named = {
        name: cell
        for name, cell in zip(header, cells, strict=False)
        if name and name not in REPORT_COLUMNS
    }
    for name, cell in named.items():
        if isinstance(cell, str) and cell.startswith("="):
            faults.append(
                fault(name, "是公式，请粘贴为数值或文字后重填", "a formula; paste it as a value")
            )
    return ReadRow(cells=named, faults=faults)


def faults_of_cells(read: RowAnswers) -> list[Fault]:
    """The cells that cannot be read."""
    return [
        fault(
            error.column,
            error.zh.removeprefix(f"「{error.column}」列：").removesuffix("。"),
            error.en.removeprefix(f"Column '{error.column}': ").removesuffix("."),
        )
        for error in read.errors
    ]


def faults_of_form(
    importable: Importable, read: RowAnswers, invalid: FormInvalid, known: Iterable[Fault] = ()
) -> list[Fault]:
    """What the form refuses, without what only follows from a cell with a known fault."""
    unread = {one["column"] for one in known}
    roots = {path.split(".")[0] for path, column in read.columns.items() if column in unread}
    faults = []
    for error in invalid.errors:
        column = read.columns.get(error.path, "")
        if column in unread or _follows(importable.form, error, roots):
            continue
        if column:
            zh, en = error.beside("zh"), error.beside("en")
        else:
            column, zh, en = error.label, error.zh, error.en
        faults.append(fault(column, zh.removesuffix("。"), en.removesuffix(".")))
    return faults


def in_order(faults: Iterable[Fault], header: list[str]) -> list[Fault]:
    """The faults in the order of the columns, those of no column first."""
    places = {name: number for number, name in enumerate(header)}
    return sorted(faults, key=lambda one: places.get(one["column"], -1))


def _follows(form: Form, error: FieldError, roots: set[str]) -> bool:
    """Whether an owner's rule failed that reads what could not be read."""
    if not roots:
        return False
    path = _ROW_NUMBER.sub("", error.path)
    return any(
        check.condition.names & roots
        for field in form.fields()
        if field.path == path
        for check in field.component.checks
        if check.zh in error.zh
    )
