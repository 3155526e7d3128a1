"""Constants, parentheses, lists, ranges, contexts, filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel import syntax
from engine.feel.errors import Fault, Phrase
from engine.feel.grammar.cursor import NAME_SYMBOLS, joined
from engine.feel.lexer import Token
from engine.feel.temporal import read_temporal

if TYPE_CHECKING:
    from engine.feel.grammar.parser import Parser

_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_ONE_SIDED = ("<", "<=", ">", ">=", "=", "!=")
_NEVER_STARTS = frozenset([")", ",", "]", "}", "", "and", "or", "then", "else", "return"])


def constant(parser: Parser) -> syntax.Node:
    token = parser.advance()
    return syntax.Literal(offset=token.offset, value=_CONSTANTS[token.text])


def tested_value(parser: Parser) -> syntax.Node:
    return syntax.Name(offset=parser.advance().offset, name="?")


def at_literal(parser: Parser) -> syntax.Node:
    """`@"2024-01-01"`."""
    offset = parser.advance().offset
    text = str(parser.advance().value)
    try:
        return syntax.Literal(offset=offset, value=read_temporal(text))
    except Fault:
        return syntax.Unreadable(offset=offset, text=text)


def parenthesis(parser: Parser) -> syntax.Node:
    """`(a)`, `(a..b]`, `(< a)`."""
    token = parser.advance()
    if parser.at(*_ONE_SIDED):
        operator = parser.advance()
        operand = parser.endpoint()
        parser.expect(")")
        return syntax.OneSided(offset=token.offset, operator=operator.text, operand=operand)
    node = parser.expression()
    if parser.at(".."):
        return range_from(parser, token, node)
    parser.expect(")")
    return node


def list_or_range(parser: Parser) -> syntax.Node:
    """`[]`, `[a, b]`, `[a..b)`, `]a..b[`."""
    token = parser.advance()
    if token.text == "[" and parser.accept("]"):
        return syntax.ListLiteral(offset=token.offset, items=())
    first = _item(parser)
    if token.text == "]" or parser.at(".."):
        return range_from(parser, token, first)
    items = [first]
    while parser.accept(","):
        items.append(_item(parser))
    parser.expect("]")
    return syntax.ListLiteral(offset=token.offset, items=tuple(items))


def _item(parser: Parser) -> syntax.Node:
    if parser.at(*_ONE_SIDED):
        operator = parser.advance()
        return syntax.OneSided(
            offset=operator.offset, operator=operator.text, operand=parser.endpoint()
        )
    return parser.expression()


def range_from(parser: Parser, opening: Token, low: syntax.Node) -> syntax.Node:
    """The rest of a range whose opening bracket and low end have been read."""
    parser.expect("..")
    high = parser.expression()
    if not parser.at(")", "]", "["):
        parser.fail(Phrase("「]」或「)」", "“]” or “)”"))
    closing = parser.advance()
    return syntax.RangeLiteral(
        offset=opening.offset,
        low=low,
        high=high,
        low_included=opening.text == "[",
        high_included=closing.text == "]",
    )


def starts_filter(parser: Parser) -> bool:
    """Whether the `[` that comes next opens a filter and does not close a range `]a..b[`."""
    return parser.after().text not in _NEVER_STARTS or parser.after().kind == "string"


def filter_(parser: Parser, source: syntax.Node, opening: Token) -> syntax.Node:
    condition = parser.expression()
    parser.expect("]")
    return syntax.Filter(offset=opening.offset, source=source, condition=condition)


def context(parser: Parser) -> syntax.Node:
    """`{name: a, "key": b}`; an entry is known to those behind it."""
    token = parser.advance()
    entries: list[tuple[str, syntax.Node]] = []
    with parser.scope() as names:
        more = not parser.at("}")
        while more:
            key = _key(parser)
            parser.expect(":")
            entries.append((key, parser.expression()))
            names.add(key)
            more = parser.accept(",") is not None
        parser.expect("}")
    # Paths outside the braces use the keys as well: {first-name: 1}.first-name
    for key, _ in entries:
        parser.names.add(key)
    return syntax.ContextLiteral(offset=token.offset, entries=tuple(entries))


def _key(parser: Parser) -> str:
    if parser.token.kind == "string":
        return str(parser.advance().value)
    tokens: list[Token] = []
    while _in_key(parser.token):
        tokens.append(parser.advance())
    if not tokens or tokens[0].kind != "word":
        parser.position -= len(tokens)
        parser.fail(Phrase("上下文的键", "a key of the context"))
    return joined(tokens)


def _in_key(token: Token) -> bool:
    """Keys may hold what names hold, and punctuation that FEEL has no use for: `通知（一）`."""
    if token.kind == "symbol":
        return token.text in NAME_SYMBOLS or not token.text.isascii()
    return token.kind in ("word", "number")
