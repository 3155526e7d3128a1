"""What FEEL costs beside plain Python: a comparison of two variables."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import repeat
from time import perf_counter

from engine.feel import Expression, compile_expression

CONTEXT = {"a": Decimal("12.50"), "b": Decimal("249800.00")}
CALLS, ROUNDS = 5_000, 201

Compare = Callable[[Mapping[str, Decimal]], bool]


def comparison_costs() -> tuple[float, float, float]:
    """Seconds of one comparison in FEEL and in Python, and their ratio (medians).

    FEEL is what a user of the room calls: `evaluate` of the compiled `a < b` with the variables as
    a dict, and `.value` of the answer. Python is a function that takes the same dict and compares
    the same two `Decimal`. Both run in the same loop; short rounds of both alternate.
    """
    expression = compile_expression("a < b")
    compare: Compare = lambda context: context["a"] < context["b"]  # noqa: E731
    pairs = [(_in_feel(expression), _in_python(compare)) for _ in range(ROUNDS)]
    return (
        statistics.median(mine for mine, _ in pairs),
        statistics.median(other for _, other in pairs),
        statistics.median(mine / other for mine, other in pairs),
    )


def _in_feel(expression: Expression) -> float:
    begun = perf_counter()
    for _ in repeat(None, CALLS):
        _ = expression.evaluate(CONTEXT).value
    return (perf_counter() - begun) / CALLS


def _in_python(compare: Compare) -> float:
    begun = perf_counter()
    for _ in repeat(None, CALLS):
        _ = compare(CONTEXT)
    return (perf_counter() - begun) / CALLS
