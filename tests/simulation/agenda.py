"""What is going to happen, in the order of time."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime

Action = Callable[[], None]


class Agenda:
    """Actions with the instants they are meant for; those of one instant in the order of adding."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, Action]] = []
        self._added = 0

    def __bool__(self) -> bool:
        return bool(self._heap)

    def add(self, at: datetime, action: Action) -> None:
        """Do `action` at `at`, or as soon as the server is up again."""
        heapq.heappush(self._heap, (at, self._added, action))
        self._added += 1

    def next(self) -> tuple[datetime, Action]:
        """Take the earliest action."""
        at, _, action = heapq.heappop(self._heap)
        return at, action
