"""The share of the compatibility kit the engine passes.

What is missing is named here, so that it is known: `instance of` a type the model defines,
functions in Java (never run), years outside 1…9999, and nanoseconds.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.dmn.tck import run_level
from tests.shared import shared_path

FLOORS = {2: 1.0, 3: 0.96}


@pytest.mark.parametrize("level", FLOORS)
def test_the_share_of_passed_cases_does_not_fall(level: int) -> None:
    folder: Path = shared_path("tck", f"compliance-level-{level}")
    outcomes = run_level(folder)
    passed = sum(outcome.passed for outcome in outcomes)
    share = passed / len(outcomes)
    print(f"level {level}: {passed} of {len(outcomes)} ({share:.1%})")
    failed = [outcome.case for outcome in outcomes if not outcome.passed]
    assert share >= FLOORS[level], failed
