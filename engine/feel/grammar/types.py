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


def type_(parser: Parser) -> syntax.Type:
    """`number`, `list<string>`, `context<a: number>`, `function<number> -> string`."""
    with parser.deeper():
        return _type(parser)


def _type(parser: Parser) -> syntax.Type:
    offset = parser.token.offset
    name = _type_name(parser)
    if not parser.at("<"):
        return syntax.Type(offset=offset, name=name)
    parser.advance()
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
    items: list[syntax.Type] = []
    while not parser.at(">"):
        items.append(type_(parser))
        if not parser.accept(","):
            break
    parser.expect(">")
    return tuple(items)


def _entries(parser: Parser) -> tuple[tuple[str, syntax.Type], ...]:
    entries: list[tuple[str, syntax.Type]] = []
    while not parser.at(">"):
        name = parser.declared_name(":")
        parser.expect(":")
        entries.append((name, type_(parser)))
        if not parser.accept(","):
            break
    parser.expect(">")
    return tuple(entries)
