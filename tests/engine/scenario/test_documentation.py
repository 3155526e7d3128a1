"""`docs/scenarios.md` names every word there is, and its example passes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.scenario import failure, kinds, read_scenarios, run_scenario
from engine.scenario.steps.cases import ENTRY
from engine.scenario.steps.history import EVENTS

PAGE = (Path(__file__).parents[3] / "docs" / "scenarios.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
EXAMPLES = [block for block in BLOCKS if "场景:" in block]


def test_there_is_a_worked_example() -> None:
    assert EXAMPLES


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_the_example_passes(tmp_path: Path, example: str) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(example, encoding="utf-8")
    for scenario in read_scenarios(file):
        result = run_scenario(scenario)
        assert result.passed, failure(result.failed_step) if result.failed_step else ""


def test_every_word_is_explained() -> None:
    words = {word for kind in kinds().values() for word in (kind.zh, kind.en)}
    words |= {word for kind in kinds().values() for key in kind.keys for word in (key.zh, key.en)}
    words |= {*ENTRY, *EVENTS}
    missing = sorted(word for word in words if word not in PAGE)
    assert not missing
