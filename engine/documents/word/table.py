"""Tables of exported forms and lists in Word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.document import Document as WordDocument
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.table import CT_Row
from docx.shared import Length, Pt
from docx.table import _Cell
from lxml import html
from lxml.html import HtmlElement

from engine.documents.word.looks import TABLE_TEXT
from engine.documents.word.text import write_runs

_NUMBER = re.compile(r"[\d.]+")


def add_table(document: WordDocument, element: HtmlElement) -> None:
    """Put a table at the end of `document`; its first rows are repeated if they are heads."""
    columns = str(element.get("data-columns")).split()
    size = Pt(float(_NUMBER.findall(str(element.get("data-size")))[0]))
    rows = element.findall(".//tr")
    table = document.add_table(rows=len(rows), cols=len(columns))
    table.style = "Table Grid"
    table.autofit = False
    widths = _widths(columns, size, _text_width(document))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Length(width)
    for number, row in enumerate(rows):
        _mark(table.rows[number]._tr, "w:cantSplit")
        if row.find("th") is not None:
            _mark(table.rows[number]._tr, "w:tblHeader")
        at = 0
        for cell in row:
            span = int(cell.get("colspan", "1"))
            target = table.cell(number, at)
            if span > 1:
                target = target.merge(table.cell(number, at + span - 1))
            target.width = Length(sum(widths[at : at + span]))
            _fill_cell(target, cell, size)
            at += span
    # without a paragraph between them Word makes two tables one
    document.add_paragraph().paragraph_format.line_spacing = Pt(8)


def _text_width(document: WordDocument) -> int:
    section = document.sections[0]
    edges = (section.page_width, section.left_margin, section.right_margin)
    width, left, right = (int(edge or 0) for edge in edges)
    return width - left - right


def _fill_cell(cell: _Cell, element: HtmlElement, size: Length) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    left = element.get("class") == "value"
    paragraphs = iter(cell.paragraphs)
    for part in _parts(element):
        paragraph = next(paragraphs, None) or cell.add_paragraph()
        name = part.get("class", "")
        if name == "room":
            for _ in range(int(part.text_content()) - 1):
                cell.add_paragraph()
            continue
        write_runs(paragraph, part, TABLE_TEXT, size)
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(4)
        if name == "right":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        else:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER


def _parts(cell: HtmlElement) -> Iterator[HtmlElement]:
    """The paragraphs of a cell: text between them is a paragraph of its own."""
    loose = html.Element("p")
    loose.text = cell.text
    for child in list(cell):
        if child.tag in ("p", "div"):
            if loose.text_content().strip():
                yield loose
            loose = html.Element("p")
            loose.text = child.tail
            yield child
        else:
            loose.append(child)
    if loose.text_content().strip():
        yield loose


def _widths(columns: list[str], size: Length, whole: int) -> list[int]:
    """The widths of Typst's columns: em and pt as they are, fr shares what is left."""
    numbers = [float(_NUMBER.findall(column)[0]) for column in columns]
    fixed = [
        number * size if column.endswith("em") else number * Pt(1) if column.endswith("pt") else 0
        for number, column in zip(numbers, columns, strict=True)
    ]
    shares = sum(n for n, column in zip(numbers, columns, strict=True) if column.endswith("fr"))
    rest = max(whole - sum(fixed), 0)
    return [
        int(rest * number / shares) if column.endswith("fr") else int(width)
        for number, column, width in zip(numbers, columns, fixed, strict=True)
    ]


def _mark(row: CT_Row, name: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(name))
