"""Several people, one task: one wins, the others are told, the instance is unharmed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from engine.runtime.commands import ClaimTask, CompleteTask, StartInstance
from engine.runtime.errors import AlreadyStarted, Conflict, RuntimeFault, TaskClaimed, TaskNotOpen
from engine.runtime.models import HistoryRecord, ProcessInstance, UserTask
from tests.builders.diagram import diagram, end, gateway, start, user_task

if TYPE_CHECKING:
    from engine.runtime import Command
    from tests.engine.runtime.conftest import Desk

CROWD = 4


def test_of_several_submits_of_one_task_at_the_same_moment_one_wins(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), user_task("a"), user_task("b"), end(), flows="start -> a -> b -> end")
    )
    for _ in range(5):
        key = desk.start("p")
        task = desk.task("a")
        outcomes = _all_at_once(
            desk, [CompleteTask(task_key=task, user=desk.clerk) for _ in range(CROWD)]
        )
        assert outcomes.count(None) == 1
        assert all(isinstance(o, TaskNotOpen | Conflict) for o in outcomes if o is not None)
        with desk.runtime.reading() as connection:
            opened = connection.scalars(
                select(UserTask.element_id).where(
                    UserTask.instance_key == key, UserTask.state == "open"
                )
            ).all()
            completions = connection.scalar(
                select(func.count()).where(
                    HistoryRecord.instance_key == key, HistoryRecord.event == "task_completed"
                )
            )
        assert (opened, completions) == (["b"], 1)
        desk.complete("b")
        assert desk.state(key) == "completed"


def test_both_branches_completed_at_the_same_moment_meet_at_the_join(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), gateway("split", "parallel"), user_task("a"), user_task("b"),
                gateway("join", "parallel"), user_task("after"), end(),
                flows="start -> split -> a -> join -> after -> end; split -> b -> join")
    )  # fmt: skip
    for _ in range(5):
        desk.start("p")
        commands = [CompleteTask(task_key=desk.task(e), user=desk.clerk) for e in ("a", "b")]
        assert _all_at_once(desk, commands) == [None, None]
        assert desk.open_tasks() == ["after"]
        desk.complete("after")


def test_a_claim_at_the_same_moment_goes_to_one_person(desk: Desk) -> None:
    desk.deploy(diagram("p", start(), user_task("t"), end(), flows="start -> t -> end"))
    desk.start("p")
    people = [replace(desk.clerk, login=f"clerk{number}") for number in range(CROWD)]
    task = desk.task("t")
    outcomes = _all_at_once(desk, [ClaimTask(task_key=task, user=user) for user in people])
    assert outcomes.count(None) == 1
    assert all(isinstance(o, TaskClaimed | Conflict) for o in outcomes if o is not None)


def test_the_same_clue_registered_twice_at_the_same_moment_starts_once(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), user_task("t"), end(), flows="start -> t -> end",
                properties={"startKey": "=code"})
    )  # fmt: skip
    wish = StartInstance(process_id="p", user=desk.clerk, variables={"code": "91000000MA00000157"})
    outcomes = _all_at_once(desk, [wish] * CROWD)
    assert outcomes.count(None) == 1
    assert all(isinstance(o, AlreadyStarted | Conflict) for o in outcomes if o is not None)
    with desk.runtime.reading() as connection:
        assert connection.scalar(select(func.count(ProcessInstance.key))) == 1


def _all_at_once(desk: Desk, commands: list[Command]) -> list[RuntimeFault | None]:
    gate = Barrier(len(commands))

    def attempt(command: Command) -> RuntimeFault | None:
        gate.wait()
        try:
            desk.runtime.execute(command)
        except RuntimeFault as refused:
            return refused
        return None

    with ThreadPoolExecutor(len(commands)) as pool:
        return list(pool.map(attempt, commands))
