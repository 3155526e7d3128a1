"""The constants written in a cell."""

from __future__ import annotations

from collections.abc import Iterator

from engine.feel import FeelError, syntax
from engine.feel.compiler.constants import Varies, constant
from engine.feel.expression import read_unary_tests
from engine.feel.walk import parts_of


def literals_in(source: str) -> Iterator[object]:
    """The value of every constant in the text of a cell, wherever it stands in it.

    `date("2024-03-26")` and the like are constants as well; a text that is no cell has none.
    """
    try:
        pending: list[syntax.Node] = [read_unary_tests(source)]
    except FeelError:
        return
    while pending:
        node = pending.pop()
        if isinstance(node, syntax.Literal | syntax.Negation | syntax.Call):
            try:
                yield constant(node, set())
                continue
            except Varies:
                pass
        pending.extend(parts_of(node))
