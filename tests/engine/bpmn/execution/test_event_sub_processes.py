"""Event sub-processes: what may happen while a scope runs."""

from __future__ import annotations

import pytest

from engine.bpmn.errors import NoSuchToken, NotWaiting
from tests.engine.bpmn.execution.drawing import event


def with_event_sub_process(drawing, definition, *, interrupting=True):
    drawing.line("start", "A", "B").add("sub_event", triggered_by_event=True)
    drawing.add(
        "start_event", "startEvent", inside="sub_event", event=definition, interrupting=interrupting
    )
    return drawing.line("start_event", "E", inside="sub_event")


def test_an_interrupting_one_takes_the_place_of_everything(drawing, play, host):
    case = play(with_event_sub_process(drawing, event("message")))
    assert "armed start_event" in host.minutes
    assert case.waiting() == ["A"]
    case.fire("start_event")
    assert case.waiting() == ["E"]
    assert "cancelled A" in host.minutes
    case.finish("E")
    assert case.execution.ended


def test_a_message_starts_a_non_interrupting_one_again_and_again(drawing, play):
    case = play(with_event_sub_process(drawing, event("message"), interrupting=False))
    case.fire("start_event")
    case.fire("start_event")
    assert case.waiting() == ["A", "E", "E"]
    case.finish("A", "B", "E")
    assert not case.execution.ended
    case.finish("E")
    assert case.execution.ended


def test_a_timer_starts_a_non_interrupting_one_once(drawing, play, host):
    case = play(with_event_sub_process(drawing, event("timer"), interrupting=False))
    listener = next(t for t, e in case.execution.armed_events() if e.id == "start_event")
    case.fire("start_event")
    assert case.waiting() == ["A", "E"]
    assert case.execution.armed_events() == []
    with pytest.raises(NotWaiting):
        case.execution.fire(listener.id, "start_event")


def test_it_waits_no_longer_than_its_scope(drawing, play, host):
    case = play(with_event_sub_process(drawing, event("timer")))
    listener = next(t for t, e in case.execution.armed_events() if e.id == "start_event")
    case.finish("A", "B")
    assert case.execution.ended
    assert host.minutes[-1] == "disarmed start_event"
    with pytest.raises(NoSuchToken):
        case.execution.fire(listener.id, "start_event")


def test_an_error_inside_is_caught_by_it(drawing, play):
    with_event_sub_process(drawing, event("error", code="E1"))
    drawing.add("end_bad", event=event("error", code="E1")).line("B", "end_bad")
    case = play(drawing)
    case.finish("A", "B")
    assert case.waiting() == ["E"]


def test_an_escalation_is_caught_while_the_rest_goes_on(drawing, play):
    with_event_sub_process(drawing, event("escalation"), interrupting=False)
    drawing.add("esc", "intermediateThrowEvent", event=event("escalation", code="X"))
    case = play(drawing.line("B", "esc", "C"))
    case.finish("A", "B")
    assert case.waiting() == ["C", "E"]


def test_what_it_throws_itself_goes_outward(drawing, play, host):
    # given an event sub-process that escalates again
    with_event_sub_process(drawing, event("escalation"), interrupting=False)
    drawing.add("esc", "intermediateThrowEvent", event=event("escalation", code="X"))
    drawing.line("A", "esc")
    again = {"inside": "sub_event", "event": event("escalation", code="X")}
    drawing.add("again", "intermediateThrowEvent", **again).line("E", "again", inside="sub_event")
    case = play(drawing)
    case.finish("A")
    assert case.waiting() == ["B", "E"]
    # when it does
    case.finish("E")
    # then it does not start itself
    assert case.waiting() == ["B"]
    assert "thrown again" in host.minutes
