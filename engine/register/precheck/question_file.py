"""What a file of questions must look like: which of its columns say name, code and project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from engine.register.precheck.errors import CodeWrong, ColumnMissing
from engine.runtime.imports.table_writer import csv_bytes

HEADERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("名称", "主体名称", "单位名称", "姓名", "name"),
        "code": ("代码", "统一社会信用代码", "证件号码", "身份证号码", "主体代码", "code"),
        "project_no": ("项目编号", "项目", "project_no"),
    }
)
"""What a header may say for each part of a question; the first is the one of our own template."""
NEEDED = ("name", "code")


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """The place of each part of a question in a row, None where the file has no such column."""

    places: Mapping[str, int | None]


def find_columns(file_name: str, header: Sequence[str]) -> Columns:
    """The columns of a file. Raises `ColumnMissing`."""
    spoken = [name.strip().casefold() for name in header]
    places: dict[str, int | None] = {}
    for part, names in HEADERS.items():
        places[part] = next((spoken.index(n) for n in names if n in spoken), None)
        if places[part] is None and part in NEEDED:
            raise ColumnMissing(name=file_name, column=names[0], names="、".join(names))
    return Columns(places=places)


def cell_text(cell: object) -> str:
    """A cell as text. Raises `CodeWrong` for a number that a spreadsheet has already rounded."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        raise CodeWrong(
            code=cell,
            reason="表格把号码存成了数字，末几位已丢失；请把该列设为文本后重填",
            reason_en="kept as a number, its last digits are lost; make the column text",
        )
    return str(cell)


def template_csv() -> bytes:
    """An empty file with the right header."""
    return csv_bytes([names[0] for names in HEADERS.values()], ())
