"""A pattern that is ready to match, by the road that suits it.

There are three: Python's `re`, the machine (linear in text and pattern), and backtracking for
references to groups. `re` has no limit of time, so it is taken only if `cost.most_steps` bounds
what it does with a text of that length by no more than the machine would do, a step of `re`
counting for a fiftieth of a step of the machine, and the text is no longer than
`_LONGEST_QUICK`. What a search may cost at most on that road is spent before it starts; the
other two spend as they go. So no road takes longer than `MAX_PATTERN_STEPS` allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import inf

from engine.feel.patterns import backtracking, machine
from engine.feel.patterns.budget import Budget
from engine.feel.patterns.cost import most_steps
from engine.feel.patterns.program import Program, written_out
from engine.feel.patterns.syntax import parse
from engine.feel.patterns.translation import translated
from engine.feel.patterns.tree import size, weight

_LONGEST_QUICK = 100_000
"""Characters of a text; `re` keeps some hundred bytes for each round of a repeated group."""

_LARGEST_QUICK = 500
"""Instructions; larger patterns are not worth the estimate."""

_HEAVIEST_QUICK = 4_000
"""Bounds of sets, three times those of all letters; `re` is slow to read large sets."""

_QUICK_STEPS_PER_STEP = 50
_ALWAYS_QUICK = 100
_READING_A_PATTERN = 1_000
_READING_A_CHARACTER = 20
_READING_A_CLASS = 1_000

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern was found; `spans[n]` are begin and end of group n, -1 if it has none."""

    text: str
    spans: Spans

    @property
    def begin(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[0][1]

    def group(self, number: int) -> str:
        """What a group caught, 0 for all; "" if it caught nothing or there is no such group."""
        if number >= len(self.spans):
            return ""
        begin, end = self.spans[number]
        return self.text[begin:end] if 0 <= begin <= end else ""


class Pattern:
    """A regular expression of XPath with its flags, ready to match."""

    def __init__(self, source: str, flags: str) -> None:
        """Raises `NotSuchAPattern`, `NotSuchAFlag`, and the limits of patterns."""
        self._tree = parse(source, flags)
        self._size = size(self._tree.root)
        self.weight = weight(self._tree.root)
        self._bounds: dict[int, float] = {}

    @property
    def groups(self) -> int:
        """How many groups it captures."""
        return self._tree.groups

    def found_in(self, text: str, budget: Budget) -> bool:
        """Whether it matches somewhere in the text. Raises `PatternTooSlow`."""
        if self._is_quick(text, budget):
            return self._quick.search(text) is not None
        if self._tree.refers_back:
            return backtracking.find(self._program, text, 0, budget) is not None
        return machine.find(self._bare, text, 0, budget, any_will_do=True) is not None

    def matches(self, text: str, budget: Budget) -> Iterator[Match]:
        """Its matches from left to right, none overlapping. Raises `PatternTooSlow`.

        An empty match is followed by a search from the next character.
        """
        quick = self._is_quick(text, budget)
        if quick:
            budget.spend(len(text) // _QUICK_STEPS_PER_STEP)
        start = 0
        while start <= len(text):
            spans = self._quickly(text, start) if quick else self._slowly(text, start, budget)
            if spans is None:
                return
            yield Match(text, spans)
            begin, end = spans[0]
            start = end if end > begin else end + 1

    def matches_nothing(self, budget: Budget) -> bool:
        """Whether it matches the empty text."""
        return self.found_in("", budget)

    def _quickly(self, text: str, start: int) -> Spans | None:
        match = self._quick.search(text, start)
        return match and match.regs

    def _slowly(self, text: str, start: int, budget: Budget) -> Spans | None:
        find = backtracking.find if self._tree.refers_back else machine.find
        slots = find(self._program, text, start, budget)
        if slots is None:
            return None
        return tuple(zip(slots[::2], slots[1::2], strict=False))[: self.groups + 1]

    @cached_property
    def _program(self) -> Program:
        return written_out(self._tree)

    @cached_property
    def _bare(self) -> Program:
        return written_out(self._tree, catching=False)

    @cached_property
    def _quick(self) -> re.Pattern[str]:
        return re.compile(translated(self._tree.root))

    def _is_quick(self, text: str, budget: Budget) -> bool:
        """Whether `re` is the road for this text; what it may cost is spent at once."""
        length = len(text)
        if length > _LONGEST_QUICK or self._size > _LARGEST_QUICK:
            return False
        if self.weight > _HEAVIEST_QUICK:
            return False
        steps = 2 * self._bound(length) / _QUICK_STEPS_PER_STEP
        if steps > max(_ALWAYS_QUICK, (length + 1) * self._size):
            return False
        budget.spend(int(steps) + 1)
        return True

    def _bound(self, length: int) -> float:
        """`most_steps`, for long texts in grades of a sixteenth."""
        grade = 1 << max(length.bit_length() - 5, 0)
        length = -(-length // grade) * grade
        bound = self._bounds.get(length)
        if bound is None:
            bound = inf if self._tree.refers_back else most_steps(self._tree, length)
            self._bounds[length] = bound
        return bound


@lru_cache(maxsize=64)
def _read(source: str, flags: str) -> Pattern:
    return Pattern(source, flags)


def compiled_pattern(source: str, flags: str, budget: Budget) -> Pattern:
    """The pattern of a text; kept for the next time.

    Reading it is paid for once in an evaluation. Raises `NotSuchAPattern`, `NotSuchAFlag`, and
    the limits of patterns.
    """
    if (source, flags) in budget.met:
        return _read(source, flags)
    budget.spend(
        _READING_A_PATTERN
        + _READING_A_CHARACTER * len(source)
        + _READING_A_CLASS * source.count("[")
    )
    pattern = _read(source, flags)
    budget.spend(pattern.weight)
    budget.met.add((source, flags))
    return pattern
