"""Text of exported elements as runs of a Word paragraph, with the fonts that Chinese needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.html import HtmlElement

from engine.documents.word.looks import Look

LINE = Pt(28.9)
"""The pitch of lines: 22 on a page."""
_BLANKS = re.compile(r"[ \t\r\n]+")


def fill(paragraph: Paragraph, element: HtmlElement, look: Look) -> None:
    """Write the text of `element` into an empty paragraph that looks like `look`."""
    form = paragraph.paragraph_format
    form.alignment = look.alignment
    form.space_before, form.space_after = Pt(look.before), Pt(0)
    form.left_indent = Pt(look.left * look.size)
    form.right_indent = Pt(look.right * look.size)
    form.first_line_indent = Pt(look.first_line * look.size)
    form.keep_with_next = look.keep
    if look.fixed_lines:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    write_runs(paragraph, element, look.font, Pt(look.size))


def write_runs(paragraph: Paragraph, element: HtmlElement, font: str, size: Length) -> None:
    """Add the text of `element` to `paragraph`, with its breaks of lines."""
    for piece in _pieces(element):
        run = paragraph.add_run()
        if piece is None:
            run.add_break()
        else:
            run.text = piece
        set_font(run, font, size)


def set_font(run: Run, family: str, size: Length) -> None:
    """Set the font of `run` for Chinese and Latin characters."""
    run.font.name = family
    run.font.size = size
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), family)


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
