"""The engine and an independent token game play the same random processes, step by step.

After every step the same must wait. The state is saved and loaded before and after each run.

A few hundred processes each time; thirty thousand with `CHENGXIN_LONG=1`.
"""

from __future__ import annotations

import os
from collections import defaultdict
from random import Random

import pytest

from engine.bpmn.errors import UncaughtError
from engine.bpmn.host import Token
from engine.bpmn.model import SequenceFlow
from tests.engine.bpmn.execution.recorder import Play, Recorder
from tests.engine.bpmn.properties.blocks import Dice, draw
from tests.engine.bpmn.properties.oracle import Chance, Escaped, Game, Path, Wait

LONG = os.environ.get("CHENGXIN_LONG") == "1"
STEPS = 40
FAMILIES = {
    "everything": None,
    "gateways": frozenset({"xor", "and", "or", "loop"}),
    "inclusive": frozenset({"or", "and"}),
    "interruptions": frozenset({"xor", "and", "loop", "sub", "border", "ends", "step"}),
    "events": frozenset(
        {"and", "sub", "border", "eventsub", "race", "catch", "step", "ends", "xor"}
    ),
    "instances": frozenset({"mi", "sub", "and", "loop", "border", "xor", "ends", "step"}),
}
SEEDS = range(5_000 if LONG else 60)


class Answering(Recorder):
    """Answers as the game is answered."""

    def __init__(self, chance: Chance) -> None:
        super().__init__()
        self.chance = chance
        self.tokens: dict[str, Token] = {}

    def path(self, token: Token) -> Path:
        outer = self.path(self.tokens[token.scope]) if token.scope else ()
        return outer if token.loop_index is None else (*outer, token.loop_index)

    def entered(self, token: Token) -> None:
        super().entered(token)
        self.tokens[token.id] = token

    def condition(self, token: Token, flow: SequenceFlow) -> bool:
        assert flow.condition is not None
        return self.chance.holds(flow.condition.source, self.path(token))

    def items(self, token: Token) -> int:
        return self.chance.items(token.element.id, self.path(token))

    def loop_done(self, token: Token, index: int) -> bool:
        super().loop_done(token, index)
        assert token.element.loop is not None
        if token.element.loop.completion_condition is None:
            return False
        return self.chance.enough(token.element.id, self.path(token))


Key = tuple[str, str, Path]


def waits_of_game(game: Game) -> dict[Key, list[Wait]]:
    found: dict[Key, list[Wait]] = defaultdict(list)
    for wait in sorted(game.waits(), key=lambda w: w.stamp):
        found[wait.kind, wait.id, wait.path].append(wait)
    return found


def waits_of_engine(play: Play, host: Answering) -> dict[Key, list[str]]:
    found: dict[Key, list[str]] = defaultdict(list)
    waiting = [("task", t, t.element) for t in play.execution.waiting_tokens()]
    armed = [("event", t, event) for t, event in play.execution.armed_events()]
    for kind, token, element in sorted(waiting + armed, key=lambda each: int(each[1].id)):
        found[kind, element.id, host.path(token)].append(token.id)
    return found


def counts(waits: dict) -> dict[Key, int]:
    return {key: len(found) for key, found in waits.items()}


def act(play: Play, key: Key, token_id: str, wait: Wait, thrown: tuple[str, str] | None) -> None:
    """The same in the game and in the engine; their runs come after."""
    kind, element_id, _ = key
    if thrown is not None:
        assert wait.throw is not None
        throw = getattr(play.execution, f"throw_{thrown[0]}")
        assert throw(token_id, thrown[1]) == wait.throw(*thrown)
        return
    assert wait.act is not None
    wait.act()
    if kind == "task":
        play.execution.finish(token_id)
    else:
        play.execution.fire(token_id, element_id)


def play_through(seed: int, kinds: frozenset[str] | None) -> int:
    """Returns the number of steps that were compared."""
    process = Dice(seed, kinds).process()
    chance = Chance(seed)
    game = Game(process, chance)
    host = Answering(chance)
    play = Play(draw(process).process(), host=host)
    choose = Random(seed)
    for step in range(1, STEPS):
        expected, found = waits_of_game(game), waits_of_engine(play, host)
        assert counts(found) == counts(expected), f"seed {seed}, step {step}"
        assert play.execution.ended == game.over, f"seed {seed}, step {step}"
        if game.over:
            assert not host.open_tokens
            return step
        chance.step = step
        moves = [(k, n) for k, ws in expected.items() for n, w in enumerate(ws) if w.act]
        key, number = choose.choice(sorted(moves))
        wait = expected[key][number]
        thrown = None
        if wait.throw is not None and choose.random() < 0.15:
            thrown = (choose.choice(["error", "escalation"]), choose.choice("xyz"))
        act(play, key, found[key][number], wait, thrown)
        play.reload()
        try:
            game.settle()
        except Escaped:
            with pytest.raises(UncaughtError):
                play.run()
            return step
        play.run()
    return STEPS


@pytest.mark.parametrize("family", FAMILIES)
def test_the_engine_plays_as_the_token_game_does(family):
    steps = sum(play_through(seed, FAMILIES[family]) for seed in SEEDS)
    assert steps > 3 * len(SEEDS)
