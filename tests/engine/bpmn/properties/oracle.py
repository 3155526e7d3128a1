"""A token game over blocks, with nothing in common with the engine.

It follows the structure: a block is running or done. So an inclusive join waits exactly for the
branches its split has taken, which is what the engine must find out from its flat diagram.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from tests.engine.bpmn.properties.blocks import (
    Activity,
    Block,
    Border,
    Catch,
    Choice,
    Loop,
    Race,
    Sequence,
    Step,
)

Path = tuple[int, ...]


@dataclass(frozen=True)
class Wait:
    """Something that waits: `kind` is "task" or "event"; `act` makes it happen."""

    kind: str
    id: str
    path: Path
    stamp: int
    act: Callable[[], None] | None = None
    throw: Callable[[str, str], bool] | None = None


class Chance:
    """What the host would answer: the same for the engine and the game within one step."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.step = 0

    def draw(self, name: str, path: Path, sides: int) -> int:
        text = f"{self.seed}|{self.step}|{name}|{path}".encode()
        return int.from_bytes(blake2b(text, digest_size=4).digest(), "big") % sides

    def holds(self, condition: str, path: Path) -> bool:
        return self.draw(condition, path, 5) < 2

    def items(self, element_id: str, path: Path) -> int:
        return self.draw(element_id, path, 4)

    def enough(self, element_id: str, path: Path) -> bool:
        return self.draw(f"{element_id}?", path, 3) == 0


class Escaped(Exception):
    """Nobody catches an error."""


class Game:
    """The game of one process."""

    def __init__(self, process: Activity, chance: Chance) -> None:
        self.chance = chance
        self.stamps = 0
        self.throws: list[tuple[Scope, Step, Running]] = []
        self.root = Scope(self, process, None, ())
        self.settle()

    def stamp(self) -> int:
        self.stamps += 1
        return self.stamps

    def settle(self) -> None:
        while True:
            self.root.settle()
            if not self.throws:
                return
            scope, step, running = self.throws.pop()
            if step.kind == "terminate":
                scope.terminate()
            elif not scope.catch(step.kind, step.code) and step.kind == "error":
                raise Escaped(step.code)
            running.done = step.kind == "escalation"

    def waits(self) -> list[Wait]:
        return list(self.root.waits())

    @property
    def over(self) -> bool:
        return self.root.done


class Running:
    """A block that runs."""

    done = False

    def settle(self) -> None:
        """Move on as far as nothing is waited for."""

    def waits(self) -> Iterator[Wait]:
        return iter(())


def begin(block: Block, scope: Scope) -> Running:
    return _RUNNERS[type(block)](block, scope)


class RunningStep(Running):
    def __init__(self, step: Step, scope: Scope) -> None:
        self.done = step.kind in {"script", "link"}
        if not self.done:  # an escalation goes on once it is thrown, the others are ends
            scope.game.throws.append((scope, step, self))


class RunningCatch(Running):
    def __init__(self, catch: Catch, scope: Scope) -> None:
        self.catch, self.scope = catch, scope
        self.stamp = scope.game.stamp()

    def waits(self) -> Iterator[Wait]:
        if not self.done:
            yield Wait("task", self.catch.id, self.scope.path, self.stamp)
            yield Wait("event", self.catch.id, self.scope.path, self.stamp, self._happen)

    def _happen(self) -> None:
        self.done = True


class RunningSequence(Running):
    def __init__(self, sequence: Sequence, scope: Scope) -> None:
        self.left = list(sequence.items)
        self.scope = scope
        self.now: Running | None = None

    def settle(self) -> None:
        while True:
            if self.now is not None:
                self.now.settle()
                if not self.now.done:
                    return
            if not self.left:
                self.done = True
                return
            self.now = begin(self.left.pop(0), self.scope)

    def waits(self) -> Iterator[Wait]:
        return self.now.waits() if self.now is not None else iter(())


