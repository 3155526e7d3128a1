"""Classes in brackets: `[a-z-[aeiou]]` (XML Schema 1.1, part 2, G.4.1)."""

from __future__ import annotations

from engine.feel.errors import PatternTooDeep
from engine.feel.limits import MAX_PATTERN_DEPTH
from engine.feel.patterns.charset import CharSet
from engine.feel.patterns.classes import union, with_variants
from engine.feel.patterns.cursor import Cursor
from engine.feel.patterns.escapes import read_escape


def read_class(cursor: Cursor, any_case: bool) -> CharSet:
    """The set of the class behind a `[` just read, with its case variants if `any_case`.

    Categories, blocks and multi-character escapes keep their case (XPath Functions and Operators
    3.1, 5.6.2). Raises `NotSuchAPattern` and `PatternTooDeep`.
    """
    levels: list[CharSet] = []
    while True:
        if len(levels) > MAX_PATTERN_DEPTH:
            raise PatternTooDeep(limit=MAX_PATTERN_DEPTH)
        levels.append(_group(cursor, any_case))
        if not cursor.take("-["):
            break
    members = levels.pop()
    for closed in range(len(levels) + 1):
        if not cursor.take("]"):
            raise cursor.fault(
                "被减去的字符类之后应为「]」" if closed else "字符类缺少「]」",
                "a subtracted class must be followed by “]”" if closed else "a class lacks its “]”",
            )
        if levels:
            members = levels.pop() - members
    return members


def _group(cursor: Cursor, any_case: bool) -> CharSet:
    """The set of one level, up to its `]` or the `-[` of what it subtracts."""
    negated = cursor.take("^")
    spans: list[tuple[int, int]] = []
    escapes: list[CharSet] = []
    first = True
    while first or not _ends(cursor):
        bare_hyphen = cursor.peek() == "-"
        item = _item(cursor, first)
        first = False
        if isinstance(item, CharSet):
            escapes.append(item)
        elif cursor.peek() == "-" and cursor.peek(1) not in ("]", "["):
            spans.append((ord(item), ord(_range_end(cursor, item, bare_hyphen))))
        else:
            spans.append((ord(item), ord(item)))
    written = CharSet.of_ranges(spans)
    members = union([with_variants(written) if any_case else written, *escapes])
    return members.complement() if negated else members


def _ends(cursor: Cursor) -> bool:
    return cursor.peek() in ("]", "") or (cursor.peek() == "-" and cursor.peek(1) == "[")


def _item(cursor: Cursor, first: bool) -> str | CharSet:
    if cursor.take("\\"):
        return read_escape(cursor)
    letter = cursor.next()
    if letter == "]" and first:
        raise cursor.fault("字符类为空", "a class is empty")
    if letter == "[":
        raise cursor.fault("字符类中的「[」应写作「\\[」", "write “\\[” for a “[” in a class")
    if not letter:
        raise cursor.fault("字符类缺少「]」", "a class lacks its “]”")
    return letter


def _range_end(cursor: Cursor, start: str, bare_hyphen: bool) -> str:
    """The last character of the range whose first is `start`; the `-` stands here."""
    cursor.next()
    bare_hyphen = bare_hyphen or cursor.peek() == "-"
    end = _item(cursor, first=False)
    if isinstance(end, CharSet) or bare_hyphen or end < start:
        shown = end if isinstance(end, str) else "\\"
        raise cursor.fault(
            f"「{start}-{shown}」不是由小到大的字符范围；要表示连字符请写「\\-」",
            f"“{start}-{shown}” is no ascending range; write “\\-” for a hyphen",
        )
    return end
