"""What happened to each case, for whoever looks into a failure."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from datetime import datetime

from engine.scenario.values import show

MOST = 300


class Courses:
    """Lines by case: when, who, what, with which answers."""

    def __init__(self) -> None:
        self._lines: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=MOST))
        self._case_of: dict[str, str] = {}
        self.all: deque[str] = deque(maxlen=60)

    def belongs(self, key: str, case_no: str) -> None:
        """An entry number means a case."""
        self._case_of[key] = case_no

    def note(
        self, key: str | None, at: datetime, who: str, what: str, answers: Mapping[str, object] = {}
    ) -> None:
        """Keep a line."""
        line = f"{at:%Y-%m-%d %H:%M} {who:8} {what} {show(answers, 400) if answers else ''}"
        self._lines[self._case_of.get(key or "", key or "")].append(line.rstrip())
        self.all.append(f"{line[:160].rstrip()}  ({key})")

    def of(self, key: str | None) -> str:
        """The course of a case; of an unknown one the last things that happened at all."""
        lines = self._lines.get(self._case_of.get(key or "", key or ""))
        return "\n".join(lines or self.all)
