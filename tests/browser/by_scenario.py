"""Steps of a scenario done in the served program, for journeys that begin in the middle."""

from __future__ import annotations

from pathlib import Path

from engine.runtime.commands import RearmStartTimers
from engine.scenario.desk import Desk
from engine.scenario.reader import read_scenarios
from engine.scenario.runner import perform
from tests.browser.served import Served

BLOCKS = Path(__file__).parents[1] / "scenarios" / "blocks"
LENT = ("parties", "cases", "routines", "entry", "reporting")


class Office(Desk):
    """Everybody of the office at work in the program that is served. Nothing begins by itself."""

    def __init__(self, served: Served, folder: Path) -> None:
        super().__init__(folder=folder)
        self._runtime = served.runtime
        served.runtime.execute(RearmStartTimers(processes=()))

    def does(self, steps: str) -> None:
        """Do steps as they stand in a scenario, with the routines of `tests/scenarios/blocks`."""
        file = self.folder / "steps.yaml"
        used = ", ".join(str(BLOCKS / f"{name}.yaml") for name in LENT)
        file.write_text(f"引用: [{used}]\n---\n场景: 办到这里\n当:\n{steps}", encoding="utf-8")
        for scenario in read_scenarios(file):
            for _, _, step in scenario.steps():
                fault = perform(self, step)
                assert fault is None, f"{step.text}: {fault.message('zh') if fault else ''}"
