"""A position in the tokens of an expression, with the names known there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import NoReturn

from engine.feel.errors import ExpressionTooDeep, FeelSyntaxError, Phrase
from engine.feel.lexer import FULL_WIDTH, Token, tokenize
from engine.feel.limits import MAX_DEPTH
from engine.feel.names import RESERVED, KnownNames

EXPRESSION = Phrase("一个表达式", "an expression")
NAME = Phrase("一个名称", "a name")
NAME_SYMBOLS = frozenset([".", "/", "-", "'", "+", "*", "**"])
"""What may stand inside a name that is declared (DMN 1.5, 10.3.1.2, grammar rule 30)."""

_HABITS = {
    "==": Phrase("单个「=」", "a single “=”"),
    "<>": Phrase("「!=」", "“!=”"),
    "!": Phrase("「not(…)」", "“not(…)”"),
    "&": Phrase("「and」", "“and”"),
    "|": Phrase("「or」", "“or”"),
    "^": Phrase("「**」", "“**”"),
    "%": Phrase("「modulo(…, …)」", "“modulo(…, …)”"),
    "'": Phrase('双引号「"」', 'a double quote “"”'),
}
"""What people write who know another language → what FEEL wants instead."""


class Cursor:
    """Reads tokens one after another; remembers depth and scope."""

    def __init__(self, source: str, names: KnownNames) -> None:
        self._tokens = tokenize(source)
        self.names = names
        self.position = 0
        self._depth = 0

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self._tokens[self.position]

    @property
    def previous(self) -> Token:
        return self._tokens[self.position - 1]

    def after(self, count: int = 1) -> Token:
        """The token `count` behind the next one."""
        return self._tokens[min(self.position + count, len(self._tokens) - 1)]

    def advance(self) -> Token:
        token = self.token
        if token.kind != "end":
            self.position += 1
        return token

    def at(self, *texts: str) -> bool:
        """Whether the next token is one of these words or symbols."""
        token = self.token
        return token.text in texts and token.kind in ("word", "symbol")

    def accept(self, *texts: str) -> Token | None:
        """The next token if it is one of these, and go past it."""
        return self.advance() if self.at(*texts) else None

    def expect(self, text: str) -> Token:
        """Go past `text`. Raises `FeelSyntaxError` if something else stands there."""
        if not self.at(text):
            self.fail(Phrase(f"「{text}」", f"“{text}”"))
        return self.advance()

    def fail(self, expected: Phrase) -> NoReturn:
        """Raises `FeelSyntaxError` at the next token."""
        token = self.token
        half_width = FULL_WIDTH.get(token.text)
        if half_width is not None:
            expected = Phrase(f"半角「{half_width}」", f"the half-width “{half_width}”")
        raise FeelSyntaxError(
            offset=token.offset, found=token.text, expected=self._habit() or expected
        )

    def _habit(self) -> Phrase | None:
        token = self.token
        if self.position and self.previous.end == token.offset:
            pair = _HABITS.get(self.previous.text + token.text)
            if pair is not None:
                return pair
        return _HABITS.get(token.text)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level of nesting. Raises `ExpressionTooDeep`."""
        self._depth += 1
        self.check_depth(0)
        try:
            yield
        finally:
            self._depth -= 1

    def check_depth(self, further: int) -> None:
        """Raises `ExpressionTooDeep` if `further` levels from here are too many."""
        if self._depth + further > MAX_DEPTH:
            raise ExpressionTooDeep(limit=MAX_DEPTH)

    @contextmanager
    def scope(self) -> Iterator[KnownNames]:
        """Names declared inside are forgotten afterwards."""
        outer = self.names
        self.names = KnownNames(outer=outer)
        try:
            yield self.names
        finally:
            self.names = outer

    def known_name(self, *, functions: bool = True) -> tuple[int, str] | None:
        """The longest known name that starts here, and how many tokens it takes."""
        return self.names.longest(self._tokens, self.position, functions=functions)

    def name(self) -> str:
        """Read a name that is used: the longest known one, and words that simply follow."""
        return self._name(self.known_name())

    def entry_name(self) -> str:
        """Read a name behind a dot, which is no built-in function."""
        return self._name(self.known_name(functions=False))

    def _name(self, known: tuple[int, str] | None) -> str:
        count = known[0] if known else 0
        if not count and not self._continues_name(0):
            self.fail(NAME)
        while self._continues_name(count):
            count += 1
            known = None
        return self._take_name(count, known[1] if known else None)

    def _continues_name(self, count: int) -> bool:
        token = self.after(count)
        if token.kind == "number" and count:
            return token.text.isdigit()
        if token.kind != "word" or token.text in RESERVED:
            return False
        return not (token.text == "instance" and self.after(count + 1).text == "of")

    def declared_name(self, *ends: str) -> str:
        """Read a name that is declared here: everything up to one of `ends`."""
        count = 0
        while self.after(count).text not in ends and self._may_be_declared(count):
            count += 1
        if not count:
            self.fail(NAME)
        return self._take_name(count, None)

    def _may_be_declared(self, count: int) -> bool:
        token = self.after(count)
        if token.kind == "symbol":
            return count > 0 and token.text in NAME_SYMBOLS
        return token.kind == "word" or (token.kind == "number" and count > 0)

    def _take_name(self, count: int, name: str | None) -> str:
        tokens = self._tokens[self.position : self.position + count]
        self.position += count
        return name if name is not None else joined(tokens)


def joined(tokens: list[Token]) -> str:
    """The name that `tokens` spell: one space where the source has space."""
    text = tokens[0].text
    for before, token in pairwise(tokens):
        text += (" " if before.end < token.offset else "") + token.text
    return text
