"""A letter as a Word file: the words that Typst exports, in the form of GB/T 9704.

The words stand in the Typst template alone. `_letter.typ` exports them as elements whose classes
say what they are (title, clause, form …); here each class gets its look in Word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Length, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import html
from lxml.html import HtmlElement

from engine.documents.word_looks import BODY, LOOKS, NUMBER_FONT, TABLE_TEXT, Look

LINE = Pt(28.9)
PORTRAIT = (Mm(210), Mm(297))
MARGINS = (Mm(37), Mm(26), Mm(35), Mm(28))
WIDE_MARGINS = (Mm(28), Mm(25), Mm(26), Mm(25))
_BLANKS = re.compile(r"[ \t\r\n]+")
_POINTS = re.compile(r"[\d.]+")


def word_file(words: bytes, *, title: str, made: date) -> bytes:
    """The Word file of exported `words`, dated `made` in its properties."""
    body = html.document_fromstring(words.decode("utf-8")).find("body")
    assert body is not None
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.created = datetime(made.year, made.month, made.day)  # noqa: DTZ001
    wide = body.find("div[@class='landscape']") is not None
    _set_page(document, wide=wide)
    _Writer(document).write(body)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


class _Writer:
    """Puts elements into a document one after the other."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document

    def write(self, body: HtmlElement) -> None:
        for child in body:
            name = child.get("class", "")
            if child.tag == "table":
                self._table(child)
            elif name == "sheet":
                self._document.add_page_break()
            elif name != "landscape":
                _fill(self._document.add_paragraph(), child, LOOKS.get(name, BODY))

    def _table(self, element: HtmlElement) -> None:
        columns = str(element.get("data-columns")).split()
        size = Pt(float(_POINTS.findall(str(element.get("data-size")))[0]))
        rows = element.findall(".//tr")
        table = self._document.add_table(rows=len(rows), cols=len(columns))
        table.style = "Table Grid"
        table.autofit = False
        widths = _widths(columns, size, self._text_width())
        for number, row in enumerate(rows):
            if row.find("th") is not None:
                _repeat_on_every_page(table.rows[number]._tr)
            at = 0
            for cell in row:
                span = int(cell.get("colspan", "1"))
                target = table.cell(number, at)
                if span > 1:
                    target = target.merge(table.cell(number, at + span - 1))
                target.width = Length(sum(widths[at : at + span]))
                _fill_cell(target, cell, size)
                at += span

    def _text_width(self) -> int:
        section = self._document.sections[0]
        edges = (section.page_width, section.left_margin, section.right_margin)
        width, left, right = (int(edge or 0) for edge in edges)
        return width - left - right


def _set_page(document: WordDocument, *, wide: bool) -> None:
    section = document.sections[0]
    width, height = PORTRAIT
    if wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        width, height = height, width
    section.page_width, section.page_height = width, height
    edges = WIDE_MARGINS if wide else MARGINS
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = edges
    document.settings.odd_and_even_pages_header_footer = True
    _number_pages(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _number_pages(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def _number_pages(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    for text, field in (("— ", None), ("", "PAGE"), (" —", None)):
        run = paragraph.add_run(text)
        _set_font(run, NUMBER_FONT, Pt(14))
        if field:
            _make_field(run, field)


def _fill(paragraph: Paragraph, element: HtmlElement, look: Look) -> None:
    form = paragraph.paragraph_format
    form.alignment = look.alignment
    form.space_before, form.space_after = Pt(look.before), Pt(0)
    form.left_indent = Pt(look.left * look.size)
    form.right_indent = Pt(look.right * look.size)
    form.first_line_indent = Pt(look.first_line * look.size)
    form.keep_with_next = look.keep
    if look.fixed_lines:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    _write_runs(paragraph, element, look.font, Pt(look.size))


def _write_runs(paragraph: Paragraph, element: HtmlElement, font: str, size: Length) -> None:
    for piece in _pieces(element):
        run = paragraph.add_run()
        if piece is None:
            run.add_break()
        else:
            run.text = piece
        _set_font(run, font, size)


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
        _write_runs(paragraph, part, TABLE_TEXT, size)
        if name == "right":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        else:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER


def _parts(cell: HtmlElement) -> Iterator[HtmlElement]:
    """The paragraphs of a cell: text between them is a paragraph of its own."""
    loose = html.Element("p")
    loose.text = cell.text
    for child in cell:
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


def _pieces(element: HtmlElement) -> Iterator[str | None]:
    """The text of an element in its order; None for a new line."""
    if element.tag == "br":
        yield None
    if element.text:
        yield _BLANKS.sub(" ", element.text)
    for child in element:
        yield from _pieces(child)
        if child.tail:
            yield _BLANKS.sub(" ", child.tail)


def _widths(columns: list[str], size: Length, whole: int) -> list[int]:
    """The widths of Typst's columns: em and pt as they are, fr shares what is left."""
    numbers = [float(_POINTS.findall(column)[0]) for column in columns]
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


def _set_font(run: Run, family: str, size: Length) -> None:
    run.font.name = family
    run.font.size = size
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), family)


def _make_field(run: Run, code: str) -> None:
    for kind in ("begin", None, "end"):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = code
        run._r.append(mark)


def _repeat_on_every_page(row: CT_Row) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
