"""What the clock starts: from its deployment on, every time once, in order, whoever was down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from engine.clock import SHANGHAI
from engine.feel import decode
from engine.runtime.errors import DeploymentRefused
from engine.runtime.models import HistoryRecord, ProcessInstance, Timer, Variable
from tests.builders.diagram import diagram, end, script, start, timer, timer_catch, user_task

if TYPE_CHECKING:
    from engine.clock import VirtualClock
    from tests.engine.runtime.conftest import Desk

MOST_SECONDS_A_DAY = 0.1
MONTHLY = "R/2021-06-01T00:00:00+08:00/P1M"


def test_a_cycle_that_began_years_ago_starts_with_the_next_time_after_its_deployment(
    desk: Desk,
) -> None:
    _deploy(desk, MONTHLY)
    assert _due(desk) == [_at(2026, 3, 1)]
    desk.runtime.sweep()
    assert _started(desk) == []
    desk.runtime.run_until(datetime(2026, 5, 20))
    assert _started(desk) == [_at(2026, 3, 1), _at(2026, 4, 1), _at(2026, 5, 1)]


def test_a_time_that_is_the_instant_of_the_deployment_is_over(
    desk: Desk, clock: VirtualClock
) -> None:
    clock.advance_to("2026-03-01")
    _deploy(desk, MONTHLY)
    assert _due(desk) == [_at(2026, 4, 1)]


@pytest.mark.parametrize(
    ("cycle", "due"),
    [
        ("R/2020-01-31T00:00:00+08:00/P1M", [(2026, 2, 28), (2026, 3, 31), (2026, 4, 30)]),
        ("R/2021-05-31T16:00:00Z/P1M", [(2026, 3, 1), (2026, 4, 1), (2026, 5, 1)]),
        ("R/2019-02-14T08:30:00+08:00/P1Y",
         [(2026, 2, 14, 8, 30), (2027, 2, 14, 8, 30), (2028, 2, 14, 8, 30)]),
        ("R/2020-01-06T09:00:00+08:00/P7D",
         [(2026, 2, 16, 9), (2026, 2, 23, 9), (2026, 3, 2, 9)]),
        ('="R/" + "2021-01-10T00:00:00+08:00/P1D"', [(2026, 2, 10), (2026, 2, 11), (2026, 2, 12)]),
    ],
)  # fmt: skip
def test_months_and_years_are_those_of_the_calendar(
    desk: Desk, cycle: str, due: list[tuple[int, ...]]
) -> None:
    _deploy(desk, cycle)
    instants = [_at(*parts) for parts in due]
    desk.runtime.run_until(instants[-1])
    assert _started(desk) == instants


def test_of_a_counted_cycle_only_what_is_left_of_it_happens(desk: Desk) -> None:
    _deploy(desk, "R3/2026-01-01T00:00:00+08:00/P1M")
    desk.runtime.run_until(datetime(2026, 12, 31))
    assert _started(desk) == [_at(2026, 3, 1)]
    assert _due(desk) == []


def test_a_counted_cycle_that_is_over_is_not_armed(desk: Desk) -> None:
    _deploy(desk, "R3/2025-01-01T00:00:00+08:00/P1M")
    assert _due(desk) == []


def test_what_was_missed_while_the_server_was_down_is_started_in_order_with_its_instant(
    desk: Desk, new_desk: Callable[[], Desk], clock: VirtualClock
) -> None:
    # given a monthly and a yearly schedule, and a server that is down for a quarter
    _deploy(desk, MONTHLY, "q")
    _deploy(desk, "R/2020-04-15T00:00:00+08:00/P1Y", "y")
    clock.advance_to("2026-05-20 10:00")
    # when it is up again
    restarted = new_desk()
    restarted.runtime.sweep()
    # then each time has its instance, in the order of time, and knows which month it is about
    assert _started(restarted) == [
        _at(2026, 3, 1), _at(2026, 4, 1), _at(2026, 4, 15), _at(2026, 5, 1),
    ]  # fmt: skip
    assert _values(restarted, "month") == ["2026-02", "2026-03", "2026-03", "2026-04"]
    assert restarted.open_tasks() == ["report"] * 4
    # and nothing comes twice
    restarted.runtime.sweep()
    restarted.runtime.run_until(datetime(2026, 6, 2))
    assert _started(restarted)[4:] == [_at(2026, 6, 1)]


def test_a_changed_diagram_goes_on_where_the_one_before_was(desk: Desk) -> None:
    _deploy(desk, MONTHLY)
    desk.runtime.run_until(datetime(2026, 3, 10))
    _deploy(desk, MONTHLY, task="report_anew")
    assert _due(desk) == [_at(2026, 4, 1)]
    desk.runtime.run_until(datetime(2026, 4, 2))
    assert desk.open_tasks() == ["report", "report_anew"]
    assert _started(desk) == [_at(2026, 3, 1), _at(2026, 4, 1)]


def test_a_diagram_deployed_before_anybody_looked_skips_nothing_that_was_missed(
    desk: Desk, new_desk: Callable[[], Desk], clock: VirtualClock
) -> None:
    # given a server that was down over two times
    _deploy(desk, MONTHLY)
    clock.advance_to("2026-04-10 08:00")
    # when a changed diagram ships with the restart
    restarted = new_desk()
    _deploy(restarted, MONTHLY, task="report_anew")
    restarted.runtime.sweep()
    # then both are made up for, once
    assert _started(restarted) == [_at(2026, 3, 1), _at(2026, 4, 1)]
    assert restarted.open_tasks() == ["report_anew", "report_anew"]
    assert _due(restarted) == [_at(2026, 5, 1)]


def test_a_changed_schedule_holds_from_its_deployment_and_the_old_one_until_then(
    desk: Desk, clock: VirtualClock
) -> None:
    _deploy(desk, MONTHLY)
    clock.advance_to("2026-04-10 08:00")
    _deploy(desk, "R/2021-06-15T00:00:00+08:00/P1M")
    _deploy(desk, "R/2021-06-15T00:00:00+08:00/P1M", task="report_anew")
    desk.runtime.run_until(datetime(2026, 6, 10))
    assert _started(desk) == [_at(2026, 3, 1), _at(2026, 4, 1), _at(2026, 4, 15), _at(2026, 5, 15)]


def test_a_schedule_that_is_taken_out_of_the_diagram_ends(desk: Desk) -> None:
    _deploy(desk, MONTHLY)
    desk.deploy(
        (
            "m.bpmn",
            diagram("m", start(), user_task("report"), end(), flows="start -> report -> end"),
        )
    )
    assert _due(desk) == []


def test_a_single_date_starts_once_however_often_its_diagram_changes(desk: Desk) -> None:
    _deploy(desk, "2026-02-20T00:00:00+08:00", kind="timeDate")
    desk.runtime.run_until(datetime(2026, 2, 21))
    _deploy(desk, "2026-02-20T00:00:00+08:00", kind="timeDate", task="report_anew")
    desk.runtime.run_until(datetime(2026, 2, 22))
    assert _started(desk) == [_at(2026, 2, 20)]


def test_a_schedule_without_a_time_is_not_deployed(desk: Desk) -> None:
    with pytest.raises(DeploymentRefused, match="得不出日期"):
        _deploy(desk, "=nothing_of_this_name")


def test_a_known_start_key_starts_nothing_and_the_schedule_goes_on(desk: Desk) -> None:
    # given one report a year, whatever the schedule says
    _deploy(desk, MONTHLY, properties={"startKey": "=string(scheduled_at.year)"})
    desk.runtime.run_until(datetime(2027, 2, 2))
    assert _started(desk) == [_at(2026, 3, 1), _at(2027, 1, 1)]
    assert _due(desk) == [_at(2027, 3, 1)]


def test_a_long_time_of_a_daily_schedule_passes_quickly(desk: Desk) -> None:
    desk.deploy(
        diagram("daily", start(inner=timer("R/2020-01-01T00:00:00+08:00/P1D", "timeCycle")), end(),
                flows="start -> end")
    )  # fmt: skip
    begun = perf_counter()
    desk.runtime.run_until(datetime(2026, 8, 9))
    seconds = perf_counter() - begun
    assert len(_started(desk)) == 181
    assert seconds < 181 * MOST_SECONDS_A_DAY, f"{seconds:.1f} s"


def _deploy(
    desk: Desk, text: str, process_id: str = "m", *, kind: str = "timeCycle",
    task: str = "report", properties: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    month = 'substring(string(date(scheduled_at) - duration("P1M")), 1, 7)'
    desk.deploy(
        (
            f"{process_id}.bpmn",
            diagram(process_id, start(inner=timer(text, kind)), script("which", month, "month"),
                    user_task(task), end(), flows=f"start -> which -> {task} -> end",
                    properties=properties),
        )
    )  # fmt: skip


def _at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)  # type: ignore[misc,arg-type]


def _due(desk: Desk) -> list[datetime]:
    with desk.runtime.reading() as connection:
        return list(connection.scalars(select(Timer.due_at).order_by(Timer.due_at)))


def _started(desk: Desk) -> list[object]:
    return _values(desk, "scheduled_at")


def _values(desk: Desk, name: str) -> list[object]:
    """A variable of every instance, the oldest first."""
    with desk.runtime.reading() as connection:
        rows = connection.scalars(
            select(Variable.value)
            .join(ProcessInstance, ProcessInstance.key == Variable.instance_key)
            .where(Variable.name == name, Variable.scope_id == "")
            .order_by(ProcessInstance.key)
        ).all()
    return [decode(value) for value in rows]


def test_a_missed_start_finds_ended_what_a_passed_deadline_ended(
    desk: Desk, new_desk: Callable[[], Desk], clock: VirtualClock
) -> None:
    # given an instance that waits for a day, a schedule every night, and a server down over both
    wait = timer_catch("day", '=date and time("2026-03-03T00:00:00+08:00")')
    desk.deploy(diagram("waits", start(), wait, end(), flows="start -> day -> end"))
    _deploy(desk, "R/2021-06-01T01:00:00+08:00/P1D")
    waiting = desk.start("waits")
    clock.advance_to("2026-03-03 08:00")
    # when it is up again
    restarted = new_desk()
    restarted.runtime.sweep()
    # then the deadline was served before the first of the missed nights began
    with restarted.runtime.reading() as connection:
        order = connection.execute(
            select(HistoryRecord.instance_key, HistoryRecord.event).order_by(HistoryRecord.key)
        ).all()
    assert restarted.state(waiting) == "completed"
    assert order[0] == (waiting, "instance_started")
    assert order[1] == (waiting, "timer_fired")
