"""Calls with arguments that the function does not take."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.checks.compiling import read, readable
from engine.dmn.checks.spots import Spot
from engine.dmn.finding import DmnFinding
from engine.feel import syntax
from engine.feel.calls import WrongCall, wrong_binding, wrong_calls


def wrong_arguments(spot: Spot) -> Iterator[DmnFinding]:
    """An error for each call with too few or many arguments, or names no parameter has.

    Looked at are built-in functions, and knowledge models and services of the file, also where a
    boxed invocation calls them.
    """
    for call in _wrong(spot):
        yield spot.finding(
            "error",
            "arguments",
            f"调用「{call.function}」的参数不对（{call.found}），应为 {call.wanted}。",
            f"calls '{call.function}' with wrong arguments ({call.found}); it is {call.wanted}.",
        )


def _wrong(spot: Spot) -> Iterator[WrongCall]:
    text, node = readable(spot), read(spot)
    if text is None or node is None:
        return
    called = (text.calls - spot.names) | (text.calls & spot.functions.keys())
    yield from wrong_calls(node, called, spot.functions)
    if spot.bound is not None and isinstance(node, syntax.Name):
        wrong = wrong_binding(node.name, spot.bound, spot.functions)
        if wrong is not None and (node.name in spot.functions or node.name not in spot.names):
            yield wrong
