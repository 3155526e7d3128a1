"""Colours, and how far along each element is."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

INK = "#22242a"
PAPER = "#ffffff"
FAINT = "#6b7280"
BAND_FILL = "#f4f6f9"
PASSED = "#1d6b43"
PASSED_FILL = "#eaf6ef"
TOKEN = "#b45309"
TOKEN_FILL = "#fff6e6"
DIM_OPACITY = 0.4


@dataclass(frozen=True, kw_only=True)
class Look:
    """What the caller wants to see on the picture; ids are those of elements and flows."""

    tokens: Mapping[str, str] = field(default_factory=dict)
    passed_elements: AbstractSet[str] = frozenset()
    passed_flows: AbstractSet[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    dim_rest: bool = False

    def stroke(self, id: str) -> str:
        if id in self.tokens:
            return TOKEN
        return PASSED if id in self.passed_elements or id in self.passed_flows else INK

    def fill(self, id: str) -> str:
        if id in self.tokens:
            return TOKEN_FILL
        return PASSED_FILL if id in self.passed_elements else PAPER

    def state(self, id: str) -> str:
        """A class for the page's own style sheet."""
        if id in self.tokens:
            return "token"
        return "passed" if id in self.passed_elements or id in self.passed_flows else "open"

    def opacity(self, id: str) -> float | None:
        return DIM_OPACITY if self.dim_rest and self.state(id) == "open" else None
