"""Tree → instructions, which both matchers follow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from engine.feel.patterns.charset import CharSet
from engine.feel.patterns.tree import (
    Border,
    Capture,
    Character,
    Choice,
    Edge,
    Node,
    Reference,
    Repeat,
    Sequence,
    Tree,
)


class Op(IntEnum):
    """What an instruction does."""

    CHARACTER = 0  # eats one character of `members`
    SPLIT = 1  # goes on at `first`, and at `second` if that leads nowhere
    JUMP = 2  # goes on at `first`
    SAVE = 3  # keeps the position in slot `first`
    BORDER = 4  # goes on if the position is at `edge`
    REFERENCE = 5  # eats what group `first` caught, in any case if `second`
    ENTER = 6  # keeps the position in slot `first`; a round of a loop begins
    ADVANCED = 7  # goes on if the position is no longer that of slot `first`
    FOUND = 8


NO_MEMBERS = CharSet(())


@dataclass(slots=True)
class Instruction:
    """One instruction; it goes on at the next one unless `Op` says otherwise."""

    op: Op
    first: int = 0
    second: int = 0
    members: CharSet = NO_MEMBERS
    edge: Edge = Edge.START


@dataclass(frozen=True, slots=True)
class Program:
    """Instructions, and how many slots for positions they need.

    Slots 2n and 2n + 1 are the ends of group n (0: the whole match); behind those of the groups
    are those of the loops. An `anchored` program can match nowhere but at the start of the text.
    """

    instructions: tuple[Instruction, ...]
    slots: int
    anchored: bool


def written_out(tree: Tree, *, catching: bool = True) -> Program:
    """The program of a tree; repetitions are written out as often as they are counted.

    Unless it is `catching` it has no slots: it tells whether there is a match, not where.
    """
    if not catching:
        bare = _Writer(None)
        bare.write(tree.root)
        bare.add(Op.FOUND)
        return Program(tuple(bare.instructions), 0, begins_at_start(tree.root))
    writer = _Writer(2 * tree.groups + 2)
    writer.add(Op.SAVE, 0)
    writer.write(tree.root)
    writer.add(Op.SAVE, 1)
    writer.add(Op.FOUND)
    return Program(tuple(writer.instructions), writer.slots, begins_at_start(tree.root))


def begins_at_start(node: Node) -> bool:
    """Whether the node can match nowhere but at the start of the text."""
    match node:
        case Border(edge=edge):
            return edge is Edge.START
        case Sequence(parts=parts):
            return bool(parts) and begins_at_start(parts[0])
        case Choice(branches=branches):
            return all(begins_at_start(branch) for branch in branches)
        case Capture(body=body):
            return begins_at_start(body)
    return False


def can_be_empty(node: Node) -> bool:
    """Whether the node may match without eating a character."""
    match node:
        case Character():
            return False
        case Sequence(parts=parts):
            return all(can_be_empty(part) for part in parts)
        case Choice(branches=branches):
            return any(can_be_empty(branch) for branch in branches)
        case Capture(body=body):
            return can_be_empty(body)
        case Repeat(body=body, least=least):
            return least == 0 or can_be_empty(body)
    return True


class _Writer:
    """Writes nodes; with None for `slots` it leaves out what keeps positions."""

    def __init__(self, slots: int | None) -> None:
        self.instructions: list[Instruction] = []
        self._catching = slots is not None
        self.slots = slots or 0

    def add(self, op: Op, first: int = 0, second: int = 0) -> Instruction:
        instruction = Instruction(op, first, second)
        self.instructions.append(instruction)
        return instruction

    def here(self) -> int:
        return len(self.instructions)

    def write(self, node: Node) -> None:
        match node:
            case Character(members=members):
                self.add(Op.CHARACTER).members = members
            case Border(edge=edge):
                self.add(Op.BORDER).edge = edge
            case Reference(number=number, any_case=any_case):
                self.add(Op.REFERENCE, number, any_case)
            case Sequence(parts=parts):
                for part in parts:
                    self.write(part)
            case Capture(body=body, number=number):
                self._capture(body, number)
            case Choice(branches=branches):
                self._choice(branches)
            case Repeat():
                self._repeat(node)

    def _capture(self, body: Node, number: int) -> None:
        if not self._catching:
            self.write(body)
            return
        self.add(Op.SAVE, 2 * number)
        self.write(body)
        self.add(Op.SAVE, 2 * number + 1)

    def _choice(self, branches: tuple[Node, ...]) -> None:
        leaves = []
        for branch in branches[:-1]:
            split = self.add(Op.SPLIT)
            split.first = self.here()
            self.write(branch)
            leaves.append(self.add(Op.JUMP))
            split.second = self.here()
        self.write(branches[-1])
        for leave in leaves:
            leave.first = self.here()

    def _repeat(self, node: Repeat) -> None:
        for _ in range(node.least):
            self.write(node.body)
        if node.most is None:
            self._loop(node)
            return
        splits = []
        for _ in range(node.most - node.least):
            splits.append(self._split(node.greedy))
            self.write(node.body)
        for split in splits:
            self._leave(split, node.greedy)

    def _loop(self, node: Repeat) -> None:
        split, start = self._split(node.greedy), self.here() - 1
        slot = self.slots
        if guarded := self._catching and can_be_empty(node.body):
            self.slots += 1
            self.add(Op.ENTER, slot)
        self.write(node.body)
        if guarded:
            self.add(Op.ADVANCED, slot)
        self.add(Op.JUMP, start)
        self._leave(split, node.greedy)

    def _split(self, greedy: bool) -> Instruction:
        """A split one side of which is the next instruction, preferred if `greedy`."""
        split = self.add(Op.SPLIT)
        if greedy:
            split.first = self.here()
        else:
            split.second = self.here()
        return split

    def _leave(self, split: Instruction, greedy: bool) -> None:
        """Let the other side of the split go on here."""
        if greedy:
            split.second = self.here()
        else:
            split.first = self.here()
