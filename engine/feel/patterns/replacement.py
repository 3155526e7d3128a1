"""What a match is replaced by (XPath Functions and Operators 3.1, 5.6.4)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.feel.errors import NotSuchAReplacement
from engine.feel.patterns.pattern import Match

_DIGITS = tuple("0123456789")
_SHOWN = 60


class Replacement:
    """A replacement string, read: texts, and numbers of the groups whose text stands there."""

    __slots__ = ("_pieces",)

    def __init__(self, text: str, groups: int, *, literal: bool) -> None:
        """`groups` is how many the pattern has; a `literal` text is taken as it is.

        Raises `NotSuchAReplacement`.
        """
        self._pieces: list[str | int] = [text] if literal else list(_pieces(text, groups))

    def filled(self, match: Match) -> Iterator[str]:
        """What replaces this match, piece by piece."""
        for piece in self._pieces:
            yield piece if isinstance(piece, str) else match.group(piece)


def _pieces(text: str, groups: int) -> Iterator[str | int]:
    position = 0
    while position < len(text):
        letter, following = text[position], text[position + 1 : position + 2]
        if letter == "$" and following in _DIGITS:
            position, number = _group(text, position + 1, groups)
            yield number
        elif letter == "\\" and following in ("\\", "$"):
            yield following
            position += 2
        elif letter in "$\\":
            raise NotSuchAReplacement(text=text[:_SHOWN])
        else:
            end = _plain_end(text, position)
            yield text[position:end]
            position = end


def _group(text: str, position: int, groups: int) -> tuple[int, int]:
    """The position behind the number of a group, and the number: the longest that there is."""
    number = int(text[position])
    position += 1
    while text[position : position + 1] in _DIGITS:
        longer = number * 10 + int(text[position])
        if longer > groups:
            break
        number = longer
        position += 1
    return position, number


def _plain_end(text: str, position: int) -> int:
    ends = [found for mark in "$\\" if (found := text.find(mark, position)) >= 0]
    return min(ends, default=len(text))
