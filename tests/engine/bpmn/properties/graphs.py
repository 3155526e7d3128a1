"""Random graphs without any structure, and a token game on their flows.

Here tokens meet that do not belong together, joins get more than they wait for, and the inclusive
join must follow the rule of the BPMN standard to the letter.
"""

from __future__ import annotations

from collections import Counter, deque
from random import Random

from engine.bpmn.model import Element, Process
from tests.engine.bpmn.execution.drawing import Drawing, event
from tests.engine.bpmn.properties.oracle import Chance


def throw_graph(seed: int) -> Process:
    """A random process. Every cycle passes a user task, so that it comes to rest."""
    dice = Random(seed)
    drawing = Drawing()
    count = dice.randint(5, 14)
    prefixes = ["T", "T", "T", dice.choice(["xor", "and", "or"]), "or", "and", "xor"]
    names = [f"{dice.choice(prefixes)}_{number}" for number in range(count)]
    names[0] = "T_0"
    drawing.line("start", names[0])
    for name in names[1:]:
        drawing.add(name)
    tasks = [name for name in names if name.startswith("T")]

    def target(number: int) -> str | None:
        ahead = names[number + 1 :]
        if dice.random() < 0.25 or not ahead:
            return dice.choice(tasks) if dice.random() < 0.6 else None
        return dice.choice(ahead[:5])

    for number, name in enumerate(names):
        is_task = name.startswith("T")
        ways = [target(number) for _ in range(1 if is_task else dice.randint(1, 3))]
        found = [way for way in ways if way is not None]
        for place, way in enumerate(found):
            if name.startswith(("xor", "or")) and len(found) > 1:
                default = place == 0
                when = None if default else f"{name}.{place}"
                drawing.flow(name, way, when=when, default=default)
            else:
                drawing.flow(name, way)
        if is_task and dice.random() < 0.3:
            border, way = f"bnd_{number}", target(number)
            drawing.boundary(border, name, event("message"), interrupting=dice.random() < 0.5)
            if way is not None:
                drawing.line(border, way)
    return drawing.process()


class FlatGame:
    """Tokens on flows and running tasks, oldest first; nothing else."""

    def __init__(self, process: Process, chance: Chance) -> None:
        self.process = process
        self.chance = chance
        self.on_flows: deque[str] = deque()
        self.running: list[str] = []
        self._leave(process.elements["start"])
        self.run()

    def finish(self, task: str) -> None:
        self.running.remove(task)
        self._leave(self.process.elements[task])

    def fire(self, border: str) -> None:
        element = self.process.elements[border]
        assert element.attached_to is not None
        if element.interrupting:
            self.running.remove(element.attached_to)
        self._leave(element)

    def run(self) -> None:
        while self._move() or self._fire_an_inclusive_join():
            pass

    def _target(self, flow_id: str) -> Element:
        return self.process.elements[self.process.flows[flow_id].target_id]

    def _leave(self, element: Element) -> None:
        ways = list(element.outgoing)
        if element.kind in {"exclusiveGateway", "inclusiveGateway"} and len(ways) > 1:
            flows = [self.process.flows[way] for way in ways]
            true = [f.id for f in flows if f.condition is not None
                    and self.chance.holds(f.condition.source, ())]  # fmt: skip
            ways = true or [str(element.default_flow)]
            if element.kind == "exclusiveGateway":
                ways = ways[:1]
        self.on_flows.extend(ways)

    def _move(self) -> bool:
        for flow_id in list(self.on_flows):
            element = self._target(flow_id)
            joins = len(element.incoming) > 1
            if element.kind == "parallelGateway" and joins:
                if not set(element.incoming) <= set(self.on_flows):
                    continue
                for each in element.incoming:
                    self.on_flows.remove(each)
                self._leave(element)
            elif element.kind == "inclusiveGateway" and joins:
                continue
            else:
                self.on_flows.remove(flow_id)
                if element.kind == "userTask":
                    self.running.append(element.id)
                else:
                    self._leave(element)
            return True
        return False

    def _fire_an_inclusive_join(self) -> bool:
        for flow_id in self.on_flows:
            join = self._target(flow_id)
            if join.kind == "inclusiveGateway" and self._may_fire(join):
                for each in set(join.incoming) & set(self.on_flows):
                    self.on_flows.remove(each)
                self._leave(join)
                return True
        return False

    def _may_fire(self, join: Element) -> bool:
        filled = set(join.incoming) & set(self.on_flows)
        empty = set(join.incoming) - filled
        places = [self._target(flow_id).id for flow_id in self.on_flows] + self.running
        for place in places:
            if place == join.id:
                continue
            ends = self._ends(place, join)
            if ends & empty and not ends & filled:
                return False
        return True

    def _ends(self, place: str, join: Element) -> set[str]:
        """The flows into the join at which a path from `place` may end."""
        ends: set[str] = set()
        seen: set[str] = set()
        pending = [place]
        while pending:
            here = pending.pop()
            if here in seen or here == join.id:
                continue
            seen.add(here)
            element = self.process.elements[here]
            ways = list(element.outgoing)
            for border in self.process.boundary_events_of(here):
                ways += border.outgoing
            ends |= set(ways) & set(join.incoming)
            pending += [self._target(way).id for way in ways]
        return ends

    def waits(self) -> Counter[str]:
        found = Counter(self.running)
        for element in self.process.elements.values():
            if element.attached_to is not None:
                found[element.id] = found[element.attached_to]
        return +found
