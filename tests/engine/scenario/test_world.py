"""Worlds are prepared once and copied; each begins at the time its scenario says."""

from __future__ import annotations

from datetime import datetime
from time import perf_counter

from sqlalchemy import select

from engine.clock import SHANGHAI
from engine.runtime import SourceFile
from engine.runtime.models import Timer
from engine.scenario.world import open_world
from tests.builders.diagram import diagram, end, start, timer, user_task

FILES = [
    SourceFile(
        name="monthly.bpmn",
        content=diagram(
            "monthly", start(inner=timer("R/2021-06-01T00:00:00+08:00/P1M", "timeCycle")),
            user_task("report"), end(), flows="start -> report -> end",
        ),
    ),
    SourceFile(
        name="once.bpmn",
        content=diagram(
            "once", start("once_start", inner=timer("2024-03-01T00:00:00+08:00")),
            end("once_end"), flows="once_start -> once_end",
        ),
    ),
]  # fmt: skip


def test_the_schedules_of_a_kept_world_begin_with_the_scenario() -> None:
    # given a world that was prepared for a late time, when all but one schedule were over
    assert _timers(datetime(2025, 6, 15)) == [_at(2024, 3, 1), _at(2025, 7, 1)]
    # when it is opened again for earlier and later times
    begun = perf_counter()
    early, late = _timers(datetime(2024, 1, 20)), _timers(datetime(2026, 1, 1, 8))
    seconds = perf_counter() - begun
    # then every schedule is as if it had been deployed then, and nothing was prepared anew
    assert early == [_at(2024, 2, 1), _at(2024, 3, 1)]
    assert late == [_at(2024, 3, 1), _at(2026, 2, 1)]
    assert seconds < 0.5, f"{seconds:.2f} s"


def _timers(now: datetime) -> list[datetime]:
    runtime = open_world(FILES, (), now)
    with runtime.reading() as connection:
        return list(connection.scalars(select(Timer.due_at).order_by(Timer.due_at)))


def _at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)  # type: ignore[misc,arg-type]
