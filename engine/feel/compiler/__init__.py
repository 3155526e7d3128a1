"""Nodes → closures: an expression is taken apart once and then only runs."""

from engine.feel.compiler.build import Compiled, compile_node, compile_tests
from engine.feel.compiler.constants import ConstantTests
from engine.feel.compiler.direct import UNSURE

__all__ = ["UNSURE", "Compiled", "ConstantTests", "compile_node", "compile_tests"]
