"""Tokens → nodes: a Pratt parser, and one module for each family of clauses."""

from engine.feel.grammar.parser import parse_expression, parse_type, parse_unary_tests

__all__ = ["parse_expression", "parse_type", "parse_unary_tests"]
