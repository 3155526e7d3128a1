"""The compatibility kit: a small one of our own, and the share of the real one that passes.

Functions in Java are never run, so cases that call them are the ones that may fail.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.clock import VirtualClock, parse_instant
from engine.feel import Environment
from tests.shared import shared_path
from web.cli.tck.run import Outcome, run_tree, tally

KIT = Path(__file__).parent / "kit"
JAVA = "external-java"


def run(root: Path) -> list[Outcome]:
    return list(run_tree(root, Environment(clock=VirtualClock(parse_instant("2024-03-26T09:00")))))


def test_results_are_counted_by_folder_and_in_total() -> None:
    counts = [(count.folder, count.passed, count.total) for count in tally(run(KIT))]
    assert counts == [
        ("level-2", 2, 3),
        ("level-2/0001-greeting", 2, 3),
        ("level-3", 2, 2),
        ("level-3/0002-service", 2, 2),
        ("", 4, 5),
    ]


def test_an_error_counts_as_the_null_that_the_kit_expects() -> None:
    asked = next(outcome for outcome in run(KIT) if outcome.case == "002")
    assert asked.passed
    assert "+" in asked.problem


def test_a_result_that_differs_says_why() -> None:
    failed = [outcome for outcome in run(KIT) if not outcome.passed]
    assert [outcome.result for outcome in failed] == ["In Java"]
    assert "xternal functions" in failed[0].problem


@pytest.mark.parametrize("level", ["compliance-level-2", "compliance-level-3"])
def test_everything_of_the_kit_passes_but_functions_in_java(level: str) -> None:
    failed = [one for one in run(shared_path("tck", level)) if not one.passed]
    assert [(one.folder, one.case) for one in failed if JAVA not in one.folder] == []
