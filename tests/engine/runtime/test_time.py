"""Deadlines by rule, reminders by table, calendars that change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from engine.calendar import SpecialDay
from engine.clock import SHANGHAI
from engine.identity import SYSTEM
from engine.runtime.commands import (
    ApproveCalendar,
    ChangeDueDate,
    ClaimTask,
    EnterCalendar,
    RecomputeDeadlines,
)
from engine.runtime.errors import DateGoesBack, DeadlineUnknown, NotPermitted
from engine.runtime.models import DeadlineRecord, HistoryRecord, Reminder, Timer, UserTask
from engine.shipped import shipped_folder
from tests.builders.diagram import (
    boundary_timer,
    call,
    diagram,
    end,
    gateway,
    io,
    script,
    start,
    timer_catch,
    user_task,
)

if TYPE_CHECKING:
    from tests.engine.runtime.conftest import Desk


@pytest.fixture
def bureau(desk: Desk) -> Desk:
    """The desk with the shipped tables of deadlines and of escalation."""
    desk.deploy(*[
        (name, (shipped_folder("dmn") / name).read_bytes())
        for name in ("deadlines.dmn", "escalation.dmn")
    ])  # fmt: skip
    return desk


def test_a_deadline_keeps_its_arithmetic(bureau: Desk) -> None:
    _deploy_window(bureau)
    bureau.start("p", served=date(2026, 2, 9))
    with bureau.runtime.reading() as connection:
        kept = connection.execute(select(DeadlineRecord)).one()
        timer = connection.execute(select(Timer)).one()
    assert (kept.rule, kept.amount, kept.unit, kept.variable) == ("DEFENCE", 5, "WD", "window")
    assert kept.due_date == date(2026, 2, 14)
    assert timer.due_at.replace(tzinfo=None) == datetime(2026, 2, 15)


def test_an_unknown_rule_is_an_error_and_never_a_guess(bureau: Desk) -> None:
    bureau.deploy(
        diagram("p", start(), script("s", 'deadline("NOWHERE", served)', "x"), end(),
                flows="start -> s -> end")
    )  # fmt: skip
    with pytest.raises(DeadlineUnknown, match="NOWHERE"):
        bureau.start("p", served=date(2026, 2, 9))


def test_when_the_calendar_changes_window_and_timer_move_together(bureau: Desk) -> None:
    _deploy_window(bureau)
    key = bureau.start("p", served=date(2026, 2, 9))
    # given a notice that turns the make-up Saturday 2026-02-14 into a rest day
    notice = bureau.runtime.execute(
        EnterCalendar(
            user=SYSTEM,
            title="调整",
            days=[SpecialDay(day=date(2026, 2, 14), working=False, name="休息")],
        )
    )
    with pytest.raises(NotPermitted, match="同一人"):
        bureau.runtime.execute(ApproveCalendar(user=SYSTEM, notice_key=notice))
    bureau.runtime.execute(ApproveCalendar(user=replace(SYSTEM, login="second"), notice_key=notice))
    # when the deadlines of the instance are worked out again
    moved = bureau.runtime.execute(RecomputeDeadlines(instance_key=key, user=SYSTEM))
    # then the window ends after the holiday, in the variable and in the timer
    assert moved == 1
    assert bureau.variables(key)["window"] == date(2026, 2, 24)
    with bureau.runtime.reading() as connection:
        due_at = connection.scalars(select(Timer.due_at)).one()
        told = connection.execute(
            select(HistoryRecord).where(HistoryRecord.event == "deadline_recomputed")
        ).one()
    assert due_at.replace(tzinfo=None) == datetime(2026, 2, 25)
    assert (told.details["from"], told.details["to"]) == ("2026-02-14", "2026-02-24")


def test_a_due_date_that_reads_a_moved_variable_moves_with_it(bureau: Desk) -> None:
    bureau.deploy(
        diagram("p", start(), script("work_out", 'deadline("DEFENCE", served)', "limit"),
                user_task("t", due="=limit"), end(), flows="start -> work_out -> t -> end")
    )  # fmt: skip
    key = bureau.start("p", served=date(2026, 2, 9))
    rest = [SpecialDay(day=date(2026, 2, 14), working=False, name="休息")]
    notice = bureau.runtime.execute(EnterCalendar(user=SYSTEM, title="调整", days=rest))
    second = replace(SYSTEM, login="second")
    bureau.runtime.execute(ApproveCalendar(user=second, notice_key=notice))
    bureau.runtime.execute(RecomputeDeadlines(instance_key=key, user=SYSTEM))
    with bureau.runtime.reading() as connection:
        assert connection.scalars(select(UserTask.due_date)).one() == date(2026, 2, 24)


def test_a_window_handed_to_a_called_process_moves_there_too(bureau: Desk) -> None:
    # given a window that a caller works out and a called process waits for, with a task in it
    given = io({"limit": "window", "other": "start_of_year"}, {"window": "limit"})
    bureau.deploy(
        diagram("p", start(), script("work_out", 'deadline("DEFENCE", served)', "window"),
                call("hear", "hearing", given), user_task("after"), end(),
                flows="start -> work_out -> hear -> after -> end"),
        diagram("hearing", start(), user_task("t", due="=limit"), timer_catch("over",
                "=end of day(limit)"), end(), gateway("both", "parallel"),
                flows="start -> both -> t -> end; both -> over -> end"),
    )  # fmt: skip
    key = bureau.start("p", served=date(2026, 2, 9), start_of_year=date(2026, 1, 1))
    rest = [SpecialDay(day=date(2026, 2, 14), working=False, name="休息")]
    notice = bureau.runtime.execute(EnterCalendar(user=SYSTEM, title="调整", days=rest))
    second = replace(SYSTEM, login="second")
    bureau.runtime.execute(ApproveCalendar(user=second, notice_key=notice))
    # when the deadlines of the caller are worked out again
    bureau.runtime.execute(RecomputeDeadlines(instance_key=key, user=SYSTEM))
    # then the timer and the task of the called process have moved
    with bureau.runtime.reading() as connection:
        due_at = connection.scalars(select(Timer.due_at)).one()
        due_date = connection.scalars(select(UserTask.due_date)).one()
    assert due_at.replace(tzinfo=None) == datetime(2026, 2, 25)
    assert due_date == date(2026, 2, 24)
    # and what comes back is the moved day
    bureau.complete("t")
    bureau.runtime.run_until(datetime(2026, 2, 25, 1))
    assert bureau.open_tasks() == ["after"]
    assert bureau.variables(key)["window"] == date(2026, 2, 24)


def test_past_the_last_notice_a_due_date_is_provisional(bureau: Desk) -> None:
    bureau.deploy(
        diagram("p", start(), user_task("t", due='=deadline("PUBLISH", decided)'), end(),
                flows="start -> t -> end")
    )  # fmt: skip
    bureau.start("p", decided=date(2026, 12, 25))
    with bureau.runtime.reading() as connection:
        task = connection.execute(select(UserTask)).one()
    assert task.due_provisional


def test_a_late_task_is_told_to_its_handler_and_the_head_of_the_office(bureau: Desk) -> None:
    bureau.deploy(
        diagram("p", start(), user_task("t", due='=deadline("DEFENCE", today())'), end(),
                flows="start -> t -> end")
    )  # fmt: skip
    bureau.start("p")
    bureau.runtime.execute(ClaimTask(task_key=bureau.task("t"), user=bureau.clerk))
    assert _told(bureau, datetime(2026, 2, 11, 23)) == set()
    assert _told(bureau, datetime(2026, 2, 12, 1)) == {("due_soon", "clerk")}
    assert {("overdue", "clerk"), ("overdue", "R4")} <= _told(bureau, datetime(2026, 2, 15, 1))


def test_of_a_task_that_nobody_took_its_group_is_told(bureau: Desk) -> None:
    bureau.deploy(
        diagram("p", start(), user_task("t", due='=deadline("DEFENCE", today())'), end(),
                flows="start -> t -> end")
    )  # fmt: skip
    bureau.start("p")
    assert _told(bureau, datetime(2026, 2, 12, 1)) == {("due_soon", "clerks")}


def test_a_supervisor_moves_a_due_date_with_a_reason(bureau: Desk) -> None:
    bureau.deploy(
        diagram("p", start(), user_task("t", due="=today()"), end(), flows="start -> t -> end")
    )
    bureau.start("p")
    wish = ChangeDueDate(
        task_key=bureau.task("t"), user=SYSTEM, due_date=date(2026, 2, 13), reason="当事人住院"
    )
    with pytest.raises(DateGoesBack):
        bureau.runtime.execute(replace(wish, reason=" "))
    bureau.runtime.execute(wish)
    with bureau.runtime.reading() as connection:
        task = connection.execute(select(UserTask)).one()
        told = connection.execute(
            select(HistoryRecord).where(HistoryRecord.event == "due_date_changed")
        ).one()
    assert task.due_date == date(2026, 2, 13)
    assert (told.reason, told.details["from"]) == ("当事人住院", "2026-02-09")


def _deploy_window(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), script("open_window", 'deadline("DEFENCE", served)', "window"),
                user_task("t"), boundary_timer("over", "t", "=end of day(window)"),
                user_task("decide"), end(),
                flows="start -> open_window -> t -> end; over -> decide -> end")
    )  # fmt: skip


def _told(desk: Desk, at: datetime) -> set[tuple[str, str]]:
    desk.runtime.run_until(at)
    with desk.runtime.reading() as connection:
        return {
            (row.kind, row.recipient)
            for row in connection.execute(select(Reminder.kind, Reminder.recipient))
        }


def test_a_task_that_lies_for_months_is_looked_at_when_there_is_something_new_to_say(
    bureau: Desk,
) -> None:
    # given a task that nobody does
    bureau.deploy(
        diagram("p", start(), user_task("t", due="=today()"), end(), flows="start -> t -> end")
    )
    bureau.start("p")
    bureau.runtime.sweep()
    looks = []
    while (due_at := bureau.runtime.next_due_at()) is not None and due_at < _day(2026, 7, 1):
        looks.append(due_at)
        bureau.runtime.run_until(due_at)
    # then all are told in time, and after the last of them it is looked at every few weeks
    with bureau.runtime.reading() as connection:
        told = {
            row.kind: row.at.date()
            for row in connection.execute(select(Reminder).order_by(Reminder.key.desc()))
        }
    assert told == {
        "due_soon": date(2026, 2, 9), "overdue": date(2026, 2, 10),
        "escalated": date(2026, 2, 12), "severe": date(2026, 2, 15),
    }  # fmt: skip
    assert len(looks) < 25


def _day(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)  # type: ignore[misc,arg-type]
