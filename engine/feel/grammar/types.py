"""Types in `instance of` and of parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel import syntax
from engine.feel.errors import Phrase

if TYPE_CHECKING:
    from engine.feel.grammar.parser import Parser

_SPACED = (
    ("date", "and", "time"),
    ("days", "and", "time", "duration"),
    ("years", "and", "months", "duration"),
)

_MADE_OF = frozenset(["list", "range", "context", "function"])
"""Types that say what they are made of; behind others `<` compares."""


def type_(parser: Parser) -> syntax.Type:
    """`number`, `list<string>`, `context<a: number>`, `function<number> -> string`."""
    with parser.deeper():
        return _type(parser)


def _type(parser: Parser) -> syntax.Type:
    offset = parser.token.offset
    name = _type_name(parser)
    if name not in _MADE_OF or not parser.accept("<"):
        return syntax.Type(offset=offset, name=name)
    if name == "context":
        entries = _entries(parser)
        return syntax.Type(offset=offset, name=name, entries=entries)
    items = _items(parser)
    result = type_(parser) if parser.accept("->") else None
    return syntax.Type(offset=offset, name=name, items=items, result=result)


def _type_name(parser: Parser) -> str:
    for words in _SPACED:
        if all(parser.after(i).text == word for i, word in enumerate(words)):
            for _ in words:
                parser.advance()
            return " ".join(words)
    if parser.token.kind != "word":
        parser.fail(Phrase("一个类型", "a type"))
    name = parser.name()
    while parser.at(".") and parser.after().kind == "word":
        parser.advance()
        name += "." + parser.name()
    return name


def _items(parser: Parser) -> tuple[syntax.Type, ...]:
    """What stands between `<` and `>`; a function without parameters has nothing there."""
    items: list[syntax.Type] = []
    if not parser.at(">"):
        items.append(type_(parser))
        while parser.accept(","):
            items.append(type_(parser))
    parser.expect(">")
    return tuple(items)


def _entries(parser: Parser) -> tuple[tuple[str, syntax.Type], ...]:
    entries: list[tuple[str, syntax.Type]] = []
    if not parser.at(">"):
        entries.append(_entry(parser))
        while parser.accept(","):
            entries.append(_entry(parser))
    parser.expect(">")
    return tuple(entries)


def _entry(parser: Parser) -> tuple[str, syntax.Type]:
    name = parser.declared_name(":")
    parser.expect(":")
    return name, type_(parser)
