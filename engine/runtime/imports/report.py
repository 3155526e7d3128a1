"""The file of what failed: the rows as they came, with row number, column and reason, to correct
and upload again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from engine.runtime.imports.importable import REPORT_COLUMNS
from engine.runtime.imports.table_file import QUOTED

if TYPE_CHECKING:
    from engine.runtime.imports.importable import Importable
    from engine.runtime.queries.imports import BadRow

_WRONG = PatternFill("solid", fgColor="FFE0DB")
_WIDTH = 18
_ILLEGAL = {code: None for code in range(32) if code not in (9, 10, 13)}


def corrections_csv(header: Sequence[str], rows: Iterable[BadRow]) -> bytes:
    """CSV in UTF-8 with a mark, as spreadsheet programs want it."""
    out = StringIO()
    writer = csv.writer(out)
    own = _own(header)
    writer.writerow([*(name for _, name in own), *REPORT_COLUMNS])
    for row, cells in _lines(own, rows):
        writer.writerow([*map(_quoted, cells), *_said(row)])
    return out.getvalue().encode("utf-8-sig")


def corrections_xlsx(header: Sequence[str], rows: Iterable[BadRow]) -> bytes:
    """A workbook whose cells are text, so that long numbers keep their digits; bad ones marked."""
    workbook = Workbook()
    sheet = workbook.active
    own = _own(header)
    sheet.append([*(name for _, name in own), *REPORT_COLUMNS])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for line, (row, cells) in enumerate(_lines(own, rows), start=2):
        wrong = {fault["column"] for fault in row.errors}
        for place, value in enumerate([*cells, *_said(row)], start=1):
            cell = sheet.cell(row=line, column=place)
            _write(cell, value)
            if place <= len(own) and own[place - 1][1] in wrong:
                cell.fill = _WRONG
    for place in range(1, len(own) + len(REPORT_COLUMNS) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTH
    sheet.freeze_panes = "A2"
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def template_csv(importable: Importable) -> bytes:
    """An empty file with the header that the start form reads."""
    out = StringIO()
    csv.writer(out).writerow(importable.columns)
    return out.getvalue().encode("utf-8-sig")


def _own(header: Sequence[str]) -> list[tuple[int, str]]:
    """Columns of the file itself, by place."""
    return [(at, name) for at, name in enumerate(header) if name not in REPORT_COLUMNS]


def _lines(
    own: list[tuple[int, str]], rows: Iterable[BadRow]
) -> Iterator[tuple[BadRow, list[object]]]:
    for row in rows:
        yield row, [row.cells[at] if at < len(row.cells) else None for at, _ in own]


def _said(row: BadRow) -> list[object]:
    columns = "；".join(dict.fromkeys(f["column"] for f in row.errors if f["column"]))
    reasons = "；".join(f["zh"] for f in row.errors)
    return [row.row_no, columns, reasons]


def _quoted(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(QUOTED) and not _is_number(cell):
        return f"'{cell}"
    return "" if cell is None else cell


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).replace("-", "").isdigit()


def _write(cell: Any, value: object) -> None:
    if isinstance(value, str):
        cell.value = value.translate(_ILLEGAL)
        cell.data_type = "s"
        cell.number_format = "@"
    else:
        cell.value = value
