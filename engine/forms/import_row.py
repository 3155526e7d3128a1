"""A row of an import file (a clue, a line of a spreadsheet) → data submitted to a form.

A column belongs to the field whose property `importColumn` names its header; `|` divides several
headers. Fields of a dynamic list fill its first row; a number behind the header names another
(`文书文号2`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from engine.feel import Environment
from engine.forms.components import (
    Choice,
    Component,
    DynamicList,
    Field,
    FilePicker,
    Group,
    TextInput,
    label_of,
)
from engine.forms.convert import is_empty, read_value, split_list
from engine.forms.errors import BadValue
from engine.forms.options import OptionShown, find_option, options_of
from engine.forms.paths import Path, path_text
from engine.forms.scope import Scope

_NUMBERED = re.compile(r"(.*\D)([1-9]\d?)")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)
MAX_LIST_ROWS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportColumn:
    """A column of an import file and the field it fills; `lists` are the lists around it."""

    header: str
    path: Path
    label: str
    component: Field

    def at_row(self, number: int) -> Path:
        """The path in row `number` (from 1) of the list around the field."""
        steps = list(self.path)
        for at in range(len(steps) - 1, -1, -1):
            if isinstance(steps[at], int):
                steps[at] = number - 1
                break
        return tuple(steps)

    @property
    def in_list(self) -> bool:
        return any(isinstance(step, int) for step in self.path)


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnError:
    """A cell that cannot be read: the column it stands in, and why."""

    column: str
    label: str
    zh: str
    en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RowAnswers:
    """What a row says: nested `submitted` data, bad cells, headers no field knows.

    `columns` maps paths of fields to headers, so that errors of `Form.answers` can be reported by
    column too.
    """

    submitted: dict[str, object]
    errors: tuple[ColumnError, ...]
    columns: Mapping[str, str]
    unknown: tuple[str, ...]


def import_columns(components: Iterable[Component]) -> dict[str, ImportColumn]:
    """Every column of a form: header → field. The first field with a header has it."""
    columns: dict[str, ImportColumn] = {}
    for path, component in _fields(components, ()):
        for header in component.import_columns:
            column = ImportColumn(
                header=header, path=path, label=label_of(component), component=component
            )
            columns.setdefault(_same_header(header), column)
    return {column.header: column for column in columns.values()}


def answers_from_row(
    components: Iterable[Component],
    row: Mapping[str, object],
    *,
    context: Mapping[str, object],
    environment: Environment,
) -> RowAnswers:
    """Read one row; empty cells are as if the column were not there."""
    known = {_same_header(header): column for header, column in import_columns(components).items()}
    scope = Scope.of_root(context, environment)
    submitted: dict[str, object] = {}
    errors: list[ColumnError] = []
    columns: dict[str, str] = {}
    unknown: list[str] = []
    for header, cell in row.items():
        found = _column_of(header, known)
        if found is None:
            unknown.append(header)
            continue
        column, path = found
        columns[path_text(path)] = header
        if is_empty(cell):
            continue
        try:
            _place(submitted, path, _cell(column.component, cell, scope))
        except BadValue as fault:
            errors.append(
                ColumnError(
                    column=header,
                    label=column.label,
                    zh=f"「{header}」列：{fault.message('zh')}。",
                    en=f"Column '{header}': {fault.message('en')}.",
                )
            )
    return RowAnswers(
        submitted=_without_gaps(submitted),
        errors=tuple(errors),
        columns=columns,
        unknown=tuple(unknown),
    )


def _fields(components: Iterable[Component], around: Path) -> Iterator[tuple[Path, Field]]:
    for component in components:
        match component:
            case Group():
                yield from _fields(component.children, (*around, *component.path))
            case DynamicList():
                yield from _fields(component.children, (*around, *component.path, 0))
            case Field():
                yield (*around, *component.key), component
            case _:
                pass


def _same_header(header: str) -> str:
    """Headers are compared without blanks, stars and what stands in brackets."""
    bare = re.sub(r"[（(].*?[)）]", "", header)
    return re.sub(r"[\s*＊]", "", bare) or header.strip()


def _column_of(header: str, known: Mapping[str, ImportColumn]) -> tuple[ImportColumn, Path] | None:
    name = _same_header(header)
    if name in known:
        return known[name], known[name].path
    match = _NUMBERED.fullmatch(name)
    column = known.get(match[1]) if match else None
    if match is None or column is None or not column.in_list:
        return None
    number = int(match[2])
    return (column, column.at_row(number)) if number <= MAX_LIST_ROWS else None


def _cell(component: Field, cell: object, scope: Scope) -> object:
    match component:
        case Choice(many=True):
            return _options(options_of(component, scope), cell)
        case Choice():
            return _option(options_of(component, scope), cell)
        case FilePicker():
            raise BadValue("附件不能从文件导入", "attachments cannot be imported")
        case TextInput() if isinstance(cell, str) and _SCIENTIFIC.fullmatch(cell.strip()):
            raise BadValue(
                f"「{cell}」被表格软件存成了数值，末位已丢失，请把该列设为文本格式后重填",
                f"'{cell}' was stored as a number and lost digits; format the column as text",
            )
        case TextInput() if isinstance(cell, date | time):
            return cell.isoformat()
        case TextInput() if _is_long_number(cell):
            raise BadValue(
                "长号码被表格软件存成了数值，末位已丢失，请把该列设为文本格式后重填",
                "a long number lost its last digits; format the column as text",
            )
        case _:
            return read_value(component, cell)


def _is_long_number(cell: object) -> bool:
    """A spreadsheet keeps 15 digits of a number."""
    if isinstance(cell, bool) or not isinstance(cell, float | int | Decimal):
        return False
    return Decimal(str(cell)).adjusted() >= 15


def _options(options: tuple[OptionShown, ...], cell: object) -> list[object]:
    if not isinstance(cell, str):
        return [_option(options, cell)]
    items = split_list(cell, lambda text: find_option(options, text, by_label=True) is not None)
    return [_option(options, item) for item in items]


def _option(options: tuple[OptionShown, ...], cell: object) -> object:
    raw = cell.strip() if isinstance(cell, str) else cell
    if not options:
        return raw
    option = find_option(options, raw, by_label=True)
    if option is None:
        choices = "、".join(option.label for option in options[:8])
        more = " 等" if len(options) > 8 else ""
        raise BadValue(
            f"没有「{raw}」这一项，可填：{choices}{more}",
            f"'{raw}' is not among {choices}{more}",
        )
    return option.value


def _place(data: dict[str, object], path: Path, value: object) -> None:
    """Set the value at `path`; rows of lists are kept by number until `_without_gaps`."""
    place: dict[str | int, object] = data  # type: ignore[assignment]
    for step in path[:-1]:
        inner = place.setdefault(step, {})
        assert isinstance(inner, dict)
        place = inner
    place[path[-1]] = value


def _without_gaps(data: Mapping[str, object]) -> dict[str, object]:
    return {name: _closed_up(value) for name, value in data.items()}


def _closed_up(value: object) -> object:
    if not isinstance(value, dict):
        return value
    if value and all(isinstance(key, int) for key in value):
        return [_closed_up(value[number]) for number in sorted(value)]
    return {key: _closed_up(inner) for key, inner in value.items()}
