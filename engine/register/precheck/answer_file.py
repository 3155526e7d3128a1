"""The file of answers: the rows as they came, each with its answer, or why it has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from engine.register.precheck.log import RunRow
from engine.runtime.imports.table_writer import Line, csv_bytes, xlsx_bytes

COLUMNS = ("查询编号", "查询时间", "审查时点", "结果", "有效条目", "到期日", "附注", "提示")
REFUSED = "未查询"


def answer_file(
    kind: Literal["csv", "xlsx"], header: Sequence[str], rows: Iterable[RunRow]
) -> bytes:
    """The rows of a file with their answers; those that do not pass stand out in a workbook."""
    write = csv_bytes if kind == "csv" else xlsx_bytes
    return write([*header, *COLUMNS], _lines(header, rows))


def _lines(header: Sequence[str], rows: Iterable[RunRow]) -> Iterator[Line]:
    answer_at = len(header) + COLUMNS.index("结果")
    for row in rows:
        cells = [row.cells[at] if at < len(row.cells) else None for at in range(len(header))]
        passes = row.query is not None and row.query.passes
        yield Line(cells=[*cells, *_said(row)], marked=() if passes else (answer_at,))


def _said(row: RunRow) -> list[object]:
    query = row.query
    if query is None:
        return ["", "", "", REFUSED, "", "", "", row.error.get("zh", "")]
    return [
        query.query_no,
        query.asked_at.strftime("%Y-%m-%d %H:%M:%S"),
        query.as_of.strftime("%Y-%m-%d %H:%M"),
        query.answer,
        "、".join(entry.entry_no for entry in query.entries),
        "、".join(entry.last_day.isoformat() for entry in query.entries),
        query.note,
        "；".join(warning["zh"] for warning in query.warnings),
    ]
