"""Text → tokens. Names are split into words here; which words make one name is `names`' matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import Literal

from engine.feel.errors import FeelSyntaxError, Phrase
from engine.feel.values import NUMBERS

Kind = Literal["number", "string", "at", "word", "symbol", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an expression. `value` is that of a number or a string, `end` is exclusive."""

    kind: Kind
    text: str
    offset: int
    end: int
    value: object = None


_SPACE = "\\s\u0085\u180e\u200b\ufeff"
# DMN 1.5, 10.3.1.2 grammar rules 28 and 29; full-width punctuation is left out, so that a comma
# of the Chinese keyboard is reported and does not become part of a name.
_START = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u167f\u1681-\u180d"
    "\u180f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3005-\u3007\u3021-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufefe\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc"
    "\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"

_TOKEN = re.compile(
    rf"""
    (?P<space>[{_SPACE}]+|//[^\r\n]*|/\*.*?\*/)
  | (?P<number>(?:[0-9]+(?:\.(?!\.)[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<at>@\s*(?="))
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<word>[{_START}][{_PART}]*)
  | (?P<symbol>\.\.|\*\*|->|<=|>=|!=|/(?!\*)|[-+*(){{}}\[\],.:<>=?'|;&%!@])
    """,
    re.VERBOSE | re.DOTALL,
)

_ESCAPE = re.compile(r"\\(?:U([0-9A-Fa-f]{6})|u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_SIMPLE_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}

FULL_WIDTH = dict(
    zip(
        "（），。：；“”‘’【】｛｝［］＝＞＜＋－＊／？！、．",
        '(),.:;""""[]{}[]=><+-*/?!,.',
        strict=True,
    )
)
"""Punctuation of the Chinese keyboard → what FEEL wants instead."""


def tokenize(source: str) -> list[Token]:
    """The tokens of `source`, ending with one of kind `end`. Raises `FeelSyntaxError`."""
    tokens = list(_tokens(source))
    tokens.append(Token("end", "", len(source), len(source)))
    return tokens


def _tokens(source: str) -> Iterator[Token]:
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            token = _stray_character(source, position)
            yield token
            position = token.end
            continue
        position = match.end()
        kind = match.lastgroup
        if kind != "space":
            yield _token(kind, match)


def _token(kind: str | None, match: re.Match[str]) -> Token:
    text, offset, end = match.group(), match.start(), match.end()
    if kind == "number":
        return Token("number", text, offset, end, _number(text, offset))
    if kind == "string":
        return Token("string", text, offset, end, unescape(text[1:-1]))
    if kind == "at":
        return Token("at", "@", offset, end)
    if kind == "word":
        return Token("word", text, offset, end)
    return Token("symbol", text, offset, end)


def _number(text: str, offset: int) -> Decimal:
    try:
        return NUMBERS.create_decimal(text)
    except DecimalException:
        raise FeelSyntaxError(
            offset=offset,
            found=text,
            expected=Phrase("范围之内的数", "a number within range"),
        ) from None


def _stray_character(source: str, position: int) -> Token:
    character = source[position]
    if character == '"':
        raise FeelSyntaxError(
            offset=position,
            found=source[position : position + 20],
            expected=Phrase('以 " 结束的文本', 'a string that ends with "'),
        )
    if source.startswith("/*", position):
        raise FeelSyntaxError(
            offset=position,
            found="/*",
            expected=Phrase("以 */ 结束的注释", "a comment that ends with */"),
        )
    return Token("symbol", character, position, position + 1)


def unescape(text: str) -> str:
    """`text` with its escapes replaced; an unknown escape stays as it is (regular expressions)."""
    if "\\" not in text:
        return text
    replaced = _ESCAPE.sub(_unescaped, text)
    if any("\ud800" <= character <= "\udfff" for character in replaced):
        return replaced.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return replaced


def _unescaped(match: re.Match[str]) -> str:
    long, short, character = match.groups()
    if long or short:
        code = int(long or short, 16)
        return chr(code) if code <= 0x10FFFF else match.group()
    return _SIMPLE_ESCAPES.get(character, match.group())
