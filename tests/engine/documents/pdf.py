"""As much of PDF as the tests need: what can be copied out of a letter."""

import re
import zlib
from io import BytesIO

from pypdf import PdfReader

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
MAPPED = re.compile(rb"<[0-9A-Fa-f]+>\s*<([0-9A-Fa-f]+)>")


def characters(pdf: bytes) -> set[str]:
    """The characters that the fonts of `pdf` map their glyphs to."""
    found: set[str] = set()
    for stream in STREAM.findall(pdf):
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            text = stream
        if b"begincmap" in text:
            for code in MAPPED.findall(text):
                found.update(bytes.fromhex(code.decode()).decode("utf-16-be"))
    return found


def text(pdf: bytes) -> str:
    """The text of all pages without any blanks, because lines break anywhere."""
    pages = PdfReader(BytesIO(pdf)).pages
    return "".join("".join(page.extract_text() for page in pages).split())
