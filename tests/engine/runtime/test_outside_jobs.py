"""What acts outside: no transaction waits for it, and it is done at least once under one key."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from engine.clock import SystemClock
from engine.identity import SYSTEM
from engine.runtime import OutsideJob, ThrowError, outside_job
from engine.runtime.commands import CancelInstance, RetryIncident
from engine.runtime.models import Incident, Job, Variable
from engine.runtime.scheduler import EmbeddedScheduler
from tests.builders.diagram import boundary_timer, diagram, end, service_task, start, user_task

if TYPE_CHECKING:
    from engine.clock import VirtualClock
    from tests.engine.runtime.conftest import Desk

PATIENCE = 10.0
"""Seconds a test waits for another thread before it fails."""


class PowerCut(BaseException):
    """The machine goes out after the push arrived and before anybody wrote that down."""


@dataclass
class Receiver:
    """A real server to push to. While `gate` is closed it takes the request and does not answer."""

    received: list[dict[str, Any]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    """Status codes of the next answers; 200 when there is none left."""
    arrived: Event = field(default_factory=Event)
    gate: Event = field(default_factory=Event)
    address: str = ""

    def keys(self) -> list[str]:
        return [request["key"] for request in self.received]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    state = Receiver()
    state.gate.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.received.append({"key": self.headers["Idempotency-Key"], **json.loads(body)})
            state.arrived.set()
            state.gate.wait(PATIENCE)
            self.send_response(state.answers.pop(0) if state.answers else 200)
            self.end_headers()
            self.wfile.write(b'{"receipt": "R-1"}')

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the test reads what arrived."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}/"
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield state
    state.gate.set()
    server.shutdown()
    thread.join()
    server.server_close()


@outside_job("test.push", lease=timedelta(minutes=2))
def _push(job: OutsideJob) -> Mapping[str, object]:
    request = urllib.request.Request(
        str(job.header("url")),
        data=json.dumps({"entry": job.header("entry"), "channel": job.header("channel")}).encode(),
        headers={"Idempotency-Key": job.idempotency_key},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        receipt = json.load(answer)["receipt"]
    if job.variables.get("cut"):
        raise PowerCut
    if job.variables.get("refuse"):
        raise ThrowError("REFUSED", {"why": "format"})
    return {"receipt": receipt}


@pytest.fixture
def push(desk: Desk, receiver: Receiver) -> Callable[..., int]:
    """Start a process that pushes an entry to the receiver and then asks a person."""
    desk.deploy(
        diagram(
            "p", start(),
            service_task("push", "test.push", headers={
                "url": "=url", "entry": '="E-" + string(number)', "channel": "credit_china"}),
            boundary_timer("late", "push", "PT1H", "timeDuration"),
            '<bpmn:boundaryEvent id="refused" attachedToRef="push">'
            '<bpmn:errorEventDefinition errorRef="E"/></bpmn:boundaryEvent>',
            user_task("look"), user_task("mend"), user_task("by_hand"), end(),
            flows="start -> push -> look -> end; refused -> mend -> end; late -> by_hand -> end",
            extra='<bpmn:error id="E" errorCode="REFUSED"/>',
        ),
        diagram("other", start(), user_task("t"), end(), flows="start -> t -> end"),
    )  # fmt: skip
    return lambda **more: desk.start("p", url=receiver.address, number=7, **more)


def test_it_is_done_in_a_sweep_and_not_while_a_person_waits(
    desk: Desk, receiver: Receiver, push: Callable[..., int]
) -> None:
    key = push()
    assert receiver.received == []
    desk.runtime.sweep()
    assert receiver.received == [
        {"key": receiver.keys()[0], "entry": "E-7", "channel": "credit_china"}
    ]
    assert desk.variables(key)["receipt"] == "R-1"
    assert desk.open_tasks() == ["look"]


def test_while_the_receiver_is_slow_everybody_else_works_on(
    desk: Desk, receiver: Receiver, push: Callable[..., int]
) -> None:
    # given a receiver that has taken a request and does not answer
    push()
    receiver.gate.clear()
    with ThreadPoolExecutor(1) as pool:
        sweeping = pool.submit(desk.runtime.sweep)
        assert receiver.arrived.wait(PATIENCE)
        # when people go on
        desk.start("other")
        desk.complete("t")
        # then they were not held up
        assert not sweeping.done()
        receiver.gate.set()
        assert sweeping.result(PATIENCE) >= 1
    assert desk.open_tasks() == ["look"]


def test_two_workers_do_it_once(
    desk: Desk, new_desk: Callable[[], Desk], receiver: Receiver, push: Callable[..., int]
) -> None:
    push()
    receiver.gate.clear()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(desk.runtime.sweep)
        assert receiver.arrived.wait(PATIENCE)
        # when a second server looks for work before the first has its answer
        assert new_desk().runtime.sweep() == 0
        receiver.gate.set()
        first.result(PATIENCE)
    assert len(receiver.received) == 1
    assert desk.open_tasks() == ["look"]


def test_many_workers_that_look_at_the_same_moment_do_each_job_once(
    desk: Desk, receiver: Receiver, push: Callable[..., int]
) -> None:
    for _ in range(6):
        push()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: desk.runtime.sweep_outside(), range(4)))
    assert len(receiver.received) == len(set(receiver.keys())) == 6
    assert desk.open_tasks() == ["look"] * 6


def test_after_a_crash_before_the_answer_was_written_it_is_repeated_under_the_same_key(
    desk: Desk, new_desk: Callable[[], Desk], clock: VirtualClock, receiver: Receiver,
    push: Callable[..., int],
) -> None:  # fmt: skip
    # given a machine that goes out after the push arrived
    key = push(cut=True)
    with pytest.raises(PowerCut):
        desk.runtime.sweep()
    assert len(receiver.received) == 1
    # when it is up again, nobody tries before the lease is over
    restarted = new_desk()
    _forget(restarted, key, "cut")
    restarted.runtime.sweep()
    assert len(receiver.received) == 1
    restarted.runtime.run_until(clock.now() + timedelta(minutes=2))
    # then the receiver sees the same key again, and the process goes on once
    assert len(receiver.received) == 2
    assert len(set(receiver.keys())) == 1
    assert restarted.open_tasks() == ["look"]


def test_a_receiver_that_fails_is_tried_again_with_growing_waits_and_then_waits_for_a_person(
    desk: Desk, clock: VirtualClock, receiver: Receiver, push: Callable[..., int]
) -> None:
    begun = clock.now()
    receiver.answers = [503, 503, 503]
    push()
    desk.runtime.sweep()
    assert len(receiver.received) == 1
    assert desk.runtime.next_due_at() == begun + timedelta(seconds=20)
    desk.runtime.run_until(begun + timedelta(minutes=10))
    assert len(receiver.received) == 3
    assert len(set(receiver.keys())) == 1
    with desk.runtime.reading() as connection:
        incident = connection.execute(select(Incident)).one()
    assert "503" in incident.message_zh
    # when a person retries, it is done in the next sweep and not in the request
    desk.runtime.execute(RetryIncident(incident_key=incident.key, user=SYSTEM))
    assert len(receiver.received) == 3
    desk.runtime.sweep()
    assert desk.open_tasks() == ["look"]


def test_an_error_that_it_throws_takes_the_boundary_event(
    desk: Desk, push: Callable[..., int]
) -> None:
    key = push(refuse=True)
    desk.runtime.sweep()
    assert desk.open_tasks() == ["mend"]
    assert desk.variables(key)["why"] == "format"


def test_a_deadline_that_has_passed_wins_over_the_push(
    desk: Desk, clock: VirtualClock, receiver: Receiver, push: Callable[..., int]
) -> None:
    push()
    clock.advance_by(timedelta(hours=1))
    assert desk.runtime.sweep_outside() == 0
    assert receiver.received == []
    assert desk.open_tasks() == ["by_hand"]


def test_an_answer_that_nobody_waits_for_any_longer_changes_nothing(
    desk: Desk, receiver: Receiver, push: Callable[..., int]
) -> None:
    key = push()
    receiver.gate.clear()
    with ThreadPoolExecutor(1) as pool:
        sweeping = pool.submit(desk.runtime.sweep)
        assert receiver.arrived.wait(PATIENCE)
        desk.runtime.execute(CancelInstance(instance_key=key, user=SYSTEM, reason="误立案"))
        receiver.gate.set()
        sweeping.result(PATIENCE)
    assert desk.state(key) == "cancelled"
    with desk.runtime.reading() as connection:
        assert connection.scalars(select(Job.state)).all() == ["cancelled"]
        assert connection.execute(select(Incident)).all() == []


def test_a_worker_that_took_too_long_does_not_spoil_the_attempt_of_another(
    desk: Desk, new_desk: Callable[[], Desk], clock: VirtualClock, receiver: Receiver,
    push: Callable[..., int],
) -> None:  # fmt: skip
    # given a worker whose lease ran out while its receiver was silent
    push()
    receiver.gate.clear()
    receiver.answers = [503, 200]
    with ThreadPoolExecutor(2) as pool:
        late = pool.submit(desk.runtime.sweep_outside)
        assert receiver.arrived.wait(PATIENCE)
        clock.advance_by(timedelta(minutes=3))
        receiver.arrived.clear()
        second = pool.submit(new_desk().runtime.sweep_outside)
        assert receiver.arrived.wait(PATIENCE)
        receiver.gate.set()
        late.result(PATIENCE)
        second.result(PATIENCE)
    # then the answer that came counts, whichever of the two got it
    assert desk.open_tasks() == ["look"]
    with desk.runtime.reading() as connection:
        assert connection.scalars(select(Job.state)).all() == ["completed"]


def test_the_server_pushes_by_itself(
    desk: Desk, receiver: Receiver, push: Callable[..., int]
) -> None:
    desk.runtime.clock = SystemClock()
    push()
    scheduler = EmbeddedScheduler(desk.runtime)
    scheduler.start()
    try:
        assert receiver.arrived.wait(PATIENCE)
    finally:
        scheduler.stop()
    assert desk.open_tasks() == ["look"]


def _forget(desk: Desk, instance_key: int, name: str) -> None:
    with desk.runtime.engine.begin() as connection:
        connection.execute(
            Variable.__table__.delete().where(  # type: ignore[attr-defined]
                Variable.instance_key == instance_key, Variable.name == name
            )
        )
