"""Matching patterns that refer back to a group: one way after the other.

It may take exponential time in the worst case, so it counts every step.
"""

from __future__ import annotations

from engine.feel.patterns.budget import Budget
from engine.feel.patterns.classes import variants
from engine.feel.patterns.edges import at_edge
from engine.feel.patterns.machine import Slots
from engine.feel.patterns.program import Instruction, Op, Program

_MOST_OPEN = 100_000
"""Ways kept to be tried later; a bound of memory."""

_COUNTED_AT_ONCE = 1_000
_SLOTS_PER_STEP = 16

_Way = tuple[int, int, Slots]
"""Where to go on: instruction, position in the text, slots."""


def find(program: Program, text: str, start: int, budget: Budget) -> Slots | None:
    """The slots of the first match that begins at `start` or later, leftmost and preferred.

    Raises `PatternTooSlow`.
    """
    search = _Search(program, text, budget)
    for begin in range(start, 1 if program.anchored else len(text) + 1):
        found = search.begin_at(begin)
        if found is not None:
            return found
    return None


class _Search:
    def __init__(self, program: Program, text: str, budget: Budget) -> None:
        self._program = program
        self._text = text
        self._budget = budget
        self._open: list[_Way] = []
        self._steps = 0

    def begin_at(self, begin: int) -> Slots | None:
        self._open = [(0, begin, (-1,) * self._program.slots)]
        found: Slots | None = None
        while self._open and found is None:
            found = self._go(*self._open.pop())
        self._budget.spend(self._steps)
        self._steps = 0
        return found

    def _go(self, counter: int, position: int, slots: Slots) -> Slots | None:
        """Follow one way until it is found (its slots) or fails (None)."""
        instructions, text = self._program.instructions, self._text
        while True:
            self._count(1)
            instruction = instructions[counter]
            op = instruction.op
            counter += 1
            if op is Op.CHARACTER:
                if position == len(text) or text[position] not in instruction.members:
                    return None
                position += 1
            elif op is Op.SPLIT:
                self._keep(instruction.second, position, slots)
                counter = instruction.first
            elif op is Op.JUMP:
                counter = instruction.first
            elif op is Op.SAVE or op is Op.ENTER:
                slot = instruction.first
                self._count(len(slots) // _SLOTS_PER_STEP)
                slots = (*slots[:slot], position, *slots[slot + 1 :])
            elif op is Op.REFERENCE:
                eaten = self._eaten(instruction, position, slots)
                if eaten is None:
                    return None
                position += eaten
            elif op is Op.ADVANCED:
                if position == slots[instruction.first]:
                    return None
            elif op is Op.FOUND:
                return slots
            elif not at_edge(instruction.edge, text, position):
                return None

    def _keep(self, counter: int, position: int, slots: Slots) -> None:
        self._open.append((counter, position, slots))
        if len(self._open) > _MOST_OPEN:
            self._budget.stop()

    def _count(self, steps: int) -> None:
        self._steps += steps
        if self._steps > _COUNTED_AT_ONCE:
            self._budget.spend(self._steps)
            self._steps = 0

    def _eaten(self, reference: Instruction, position: int, slots: Slots) -> int | None:
        """How many characters a reference eats; None if the text there is another."""
        begin, end = slots[2 * reference.first], slots[2 * reference.first + 1]
        if begin < 0 or end < begin:
            return 0
        caught = self._text[begin:end]
        there = self._text[position : position + len(caught)]
        self._count(1 + len(caught) // _SLOTS_PER_STEP)
        if there == caught:
            return len(caught)
        if not reference.second or len(there) < len(caught):
            return None
        self._count(len(caught))
        same = all(one in variants(other) for one, other in zip(there, caught, strict=True))
        return len(caught) if same else None
