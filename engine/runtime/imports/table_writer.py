"""Writing a table to a file that spreadsheet programs open: nothing in it is computed by them."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from engine.runtime.imports.table_file import QUOTED

_MARKED = PatternFill("solid", fgColor="FFE0DB")
_WIDTH = 18
_ILLEGAL = {code: None for code in range(32) if code not in (9, 10, 13)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """The cells of a row, and the places of those that stand out."""

    cells: Sequence[object]
    marked: Collection[int] = ()


def csv_bytes(header: Sequence[str], lines: Iterable[Line]) -> bytes:
    """CSV in UTF-8 with a mark, as spreadsheet programs want it."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for line in lines:
        writer.writerow(map(_quoted, line.cells))
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(header: Sequence[str], lines: Iterable[Line]) -> bytes:
    """A workbook whose cells are text, so that long numbers keep their digits."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(list(header))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, line in enumerate(lines, start=2):
        for place, value in enumerate(line.cells):
            cell = sheet.cell(row=number, column=place + 1)
            _write(cell, value)
            if place in line.marked:
                cell.fill = _MARKED
    for place in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTH
    sheet.freeze_panes = "A2"
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


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
