"""How much matching one evaluation may do."""

from __future__ import annotations

from engine.feel.errors import PatternTooSlow
from engine.feel.limits import MAX_PATTERN_STEPS


class Budget:
    """Counts the steps of all matching in one evaluation.

    A step is what the machine does with one instruction at one character, about a microsecond.
    `met` are the patterns the evaluation has used: reading one is paid for once.
    """

    __slots__ = ("met", "spent")

    def __init__(self) -> None:
        self.spent = 0
        self.met: set[tuple[str, str]] = set()

    def spend(self, steps: int) -> None:
        """Count `steps`. Raises `PatternTooSlow` when they are more than `MAX_PATTERN_STEPS`."""
        self.spent += steps
        if self.spent > MAX_PATTERN_STEPS:
            raise PatternTooSlow(limit=MAX_PATTERN_STEPS)
