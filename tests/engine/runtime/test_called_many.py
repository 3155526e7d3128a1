"""Calls in loops and inside sub-processes: what they bring, and what an interruption takes away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from engine.identity import SYSTEM
from engine.runtime import JobContext, OutsideJob, job_handler, outside_job
from engine.runtime.commands import CorrelateMessage, RetryIncident
from engine.runtime.models import (
    Incident,
    Job,
    MessageSubscription,
    ProcessInstance,
    Timer,
    UserTask,
    Variable,
)
from tests.builders.diagram import (
    boundary_timer,
    call,
    diagram,
    end,
    io,
    loop,
    message,
    message_catch,
    script,
    service_task,
    start,
    user_task,
)

if TYPE_CHECKING:
    from tests.engine.runtime.conftest import Desk

STOP = message("stop", "STOP", "no") + message("note", "NOTE", "no")


@outside_job("test.never_swept")
def _never(job: OutsideJob) -> None:
    """Waits for a sweep that these tests do not make."""


@job_handler("test.breaks_on_b")
def _breaks(job: JobContext) -> dict[str, object]:
    if job.variables["channel"] == "b" and not job.variables.get("mended"):
        raise ConnectionError("no answer")
    return {"receipt": f"ok {job.variables['channel']}"}


def _boundary(id_: str, message_id: str, attached_to: str, *, cancel: bool) -> str:
    return (
        f'<bpmn:boundaryEvent id="{id_}" attachedToRef="{attached_to}" '
        f'cancelActivity="{str(cancel).lower()}">'
        f'<bpmn:messageEventDefinition messageRef="{message_id}"/></bpmn:boundaryEvent>'
    )


def _push_to_each(*, sequential: bool = False) -> str:
    each = loop(
        "channels", "channel", output="results", collect="{channel: channel, receipt: number}",
        sequential=sequential,
    )  # fmt: skip
    kept = io({"number": "null"}, {"number": "receipt"})
    return call("push", "channel_push", kept, inner=each)


WAITING_CHANNEL = diagram(
    "channel_push", start("go"), user_task("hand_in"),
    boundary_timer("slow", "hand_in", "P3D", "timeDuration", cancel=False),
    user_task("hurry"), service_task("send", "test.never_swept"), message_catch("ack", "ack_m"),
    end("sent"), end("hurried"),
    flows="go -> hand_in -> send -> ack -> sent; slow -> hurry -> hurried",
    extra=message("ack_m", "ACK", "channel"),
)  # fmt: skip


@pytest.fixture
def published(desk: Desk) -> int:
    """A publication that pushes to three channels at once and is stopped by a message."""
    desk.deploy(
        diagram(
            "publication", start(), _push_to_each(),
            _boundary("stopped", "stop", "push", cancel=True),
            _boundary("noted", "note", "push", cancel=False), user_task("after"),
            user_task("take_down"), user_task("note_it"), end(),
            flows="start -> push -> after -> end; stopped -> take_down -> end; "
            "noted -> note_it -> end", extra=STOP),
        WAITING_CHANNEL,
    )  # fmt: skip
    return desk.start("publication", no="E1", channels=["a", "b", "c"])


@pytest.mark.parametrize("sequential", [False, True])
def test_each_item_is_a_called_instance_and_brings_its_result_in_its_place(
    desk: Desk, sequential: bool
) -> None:
    desk.deploy(
        diagram("publication", start(), _push_to_each(sequential=sequential),
                script("all", "for r in results return r.receipt", "receipts"), end(),
                flows="start -> push -> all -> end"),
        diagram("channel_push", start("go"), user_task("hand_in"), end("sent"),
                flows="go -> hand_in -> sent"),
    )  # fmt: skip
    key = desk.start("publication", no="E1", channels=["a", "b", "c"])
    # given the channels answer in another order than they were asked
    for _ in range(3):
        task, channel = _open_channels(desk)[-1]
        desk.complete_key(task, receipt=f"from {channel}")
    # then each result stands where its item stood, and what a round brings stays in the round
    assert desk.state(key) == "completed"
    assert desk.variables(key)["results"] == [
        {"channel": channel, "receipt": f"from {channel}"} for channel in "abc"
    ]
    assert desk.variables(key)["receipts"] == ["from a", "from b", "from c"]
    assert desk.variables(key).keys() == {"no", "channels", "results", "receipts"}


def test_a_call_that_brings_everything_leaves_the_loop_its_own(desk: Desk) -> None:
    # given rounds that are handed all variables of the caller, and hand all of theirs back
    each = loop("channels", "channel", output="results", collect="receipt")
    desk.deploy(
        diagram("publication", start(), call("push", "channel_push", inner=each), end(),
                flows="start -> push -> end"),
        diagram("channel_push", start("go"), user_task("hand_in"), end("sent"),
                flows="go -> hand_in -> sent"),
    )  # fmt: skip
    key = desk.start("publication", channels=["a", "b"])
    for task, channel in _open_channels(desk):
        desk.complete_key(task, receipt=f"from {channel}")
    # then the results are not overwritten by the copies, and item and counter stay inside
    assert desk.variables(key) == {"channels": ["a", "b"], "results": ["from a", "from b"]}


def test_an_empty_list_calls_nothing(desk: Desk) -> None:
    desk.deploy(
        diagram("publication", start(), _push_to_each(), end(), flows="start -> push -> end"),
        WAITING_CHANNEL,
    )
    key = desk.start("publication", no="E1", channels=[])
    assert desk.state(key) == "completed"
    assert desk.variables(key)["results"] == []


def test_a_message_that_interrupts_takes_away_all_that_was_called(
    desk: Desk, published: int
) -> None:
    # given one channel waiting for a person, one for a job, one for an answer
    tasks = _open_channels(desk)
    desk.complete_key(tasks[1][0])
    desk.complete_key(tasks[2][0])
    desk.runtime.sweep_outside()
    assert _count(desk, Job, Job.state == "completed") == 2
    # when the publication is stopped
    desk.runtime.execute(CorrelateMessage(name="STOP", correlation_key="E1"))
    # then nothing of them is left
    assert desk.open_tasks() == ["take_down"]
    assert _states(desk, "channel_push") == ["cancelled"] * 3
    _nothing_waits_but(desk, published)
    desk.runtime.run_until(datetime(2026, 3, 1))
    assert desk.open_tasks() == ["take_down"]
    desk.complete("take_down")
    assert desk.state(published) == "completed"


def test_a_job_of_a_called_instance_that_was_interrupted_is_not_done(
    desk: Desk, published: int
) -> None:
    desk.complete("hand_in")
    desk.runtime.execute(CorrelateMessage(name="STOP", correlation_key="E1"))
    assert desk.runtime.sweep_outside() == 0
    assert _count(desk, Job, Job.state == "cancelled") == 1


def test_a_message_that_does_not_interrupt_comes_as_often_as_it_likes(
    desk: Desk, published: int
) -> None:
    for text in ("one", "two", "three"):
        desk.runtime.execute(
            CorrelateMessage(name="NOTE", correlation_key="E1", variables={"text": text})
        )
    assert desk.open_tasks().count("note_it") == 3
    assert desk.open_tasks().count("hand_in") == 3
    # and the activity is still interrupted by the other one
    desk.runtime.execute(CorrelateMessage(name="STOP", correlation_key="E1"))
    assert desk.open_tasks() == ["note_it", "note_it", "note_it", "take_down"]


def test_an_event_of_a_sub_process_cancels_the_calls_of_calls_inside_it(desk: Desk) -> None:
    # given a sub-process with a loop of calls, each of which calls again
    inside = (
        '<bpmn:subProcess id="around">'
        '<bpmn:startEvent id="in_begin"/>' + _push_to_each() + '<bpmn:endEvent id="in_end"/>'
        '<bpmn:sequenceFlow id="s1" sourceRef="in_begin" targetRef="push"/>'
        '<bpmn:sequenceFlow id="s2" sourceRef="push" targetRef="in_end"/>'
        "</bpmn:subProcess>"
    )
    desk.deploy(
        diagram("publication", start(), inside, _boundary("stopped", "stop", "around", cancel=True),
                user_task("take_down"), end(),
                flows="start -> around -> end; stopped -> take_down -> end", extra=STOP),
        diagram("channel_push", start("go"), call("again", "deeper"), end("sent"),
                flows="go -> again -> sent"),
        diagram("deeper", start("deep"), user_task("dig"),
                boundary_timer("slow", "dig", "P3D", "timeDuration"), user_task("hurry"),
                end("dug"), flows="deep -> dig -> dug; slow -> hurry -> dug"),
    )  # fmt: skip
    key = desk.start("publication", no="E1", channels=["a", "b"])
    assert desk.open_tasks() == ["dig", "dig"]
    # when the sub-process is interrupted
    desk.runtime.execute(CorrelateMessage(name="STOP", correlation_key="E1"))
    # then all of it is gone, down to the last call
    assert desk.open_tasks() == ["take_down"]
    assert _states(desk, "channel_push") == ["cancelled"] * 2
    assert _states(desk, "deeper") == ["cancelled"] * 2
    _nothing_waits_but(desk, key)


def test_a_called_instance_that_fails_holds_up_only_itself_and_is_retried(desk: Desk) -> None:
    desk.deploy(
        diagram("publication", start(), _push_to_each(), user_task("after"), end(),
                flows="start -> push -> after -> end"),
        diagram("channel_push", start("go"), service_task("send", "test.breaks_on_b"),
                end("sent"), flows="go -> send -> sent"),
    )  # fmt: skip
    key = desk.start("publication", no="E1", channels=["a", "b", "c"])
    desk.runtime.run_until(datetime(2026, 2, 10))
    assert _states(desk, "channel_push") == ["completed", "active", "completed"]
    with desk.runtime.reading() as connection:
        incident = connection.execute(select(Incident)).one()
    assert incident.root_key == key
    _let(desk, incident.instance_key, "mended")
    desk.runtime.execute(RetryIncident(incident_key=incident.key, user=SYSTEM))
    assert desk.open_tasks() == ["after"]
    assert [r["receipt"] for r in _list(desk.variables(key)["results"])] == ["ok a", "ok b", "ok c"]


def test_the_incident_of_an_interrupted_call_is_dealt_with(desk: Desk) -> None:
    # given a called instance with an incident
    desk.deploy(
        diagram("publication", start(), _push_to_each(), _boundary("stopped", "stop", "push",
                cancel=True), user_task("take_down"), end(),
                flows="start -> push -> end; stopped -> take_down -> end", extra=STOP),
        diagram("channel_push", start("go"), service_task("send", "test.breaks_on_b"),
                end("sent"), flows="go -> send -> sent"),
    )  # fmt: skip
    desk.start("publication", no="E1", channels=["a", "b"])
    desk.runtime.run_until(datetime(2026, 2, 10))
    assert _count(desk, Incident, Incident.resolved_at.is_(None)) == 1
    # when the call is interrupted
    desk.runtime.execute(CorrelateMessage(name="STOP", correlation_key="E1"))
    # then nobody is asked to repair what is not wanted any more
    assert _count(desk, Incident, Incident.resolved_at.is_(None)) == 0
    with desk.runtime.reading() as connection:
        assert set(connection.scalars(select(ProcessInstance.incident_count))) == {0}


def test_the_incident_of_a_job_that_was_interrupted_is_dealt_with(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), service_task("send", "test.breaks_on_b"),
                boundary_timer("late", "send", "P3D", "timeDuration"), user_task("by_hand"), end(),
                flows="start -> send -> end; late -> by_hand -> end")
    )  # fmt: skip
    desk.start("p", channel="b")
    desk.runtime.run_until(datetime(2026, 2, 10))
    assert _count(desk, Incident, Incident.resolved_at.is_(None)) == 1
    desk.runtime.run_until(datetime(2026, 2, 13))
    assert desk.open_tasks() == ["by_hand"]
    assert _count(desk, Incident, Incident.resolved_at.is_(None)) == 0


def _open_channels(desk: Desk) -> list[tuple[int, str]]:
    """The open tasks of the called instances with their channels."""
    with desk.runtime.reading() as connection:
        rows = connection.execute(
            select(UserTask.key, UserTask.instance_key)
            .where(UserTask.element_id == "hand_in", UserTask.state == "open")
            .order_by(UserTask.key)
        ).all()
    return [(row.key, str(desk.variables(row.instance_key)["channel"])) for row in rows]


def _states(desk: Desk, process_id: str) -> list[str]:
    with desk.runtime.reading() as connection:
        return list(
            connection.scalars(
                select(ProcessInstance.state)
                .where(ProcessInstance.process_id == process_id)
                .order_by(ProcessInstance.key)
            )
        )


def _count(desk: Desk, table: Any, condition: Any) -> int:
    with desk.runtime.reading() as connection:
        return len(connection.execute(select(table).where(condition)).all())


def _nothing_waits_but(desk: Desk, instance_key: int) -> None:
    """No timer, subscription, open job or open task of any other instance."""
    assert _count(desk, Timer, Timer.instance_key != instance_key) == 0
    assert _count(desk, MessageSubscription, MessageSubscription.instance_key != instance_key) == 0
    assert _count(desk, Job, Job.state.in_(("ready", "failed"))) == 0
    others = (UserTask.state == "open") & (UserTask.instance_key != instance_key)
    assert _count(desk, UserTask, others) == 0


def _list(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


def _let(desk: Desk, instance_key: int, name: str) -> None:
    with desk.runtime.engine.begin() as connection:
        connection.execute(
            Variable.__table__.insert(),  # type: ignore[attr-defined]
            {"instance_key": instance_key, "scope_id": "", "name": name, "value": "true",
             "scope_open": True, "changed_at": desk.runtime.clock.now()},
        )  # fmt: skip
