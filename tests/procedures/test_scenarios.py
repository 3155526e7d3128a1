"""Every scenario of `tests/scenarios` passes, and together they go nearly everywhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from engine.bpmn import read_diagram
from engine.scenario import (
    Coverage,
    Scenario,
    ScenarioInvalid,
    ScenarioResult,
    failure,
    read_scenarios,
    run_scenario,
    together,
)
from engine.scenario.world import Setting, files_of

FOLDER = Path(__file__).parents[1] / "scenarios"
LEAST = 98
"""Percent of the flow nodes and flows of each shipped process that the scenarios pass."""

pytestmark = pytest.mark.slow


def _scenarios() -> list[Scenario]:
    found: list[Scenario] = []
    for file in sorted(FOLDER.glob("*.yaml")):
        try:
            found += read_scenarios(file)
        except ScenarioInvalid as invalid:
            pytest.fail(f"{file.name}: {invalid}", pytrace=False)
    return found


SCENARIOS = _scenarios()


@cache
def _played(number: int) -> ScenarioResult:
    return run_scenario(SCENARIOS[number])


@pytest.mark.parametrize(
    "number",
    range(len(SCENARIOS)),
    ids=[f"{Path(s.place.file).stem}: {s.title}" for s in SCENARIOS],
)
def test_the_scenario_passes(number: int) -> None:
    result = _played(number)
    if result.failed_step is not None:
        pytest.fail(failure(result.failed_step), pytrace=False)


def test_together_they_pass_nearly_every_element_and_flow() -> None:
    # given everything that the scenarios went through
    covered = together(_played(number).coverage for number in range(len(SCENARIOS)))
    # then every shipped process was used
    assert set(covered.processes) == _shipped_processes()
    # and little of any was left out
    assert not _thin(covered)


def _thin(covered: Coverage) -> list[str]:
    thin = []
    for part in covered.processes.values():
        whole = len(part.all_elements()) + len(part.all_flows())
        if 100 * (whole - len(part.missing())) < LEAST * whole:
            thin.append(f"{part.words()}: {part.missing()}")
    return thin


def _shipped_processes() -> set[str]:
    files = [file for file in files_of(Setting()) if file.kind == "bpmn"]
    diagrams = [read_diagram(file.content, file.name) for file in files]
    return {process for diagram in diagrams for process in diagram.processes}
