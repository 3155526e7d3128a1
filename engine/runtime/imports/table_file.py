"""Reading a table from a file: CSV (UTF-8, GB18030, UTF-16) or XLSX, told by content, not name."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Literal

from openpyxl import load_workbook

from engine.runtime.imports.errors import FileTooLarge, NotATable, TableEmpty, TooManyRows

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
MAX_UNPACKED = 400 * MEGABYTE
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL = 32_767
"""Characters a cell of a spreadsheet holds."""

Cell = str | int | float | bool | None
Row = tuple[int, list[Cell]]
"""The number of a row as spreadsheets count, and its cells."""

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",\t;"
QUOTED = ("=", "@", "+", "-", "\t", "\r")
"""A cell that begins so is quoted in our own CSV files, so that no spreadsheet computes it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TableFile:
    """A table that was read: its header and its rows that are not blank."""

    name: str
    kind: Literal["csv", "xlsx"]
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(name: str, content: bytes) -> TableFile:
    """The table in a file. Raises `ImportRefused` if there is none, or one beyond the limits."""
    if len(content) > MAX_BYTES:
        raise FileTooLarge(name=name, limit=MAX_BYTES // MEGABYTE)
    is_workbook = content.startswith(b"PK\x03\x04")
    lines = _workbook_lines(name, content) if is_workbook else _text_lines(name, content)
    filled = ((number, cells) for number, cells in lines if any(not _blank(c) for c in cells))
    first = next(filled, None)
    if first is None:
        raise TableEmpty(name=name)
    header = tuple(str(cell if cell is not None else "").strip() for cell in _trimmed(first[1]))
    rows = tuple(_limited(name, filled))
    if not rows:
        raise TableEmpty(name=name)
    return TableFile(
        name=name[-255:], kind="xlsx" if is_workbook else "csv", header=header, rows=rows
    )


def _limited(name: str, rows: Iterable[Row]) -> Iterator[Row]:
    for count, (number, cells) in enumerate(rows, start=1):
        if count > MAX_ROWS:
            raise TooManyRows(name=name, limit=MAX_ROWS)
        yield number, _trimmed(cells)


def _trimmed(cells: list[Cell]) -> list[Cell]:
    end = len(cells)
    while end and _blank(cells[end - 1]):
        end -= 1
    return cells[:end]


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


# -- text ------------------------------------------------------------------------------------------


def _text_lines(name: str, content: bytes) -> Iterator[Row]:
    text = _decoded(name, content)
    delimiter = max(_DELIMITERS, key=text.lstrip().partition("\n")[0].count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, [_unquoted(cell) for cell in cells]
    except csv.Error as error:
        raise NotATable(
            name=name,
            reason=f"第 {reader.line_num} 行不是 CSV",
            reason_en=f"line {reader.line_num} is no CSV ({error})",
        ) from error


def _decoded(name: str, content: bytes) -> str:
    if content.startswith(_OLD_EXCEL):
        raise NotATable(
            name=name,
            reason="这是旧版 Excel（.xls）文件",
            reason_en="it is a file of an old Excel (.xls)",
        )
    encodings = ("utf-16",) if content.startswith(_UTF16) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotATable(
        name=name,
        reason="内容既不是 XLSX，也不是 UTF-8 或 GB18030 编码的 CSV",
        reason_en="it is neither XLSX nor CSV in UTF-8 or GB18030",
    )


def _unquoted(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(QUOTED) else cell


# -- workbooks -------------------------------------------------------------------------------------


def _workbook_lines(name: str, content: bytes) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise FileTooLarge(name=name, limit=MAX_BYTES // MEGABYTE)
        workbook = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, [_plain(cell) for cell in cells[:MAX_COLUMNS]]
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, SyntaxError) as error:
        raise NotATable(
            name=name,
            reason="不是完好的 XLSX 文件",
            reason_en=f"it is no sound XLSX file ({type(error).__name__})",
        ) from error


def _plain(cell: object) -> Cell:
    """A cell as JSON keeps it: days and times as text."""
    match cell:
        case datetime() if cell.time() == time(0):
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return cell.isoformat()
        case str():
            return cell[:MAX_CELL]
        case bool() | int() | float() | None:
            return cell
        case _:
            return str(cell)
