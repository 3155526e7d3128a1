"""Names an expression uses that nobody gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.dmn.checks.compiling import readable
from engine.dmn.checks.spots import Spot
from engine.dmn.finding import DmnFinding
from engine.feel import known_functions

_FILTER = re.compile(r"[\w\])]\s*\[")


def unknown_names(spot: Spot) -> Iterator[DmnFinding]:
    """A warning for each variable that is neither input data nor a required decision.

    Only in decisions that declare their input data: without them every process variable may be
    meant. In a filter a name may be an entry of the items, so nothing is said there.
    """
    text = readable(spot)
    if text is None or not spot.closed or _FILTER.search(spot.text.source):
        return
    for name in sorted(text.names - spot.names):
        yield DmnFinding(
            level="warning",
            check="unknown-name",
            place=spot.text.place,
            zh=f"{spot.where_zh}用到「{name}」，但决策没有连接这个输入数据或决策。",
            en=f"{spot.where_en} uses '{name}', which is no input data or required decision of it.",
            rules=spot.rules,
        )


def unknown_functions(spot: Spot) -> Iterator[DmnFinding]:
    """An error for each function that FEEL does not have and the file does not define."""
    text = readable(spot)
    if text is None:
        return
    for name in sorted(text.calls - spot.names - known_functions().keys()):
        yield DmnFinding(
            level="error",
            check="unknown-function",
            place=spot.text.place,
            zh=f"{spot.where_zh}调用了不存在的函数「{name}」。",
            en=f"{spot.where_en} calls '{name}', which is no known function.",
            rules=spot.rules,
        )
