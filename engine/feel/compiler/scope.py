"""Where a name stands, known before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from engine.feel.session import Frame
from engine.feel.syntax import Node

Run = Callable[[Frame], object]
"""A compiled node: gives its value in a frame, null with a warning where it is at fault."""

Test = Callable[[Frame, object], bool | None]
"""A compiled test of a value: true, false, or None where it cannot be told."""


@dataclass
class Uses:
    """What an expression needs from outside, and what it weighs so far.

    `depth` is how many nodes are around the one that is being built.
    """

    names: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)
    weight: int = 0
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a name is looked for: so many frames out, one after another; at last in the root."""

    probes: tuple[int, ...]
    declared: bool
    root: int


class Scope:
    """The names declared at a point of an expression; one frame stands for it when it runs.

    `names` is None in a filter: the entries of the item are known only when it runs.
    """

    __slots__ = ("_names", "_outer", "build_node", "uses")

    def __init__(
        self,
        build_node: Callable[[Node, Scope], Run],
        uses: Uses,
        outer: Scope | None = None,
        names: Iterable[str] | None = (),
    ) -> None:
        self.build_node = build_node
        self.uses = uses
        self._outer = outer
        self._names = None if names is None else set(names)

    def build(self, node: Node) -> Run:
        """The closure of `node` in this scope."""
        return self.build_node(node, self)

    def weighed(self, node: Node) -> tuple[Run, int]:
        """The closure of `node`, and the steps that running it once counts."""
        before = self.uses.weight
        run = self.build(node)
        return run, 1 + (self.uses.weight - before >> 3)

    def inner(self, names: Iterable[str] | None) -> Scope:
        """A scope inside this one."""
        return Scope(self.build_node, self.uses, self, names)

    def declare(self, name: str) -> None:
        if self._names is not None:
            self._names.add(name)

    def find(self, name: str) -> Standing:
        """Where `name` stands."""
        probes: list[int] = []
        scope, distance = self, 0
        while scope._outer is not None:
            if scope._names is None or name in scope._names:
                probes.append(distance)
                if scope._names is not None or name == "item":
                    return Standing(tuple(probes), True, self._depth())
            scope, distance = scope._outer, distance + 1
        return Standing(tuple(probes), False, distance)

    def _depth(self) -> int:
        depth, scope = 0, self
        while scope._outer is not None:
            depth, scope = depth + 1, scope._outer
        return depth
