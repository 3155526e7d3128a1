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
        yield DmnFinding(
            level="error",
            check="unreadable",
            place=spot.text.place,
            zh=f"{spot.where_zh}用「{language}」编写，只支持 FEEL。",
            en=f"{spot.where_en} is written in '{language}'; only FEEL is supported.",
            rules=spot.rules,
        )
        return
    try:
        compiled(spot)
    except FeelError as fault:
        yield DmnFinding(
            level="error",
            check="unreadable",
            place=spot.text.place,
            zh=f"{spot.where_zh}「{spot.text.source}」读不懂：{fault.message('zh')}",
            en=f"{spot.where_en}: '{spot.text.source}' cannot be read: {fault.message('en')}",
            rules=spot.rules,
        )
