"""Nodes → closures: an expression is taken apart once and then only runs."""

from engine.feel.compiler.build import Compiled, compile_node, compile_tests

__all__ = ["Compiled", "compile_node", "compile_tests"]
