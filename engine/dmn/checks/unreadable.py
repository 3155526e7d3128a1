"""Cells and expressions that are no FEEL."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.checks.compiling import compiled
from engine.dmn.checks.spots import Spot
from engine.dmn.finding import DmnFinding
from engine.dmn.model import LiteralExpression
from engine.feel import FeelError


def unreadable(spot: Spot) -> Iterator[DmnFinding]:
    """An error for a text that cannot be compiled, or is written in another language."""
    language = spot.text.language if isinstance(spot.text, LiteralExpression) else ""
    if language:
        yield spot.finding(
            "error",
            "unreadable",
            f"用「{language}」编写，只支持 FEEL。",
            f"is written in '{language}'; only FEEL is supported.",
        )
        return
    try:
        compiled(spot)
    except FeelError as fault:
        yield spot.finding(
            "error",
            "unreadable",
            f"读不懂：{fault.message('zh')}",
            f"cannot be read: {fault.message('en')}",
        )
