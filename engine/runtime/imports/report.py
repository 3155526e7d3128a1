"""The file of what failed: the rows as they came, with row number, column and reason, to correct
and upload again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from engine.runtime.imports.importable import REPORT_COLUMNS
from engine.runtime.imports.table_writer import Line, csv_bytes, xlsx_bytes

if TYPE_CHECKING:
    from engine.runtime.imports.importable import Importable
    from engine.runtime.queries.imports import BadRow


def corrections_csv(header: Sequence[str], rows: Iterable[BadRow]) -> bytes:
    """The rows as CSV."""
    return csv_bytes(_header(header), _lines(header, rows))


def corrections_xlsx(header: Sequence[str], rows: Iterable[BadRow]) -> bytes:
    """The rows as a workbook in which the bad cells stand out."""
    return xlsx_bytes(_header(header), _lines(header, rows))


def template_csv(importable: Importable) -> bytes:
    """An empty file with the header that the start form reads."""
    return csv_bytes(importable.columns, ())


def _header(header: Sequence[str]) -> list[str]:
    return [*(name for _, name in _own(header)), *REPORT_COLUMNS]


def _own(header: Sequence[str]) -> list[tuple[int, str]]:
    """Columns of the file itself, by place."""
    return [(at, name) for at, name in enumerate(header) if name not in REPORT_COLUMNS]


def _lines(header: Sequence[str], rows: Iterable[BadRow]) -> Iterator[Line]:
    own = _own(header)
    for row in rows:
        wrong = {fault["column"] for fault in row.errors}
        cells = [row.cells[at] if at < len(row.cells) else None for at, _ in own]
        yield Line(
            cells=[*cells, *_said(row)],
            marked={place for place, (_, name) in enumerate(own) if name in wrong},
        )


def _said(row: BadRow) -> list[object]:
    columns = "；".join(dict.fromkeys(f["column"] for f in row.errors if f["column"]))
    reasons = "；".join(f["zh"] for f in row.errors)
    return [row.row_no, columns, reasons]
