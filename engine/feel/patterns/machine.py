"""Matching in time linear in text and pattern: all ways through the program at once.

A Pike machine: the threads of one position are kept in order of preference, no two at the same
instruction, so a position costs at most one visit of each instruction. It cannot follow
references to groups.
"""

from __future__ import annotations

from engine.feel.patterns.budget import Budget
from engine.feel.patterns.edges import at_edge
from engine.feel.patterns.program import Op, Program

Slots = tuple[int, ...]
"""Positions in the text, -1 where there is none; see `Program`."""

_SLOTS_PER_STEP = 16
"""Slots that are copied in the time of one step."""


def find(
    program: Program, text: str, start: int, budget: Budget, *, any_will_do: bool = False
) -> Slots | None:
    """The slots of the first match that begins at `start` or later, leftmost and preferred.

    With `any_will_do` it stops at the first match it sees, whichever. Raises `PatternTooSlow`.
    """
    return _Run(program, text, budget).find(start, any_will_do)


class _Run:
    def __init__(self, program: Program, text: str, budget: Budget) -> None:
        self._program = program
        self._nowhere: Slots = (-1,) * program.slots
        self._text = text
        self._budget = budget
        self._visited = [-1] * len(program.instructions)
        budget.spend(len(program.instructions) // _SLOTS_PER_STEP)

    def find(self, start: int, any_will_do: bool) -> Slots | None:
        instructions, text = self._program.instructions, self._text
        found: Slots | None = None
        threads: list[tuple[int, Slots]] = []
        for position in range(start, len(text) + 1):
            if found is None and not (self._program.anchored and position):
                self._follow(0, self._nowhere, position, threads)
            elif not threads:
                break
            character = text[position : position + 1]
            current, threads = threads, []
            self._budget.spend(len(current) + 1)
            for counter, slots in current:
                instruction = instructions[counter]
                if instruction.op is Op.FOUND:
                    found = slots
                    if any_will_do:
                        return found
                    break
                if character and character in instruction.members:
                    self._follow(counter + 1, slots, position + 1, threads)
        return found

    def _follow(
        self, counter: int, slots: Slots, position: int, threads: list[tuple[int, Slots]]
    ) -> None:
        """Add the threads that lead on from an instruction without eating a character."""
        instructions, visited = self._program.instructions, self._visited
        waiting, steps = [(counter, slots)], 0
        while waiting:
            counter, slots = waiting.pop()
            if visited[counter] == position:
                continue
            visited[counter] = position
            steps += 1
            instruction = instructions[counter]
            op = instruction.op
            if op is Op.CHARACTER or op is Op.FOUND:
                threads.append((counter, slots))
            elif op is Op.SPLIT:
                waiting.append((instruction.second, slots))
                waiting.append((instruction.first, slots))
            elif op is Op.JUMP:
                waiting.append((instruction.first, slots))
            elif op is Op.SAVE:
                slot = instruction.first
                steps += len(slots) // _SLOTS_PER_STEP
                kept = (*slots[:slot], position, *slots[slot + 1 :])
                waiting.append((counter + 1, kept))
            elif op is not Op.BORDER or at_edge(instruction.edge, self._text, position):
                # The guards of loops (ENTER, ADVANCED) let pass: a round that eats nothing comes
                # back to an instruction that was visited.
                waiting.append((counter + 1, slots))
        self._budget.spend(steps)
