"""How much matching one evaluation may do."""

from __future__ import annotations

from typing import NoReturn

from engine.feel.errors import PatternTooSlow
from engine.feel.limits import MAX_PATTERN_STEPS


class Budget:
    """Counts the steps of all matching in one evaluation.

    A step is what the machine does with one instruction at one character, about a microsecond.
    `met` are the patterns the evaluation has used: reading one is paid for once.
    """

    __slots__ = ("limit", "met", "spent")

    def __init__(self, limit: int = MAX_PATTERN_STEPS) -> None:
        self.limit = limit
        self.spent = 0
        self.met: set[tuple[str, str]] = set()

    def spend(self, steps: int) -> None:
        """Count `steps`. Raises `PatternTooSlow` when all together are more than the limit."""
        self.spent += steps
        if self.spent > self.limit:
            self.stop()

    def stop(self) -> NoReturn:
        """Give up matching. Raises `PatternTooSlow`."""
        raise PatternTooSlow(limit=self.limit)
