"""Pattern text → tree, as XPath Functions and Operators 3.1, 5.6.1, and XML Schema 1.1, part 2,
appendix G write it. Nothing is recursive but the depth-limited calls for nested classes."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.feel.errors import NotSuchAFlag, PatternTooDeep, PatternTooLarge, PatternTooLong
from engine.feel.limits import MAX_PATTERN, MAX_PATTERN_DEPTH, MAX_PATTERN_SIZE
from engine.feel.patterns.bracket import read_class
from engine.feel.patterns.charset import EVERYTHING, CharSet
from engine.feel.patterns.classes import LINE_ENDS, variants
from engine.feel.patterns.cursor import Cursor
from engine.feel.patterns.escapes import read_escape
from engine.feel.patterns.tree import (
    Border,
    Capture,
    Character,
    Choice,
    Edge,
    Node,
    Reference,
    Repeat,
    Sequence,
    Tree,
    size,
)

FLAGS = "smixq"
_QUANTIFIERS: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_CLOSING = "}]"


def parse(pattern: str, flags: str) -> Tree:
    """The tree of a pattern under the flags `s`, `m`, `i`, `x`, `q`.

    Raises `NotSuchAPattern`, `NotSuchAFlag`, and `PatternTooLong`, `PatternTooDeep` or
    `PatternTooLarge`.
    """
    if len(pattern) > MAX_PATTERN:
        raise PatternTooLong(length=len(pattern), limit=MAX_PATTERN)
    for flag in flags:
        if flag not in FLAGS:
            raise NotSuchAFlag(flag=flag)
    if "q" in flags:
        letters = tuple(_letter(letter, "i" in flags) for letter in pattern)
        tree = Tree(Sequence(letters), 0, False)
    else:
        tree = _Parser(Cursor(_condensed(pattern) if "x" in flags else pattern), flags).tree()
    if size(tree.root) > MAX_PATTERN_SIZE:
        raise PatternTooLarge(limit=MAX_PATTERN_SIZE)
    return tree


def _condensed(pattern: str) -> str:
    """The pattern without the blanks outside of classes (flag `x`)."""
    kept: list[str] = []
    depth, escaped = 0, False
    for letter in pattern:
        if letter in " \t\n\r" and not depth:
            continue
        if not escaped:
            depth += (letter == "[") - (letter == "]" and depth > 0)
        escaped = letter == "\\" and not escaped
        kept.append(letter)
    return "".join(kept)


def _letter(letter: str, any_case: bool) -> Character:
    return Character(CharSet.of(variants(letter) if any_case else letter))


@dataclass(slots=True)
class _Open:
    """A group that is being read: its number (None if it captures nothing) and what it has."""

    number: int | None
    branches: list[Node] = field(default_factory=list)
    parts: list[Node] = field(default_factory=list)

    def end_branch(self) -> None:
        self.branches.append(self.parts[0] if len(self.parts) == 1 else Sequence((*self.parts,)))
        self.parts = []

    def closed(self) -> Node:
        self.end_branch()
        body = self.branches[0] if len(self.branches) == 1 else Choice((*self.branches,))
        return body if self.number is None else Capture(body, self.number)


class _Parser:
    def __init__(self, cursor: Cursor, flags: str) -> None:
        self._cursor = cursor
        self._any_case = "i" in flags
        self._edges = (
            {"^": Edge.LINE_START, "$": Edge.LINE_END}
            if "m" in flags
            else {"^": Edge.START, "$": Edge.END}
        )
        self._dot = Character(EVERYTHING if "s" in flags else LINE_ENDS.complement())
        self._groups = 0
        self._finished: set[int] = set()
        self._refers_back = False
        self._open = [_Open(None)]

    def tree(self) -> Tree:
        cursor = self._cursor
        while not cursor.at_end():
            if cursor.take("|"):
                self._open[-1].end_branch()
                continue
            if cursor.take("("):
                self._begin_group()
                continue
            atom = self._end_group() if cursor.take(")") else self._atom()
            self._open[-1].parts.append(self._quantified(atom))
        if len(self._open) > 1:
            raise cursor.fault("缺少右括号「)」", "a “)” is missing")
        return Tree(self._open[0].closed(), self._groups, self._refers_back)

    def _begin_group(self) -> None:
        if len(self._open) > MAX_PATTERN_DEPTH:
            raise PatternTooDeep(limit=MAX_PATTERN_DEPTH)
        if self._cursor.take("?:"):
            self._open.append(_Open(None))
            return
        self._groups += 1
        self._open.append(_Open(self._groups))

    def _end_group(self) -> Node:
        if len(self._open) == 1:
            raise self._cursor.fault("多了右括号「)」", "a “)” has no “(”")
        group = self._open.pop()
        if group.number is not None:
            self._finished.add(group.number)
        return group.closed()

    def _atom(self) -> Node:
        cursor = self._cursor
        if cursor.take("["):
            return Character(read_class(cursor, self._any_case))
        if cursor.take("\\"):
            return self._escape()
        letter = cursor.next()
        if letter in self._edges:
            return Border(self._edges[letter])
        if letter == ".":
            return self._dot
        if letter in _QUANTIFIERS or letter == "{":
            raise cursor.fault(
                f"「{letter}」前面没有可重复的内容；要表示该字符请写「\\{letter}」",
                f"“{letter}” has nothing to repeat; write “\\{letter}” for the character itself",
            )
        if letter in _CLOSING:
            raise cursor.fault(
                f"要表示「{letter}」请写「\\{letter}」",
                f"write “\\{letter}” for a “{letter}”",
            )
        return _letter(letter, self._any_case)

    def _escape(self) -> Node:
        if self._cursor.peek() in tuple("123456789"):
            return self._reference()
        found = read_escape(self._cursor)
        if isinstance(found, str):
            return _letter(found, self._any_case)
        return Character(found)

    def _reference(self) -> Node:
        """The longest number that is a group's; further digits stand for themselves."""
        number = int(self._cursor.next())
        while self._cursor.peek() in tuple("0123456789"):
            longer = number * 10 + int(self._cursor.peek())
            if longer > self._groups:
                break
            self._cursor.next()
            number = longer
        if number not in self._finished:
            raise self._cursor.fault(
                f"「\\{number}」之前没有已结束的第 {number} 个分组",
                f"“\\{number}” refers to a group that is not complete there",
            )
        self._refers_back = True
        return Reference(number, self._any_case)

    def _quantified(self, atom: Node) -> Node:
        cursor = self._cursor
        if cursor.peek() in _QUANTIFIERS:
            least, most = _QUANTIFIERS[cursor.next()]
        elif cursor.take("{"):
            least, most = self._quantity()
        else:
            return atom
        greedy = not cursor.take("?")
        return Repeat(atom, least, most, greedy)

    def _quantity(self) -> tuple[int, int | None]:
        least = self._number()
        most: int | None = least
        if self._cursor.take(","):
            most = None if self._cursor.peek() == "}" else self._number()
        if not self._cursor.take("}"):
            raise self._cursor.fault("缺少「}」", "a “}” is missing")
        if most is not None and most < least:
            raise self._cursor.fault(
                f"「{{{least},{most}}}」的次数前大后小",
                f"“{{{least},{most}}}” has its bounds the wrong way round",
            )
        return least, most

    def _number(self) -> int:
        digits = ""
        while self._cursor.peek() in tuple("0123456789"):
            digits += self._cursor.next()
        if not digits:
            raise self._cursor.fault(
                "「{」之后应为次数，如 {2}、{2,} 或 {2,5}",
                "“{” must be followed by a count, as in {2}, {2,} or {2,5}",
            )
        if len(digits.lstrip("0")) > len(str(MAX_PATTERN_SIZE)):
            raise PatternTooLarge(limit=MAX_PATTERN_SIZE)
        return int(digits)
