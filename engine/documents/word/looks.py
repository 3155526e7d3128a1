"""How each kind of paragraph looks in Word (GB/T 9704): fonts that every office has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docx.enum.text import WD_ALIGN_PARAGRAPH

TITLE_FONT = "方正小标宋简体"
BODY_FONT = "仿宋_GB2312"
STRONG_FONT = "黑体"
NUMBER_FONT = "宋体"
TABLE_TEXT = BODY_FONT


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """The look of a paragraph: sizes and `before` in points, indents in characters."""

    font: str = BODY_FONT
    size: float = 16
    alignment: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    first_line: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    keep: bool = False
    fixed_lines: bool = True


BODY = Look(first_line=2)

LOOKS: Mapping[str, Look] = {
    "organ": Look(font=TITLE_FONT, size=22, alignment=WD_ALIGN_PARAGRAPH.CENTER, keep=True),
    "title": Look(
        font=TITLE_FONT, size=22, alignment=WD_ALIGN_PARAGRAPH.CENTER, keep=True, fixed_lines=False
    ),
    "number": Look(alignment=WD_ALIGN_PARAGRAPH.CENTER),
    "plain": Look(alignment=WD_ALIGN_PARAGRAPH.LEFT),
    "clause": Look(font=STRONG_FONT, first_line=2, alignment=WD_ALIGN_PARAGRAPH.LEFT, keep=True),
    "fact": Look(left=2, alignment=WD_ALIGN_PARAGRAPH.LEFT),
    "further": Look(left=5, alignment=WD_ALIGN_PARAGRAPH.LEFT),
    "seal": Look(left=10, right=2, before=43, alignment=WD_ALIGN_PARAGRAPH.CENTER),
    "signature": Look(left=13, before=14, alignment=WD_ALIGN_PARAGRAPH.LEFT),
    "line": Look(size=12, alignment=WD_ALIGN_PARAGRAPH.LEFT),
    "right": Look(alignment=WD_ALIGN_PARAGRAPH.RIGHT, right=2),
}
"""By the class that `_letter.typ` gives; every other paragraph is body text."""
