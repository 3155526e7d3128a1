"""The figures as a workbook: a sheet per figure with units and months, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from engine.errors import Language
from engine.register.figures.board import Board
from engine.register.figures.entries import EntriesNow
from engine.register.figures.model import COUNT, RATE, Figure, Line, Words

_NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LONGEST_TITLE = 31
_WIDE, _NARROW = 30, 12


def board_xlsx(board: Board, language: Language = "zh") -> bytes:
    """Every figure on its sheet; rates in per cent beside what they are made of."""
    book = Workbook()
    book.remove(book.active)
    titles: set[str] = set()

    def sheet(name: str) -> Any:
        title = _title(name, titles)
        titles.add(title)
        return book.create_sheet(title)

    for section in board.sections:
        for figure in section.figures:
            name = _said(figure.kind.name, language)
            _figure(sheet(name), figure, board, language)
    _overdue(sheet(_pick(language, "超期任务", "Overdue tasks")), board, language)
    for zh, en, day, found in (
        ("未送达条目", "Entries not served", ("列入决定日期", "Decided on"), board.not_served),
        ("即将到期条目", "Entries ending soon", ("最后一日", "Last day"), board.ending_soon),
    ):
        _entries(sheet(_pick(language, zh, en)), found, day, board, language)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _figure(sheet: Any, figure: Figure, board: Board, language: Language) -> None:
    unit = {COUNT: ("件数", "count"), RATE: ("%", "%")}.get(figure.kind.measure, ("工作日", "days"))
    head = [
        f"{_said(figure.kind.name, language)}（{_said(unit, language)}）",
        *board.months,
        _pick(language, "合计", "Total"),
    ]
    if figure.kind.measure != COUNT:
        head += [_pick(language, "分子", "Numerator"), _pick(language, "分母", "Denominator")]
    _head(sheet, head)
    for line in (*figure.lines, figure.total):
        sheet.append(_cells(figure, line, board, language))
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)


def _cells(figure: Figure, line: Line, board: Board, language: Language) -> list[object]:
    cells: list[object] = [
        _text(_said(line.name, language)),
        *(figure.number(line.months.get(month)) for month in board.months),
        figure.number(line.total),
    ]
    if figure.kind.measure != COUNT:
        cells += [line.total.value, line.total.of]
    return cells


def _overdue(sheet: Any, board: Board, language: Language) -> None:
    _head(
        sheet,
        [
            _pick(language, "单位", "Unit"),
            _pick(language, "办理人", "Owner"),
            *step_words(board.overdue_steps, language),
            _pick(language, "合计", "Total"),
            _pick(language, "最长（工作日）", "Most (working days)"),
        ],
    )
    for line in board.overdue:
        unit, owner = _said(board.unit(line.path), language), _said(line.owner, language)
        sheet.append([_text(unit), _text(owner), *line.steps, line.total, line.most])


def _entries(sheet: Any, found: EntriesNow, day: Words, board: Board, language: Language) -> None:
    _head(
        sheet,
        [
            _pick(language, "条目编号", "Entry"),
            _pick(language, "当事人", "Party"),
            _pick(language, "单位", "Unit"),
            _said(day, language),
        ],
    )
    for line in found.lines:
        unit = _said(board.unit(line.path), language)
        sheet.append([_text(line.entry_no), _text(line.name), _text(unit), line.day])
    if found.total > len(found.lines):
        sheet.append([_pick(language, f"共 {found.total} 件", f"{found.total} in all")])


def step_words(steps: Sequence[int], language: Language) -> list[str]:
    """The columns of lateness: `1 个工作日以内`, `2 至 4 个工作日`, `5 个工作日以上`."""
    edges = [0, *steps]
    words = []
    for at, edge in enumerate(edges):
        last = edges[at + 1] - 1 if at + 1 < len(edges) else None
        if last is None:
            words.append(_pick(language, f"{edge} 个工作日以上", f"{edge} working days or more"))
        elif edge == 0:
            words.append(_pick(language, f"{last} 个工作日以内", f"up to {last} working days"))
        else:
            words.append(_pick(language, f"{edge} 至 {last} 个工作日", f"{edge} to {last}"))
    return words


def _head(sheet: Any, names: Iterable[str]) -> None:
    sheet.append(list(names))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        width = _WIDE if cell.column == 1 else _NARROW
        sheet.column_dimensions[get_column_letter(cell.column)].width = width
    sheet.freeze_panes = "B2"


def _text(value: str) -> str:
    """A name that begins like a formula is none."""
    return f"'{value}" if value[:1] in "=+-@" else value


def _title(name: str, taken: set[str]) -> str:
    short = name.translate(_NOT_IN_TITLES).split("（")[0].strip()[:_LONGEST_TITLE] or "-"
    title, number = short, 2
    while title in taken:
        title = f"{short[: _LONGEST_TITLE - 3]} {number}"
        number += 1
    return title


def _said(words: Words, language: Language) -> str:
    return words[0] if language == "zh" else words[1]


def _pick(language: Language, zh: str, en: str) -> str:
    return zh if language == "zh" else en
