"""Sets of characters as sorted ranges of code points."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

END = 0x110000
"""One more than the last code point."""

_LOW = 256


class CharSet:
    """An immutable set of characters: `"a" in letters`.

    `bounds` are ascending code points; the set changes between in and out at each of them.
    """

    __slots__ = ("_low", "bounds")

    def __init__(self, bounds: Iterable[int]) -> None:
        self.bounds = array("i", bounds)
        self._low = frozenset(
            chr(code)
            for first, last in self.ranges()
            if first < _LOW
            for code in range(first, min(last + 1, _LOW))
        )

    @classmethod
    def of_ranges(cls, ranges: Iterable[tuple[int, int]]) -> CharSet:
        """The characters from first to last of each range; ranges may overlap in any order."""
        bounds: list[int] = []
        for first, last in sorted(ranges):
            if bounds and first <= bounds[-1]:
                bounds[-1] = max(bounds[-1], last + 1)
            else:
                bounds += (first, last + 1)
        return cls(bounds)

    @classmethod
    def of(cls, characters: Iterable[str]) -> CharSet:
        """Exactly these characters."""
        return cls.of_ranges((ord(character), ord(character)) for character in characters)

    def __contains__(self, character: str) -> bool:
        if character < "\u0100":
            return character in self._low
        return bisect_right(self.bounds, ord(character)) % 2 == 1

    def __bool__(self) -> bool:
        return bool(self.bounds)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CharSet) and self.bounds == other.bounds

    def __hash__(self) -> int:
        return hash(self.bounds.tobytes())

    def ranges(self) -> Iterator[tuple[int, int]]:
        """First and last code point of each range, ascending."""
        for position in range(0, len(self.bounds), 2):
            yield self.bounds[position], self.bounds[position + 1] - 1

    def single(self) -> str | None:
        """The character, if the set has exactly one."""
        if len(self.bounds) == 2 and self.bounds[1] - self.bounds[0] == 1:
            return chr(self.bounds[0])
        return None

    def complement(self) -> CharSet:
        """Every other character."""
        bounds = list(self.bounds)
        bounds = bounds[1:] if bounds[:1] == [0] else [0, *bounds]
        return CharSet(bounds[:-1] if bounds[-1:] == [END] else [*bounds, END])

    def __or__(self, other: CharSet) -> CharSet:
        return CharSet.of_ranges((*self.ranges(), *other.ranges()))

    def __and__(self, other: CharSet) -> CharSet:
        return (self.complement() | other.complement()).complement()

    def __sub__(self, other: CharSet) -> CharSet:
        return (self.complement() | other).complement()

    def meets(self, other: CharSet) -> bool:
        """Whether the two have a character in common."""
        edges = sorted(
            [(bound, 0, position % 2 == 0) for position, bound in enumerate(self.bounds)]
            + [(bound, 1, position % 2 == 0) for position, bound in enumerate(other.bounds)]
        )
        inside = [False, False]
        for (bound, owner, enters), (following, _, _) in pairwise([*edges, (END, 0, False)]):
            inside[owner] = enters
            if all(inside) and following > bound:
                return True
        return False


NOTHING = CharSet(())
EVERYTHING = CharSet((0, END))
