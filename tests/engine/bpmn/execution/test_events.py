"""Events in the flow."""

from __future__ import annotations

import pytest

from engine.bpmn.errors import NoSuchToken
from tests.engine.bpmn.execution.drawing import event
from tests.engine.bpmn.execution.recorder import Play, Recorder


@pytest.mark.parametrize("kind", ["timer", "message", "signal"])
def test_a_catch_event_waits(drawing, play, host, kind):
    drawing.line("start", "A").add("wait", "intermediateCatchEvent", event=event(kind))
    case = play(drawing.line("A", "wait", "B"))
    case.finish("A")
    assert case.waiting() == ["wait"]
    assert host.minutes[-1] == "armed wait"
    case.fire("wait")
    assert case.waiting() == ["B"]
    assert host.minutes[-4:] == ["disarmed wait", "left wait", "took wait-B", "entered B"]


def race(drawing):
    drawing.line("start", "events")
    for name, kind in [("soon", "timer"), ("later", "timer"), ("letter", "message")]:
        drawing.add(name, "intermediateCatchEvent", event=event(kind))
        drawing.line("events", name, name.upper())
    return drawing.line("events", "receive", "RECEIVED")


@pytest.mark.parametrize("winner", ["soon", "later", "letter"])
def test_one_event_wins_behind_an_event_gateway(drawing, play, host, winner):
    case = play(race(drawing))
    assert case.waiting() == ["events"]
    assert [m for m in host.minutes if m.startswith("armed")] == [
        "armed soon", "armed later", "armed letter", "armed receive",
    ]  # fmt: skip
    gateway = case.token("events").id
    case.fire(winner)
    assert case.waiting() == [winner.upper()]
    assert f"entered {winner}" in host.minutes
    # and whoever comes late is refused
    for late in ["soon", "later", "letter", "receive"]:
        with pytest.raises(NoSuchToken):
            case.execution.fire(gateway, late)


def test_a_receive_task_behind_an_event_gateway_has_its_message(drawing, play):
    case = play(race(drawing))
    case.fire("receive")
    assert case.waiting() == ["RECEIVED"]


def test_a_receive_task_waits_for_its_message(drawing, play):
    case = play(drawing.line("start", "receive", "B"))
    case.fire("receive")
    assert case.waiting() == ["B"]


def test_message_and_signal_are_thrown_by_the_host(drawing, play, host):
    drawing.add("msg", "intermediateThrowEvent", event=event("message"))
    drawing.add("end_sig", event=event("signal"))
    case = play(drawing.line("start", "msg", "end_sig"))
    assert case.execution.ended
    assert [m for m in host.minutes if m.startswith("thrown")] == ["thrown msg", "thrown end_sig"]


def test_a_message_may_be_a_job(drawing, play, host):
    host.jobs = {"msg", "end_msg"}
    drawing.add("msg", "intermediateThrowEvent", event=event("message"))
    drawing.add("end_msg", event=event("message"))
    case = play(drawing.line("start", "msg", "end_msg"))
    assert case.waiting() == ["msg"]
    case.finish("msg")
    assert case.waiting() == ["end_msg"]
    case.finish("end_msg")
    assert case.execution.ended
    assert case.execution.end_event_ids == ("end_msg",)
    assert not [m for m in host.minutes if m.startswith("thrown")]


def test_a_terminate_end_ends_everything(drawing, play, host):
    drawing.line("start", "and", "A").line("and", "B")
    drawing.add("end_all", event=event("terminate"))
    case = play(drawing.line("A", "end_all"))
    case.finish("A")
    assert case.execution.ended
    assert "cancelled B" in host.minutes
    assert case.execution.end_event_ids == ("end_all",)


def test_a_terminate_end_in_a_sub_process_ends_only_that(drawing, play, host):
    drawing.add("sub").line("start", "sub", "C")
    drawing.line("start_in", "and", "A", inside="sub").line("and", "B", inside="sub")
    drawing.add("end_all", inside="sub", event=event("terminate")).line("A", "end_all")
    case = play(drawing)
    case.finish("A")
    assert case.waiting() == ["C"]
    assert "cancelled B" in host.minutes
    assert "left sub" in host.minutes


def test_a_link_leaps(drawing, play, host):
    drawing.line("start", "A").line("other", "B")
    drawing.add("away", "intermediateThrowEvent", event=event("link", name="x"))
    drawing.add("here", "intermediateCatchEvent", event=event("link", name="x"))
    case = play(drawing.line("A", "away").line("here", "C"))
    case.finish("A")
    assert case.waiting() == ["C"]


def test_a_message_starts_an_instance_at_its_event(drawing):
    drawing.line("start", "A").add("start_msg", event=event("message"))
    process = drawing.line("start_msg", "B").process()
    assert Play(process, start="start_msg", host=Recorder()).waiting() == ["B"]
    # and without a name the none start event is meant
    assert Play(process, host=Recorder()).waiting() == ["A"]


def test_cancelling_withdraws_everything(drawing, play, host):
    drawing.add("sub").line("start", "sub").line("start_in", "A", inside="sub")
    drawing.boundary("late", "A", event("timer"))
    case = play(drawing)
    case.execution.cancel()
    assert case.execution.ended
    assert host.minutes[-3:] == ["disarmed late", "cancelled A", "cancelled sub"]
    case.reload()
    assert case.execution.ended
    assert case.execution.size == 1
