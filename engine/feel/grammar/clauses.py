"""Clauses that begin with a word, and calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel import syntax
from engine.feel.grammar.types import type_
from engine.feel.lexer import Token
from engine.feel.names import KnownNames

if TYPE_CHECKING:
    from engine.feel.grammar.parser import Parser


def if_(parser: Parser) -> syntax.Node:
    token = parser.advance()
    condition = parser.expression()
    parser.expect("then")
    then = parser.expression()
    parser.expect("else")
    otherwise = parser.expression()
    return syntax.If(offset=token.offset, condition=condition, then=then, otherwise=otherwise)


def for_(parser: Parser) -> syntax.Node:
    token = parser.advance()
    with parser.scope() as names:
        iterators = _iterators(parser, names)
        parser.expect("return")
        body = parser.expression()
    return syntax.For(offset=token.offset, iterators=iterators, body=body)


def quantified(parser: Parser) -> syntax.Node:
    token = parser.advance()
    with parser.scope() as names:
        iterators = _iterators(parser, names)
        parser.expect("satisfies")
        condition = parser.expression()
    return syntax.Quantified(
        offset=token.offset,
        every=token.text == "every",
        iterators=iterators,
        condition=condition,
    )


def _iterators(parser: Parser, names: KnownNames) -> tuple[syntax.Iterator, ...]:
    iterators = [_iterator(parser, names)]
    while parser.accept(","):
        iterators.append(_iterator(parser, names))
    return tuple(iterators)


def _iterator(parser: Parser, names: KnownNames) -> syntax.Iterator:
    offset = parser.token.offset
    name = parser.declared_name("in")
    parser.expect("in")
    source = parser.expression()
    end = parser.expression() if parser.accept("..") else None
    names.add(name)
    return syntax.Iterator(offset=offset, name=name, source=source, end=end)


def function_or_name(parser: Parser) -> syntax.Node:
    """`function(a: number, b) a + b`; elsewhere `function` is a name like any other."""
    if parser.after().text != "(":
        return syntax.Name(offset=parser.token.offset, name=parser.name())
    token = parser.advance()
    parser.expect("(")
    with parser.scope() as names:
        parameters = _parameters(parser, names)
        body = _body(parser)
    return syntax.FunctionDefinition(offset=token.offset, parameters=parameters, body=body)


def _parameters(parser: Parser, names: KnownNames) -> tuple[tuple[str, syntax.Type | None], ...]:
    parameters: list[tuple[str, syntax.Type | None]] = []
    more = not parser.at(")")
    while more:
        name = parser.declared_name(":", ",", ")")
        parameters.append((name, type_(parser) if parser.accept(":") else None))
        names.add(name)
        more = parser.accept(",") is not None
    parser.expect(")")
    return tuple(parameters)


def _body(parser: Parser) -> syntax.Node | None:
    if parser.at("external"):
        parser.advance()
        parser.expression()
        return None
    return parser.expression()


def call(parser: Parser, function: syntax.Node, opening: Token) -> syntax.Node:
    """The arguments of a call, all by position or all by name."""
    if parser.accept(")"):
        return syntax.Call(offset=function.offset, function=function, arguments=())
    if _is_named(parser):
        return _named_call(parser, function)
    arguments = [parser.expression()]
    while parser.accept(","):
        arguments.append(parser.expression())
    parser.expect(")")
    return syntax.Call(offset=function.offset, function=function, arguments=tuple(arguments))


def _is_named(parser: Parser) -> bool:
    """Whether words, and nothing else, stand before a colon."""
    count = 0
    while parser.after(count).kind in ("word", "number") or parser.after(count).text in ("'", "-"):
        count += 1
    return count > 0 and parser.after(count).text == ":"


def _named_call(parser: Parser, function: syntax.Node) -> syntax.Node:
    arguments: list[tuple[str, syntax.Node]] = []
    while True:
        name = parser.declared_name(":")
        parser.expect(":")
        arguments.append((name, parser.expression()))
        if not parser.accept(","):
            break
    parser.expect(")")
    return syntax.NamedCall(offset=function.offset, function=function, arguments=tuple(arguments))
