"""Regular expressions of XPath (XML Schema), which FEEL uses, as Python's.

Translated are Unicode categories (`\\p{Lu}`), name characters (`\\i`, `\\c`), differences of
classes (`[a-z-[aeiou]]`), `$` and the flags. Unicode blocks (`\\p{IsHan}`) are not known.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache
from itertools import groupby

from engine.feel.errors import NotSuchAPattern

_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.NOFLAG, "q": re.NOFLAG}
_NAME_START = r":A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
_NAME_CHARACTER = _NAME_START + r"\-.0-9\u00b7\u0300-\u036f\u203f-\u2040"
_PIECE = re.compile(r"\\[pP]\{(?P<category>[^}]*)\}|\\.|\[\^?|.", re.DOTALL)


@lru_cache(maxsize=512)
def compiled_pattern(pattern: str, flags: str) -> re.Pattern[str]:
    """The compiled pattern; flags `i`, `m`, `s`, `x`, `q` as in XPath. Raises `NotSuchAPattern`."""
    options = re.NOFLAG
    for flag in flags:
        if flag not in _FLAGS:
            raise NotSuchAPattern(pattern=pattern, reason=f"flag {flag}")
        options |= _FLAGS[flag]
    try:
        text = re.escape(pattern) if "q" in flags else _translated(pattern, flags)
        return re.compile(text, options)
    except (re.error, RecursionError, OverflowError) as error:
        raise NotSuchAPattern(pattern=pattern, reason=str(error)) from None


def _translated(pattern: str, flags: str) -> str:
    pieces = list(_PIECE.finditer(pattern))
    parts: list[str] = []
    position = 0
    while position < len(pieces):
        piece = pieces[position].group()
        if piece.startswith("["):
            text, position = _class(pattern, pieces, position)
            parts.append(text)
            continue
        if piece == "$":
            parts.append("$" if "m" in flags else r"\Z")
        elif not (piece.isspace() and "x" in flags):
            text = _inside_class(pattern, pieces[position])
            parts.append(text if text == piece else f"[{text}]")
        position += 1
    return "".join(parts)


def _class(pattern: str, pieces: list[re.Match[str]], position: int) -> tuple[str, int]:
    """The class that starts at `position`, and the position behind it."""
    parts, position = [pieces[position].group()], position + 1
    while position < len(pieces):
        piece = pieces[position].group()
        following = pieces[position + 1].group() if position + 1 < len(pieces) else ""
        if piece == "]" and len(parts) > 1:
            return "".join(parts) + "]", position + 1
        if piece == "-" and following.startswith("["):
            without, position = _class(pattern, pieces, position + 1)
            if position == len(pieces) or pieces[position].group() != "]":
                raise re.error("a subtracted class must stand last")
            return f"(?:(?!{without}){''.join(parts)}])", position + 1
        parts.append(
            "\\" + piece if piece.startswith("[") else _inside_class(pattern, pieces[position])
        )
        position += 1
    raise re.error("unterminated character set")


def _inside_class(pattern: str, piece: re.Match[str]) -> str:
    """What stands inside a class for an escape Python does not know; else the piece itself."""
    text = piece.group()
    if text == r"\i":
        return _NAME_START
    if text == r"\c":
        return _NAME_CHARACTER
    if piece["category"] is None:
        return text
    members = _category(piece["category"], text[1] == "P")
    if not members:
        raise NotSuchAPattern(pattern=pattern, reason=text)
    return members


@lru_cache(maxsize=64)
def _category(name: str, negated: bool) -> str:
    """The characters of a Unicode category, or all others, as the inside of a class."""
    ranges: list[str] = []
    points = (
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)).startswith(name) is not negated
    )
    for _, run in groupby(enumerate(points), lambda pair: pair[1] - pair[0]):
        codes = [code for _, code in run]
        ranges.append(f"\\U{codes[0]:08x}-\\U{codes[-1]:08x}")
    return "".join(ranges) if ranges and not (negated and len(ranges) == 1) else ""
