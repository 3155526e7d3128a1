"""Reading the FEEL text of a spot."""

from __future__ import annotations

from engine.dmn.checks.spots import Spot
from engine.dmn.model import UnaryTest
from engine.dmn.requirements import spoken_within
from engine.feel import (
    Expression,
    FeelError,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
    syntax,
)
from engine.feel.expression import read_expression, read_unary_tests


def compiled(spot: Spot) -> Expression | UnaryTests | None:
    """The compiled text; None if there is none or it is in another language. Raises `FeelError`."""
    text = spot.text
    names = spot.names | spoken_within(spot.definitions)
    if isinstance(text, UnaryTest):
        if text.source in ("", "-"):
            return None
        return compile_unary_tests(text.source, place=text.place, names=names)
    if not text.source or text.language:
        return None
    return compile_expression(text.source, place=text.place, names=names)


def readable(spot: Spot) -> Expression | UnaryTests | None:
    """The compiled text; None also if it cannot be read, which `unreadable` reports."""
    try:
        return compiled(spot)
    except FeelError:
        return None


def read(spot: Spot) -> syntax.Node | None:
    """The parsed text, to look at without evaluating it; None as for `readable`."""
    if readable(spot) is None:
        return None
    names = spot.names | spoken_within(spot.definitions)
    if isinstance(spot.text, UnaryTest):
        return read_unary_tests(spot.text.source, names)
    return read_expression(spot.text.source, names)
