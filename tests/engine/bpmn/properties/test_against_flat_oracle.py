"""The engine and a game on flows play random graphs that have no structure at all."""

from __future__ import annotations

import os
from collections import Counter
from random import Random

from tests.engine.bpmn.execution.recorder import Play
from tests.engine.bpmn.properties.graphs import FlatGame, throw_graph
from tests.engine.bpmn.properties.oracle import Chance
from tests.engine.bpmn.properties.test_against_oracle import Answering

LONG = os.environ.get("CHENGXIN_LONG") == "1"
SEEDS = range(20_000 if LONG else 400)
STEPS = 25
TOO_MANY = 40
"""Waiting tasks from which a graph only grows."""


def waits_of_engine(play: Play) -> Counter[str]:
    found = Counter(token.element.id for token in play.execution.waiting_tokens())
    return found + Counter(event.id for _, event in play.execution.armed_events())


def play_through(seed: int) -> int:
    """Returns the number of steps that were compared."""
    process = throw_graph(seed)
    chance = Chance(seed)
    game = FlatGame(process, chance)
    play = Play(process, host=Answering(chance))
    choose = Random(seed)
    for step in range(1, STEPS):
        expected = game.waits()
        assert waits_of_engine(play) == expected, f"seed {seed}, step {step}"
        assert play.execution.ended == (not game.running and not game.on_flows)
        if not expected or expected.total() > TOO_MANY:
            return step
        chance.step = step
        chosen = choose.choice(sorted(expected))
        if process.elements[chosen].kind == "userTask":
            game.finish(chosen)
            game.run()
            play.finish(chosen)
        else:
            game.fire(chosen)
            game.run()
            play.fire(chosen)
    return STEPS


def test_the_engine_plays_as_the_game_on_flows_does():
    steps = sum(play_through(seed) for seed in SEEDS)
    assert steps > 5 * len(SEEDS)
