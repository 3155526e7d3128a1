"""Names an expression uses that nobody gives it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from engine.dmn.checks.compiling import readable
from engine.dmn.checks.spots import Spot
from engine.dmn.finding import DmnFinding
from engine.feel import known_functions
from engine.feel.meant import meant

_FILTER = re.compile(r"[\w\])]\s*\[")


def unknown_names(spot: Spot) -> Iterator[DmnFinding]:
    """A warning for each variable that is neither input data nor a required decision.

    In decisions that declare no input data every process variable may be meant, so there only what
    the file has, but the decision is not connected with. In a filter a name may be an entry of the
    items, so nothing is said there.
    """
    text = readable(spot)
    if text is None or _FILTER.search(spot.text.source):
        return
    for name in sorted(text.names - spot.names):
        if not spot.closed and name not in _elements(spot):
            continue
        hint_zh, hint_en = _hint(name, spot.names)
        yield spot.finding(
            "warning",
            "unknown-name",
            f"用到「{name}」，但决策没有连接这个输入数据或决策。{hint_zh}",
            f"uses '{name}', which is no input data or required decision of it.{hint_en}",
        )


def unknown_functions(spot: Spot) -> Iterator[DmnFinding]:
    """An error for each function that FEEL does not have and the file does not define."""
    text = readable(spot)
    if text is None:
        return
    known = known_functions().keys()
    for name in sorted(text.calls - spot.names - known):
        if name in _elements(spot):
            yield spot.finding(
                "error",
                "unknown-function",
                f"调用了「{name}」，但没有连接这个业务知识模型或决策服务。",
                f"calls '{name}', a knowledge model or service it does not require.",
            )
            continue
        hint_zh, hint_en = _hint(name, spot.names | known)
        yield spot.finding(
            "error",
            "unknown-function",
            f"调用了不存在的函数「{name}」。{hint_zh}",
            f"calls '{name}', which is no known function.{hint_en}",
        )


def _elements(spot: Spot) -> frozenset[str]:
    """The names of everything in the file that can be required, but for the decision itself.

    One that reads its own name takes what it is given: `if x != null then x else …`.
    """
    file = spot.definitions
    decisions = {name for one in file.decisions.values() for name in (one.name, one.variable)}
    names = {one.name for one in file.input_data.values()}
    names |= {one.name for one in file.knowledge.values()}
    names |= {one.name for one in file.services.values()}
    return frozenset(decisions | names) - spot.itself - {""}


def _hint(name: str, known: Iterable[str]) -> tuple[str, str]:
    """Did you mean … in Chinese and English, empty if nothing is like the name."""
    close = meant(name, known)
    return (f"是否应为「{close}」？", f" Did you mean '{close}'?") if close else ("", "")
