"""What every simulation needs: a platform to push to, and an outbox that is thrown away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from engine.clock import end_of_day
from tests.simulation.invariants import INVARIANTS
from tests.simulation.plan import check, plan
from tests.simulation.platform import Platform, reachable
from tests.simulation.settings import Setting
from tests.simulation.simulation import Simulation
from tests.simulation.world import new_world

Play = Callable[..., Simulation]


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Play]:
    """Plays a simulation to its end with every check, and gives it."""
    with ExitStack() as open_until_then:

        def played(setting: Setting, *, reporting: bool = True, aloud: bool = False) -> Simulation:
            platform = Platform(setting.seed)
            file = open_until_then.enter_context(reachable(platform, tmp_path))
            monkeypatch.setenv("CHENGXIN_CHANNELS", str(file))
            monkeypatch.setenv("CHENGXIN_VAR", str(tmp_path / "var"))
            world = new_world(setting, reporting=reporting)
            simulation = Simulation(setting, world, platform, INVARIANTS, aloud=aloud)
            plan(simulation)
            simulation.run(end_of_day(setting.end))
            simulation.told(lambda: check(simulation))
            return simulation

        yield played
