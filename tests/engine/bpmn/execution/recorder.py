"""A host that decides by given answers and keeps the minutes, and an instance to play with."""

from __future__ import annotations

from collections import Counter

from engine.bpmn.compile import compile_model
from engine.bpmn.host import Token
from engine.bpmn.model import Element, Process, SequenceFlow

DONE_AT_ONCE = {"scriptTask", "businessRuleTask", "task", "manualTask"}


class Recorder:
    """The host of a test."""

    def __init__(self) -> None:
        self.true: set[str] = set()
        """Conditions that hold."""
        self.counts: dict[str, int] = {}
        """Items of multi-instance activities, by element."""
        self.enough_after: dict[str, int] = {}
        """After which child the completion condition holds, by element."""
        self.jobs: set[str] = set()
        """Message events that are jobs."""
        self.minutes: list[str] = []
        self.armed_now: Counter[tuple[str, str]] = Counter()
        self.open_tokens: dict[str, str] = {}
        self.asked: list[str] = []

    def note(self, *words: str) -> None:
        self.minutes.append(" ".join(words))

    def entered(self, token: Token) -> None:
        assert token.id not in self.open_tokens
        assert not token.scope or token.scope in self.open_tokens
        self.open_tokens[token.id] = token.element.id
        self.note("entered", named(token))

    def execute(self, token: Token) -> bool:
        if token.element.kind in DONE_AT_ONCE:
            return True
        return token.element.event is not None and token.element.id not in self.jobs

    def left(self, token: Token) -> None:
        del self.open_tokens[token.id]
        self.note("left", named(token))

    def cancelled(self, token: Token) -> None:
        del self.open_tokens[token.id]
        self.note("cancelled", named(token))

    def took_flow(self, flow: SequenceFlow) -> None:
        self.note("took", flow.id)

    def condition(self, token: Token, flow: SequenceFlow) -> bool:
        assert flow.condition is not None
        self.asked.append(flow.condition.source)
        return flow.condition.source in self.true

    def armed(self, token: Token, event: Element) -> None:
        self.armed_now[token.id, event.id] += 1
        self.note("armed", event.id)

    def disarmed(self, token: Token, event: Element) -> None:
        self.armed_now[token.id, event.id] -= 1
        self.note("disarmed", event.id)

    def thrown(self, token: Token, event: Element) -> None:
        self.note("thrown", event.id)

    def items(self, token: Token) -> int:
        return self.counts.get(token.element.id, 0)

    def loop_item(self, token: Token, index: int) -> None:
        assert token.loop_index == index
        assert token.id not in self.open_tokens

    def loop_done(self, token: Token, index: int) -> bool:
        assert token.id in self.open_tokens
        return self.enough_after.get(token.element.id) == index


def named(token: Token) -> str:
    index = "" if token.loop_index is None else f"[{token.loop_index}]"
    return f"{token.element.id}{index}"


class Play:
    """An instance that is saved and loaded again after every step."""

    def __init__(self, process: Process, *, start: str | None = None, host: Recorder) -> None:
        self.compiled = compile_model(process)
        self.host = host
        self.execution = self.compiled.start(host)
        self.execution.start_at(start)
        self.reload()
        self.run()

    def reload(self) -> None:
        self.execution = self.compiled.load(self.execution.dump(), self.host)

    def run(self) -> None:
        self.execution.run()
        self.reload()
        armed = Counter((token.id, event.id) for token, event in self.execution.armed_events())
        assert armed == +self.host.armed_now
        assert all(count >= 0 for count in self.host.armed_now.values())

    def waiting(self) -> list[str]:
        """What waits, sorted; children of multi-instances with their index."""
        return sorted(named(token) for token in self.execution.waiting_tokens())

    def token(self, name: str) -> Token:
        """The oldest token of this name."""
        return next(t for t in self.execution.waiting_tokens() if named(t) == name)

    def finish(self, *names: str) -> None:
        for name in names:
            self.execution.finish(self.token(name).id)
            self.reload()
            self.run()

    def fire(self, event_id: str) -> None:
        token = next(t for t, event in self.execution.armed_events() if event.id == event_id)
        self.execution.fire(token.id, event_id)
        self.reload()
        self.run()

    def throw_error(self, name: str, code: str) -> bool:
        caught = self.execution.throw_error(self.token(name).id, code)
        self.reload()
        self.run()
        return caught

    def throw_escalation(self, name: str, code: str) -> bool:
        caught = self.execution.throw_escalation(self.token(name).id, code)
        self.reload()
        self.run()
        return caught
