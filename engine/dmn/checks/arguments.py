"""Calls of built-in functions with arguments that no signature takes."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.checks.compiling import read, readable
from engine.dmn.checks.spots import Spot
from engine.dmn.finding import DmnFinding
from engine.feel.calls import wrong_calls


def wrong_arguments(spot: Spot) -> Iterator[DmnFinding]:
    """An error for each call with too few or many arguments, or names no parameter has."""
    text, node = readable(spot), read(spot)
    if text is None or node is None:
        return
    for call in wrong_calls(node, text.calls - spot.names):
        yield spot.finding(
            "error",
            "arguments",
            f"调用「{call.function}」的参数不对（{call.found}），应为 {call.wanted}。",
            f"calls '{call.function}' with wrong arguments ({call.found}); it is {call.wanted}.",
        )