class RunningChoice(Running):
    def __init__(self, choice: Choice, scope: Scope) -> None:
        self.branches = [RunningSequence(b, scope) for b in self._taken(choice, scope)]

    def _taken(self, choice: Choice, scope: Scope) -> list[Sequence]:
        if choice.kind == "and":
            return choice.branches
        true = [
            branch
            for number, branch in enumerate(choice.branches)
            if number != choice.default
            and scope.game.chance.holds(f"{choice.id}.{number}", scope.path)
        ]
        if choice.kind == "xor":
            true = true[:1]
        return true or [choice.branches[choice.default]]

    def settle(self) -> None:
        for branch in self.branches:
            branch.settle()
        self.done = all(branch.done for branch in self.branches)

    def waits(self) -> Iterator[Wait]:
        for branch in self.branches:
            yield from branch.waits()


class RunningLoop(Running):
    def __init__(self, loop: Loop, scope: Scope) -> None:
        self.loop, self.scope = loop, scope
        self.body = RunningSequence(loop.body, scope)

    def settle(self) -> None:
        self.body.settle()
        while self.body.done and not self.done:
            if self.scope.game.chance.holds(f"{self.loop.id}.again", self.scope.path):
                self.body = RunningSequence(self.loop.body, self.scope)
                self.body.settle()
            else:
                self.done = True

    def waits(self) -> Iterator[Wait]:
        return iter(()) if self.done else self.body.waits()


class RunningRace(Running):
    def __init__(self, race: Race, scope: Scope) -> None:
        self.race, self.scope = race, scope
        self.stamp = scope.game.stamp()
        self.winner: Running | None = None

    def settle(self) -> None:
        if self.winner is not None:
            self.winner.settle()
            self.done = self.winner.done

    def waits(self) -> Iterator[Wait]:
        if self.winner is not None:
            yield from self.winner.waits()
            return
        yield Wait("task", self.race.id, self.scope.path, self.stamp)
        for number, catch in enumerate(self.race.events):
            yield Wait("event", catch.id, self.scope.path, self.stamp, self._win(number))

    def _win(self, number: int) -> Callable[[], None]:
        def act() -> None:
            self.winner = RunningSequence(self.race.branches[number], self.scope)

        return act


class RunningActivity(Running):
    def __init__(self, activity: Activity, scope: Scope) -> None:
        self.activity, self.scope = activity, scope
        self.stamp = scope.game.stamp()
        self.handler: Running | None = None
        self.spent: set[str] = set()
        self.children: list[Child] = []
        self.total = 1
        if activity.loop:
            self.total = scope.game.chance.items(activity.id, scope.path)
        self.entered = self.total if activity.loop == "parallel" else min(self.total, 1)
        for index in range(1, self.entered + 1):
            self.children.append(Child(self, index))

    def settle(self) -> None:
        if self.handler is not None:
            self.handler.settle()
            self.done = self.handler.done
            return
        while not self.done and self.handler is None:
            for child in self.children:
                child.settle()
            over = [child for child in self.children if child.done]
            self.children = [child for child in self.children if not child.done]
            if any(self._enough(child) for child in over):
                self.children = []
                self.done = True
            elif over and self.entered < self.total:
                self.entered += 1
                self.children.append(Child(self, self.entered))
            else:
                self.done = not self.children
                return

    def _enough(self, child: Child) -> bool:
        return self.activity.until and self.scope.game.chance.enough(self.activity.id, child.path)

    def waits(self) -> Iterator[Wait]:
        if self.handler is not None:
            yield from self.handler.waits()
        elif not self.done:
            for border in self.activity.borders:
                if border.kind in {"timer", "message"} and border.id not in self.spent:
                    act = self._happened(border)
                    yield Wait("event", border.id, self.scope.path, self.stamp, act)
            for child in self.children:
                yield from child.waits()

    def _happened(self, border: Border) -> Callable[[], None]:
        def act() -> None:
            handler = RunningSequence(border.handler, self.scope)
            if border.interrupting:
                self.handler, self.children = handler, []
                return
            self.scope.extras.append(handler)
            if border.once:
                self.spent.add(border.id)

        return act

    def catch(self, kind: str, code: str) -> bool:
        border = best(self.activity.borders, kind, code)
        if border is not None:
            self._happened(border)()
        return border is not None


