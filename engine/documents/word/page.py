"""The sheet of a letter in Word: its size and edges, the common style, the numbers of pages."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from engine.documents.word.looks import BODY, NUMBER_FONT
from engine.documents.word.text import set_font

PORTRAIT = (Mm(210), Mm(297))
MARGINS = (Mm(37), Mm(26), Mm(35), Mm(28))
WIDE_MARGINS = (Mm(28), Mm(25), Mm(26), Mm(25))


def set_style(document: WordDocument) -> None:
    """Give all text the face of a letter, and Chinese as its language."""
    style = document.styles["Normal"]
    assert isinstance(style, ParagraphStyle)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1
    style.font.name = BODY.font
    style.font.size = Pt(BODY.size)
    properties = style.element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), BODY.font)
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)


def set_page(document: WordDocument, *, wide: bool) -> None:
    """Lay out A4 pages, lying if `wide`, with numbers at the outer edge."""
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
        set_font(run, NUMBER_FONT, Pt(14))
        if field:
            _make_field(run, field)


def _make_field(run: Run, code: str) -> None:
    for kind in ("begin", None, "end"):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = code
        run._r.append(mark)
