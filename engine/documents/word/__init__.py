"""A letter as a Word file: the words that Typst exports, in the form of GB/T 9704.

The words stand in the Typst template alone. `_letter.typ` exports them as elements whose classes
say what they are (title, clause, form …); here each class gets its look in Word.
"""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from lxml import html
from lxml.html import HtmlElement

from engine.documents.word.looks import BODY, LOOKS
from engine.documents.word.page import set_page, set_style
from engine.documents.word.table import add_table
from engine.documents.word.text import fill

__all__ = ["word_file"]


def word_file(words: bytes, *, title: str, made: date) -> bytes:
    """The Word file of exported `words`, dated `made` in its properties."""
    body = html.document_fromstring(words.decode("utf-8")).find("body")
    assert body is not None
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.created = datetime(made.year, made.month, made.day)  # noqa: DTZ001
    wide = body.find("div[@class='landscape']") is not None
    set_style(document)
    set_page(document, wide=wide)
    _write(document, body)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def _write(document: WordDocument, body: HtmlElement) -> None:
    for child in body:
        name = child.get("class", "")
        if child.tag == "table":
            add_table(document, child)
        elif name == "sheet":
            document.add_page_break()
        elif name != "landscape":
            fill(document.add_paragraph(), child, LOOKS.get(name, BODY))
