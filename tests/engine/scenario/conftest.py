"""A tiny procedure in a folder, and scenarios written beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.scenario import Scenario, read_scenarios, run_scenario
from tests.engine.scenario.tiny import BEGIN, CHECK, DEADLINES, MINI, VERDICT, Play, Write


@pytest.fixture
def procedures(tmp_path: Path) -> Path:
    """A folder with the tiny procedure."""
    folder = tmp_path / "proc"
    folder.mkdir()
    (folder / "mini.bpmn").write_bytes(MINI)
    (folder / "deadlines.dmn").write_bytes(DEADLINES)
    (folder / "verdict.dmn").write_bytes(VERDICT)
    (folder / "begin.form").write_text(BEGIN, encoding="utf-8")
    (folder / "check.form").write_text(CHECK, encoding="utf-8")
    return folder


@pytest.fixture
def write(tmp_path: Path, procedures: Path) -> Write:
    """Write a scenario file beside the procedure."""

    def write(text: str) -> Path:
        file = tmp_path / "story.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def read(write: Write) -> Callable[[str], tuple[Scenario, ...]]:
    """Read a scenario file."""
    return lambda text: read_scenarios(write(text))


@pytest.fixture
def play(write: Write) -> Play:
    """Play the first scenario of a file."""
    return lambda text: run_scenario(read_scenarios(write(text))[0])
