"""Bytes read as choices: what a fuzzer throws becomes a value or an expression of the grammar.

Both fuzzers share it: hypothesis draws the bytes, atheris mutates them. No bytes left is always
the first choice, so fewer bytes make simpler things.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Option = TypeVar("Option")


class Choices:
    """Reads `data` byte by byte."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0

    def below(self, count: int) -> int:
        """A whole number from 0 to `count` - 1."""
        width = 1 if count <= 256 else 8
        taken = self._data[self._position : self._position + width]
        self._position += width
        return int.from_bytes(taken, "big") % count

    def one(self, options: Sequence[Option]) -> Option:
        """One of `options`."""
        return options[self.below(len(options))]

    def text(self) -> str:
        """A few characters, of all of Unicode."""
        kinds = (128, 0x3000, 0xE000, 0x110000)
        return "".join(chr(self.below(self.one(kinds))) for _ in range(self.below(6)))

    def rest(self) -> bytes:
        """All bytes not yet read."""
        return self._data[self._position :]
