"""What starts by itself in time: in a scenario only what it says, so that a year stays short."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.clock import SHANGHAI
from engine.runtime.models import Timer
from engine.scenario import ScenarioResult, failure
from engine.scenario.desk import Desk
from engine.scenario.world import Setting
from tests.builders.diagram import diagram, end, start, timer
from tests.engine.scenario.tiny import Play


@pytest.fixture
def nightly(tmp_path: Path, play: Play) -> Play:
    """Play a scenario beside two processes that begin every night and every month."""
    folder = tmp_path / "timed"
    folder.mkdir()
    for name, cycle in (("nightly", "P1D"), ("monthly", "P1M")):
        begin = start(f"{name}_begins", inner=timer(f"R/2024-01-01T00:00:00+08:00/{cycle}",
                                                    "timeCycle"))  # fmt: skip
        content = diagram(name, begin, end(f"{name}_ends"), flows=f"{name}_begins -> {name}_ends")
        (folder / f"{name}.bpmn").write_bytes(content)
    return play


def played(result: ScenarioResult) -> str:
    return failure(result.failed_step) if result.failed_step else ""


def test_only_what_the_scenario_names_starts_by_itself(nightly: Play) -> None:
    # given two schedules, of which one is named
    result = nightly(
        """
场景: 按时开始
已知:
  - 流程目录: timed
  - 自动启动: monthly
  - 现在: 2024-03-26 09:00
那么:
  - 定时: monthly_begins
    到期: 2024-04-01 00:00
  - 定时: nightly_begins
    到期: 2024-03-27 00:00
"""
    )
    # then the one is armed and the other is not
    assert "nightly_begins" in played(result)


def test_shipped_schedules_do_not_run_in_every_scenario(tmp_path: Path) -> None:
    now = datetime(2024, 3, 26, 9, tzinfo=SHANGHAI)
    desk = Desk(folder=tmp_path, setting=Setting(now=now))
    assert desk.all(select(Timer.key)) == []
