"""How wide text is, and where a line of Chinese or English may break."""

from __future__ import annotations

import unicodedata

LINE_HEIGHT = 1.25
"""Distance of two lines, in multiples of the font size."""

_NARROW = {
    **dict.fromkeys(" !,./:;I[\\]ft|'ijl", 0.28),
    **dict.fromkeys("()-r`", 0.34),
    **dict.fromkeys('"*°', 0.37),
    **dict.fromkeys("Jcksvxyz", 0.5),
    **dict.fromkeys("FTZ", 0.61),
    **dict.fromkeys("&ABEKPSVXY", 0.67),
    **dict.fromkeys("CDHNRUw", 0.72),
    **dict.fromkeys("GOQ", 0.78),
    **dict.fromkeys("Mm", 0.84),
    **dict.fromkeys("W", 0.95),
    "@": 1.02,
    "%": 0.89,
    "f": 0.28,
    "t": 0.28,
}
"""Widths of sans-serif letters in multiples of the font size; the rest is taken as 0.56."""

_NEVER_FIRST = frozenset("，。、；：！？）】》」』”’…—,.;:!?)]}%")
_NEVER_LAST = frozenset("（【《「『“‘([{")


def width(text: str, size: float) -> float:
    """About how wide `text` is at a font size, in the same unit."""
    return sum(_width_of(character) for character in text) * size


def wrap(text: str, limit: float, size: float) -> list[str]:
    """`text` in lines no wider than `limit`, if its words allow it.

    Breaks at given line ends, at spaces and between Chinese characters, but leaves no closing
    punctuation at the start of a line. A word wider than a line is cut.
    """
    lines: list[str] = []
    for paragraph in text.replace("\r", "").split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and width((line + piece).rstrip(), size) > limit:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
            while width(line.rstrip(), size) > limit and len(line) > 1:
                cut = _cut(line, limit, size)
                lines.append(line[:cut].rstrip())
                line = line[cut:].lstrip()
        lines.append(line.rstrip())
    return [line for line in lines if line]


def balanced(text: str, limit: float, size: float) -> list[str]:
    """As `wrap`, in as many lines, but of about the same length: no last line of one character."""
    lines = wrap(text, limit, size)
    if len(lines) < 2:
        return lines
    narrower = limit - size / 2
    while len(better := wrap(text, narrower, size)) == len(lines):
        if max(width(line, size) for line in better) > narrower:
            break  # a word was cut
        lines, narrower = better, narrower - size / 2
    return lines


def is_wide(character: str) -> bool:
    """Whether a character takes a full square, as Chinese ones do."""
    return unicodedata.east_asian_width(character) in "WF"


def _width_of(character: str) -> float:
    if is_wide(character):
        return 1.0
    return _NARROW.get(character, 0.56)


def _pieces(text: str) -> list[str]:
    """The smallest parts that stay together on a line."""
    pieces: list[str] = []
    for character in text:
        if pieces and not _may_break(pieces[-1][-1], character):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _may_break(before: str, after: str) -> bool:
    if after.isspace() or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return before.isspace() or before in "-/" or is_wide(before) or is_wide(after)


def _cut(line: str, limit: float, size: float) -> int:
    used = 0.0
    for position, character in enumerate(line):
        used += _width_of(character) * size
        if used > limit:
            return max(1, position)
    return len(line)