class Child(Running):
    """The work of an activity: the one, or that for one item."""

    def __init__(self, owner: RunningActivity, index: int) -> None:
        self.owner = owner
        looped = bool(owner.activity.loop)
        self.path = (*owner.scope.path, index) if looped else owner.scope.path
        self.stamp = owner.scope.game.stamp()
        self.inner: Scope | None = None
        if owner.activity.body is not None:
            self.inner = Scope(owner.scope.game, owner.activity, owner, self.path)

    def settle(self) -> None:
        if self.inner is not None:
            self.inner.settle()
            self.done = self.inner.done

    def waits(self) -> Iterator[Wait]:
        if self.inner is not None:
            yield from self.inner.waits()
        elif not self.done:
            yield Wait("task", self.owner.activity.id, self.path, self.stamp,
                       self._finish, self._throw)  # fmt: skip

    def _finish(self) -> None:
        self.done = True

    def _throw(self, kind: str, code: str) -> bool:
        return self.owner.catch(kind, code) or self.owner.scope.catch(kind, code)


class Scope(Running):
    """A process or sub-process that runs: its flow, and what events have added to it."""

    def __init__(
        self, game: Game, activity: Activity, owner: RunningActivity | None, path: Path,
        outer: Scope | None = None,
    ) -> None:  # fmt: skip
        assert activity.body is not None
        self.game, self.owner, self.path = game, owner, path
        self.outer = owner.scope if owner is not None else outer
        self.main: Running | None = RunningSequence(activity.body, self)
        self.extras: list[Running] = []
        self.listeners = list(activity.listeners)
        self.stamp = game.stamp()

    def settle(self) -> None:
        if self.main is not None:
            self.main.settle()
        for extra in self.extras:
            extra.settle()
        self.extras = [extra for extra in self.extras if not extra.done]
        self.done = (self.main is None or self.main.done) and not self.extras

    def waits(self) -> Iterator[Wait]:
        if self.done:
            return
        for listener in self.listeners:
            if listener.kind in {"timer", "message"}:
                start = f"start_of_{listener.id}"
                yield Wait("event", start, self.path, self.stamp, self._happened(listener))
        if self.main is not None:
            yield from self.main.waits()
        for extra in self.extras:
            yield from extra.waits()

    def terminate(self) -> None:
        self.main, self.extras = None, []

    def catch(self, kind: str, code: str, *, from_event: bool = False) -> bool:
        listener = None if from_event else best(self.listeners, kind, code)
        if listener is not None:
            self._happened(listener)()
            return True
        if self.owner is not None and self.owner.catch(kind, code):
            return True
        by_event = self.owner is None
        return self.outer is not None and self.outer.catch(kind, code, from_event=by_event)

    def _happened(self, listener: Border) -> Callable[[], None]:
        def act() -> None:
            body = Activity(listener.id, body=listener.handler)
            inner = Scope(self.game, body, None, self.path, outer=self)
            if listener.interrupting:
                self.main, self.extras, self.listeners = inner, [], []
                return
            self.extras.append(inner)
            if listener.once:
                self.listeners.remove(listener)

        return act


def best(borders: list[Border], kind: str, code: str) -> Border | None:
    """The first of the very code, else the first of any code."""
    fitting = [b for b in borders if b.kind == kind and b.code in {code, ""}]
    exact = [b for b in fitting if b.code == code]
    return (exact or fitting or [None])[0]


_RUNNERS: dict[type[Block], Callable[..., Running]] = {
    Step: RunningStep,
    Catch: RunningCatch,
    Sequence: RunningSequence,
    Choice: RunningChoice,
    Loop: RunningLoop,
    Race: RunningRace,
    Activity: RunningActivity,
}
