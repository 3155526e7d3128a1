"""The Pratt parser: precedence of operators, and which clause starts with which token.

Precedence follows DMN 1.5, 10.3.1.2: disjunction, conjunction, comparison, addition,
multiplication, exponentiation, negation, `instance of`, path, filter and call.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache
from itertools import count

from engine.feel import syntax
from engine.feel.errors import ExpressionTooLong, Phrase
from engine.feel.grammar import clauses, literals, tests, types
from engine.feel.grammar.cursor import EXPRESSION, Cursor
from engine.feel.limits import MAX_SOURCE
from engine.feel.names import RESERVED, KnownNames

LOWEST = 0
DISJUNCTION = 10
CONJUNCTION = 20
COMPARISON = 30
ADDITION = 40
MULTIPLICATION = 50
EXPONENTIATION = 60
NEGATION = 70
INSTANCE = 80
POSTFIX = 90

_BINDING = {
    "or": DISJUNCTION,
    "and": CONJUNCTION,
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">=", "between", "in"), COMPARISON),
    **dict.fromkeys(("+", "-"), ADDITION),
    **dict.fromkeys(("*", "/"), MULTIPLICATION),
    "**": EXPONENTIATION,
    "instance": INSTANCE,
    **dict.fromkeys((".", "[", "("), POSTFIX),
}

_WITH_INPUT = Phrase("结尾，或者写成「? > 1 and ? < 5」", "the end; else write “? > 1 and ? < 5”")


class Parser(Cursor):
    """Reads one text. `source` is the text, `names` are those known beforehand."""

    def expression(self, binding: int = LOWEST) -> syntax.Node:
        """An expression whose operators bind tighter than `binding`."""
        with self.deeper():
            return self.extended(self._operand(), binding)

    def extended(self, node: syntax.Node, binding: int) -> syntax.Node:
        """`node` with the operators behind it that bind tighter than `binding`."""
        with self.deeper():
            for length in count(1):
                if self._binding_of_next() <= binding:
                    break
                self.check_depth(length)  # a chain of operators nests to the left
                node = self._continued(node)
            return node

    def endpoint(self, start: syntax.Node | None = None) -> syntax.Node:
        """What may stand behind a comparison operator; `start` is its first part if read."""
        return self.expression(COMPARISON) if start is None else self.extended(start, COMPARISON)

    def _binding_of_next(self) -> int:
        token = self.token
        if token.kind not in ("word", "symbol"):
            return -1
        if token.text == "[" and not literals.starts_filter(self):
            return -1
        if token.text == "instance" and self.after().text != "of":
            return -1
        return _BINDING.get(token.text, -1)

    def _operand(self) -> syntax.Node:
        token = self.token
        if token.kind == "number":
            self.advance()
            return syntax.Literal(offset=token.offset, value=token.value)
        if token.kind == "string":
            self.advance()
            return syntax.Literal(offset=token.offset, value=token.value)
        if token.kind == "at":
            return literals.at_literal(self)
        known = self.known_name()
        clause = _PREFIX.get(token.text)
        if clause is not None and (known is None or known[0] == 1):
            return clause(self)
        if known is None and (token.kind != "word" or token.text in RESERVED):
            self.fail(EXPRESSION)
        return syntax.Name(offset=token.offset, name=self.name())

    def _continued(self, left: syntax.Node) -> syntax.Node:
        token = self.advance()
        text = token.text
        if text in ("or", "and"):
            return self._connected(left, text)
        if text in ("+", "-", "*", "/", "**"):
            right = self.expression(_BINDING[text])
            return syntax.Arithmetic(offset=token.offset, operator=text, left=left, right=right)
        if text == "between":
            return tests.between(self, left, token)
        if text == "in":
            return tests.membership(self, left, token)
        if text == "instance":
            self.expect("of")
            return syntax.InstanceOf(offset=token.offset, operand=left, type=types.type_(self))
        if text == ".":
            return syntax.Path(offset=token.offset, source=left, name=self.entry_name())
        if text == "[":
            return literals.filter_(self, left, token)
        if text == "(":
            return clauses.call(self, left, token)
        right = self.expression(COMPARISON)
        return syntax.Comparison(offset=token.offset, operator=text, left=left, right=right)

    def _connected(self, left: syntax.Node, word: str) -> syntax.Node:
        """The whole chain of one connective, flat: a long condition is not a deep one."""
        operands = [left, self.expression(_BINDING[word])]
        while self.accept(word):
            operands.append(self.expression(_BINDING[word]))
        if word == "and":
            return syntax.Conjunction(offset=left.offset, operands=tuple(operands))
        return syntax.Disjunction(offset=left.offset, operands=tuple(operands))


def _negation(parser: Parser) -> syntax.Node:
    token = parser.advance()
    operand = parser.expression(NEGATION)
    return syntax.Negation(offset=token.offset, operand=operand)


_PREFIX: dict[str, Callable[[Parser], syntax.Node]] = {
    "-": _negation,
    "(": literals.parenthesis,
    "[": literals.list_or_range,
    "]": literals.list_or_range,
    "{": literals.context,
    "?": literals.tested_value,
    "if": clauses.if_,
    "for": clauses.for_,
    "some": clauses.quantified,
    "every": clauses.quantified,
    "function": clauses.function_or_name,
    "true": literals.constant,
    "false": literals.constant,
    "null": literals.constant,
}


def parse_expression(
    source: str, names: Collection[str], functions: Collection[str]
) -> syntax.Node:
    """Parse an expression.

    `names` are variables and entries that may not be single words, `functions` those of the
    built-in functions. Raises `FeelSyntaxError` and `FeelLimitExceeded`.
    """
    parser = _parser(source, names, functions)
    node = parser.expression()
    _expect_end(parser)
    return node


def parse_unary_tests(
    source: str, names: Collection[str], functions: Collection[str]
) -> syntax.Tests:
    """Parse the text of a decision-table cell; otherwise as `parse_expression`."""
    parser = _parser(source, names, functions)
    node = tests.unary_tests(parser)
    if parser.at("and", "or"):
        parser.fail(_WITH_INPUT)
    _expect_end(parser)
    return node


def parse_type(source: str, names: Collection[str]) -> syntax.Type:
    """Parse the text of a type, such as `list<number>`; otherwise as `parse_expression`."""
    parser = _parser(source, names, ())
    type_ = types.type_(parser)
    _expect_end(parser)
    return type_


def _parser(source: str, names: Collection[str], functions: Collection[str]) -> Parser:
    if len(source) > MAX_SOURCE:
        raise ExpressionTooLong(length=len(source), limit=MAX_SOURCE)
    return Parser(source, KnownNames(outer=_known(frozenset(names), frozenset(functions))))


@lru_cache(maxsize=4)
def _known(names: frozenset[str], functions: frozenset[str]) -> KnownNames:
    """The names of a file are those of all its cells; nobody declares into them."""
    return KnownNames(names, KnownNames(functions, functions=True))


def _expect_end(parser: Parser) -> None:
    if parser.token.kind != "end":
        parser.fail(Phrase("运算符或表达式的结尾", "an operator or the end of the expression"))
