"""`between`, `in`, and the unary tests of decision tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel import syntax
from engine.feel.grammar.literals import range_from
from engine.feel.lexer import Token

if TYPE_CHECKING:
    from engine.feel.grammar.parser import Parser

_OPERATORS = ("<", "<=", ">", ">=", "=", "!=")


def between(parser: Parser, operand: syntax.Node, token: Token) -> syntax.Node:
    low = parser.endpoint()
    parser.expect("and")
    high = parser.endpoint()
    return syntax.Between(offset=token.offset, operand=operand, low=low, high=high)


def membership(parser: Parser, operand: syntax.Node, token: Token) -> syntax.Node:
    """`x in [1..3]`, `x in (> 3, 1)`, `x in > 3`, `x in list`."""
    if parser.at("("):
        tests = _test_list_or_range(parser)
    elif parser.at(*_OPERATORS):
        tests = (_one_sided(parser),)
    else:
        tests = (parser.endpoint(),)
    return syntax.In(offset=token.offset, operand=operand, tests=tests)


def _test_list_or_range(parser: Parser) -> tuple[syntax.Node, ...]:
    opening = parser.advance()
    tests = [_test(parser)]
    if parser.at(".."):
        return (range_from(parser, opening, tests[0]),)
    while parser.accept(","):
        tests.append(_test(parser))
    parser.expect(")")
    if len(tests) == 1 and not isinstance(tests[0], syntax.OneSided):
        return (parser.endpoint(tests[0]),)  # an operator may follow: x in (a)[1]
    return tuple(tests)


def _test(parser: Parser) -> syntax.Node:
    return _one_sided(parser) if parser.at(*_OPERATORS) else parser.expression()


def _one_sided(parser: Parser) -> syntax.Node:
    token = parser.advance()
    return syntax.OneSided(offset=token.offset, operator=token.text, operand=parser.endpoint())


def unary_tests(parser: Parser) -> syntax.Tests:
    """`-`, or a list of tests, each of which may be `not(…)` around a list of tests.

    The standard has `not(…)` only around the whole; between others it would be the function, which
    knows booleans only, so `not(5), 7` would never be met by 6.
    """
    offset = parser.token.offset
    if parser.at("-") and parser.after().kind == "end":
        parser.advance()
        return syntax.Tests(offset=offset, tests=(), negated=False)
    tests = _list(parser)
    if len(tests) == 1 and isinstance(tests[0], syntax.Tests):
        return tests[0]
    return syntax.Tests(offset=offset, tests=tests, negated=False)


def _list(parser: Parser) -> tuple[syntax.Node, ...]:
    tests = [_unary_test(parser)]
    while parser.accept(","):
        tests.append(_unary_test(parser))
    return tuple(tests)


def _unary_test(parser: Parser) -> syntax.Node:
    if parser.at("not") and parser.after().text == "(":
        with parser.deeper():
            return _negated(parser) or parser.expression()
    return _test(parser)


def _negated(parser: Parser) -> syntax.Tests | None:
    """The tests inside `not(…)`; None if the text goes on behind it, so it is an expression."""
    start = parser.position
    offset = parser.advance().offset
    parser.advance()
    tests = _list(parser)
    if parser.at(")") and (parser.after().kind == "end" or parser.after().text in (",", ")")):
        parser.advance()
        return syntax.Tests(offset=offset, tests=tests, negated=True)
    parser.position = start
    return None
