"""What a reader or a lint rule found in a diagram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.place import Place

Level = Literal["error", "warning"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One fault at one place. An `error` keeps the diagram from being deployed.

    `rule` is the name of the lint rule, which is also the name of its page in `docs/lint/`.
    """

    level: Level
    rule: str
    place: Place
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.place} {self.level} {self.rule}: {self.zh} / {self.en}"
