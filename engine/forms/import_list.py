"""Rows of a file → rows of a dynamic list (property `importRows` = `true`).

Each row is read by the import columns of the list's fields and checked with the whole form around
it. Rows without a fault are added to what stands in the list; the others are left out and named by
row, column and reason. A row that stands in the list already is not added a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from engine.feel import Environment
from engine.forms.components import Component, DynamicList, Group, label_of
from engine.forms.errors import FieldError
from engine.forms.filling import MAX_ROWS, ROW
from engine.forms.form import Form
from engine.forms.import_row import answers_from_row, import_columns
from engine.forms.paths import Key, as_rows, dig, path_text
from engine.forms.present import IMPORT_ROWS


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportList:
    """A list of a form that takes rows from a file: its path and the headers it reads."""

    path: str
    label: str
    columns: tuple[str, ...]
    key: Key
    component: DynamicList


@dataclass(frozen=True, kw_only=True, slots=True)
class RowFault:
    """What is wrong in a row: its number in the file, the column (empty: the row), and why."""

    row_no: int
    column: str
    zh: str
    en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RowsTaken:
    """`submitted` with the rows in it; how many were added, how many stood there already."""

    submitted: dict[str, object]
    added: int
    known: int
    faults: tuple[RowFault, ...]
    unknown: tuple[str, ...]


def import_lists(form: Form) -> tuple[ImportList, ...]:
    """The lists of a form that take rows from a file, in form order."""
    return tuple(
        ImportList(
            path=".".join(key),
            label=label_of(component),
            columns=tuple(import_columns(component.children)),
            key=key,
            component=component,
        )
        for key, component in _lists(form.components, ())
        if component.properties.get(IMPORT_ROWS) == "true" and component.may_change_rows
    )


def take_rows(
    form: Form,
    into: ImportList,
    rows: Sequence[tuple[int, Mapping[str, object]]],
    submitted: Mapping[str, object],
    *,
    context: Mapping[str, object],
    environment: Environment,
) -> RowsTaken:
    """`submitted`, what is typed so far, with the good rows of a file; `rows` have numbers."""
    data = deepcopy(dict(submitted))
    before = as_rows(dig(data, into.key))
    read: list[_ReadRow] = []
    faults: list[RowFault] = []
    unknown: dict[str, None] = {}
    for number, cells in rows:
        answers = answers_from_row(
            into.component.children, cells, context=context, environment=environment
        )
        unknown.update(dict.fromkeys(answers.unknown))
        if answers.errors:
            faults += [_of_cell(number, e.column, e.zh, e.en) for e in answers.errors]
        elif len(before) + len(read) >= MAX_ROWS:
            faults.append(_too_many(number))
        else:
            row = {**answers.submitted, ROW: ""}
            read.append(_ReadRow(number=number, row=row, columns=answers.columns))
    tried = _with_rows(deepcopy(data), into.key, [*before, *(one.row for one in read)])
    known = _standing(form.typed(tried, context=context, environment=environment), into, before)
    refused = form.errors(tried, context=context, environment=environment)
    bad = _refused(refused, into, len(before), read)
    faults += [fault for at, found in bad.items() if at not in known for fault in found]
    good = [one.row for at, one in enumerate(read) if at not in bad and at not in known]
    return RowsTaken(
        submitted=_with_rows(data, into.key, [*before, *good]),
        added=len(good),
        known=len(known),
        faults=tuple(sorted(faults, key=lambda fault: fault.row_no)),
        unknown=tuple(name for name in unknown if name),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _ReadRow:
    number: int
    row: dict[str, object]
    columns: Mapping[str, str]


def _standing(typed: Mapping[str, object], into: ImportList, before: Sequence[object]) -> set[int]:
    """The places among the rows read of those that stand in the list, or in the file, already."""
    rows = as_rows(dig(typed, into.key))
    return {at - len(before) for at in range(len(before), len(rows)) if rows[at] in rows[:at]}


def _lists(components: Iterable[Component], around: Key) -> Iterator[tuple[Key, DynamicList]]:
    for component in components:
        if isinstance(component, Group):
            yield from _lists(component.children, around + component.path)
        elif isinstance(component, DynamicList):
            yield around + component.path, component


def _refused(
    errors: Iterable[FieldError], into: ImportList, before: int, read: Sequence[_ReadRow]
) -> dict[int, list[RowFault]]:
    """Place of a row among `read` → its faults, of all that the form found."""
    place = re.compile(re.escape(path_text(into.key)) + r"\[(\d+)\]\.?(.*)")
    found: dict[int, list[RowFault]] = {}
    for error in errors:
        match = place.fullmatch(error.path)
        at = int(match[1]) - before if match else -1
        if match is None or at < 0:
            continue
        column = read[at].columns.get(match[2]) or _header(into, match[2])
        found.setdefault(at, []).append(_of_form(read[at].number, column, error))
    return found


def _header(into: ImportList, path: str) -> str:
    """The first header of the field at a path of a row; empty if the file cannot fill it."""
    for header, column in import_columns(into.component.children).items():
        if path_text(column.path) == path:
            return header
    return ""


def _with_rows(data: dict[str, object], key: Key, rows: list[object]) -> dict[str, object]:
    holder: dict[str, object] = data
    for step in key[:-1]:
        inner = holder.get(step)
        holder[step] = dict(inner) if isinstance(inner, Mapping) else {}
        holder = holder[step]  # type: ignore[assignment]
    holder[key[-1]] = rows
    return data


def _of_cell(number: int, column: str, zh: str, en: str) -> RowFault:
    return RowFault(
        row_no=number,
        column=column,
        zh=zh.removeprefix(f"「{column}」列："),
        en=en.removeprefix(f"Column '{column}': "),
    )


def _of_form(number: int, column: str, error: FieldError) -> RowFault:
    return RowFault(row_no=number, column=column, zh=error.beside("zh"), en=error.beside("en"))


def _too_many(number: int) -> RowFault:
    return RowFault(
        row_no=number,
        column="",
        zh=f"一份表最多 {MAX_ROWS} 条。",
        en=f"A form takes at most {MAX_ROWS} rows.",
    )
