"""The place in a pattern that is being read."""

from __future__ import annotations

from engine.feel.errors import NotSuchAPattern

_SHOWN = 60


class Cursor:
    """Goes through the text of a pattern."""

    __slots__ = ("_position", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0

    def at_end(self) -> bool:
        return self._position >= len(self._text)

    def peek(self, ahead: int = 0) -> str:
        """The character here or further on; "" past the end."""
        position = self._position + ahead
        return self._text[position : position + 1]

    def next(self) -> str:
        """The character here, which is left behind; "" at the end."""
        character = self.peek()
        self._position += 1
        return character

    def take(self, expected: str) -> bool:
        """Leave `expected` behind if it stands here."""
        if not self._text.startswith(expected, self._position):
            return False
        self._position += len(expected)
        return True

    def until(self, end: str) -> str | None:
        """What stands before `end`, both left behind; None if there is no `end`."""
        position = self._text.find(end, self._position)
        if position < 0:
            return None
        found = self._text[self._position : position]
        self._position = position + len(end)
        return found

    def fault(self, reason_zh: str, reason_en: str) -> NotSuchAPattern:
        """The error that says why the text is no pattern."""
        text = self._text
        return NotSuchAPattern(
            pattern=text if len(text) <= _SHOWN else text[:_SHOWN] + "…",
            position=min(self._position, len(text)),
            reason_zh=reason_zh,
            reason_en=reason_en,
        )
