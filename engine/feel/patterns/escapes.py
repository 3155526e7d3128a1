"""What may stand behind a backslash (XML Schema 1.1, part 2, G.4.2; XPath adds `\\$`)."""

from __future__ import annotations

from engine.feel.patterns.charset import CharSet
from engine.feel.patterns.classes import escape_set, property_set
from engine.feel.patterns.cursor import Cursor

_CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}
_THEMSELVES = "\\|.?*+(){}-[]^$"
_NAME_SHOWN = 40


def read_escape(cursor: Cursor) -> str | CharSet:
    """The one character, or the set, for the escape behind a backslash just read.

    Raises `NotSuchAPattern`.
    """
    letter = cursor.next()
    if letter and letter in _THEMSELVES:
        return letter
    if letter in _CONTROLS:
        return _CONTROLS[letter]
    if letter in ("p", "P"):
        members = _property(cursor)
        return members if letter == "p" else members.complement()
    found = escape_set(letter) if letter else None
    if found is None:
        raise cursor.fault(
            f"没有转义「\\{letter}」",
            f"there is no escape “\\{letter}”",
        )
    return found


def _property(cursor: Cursor) -> CharSet:
    name = cursor.until("}") if cursor.take("{") else None
    if name is None:
        raise cursor.fault(
            "「\\p」之后应为花括号中的类别，如 \\p{Lu}",
            "“\\p” must be followed by a category in braces, as in \\p{Lu}",
        )
    members = property_set(name)
    if members is None:
        shown = name[:_NAME_SHOWN]
        raise cursor.fault(
            f"没有名为「{shown}」的 Unicode 类别或区块",
            f"there is no Unicode category or block named “{shown}”",
        )
    return members
