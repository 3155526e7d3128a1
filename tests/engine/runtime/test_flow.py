"""What moves an instance besides people: timers, messages, jobs, called processes, loops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from engine.feel import decode
from engine.identity import SYSTEM
from engine.runtime import JobContext, ThrowError, job_handler
from engine.runtime.commands import (
    CancelInstance,
    ChangeDueDate,
    CorrelateMessage,
    ReassignTask,
    RetryIncident,
)
from engine.runtime.errors import ExpressionFailed, NotCorrelated, NotPermitted
from engine.runtime.models import Incident, Job, ProcessInstance, Timer, Variable
from tests.builders.diagram import (
    boundary_timer,
    call,
    diagram,
    end,
    gateway,
    io,
    loop,
    message,
    message_catch,
    script,
    service_task,
    start,
    timer_catch,
    user_task,
)

if TYPE_CHECKING:
    from engine.clock import VirtualClock
    from tests.engine.runtime.conftest import Desk

ATTEMPTS: list[str] = []


@job_handler("test.double")
def _double(job: JobContext) -> dict[str, object]:
    return {"twice": job.variables["amount"] * 2}  # type: ignore[operator]


@job_handler("test.fails_until_mended")
def _fails(job: JobContext) -> None:
    ATTEMPTS.append(job.idempotency_key)
    if not job.variables.get("mended"):
        raise ConnectionError("the platform does not answer")


@job_handler("test.throws")
def _throws(job: JobContext) -> None:
    raise ThrowError("REFUSED", {"why": "closed"})


def test_a_timer_fires_when_the_clock_reaches_it(desk: Desk, clock: VirtualClock) -> None:
    desk.deploy(
        diagram("p", start(), timer_catch("wait", "=@\"2026-02-12T00:00:00+08:00\""),
                user_task("after"), end(), flows="start -> wait -> after -> end")
    )  # fmt: skip
    desk.start("p")
    desk.runtime.run_until(datetime(2026, 2, 11, 23, 59, 59))
    assert desk.open_tasks() == []
    desk.runtime.run_until(datetime(2026, 2, 12))
    assert desk.open_tasks() == ["after"]


def test_a_timer_survives_a_restart(
    desk: Desk, new_desk: Callable[[], Desk], clock: VirtualClock
) -> None:
    desk.deploy(
        diagram("p", start(), user_task("t"), boundary_timer("late", "t", "P3D", "timeDuration"),
                user_task("expired"), end(),
                flows="start -> t -> end; late -> expired -> end")
    )  # fmt: skip
    desk.start("p")
    clock.advance_to("2026-02-20")
    restarted = new_desk()
    restarted.runtime.sweep()
    assert restarted.open_tasks() == ["expired"]


def test_a_reminding_timer_repeats_as_often_as_it_says(desk: Desk, clock: VirtualClock) -> None:
    desk.deploy(
        diagram("p", start(), user_task("t"),
                boundary_timer("remind", "t", "R2/P1D", "timeCycle", cancel=False),
                user_task("look"), end("done"), end(),
                flows="start -> t -> end; remind -> look -> done")
    )  # fmt: skip
    desk.start("p")
    desk.runtime.run_until(datetime(2026, 2, 20))
    assert desk.open_tasks() == ["look", "look", "t"]
    desk.complete("t")
    with desk.runtime.reading() as connection:
        assert connection.execute(select(Timer)).all() == []


def test_a_case_of_another_unit_cannot_be_started(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), user_task("t"), end(), flows="start -> t -> end",
                properties={"organisation": "=unit"})
    )  # fmt: skip
    with pytest.raises(NotPermitted, match="其他单位"):
        desk.start("p", unit="QY")
    assert desk.open_tasks() == []


def test_nobody_intervenes_in_a_case_of_another_unit(desk: Desk) -> None:
    desk.deploy(diagram("p", start(), user_task("t"), end(), flows="start -> t -> end"))
    key = desk.start("p")
    elsewhere = replace(
        SYSTEM, login="dz", sees_all=False, organisation_path="CZ/CZ-DZ/", bureau_path="CZ/CZ-DZ/"
    )
    task = desk.task("t")
    for wish in (
        CancelInstance(instance_key=key, user=elsewhere, reason="无"),
        ChangeDueDate(task_key=task, user=elsewhere, due_date=date(2026, 3, 1), reason="无"),
        ReassignTask(task_key=task, user=elsewhere, assignee="clerk", reason="无"),
    ):
        with pytest.raises(NotPermitted, match="管辖"):
            desk.runtime.execute(wish)
    assert desk.open_tasks() == ["t"]


def test_the_first_event_wins_behind_an_event_based_gateway(
    desk: Desk, clock: VirtualClock
) -> None:
    desk.deploy(_waits_for_defence())
    desk.start("p", case_no="1")
    desk.runtime.execute(
        CorrelateMessage(name="DEFENCE", correlation_key="1", variables={"points": "x"})
    )
    desk.runtime.run_until(datetime(2026, 3, 1))
    assert desk.open_tasks() == ["review"]


def test_a_message_after_the_window_reaches_nobody(desk: Desk, clock: VirtualClock) -> None:
    desk.deploy(_waits_for_defence())
    desk.start("p", case_no="1")
    clock.advance_to("2026-03-01")
    with pytest.raises(NotCorrelated, match="DEFENCE"):
        desk.runtime.execute(CorrelateMessage(name="DEFENCE", correlation_key="1"))
    desk.runtime.sweep()
    assert desk.open_tasks() == ["decide"]


def test_a_published_message_waits_for_its_receiver(desk: Desk) -> None:
    desk.deploy(_waits_for_defence())
    desk.runtime.execute(
        CorrelateMessage(name="DEFENCE", correlation_key="7", time_to_live=timedelta(hours=1))
    )
    desk.start("p", case_no="7")
    assert desk.open_tasks() == ["review"]


def test_what_a_message_says_is_taken_under_the_names_the_diagram_chooses(desk: Desk) -> None:
    # given an event that keeps what the message says under a name of its own
    event = message_catch("defence", "M", io(outputs={"received": "letter.day"}))
    desk.deploy(
        diagram("p", start(), event, user_task("review"), end(),
                flows="start -> defence -> review -> end",
                extra=message("M", "DEFENCE", "case_no"))
    )  # fmt: skip
    key = desk.start("p", case_no="1")
    # when the message comes
    desk.runtime.execute(
        CorrelateMessage(
            name="DEFENCE", correlation_key="1", variables={"letter": {"day": "2026-02-09"}}
        )
    )
    # then it stands there, and the message itself is not kept
    assert desk.variables(key)["received"] == "2026-02-09"
    assert "letter" not in desk.variables(key)


def test_a_message_with_a_known_id_is_taken_once(desk: Desk) -> None:
    desk.deploy(_waits_for_defence())
    desk.start("p", case_no="1")
    desk.start("p", case_no="1")
    for _ in range(2):
        desk.runtime.execute(
            CorrelateMessage(name="DEFENCE", correlation_key="1", message_id="letter 5")
        )
    assert desk.open_tasks() == ["review"]


def test_a_service_task_is_done_after_the_commit_with_its_result(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), service_task("double", "test.double"), user_task("t"), end(),
                flows="start -> double -> t -> end")
    )  # fmt: skip
    key = desk.start("p", amount=Decimal(21))
    assert desk.variables(key)["twice"] == 42
    assert desk.open_tasks() == ["t"]


def test_a_failing_job_is_tried_again_and_then_waits_for_a_person(
    desk: Desk, clock: VirtualClock
) -> None:
    ATTEMPTS.clear()
    desk.deploy(
        diagram("p", start(), service_task("push", "test.fails_until_mended"), user_task("t"),
                end(), flows="start -> push -> t -> end")
    )  # fmt: skip
    key = desk.start("p")
    desk.runtime.run_until(datetime(2026, 2, 10))
    assert len(ATTEMPTS) == 3
    assert len(set(ATTEMPTS)) == 1, "every attempt has the same idempotency key"
    with desk.runtime.reading() as connection:
        incident = connection.execute(select(Incident)).one()
    assert "does not answer" in incident.message_zh
    _set(desk, key, "mended", "true")
    desk.runtime.execute(RetryIncident(incident_key=incident.key, user=SYSTEM))
    assert desk.open_tasks() == ["t"]


def test_an_error_thrown_by_a_job_takes_the_boundary_event(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), service_task("ask", "test.throws"),
                '<bpmn:boundaryEvent id="refused" attachedToRef="ask">'
                '<bpmn:errorEventDefinition errorRef="E"/></bpmn:boundaryEvent>',
                user_task("mend"), end(),
                flows="start -> ask -> end; refused -> mend -> end",
                extra='<bpmn:error id="E" errorCode="REFUSED"/>')
    )  # fmt: skip
    key = desk.start("p")
    assert desk.open_tasks() == ["mend"]
    assert desk.variables(key)["why"] == "closed"


def test_a_condition_without_answer_rolls_back_and_leaves_an_incident(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), user_task("ask"), gateway("g"), user_task("a"), user_task("b"),
                end(), flows="start -> ask -> g; g -[amount > 100]-> a -> end; g -[*]-> b -> end")
    )  # fmt: skip
    key = desk.start("p")
    with pytest.raises(ExpressionFailed, match="amount > 100"):
        desk.complete("ask")
    assert desk.open_tasks() == ["ask"]
    with desk.runtime.reading() as connection:
        incident = connection.execute(select(Incident)).one()
    assert incident.instance_key == key
    assert incident.element_id == "g"


def test_a_called_process_is_an_instance_of_its_own(desk: Desk) -> None:
    desk.deploy(
        diagram("outer", start(),
                call("serve", "inner", io({"document": '"notice"'}, {"served": "served_date"})),
                user_task("after"), end(), flows="start -> serve -> after -> end"),
        diagram("inner", start(), user_task("hand_over"), end(),
                flows="start -> hand_over -> end"),
    )  # fmt: skip
    outer = desk.start("outer")
    with desk.runtime.reading() as connection:
        inner = connection.execute(
            select(ProcessInstance).where(ProcessInstance.process_id == "inner")
        ).one()
    assert (inner.parent_key, inner.root_key) == (outer, outer)
    assert desk.variables(inner.key)["document"] == "notice"
    desk.complete("hand_over", served_date="2026-02-10")
    assert desk.open_tasks() == ["after"]
    assert desk.variables(outer)["served"] == "2026-02-10"
    assert desk.state(inner.key) == "completed"


def test_cancelling_the_caller_cancels_what_it_called(desk: Desk) -> None:
    desk.deploy(
        diagram("outer", start(), call("serve", "inner"), end(), flows="start -> serve -> end"),
        diagram("inner", start(), user_task("hand_over"), end(),
                flows="start -> hand_over -> end"),
    )  # fmt: skip
    outer = desk.start("outer")
    desk.runtime.execute(CancelInstance(instance_key=outer, user=SYSTEM, reason="误立案"))
    assert desk.open_tasks() == []
    with desk.runtime.reading() as connection:
        states = connection.scalars(select(ProcessInstance.state)).all()
    assert set(states) == {"cancelled"}


def test_an_escalation_reaches_the_calling_process(desk: Desk) -> None:
    catch = (
        '<bpmn:boundaryEvent id="told" attachedToRef="serve" cancelActivity="false">'
        '<bpmn:escalationEventDefinition escalationRef="E"/></bpmn:boundaryEvent>'
    )
    throw = (
        '<bpmn:intermediateThrowEvent id="tell"><bpmn:escalationEventDefinition '
        'escalationRef="E"/></bpmn:intermediateThrowEvent>'
    )
    declared = '<bpmn:escalation id="E" escalationCode="LATE"/>'
    desk.deploy(
        diagram("outer", start(), call("serve", "inner"), catch, user_task("look"), end(),
                flows="start -> serve -> end; told -> look -> end", extra=declared),
        diagram("inner", start(), throw, user_task("hand_over"), end(),
                flows="start -> tell -> hand_over -> end", extra=declared),
    )  # fmt: skip
    desk.start("outer")
    assert desk.open_tasks() == ["hand_over", "look"]


def test_an_error_of_a_called_process_takes_the_callers_boundary_event(desk: Desk) -> None:
    catch = (
        '<bpmn:boundaryEvent id="failed" attachedToRef="serve">'
        '<bpmn:errorEventDefinition errorRef="E"/></bpmn:boundaryEvent>'
    )
    declared = '<bpmn:error id="E" errorCode="UNDELIVERABLE"/>'
    desk.deploy(
        diagram("outer", start(), call("serve", "inner"), catch, user_task("mend"), end(),
                flows="start -> serve -> end; failed -> mend -> end", extra=declared),
        diagram("inner", start(), user_task("hand_over"),
                end("given_up", '<bpmn:errorEventDefinition errorRef="E"/>'),
                flows="start -> hand_over -> given_up", extra=declared),
    )  # fmt: skip
    desk.start("outer")
    desk.complete("hand_over")
    assert desk.open_tasks() == ["mend"]


def test_every_round_of_a_loop_sees_its_item_and_leaves_its_answer(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(),
                user_task("verify", inner=loop("units", "unit", output="answers",
                                               collect="answer")),
                script("sum", "count(answers)", "n"), end(),
                flows="start -> verify -> sum -> end")
    )  # fmt: skip
    key = desk.start("p", units=["a", "b"])
    assert desk.open_tasks() == ["verify", "verify"]
    with desk.runtime.reading() as connection:
        items = connection.scalars(select(Variable.value).where(Variable.name == "unit")).all()
    assert sorted(decode(item) for item in items) == ["a", "b"]  # type: ignore[type-var]
    desk.complete("verify", answer=True)
    desk.complete("verify", answer=False)
    assert desk.state(key) == "completed"
    assert desk.variables(key)["n"] == 2


def test_a_parallel_block_waits_for_both(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), gateway("split", "parallel"), user_task("a"), user_task("b"),
                gateway("join", "parallel"), user_task("after"), end(),
                flows="start -> split -> a -> join -> after -> end; split -> b -> join")
    )  # fmt: skip
    desk.start("p")
    desk.complete("b")
    assert desk.open_tasks() == ["a"]
    desk.complete("a")
    assert desk.open_tasks() == ["after"]


def test_a_running_instance_keeps_its_version(desk: Desk) -> None:
    def version(second: str) -> tuple[str, bytes]:
        return "p.bpmn", diagram(
            "p", start(), user_task("first"), user_task(second), end(),
            flows=f"start -> first -> {second} -> end",
        )  # fmt: skip

    desk.deploy(version("old_way"))
    desk.start("p")
    first = desk.task("first")
    desk.deploy(version("new_way"))
    desk.start("p")
    assert first == desk.task("first")
    desk.complete("first")
    desk.complete("first")
    assert desk.open_tasks() == ["new_way", "old_way"]


def test_deploying_the_same_file_again_makes_no_version(desk: Desk) -> None:
    file = ("p.bpmn", diagram("p", start(), end(), flows="start -> end"))
    desk.deploy(file)
    desk.deploy(file)
    with desk.runtime.reading() as connection:
        assert desk.runtime.definitions.horizon(connection) == 1


def test_nothing_of_a_job_is_left_when_it_was_cancelled(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), service_task("outside", "worker.elsewhere"), end(),
                flows="start -> outside -> end")
    )  # fmt: skip
    key = desk.start("p")
    desk.runtime.execute(CancelInstance(instance_key=key, user=SYSTEM, reason="测试"))
    with desk.runtime.reading() as connection:
        assert connection.scalars(select(Job.state)).all() == ["cancelled"]


def _waits_for_defence() -> bytes:
    return diagram(
        "p", start(), gateway("g", "event"), message_catch("defence", "M"),
        timer_catch("window", '=@"2026-02-14T00:00:00+08:00"'), user_task("review"),
        user_task("decide"), end(),
        flows="start -> g -> defence -> review -> end; g -> window -> decide -> end",
        extra=message("M", "DEFENCE", "case_no"),
    )  # fmt: skip


def _set(desk: Desk, key: int, name: str, value: str) -> None:
    with desk.runtime.engine.begin() as connection:
        connection.execute(
            Variable.__table__.insert(),  # type: ignore[attr-defined]
            {"instance_key": key, "scope_id": "", "name": name, "value": value,
             "scope_open": True, "changed_at": desk.runtime.clock.now()},
        )  # fmt: skip
