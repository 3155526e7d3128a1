from __future__ import annotations

import pytest

from tests.engine.bpmn.execution.drawing import Drawing
from tests.engine.bpmn.execution.recorder import Play, Recorder


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


@pytest.fixture
def host() -> Recorder:
    return Recorder()


@pytest.fixture
def play(host: Recorder):
    """Starts an instance of a drawing."""

    def start(drawing: Drawing, *, at: str | None = None) -> Play:
        return Play(drawing.process(), start=at, host=host)

    return start
