"""Random block-structured processes, and how they are drawn.

A token that enters a block leaves it once. What may interrupt (error and terminate ends,
escalations) stands only behind a user task, so that each step brings one of them at most and the
order of what happens at once does not matter; the ends only in a branch of an exclusive choice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.engine.bpmn.execution.drawing import Drawing, event


@dataclass
class Block:
    id: str


@dataclass
class Step(Block):
    """script, link, escalation (`code`), error (`code`), terminate: nothing to wait for."""

    kind: str
    code: str = ""


@dataclass
class Catch(Block):
    kind: str


@dataclass
class Border:
    """A boundary event, or the start of an event sub-process, with what follows."""

    id: str
    kind: str
    interrupting: bool
    code: str
    once: bool
    handler: Sequence


@dataclass
class Activity(Block):
    """A user task, or with a body a sub-process."""

    body: Sequence | None = None
    listeners: list[Border] = field(default_factory=list)
    borders: list[Border] = field(default_factory=list)
    loop: str = ""
    """"", "parallel" or "sequential"."""
    until: bool = False


@dataclass
class Sequence(Block):
    items: list[Block]


@dataclass
class Choice(Block):
    """kind: xor, and, or; the branch `default` of the first and last has no condition."""

    kind: str
    branches: list[Sequence]
    default: int


@dataclass
class Loop(Block):
    body: Sequence


@dataclass
class Race(Block):
    events: list[Catch]
    branches: list[Sequence]


class Dice:
    """Throws a random process. `kinds` restricts which blocks may occur."""

    def __init__(self, seed: int, kinds: frozenset[str] | None = None) -> None:
        self.random = Random(seed)
        self.kinds = kinds
        self.count = 0
        self.inside_or = False

    def process(self) -> Activity:
        """A process as an activity: its body, its event sub-processes."""
        listeners = self._listeners(3)
        return Activity("p", body=self.sequence(4, most=3), listeners=listeners)

    def name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}_{self.count}"

    def may(self, kind: str, chance: float) -> bool:
        hit = self.random.random() < chance
        return hit and (self.kinds is None or kind in self.kinds)

    def sequence(self, depth: int, *, most: int = 2) -> Sequence:
        count = self.random.randint(0 if depth < 4 else 1, most)
        return Sequence(self.name("seq"), [self.block(depth) for _ in range(count)])

    def block(self, depth: int) -> Block:
        roll = self.random.random()
        if depth > 0 and roll < 0.75:
            kinds = ["xor", "and", "or", "loop", "sub", "race"]
            kind = self.random.choice([k for k in kinds if self.kinds is None or k in self.kinds])
            return getattr(self, f"_{kind}")(depth - 1)
        if self.may("step", 0.25):
            kind = self.random.choice(["script", "link", "escalation"])
            step = Step(self.name(kind), kind, code=self.random.choice("xy"))
            plain = kind != "escalation"
            return step if plain else Sequence(self.name("seq"), [Activity(self.name("T")), step])
        if self.may("catch", 0.15):
            return Catch(self.name("wait"), self.random.choice(["timer", "message", "signal"]))
        return self.task(depth)

    def task(self, depth: int) -> Activity:
        task = Activity(self.name("T"), borders=self._borders(depth))
        self._multiply(task)
        return task

    def _multiply(self, activity: Activity) -> None:
        if self.may("mi", 0.2):
            activity.loop = self.random.choice(["parallel", "sequential"])
            activity.until = self.random.random() < 0.3

    def _branches(self, depth: int) -> list[Sequence]:
        return [self.sequence(depth) for _ in range(self.random.randint(2, 3))]

    def _xor(self, depth: int) -> Block:
        branches = self._branches(depth)
        default = self.random.randrange(len(branches))
        if self.may("ends", 0.4) and not self.inside_or:
            kind = self.random.choice(["error", "terminate"])
            end = Step(self.name("end"), kind, code=self.random.choice("xy"))
            last = Sequence(self.name("seq"), [Activity(self.name("T")), end])
            branches.append(last)
        return Choice(self.name("xor"), "xor", branches, default)

    def _and(self, depth: int) -> Block:
        return Choice(self.name("and"), "and", self._branches(depth), -1)

    def _or(self, depth: int) -> Block:
        # No ends in its branches: the join rightly does not wait for what cannot come any more.
        before, self.inside_or = self.inside_or, True
        branches = self._branches(depth)
        self.inside_or = before
        return Choice(self.name("or"), "or", branches, self.random.randrange(len(branches)))

    def _loop(self, depth: int) -> Block:
        body = self.sequence(depth)
        body.items.insert(0, Activity(self.name("T")))
        return Loop(self.name("loop"), body)

    def _sub(self, depth: int) -> Block:
        before, self.inside_or = self.inside_or, False
        body, listeners = self.sequence(depth), self._listeners(depth)
        self.inside_or = before
        borders = self._borders(depth, sub=True)
        sub = Activity(self.name("sub"), body=body, borders=borders, listeners=listeners)
        self._multiply(sub)
        return sub

    def _race(self, depth: int) -> Block:
        count = self.random.randint(1, 3)
        kinds = [self.random.choice(["timer", "timer", "message"]) for _ in range(count)]
        events = [Catch(self.name("ev"), kind) for kind in kinds]
        return Race(self.name("events"), events, [self.sequence(depth) for _ in events])

    def _borders(self, depth: int, *, sub: bool = False) -> list[Border]:
        count = self.random.choice([0, 0, 1, 2] if not sub else [0, 1, 1, 2, 3])
        borders = []
        for _ in range(count):
            if self.may("border", 1):
                kinds = ["timer", "message", "error", "escalation"] + ["error"] * sub
                borders.append(self._border("bnd", self.random.choice(kinds), depth))
        return borders

    def _border(self, prefix: str, kind: str, depth: int) -> Border:
        interrupting = kind == "error" or self.random.random() < 0.5
        code = self.random.choice(["", "x", "y"]) if kind in {"error", "escalation"} else ""
        once = kind == "timer" and self.random.random() < 0.5
        handler = self.sequence(max(depth - 2, 0))
        if prefix == "bnd" and not interrupting:
            # It may run several times at once: tokens of one level would meet at its joins.
            handler = Sequence(self.name("seq"), [Activity(self.name("sub"), body=handler)])
        return Border(self.name(prefix), kind, interrupting, code, once, handler)

    def _listeners(self, depth: int) -> list[Border]:
        if not self.may("eventsub", 0.25):
            return []
        kinds = ["timer", "message", "error", "escalation"]
        count = self.random.randint(1, 2)
        return [self._border("sub", self.random.choice(kinds), depth) for _ in range(count)]


def draw(process: Activity) -> Drawing:
    """Draw a thrown process."""
    drawing = Drawing(process.id)
    _Pen(drawing).fill(process, "")
    return drawing


class _Pen:
    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing

    def fill(self, scope: Activity, inside: str) -> None:
        assert scope.body is not None
        start = f"start_of_{scope.id}"
        self.drawing.add(start, "startEvent", inside=inside)
        last = self.put(scope.body, inside, start)
        if last is not None and len(scope.id) % 2:
            self.drawing.line(last, f"end_of_{scope.id}", inside=inside)
        for listener in scope.listeners:
            self.drawing.add(listener.id, "subProcess", inside=inside, triggered_by_event=True)
            first = f"start_of_{listener.id}"
            self.drawing.add(
                first, "startEvent", inside=listener.id, interrupting=listener.interrupting,
                event=_definition(listener),
            )  # fmt: skip
            self.put(listener.handler, listener.id, first)

    def put(self, block: Block, inside: str, before: str | None, when: str | None = None, *,
            default: bool = False) -> str | None:  # fmt: skip
        """Draw a block behind `before`; returns its last element, None if nothing leaves it."""
        if isinstance(block, Sequence):
            for item in block.items:
                before = self.put(item, inside, before, when, default=default)
                when, default = None, False
            return before
        first, last = getattr(self, f"_{type(block).__name__.lower()}")(block, inside)
        assert before is not None
        self.drawing.flow(before, first, when=when, default=default)
        return last

    def _step(self, step: Step, inside: str) -> tuple[str, str | None]:
        if step.kind == "script":
            self.drawing.add(step.id, "scriptTask", inside=inside)
            return step.id, step.id
        if step.kind == "link":
            there = f"{step.id}_there"
            self.drawing.add(there, "intermediateCatchEvent", inside=inside,
                             event=event("link", name=step.id))  # fmt: skip
            self.drawing.add(step.id, "intermediateThrowEvent", inside=inside,
                             event=event("link", name=step.id))  # fmt: skip
            return step.id, there
        ends = step.kind in {"error", "terminate"}
        kind = "endEvent" if ends else "intermediateThrowEvent"
        self.drawing.add(step.id, kind, inside=inside, event=event(step.kind, code=step.code))
        return step.id, None if ends else step.id

    def _catch(self, catch: Catch, inside: str) -> tuple[str, str]:
        self.drawing.add(catch.id, "intermediateCatchEvent", inside=inside, event=event(catch.kind))
        return catch.id, catch.id

    def _activity(self, activity: Activity, inside: str) -> tuple[str, str]:
        kind = "userTask" if activity.body is None else "subProcess"
        self.drawing.add(activity.id, kind, inside=inside)
        if activity.loop:
            self.drawing.each(activity.id, sequential=activity.loop == "sequential",
                              until=activity.until)  # fmt: skip
        if activity.body is not None:
            self.fill(activity, activity.id)
        last = activity.id
        if any(border.interrupting for border in activity.borders):
            last = f"xor_after_{activity.id}"
            self.drawing.line(activity.id, last, inside=inside)
        for border in activity.borders:
            self.drawing.boundary(border.id, activity.id, _definition(border),
                                  interrupting=border.interrupting)  # fmt: skip
            end = self.put(border.handler, inside, border.id)
            if border.interrupting and end is not None:
                self.drawing.line(end, last, inside=inside)
        return activity.id, last

    def _choice(self, choice: Choice, inside: str) -> tuple[str, str]:
        join = f"{choice.kind}_join_{choice.id}"
        self.drawing.add(choice.id, inside=inside).add(join, inside=inside)
        for number, branch in enumerate(choice.branches):
            when = None if number == choice.default or choice.kind == "and" else (
                f"{choice.id}.{number}")  # fmt: skip
            default = number == choice.default
            if branch.items:
                last = self.put(branch, inside, choice.id, when, default=default)
                if last is not None:
                    self.drawing.flow(last, join)
            else:
                self.drawing.flow(choice.id, join, when=when, default=default)
        return choice.id, join

    def _loop(self, loop: Loop, inside: str) -> tuple[str, str]:
        first, last = f"xor_in_{loop.id}", f"xor_out_{loop.id}"
        self.drawing.add(first, inside=inside).add(last, inside=inside)
        end = self.put(loop.body, inside, first)
        assert end is not None
        self.drawing.flow(end, last)
        self.drawing.flow(last, first, when=f"{loop.id}.again")
        out = f"xor_left_{loop.id}"
        self.drawing.add(out, inside=inside).flow(last, out, default=True)
        return first, out

    def _race(self, race: Race, inside: str) -> tuple[str, str]:
        last = f"xor_after_{race.id}"
        self.drawing.add(race.id, inside=inside).add(last, inside=inside)
        for catch, branch in zip(race.events, race.branches, strict=True):
            self.put(catch, inside, race.id)
            end = self.put(branch, inside, catch.id)
            assert end is not None
            self.drawing.flow(end, last)
        return race.id, last


def _definition(border: Border):
    timer = "timeDate" if border.once else "timeCycle"
    return event(border.kind, code=border.code, timer=timer if border.kind == "timer" else None)
