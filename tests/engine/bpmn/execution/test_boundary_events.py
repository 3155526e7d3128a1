"""Events at the border of activities."""

from __future__ import annotations

import pytest

from engine.bpmn.errors import NoSuchToken, NotWaiting, UncaughtError
from tests.engine.bpmn.execution.drawing import event
from tests.engine.bpmn.execution.recorder import Play, Recorder


def with_boundary(drawing, definition, *, interrupting=True):
    drawing.line("start", "A", "B", "end")
    drawing.boundary("late", "A", definition, interrupting=interrupting)
    return drawing.line("late", "L", "end_late")


def test_an_interrupting_timer_takes_the_place_of_the_task(drawing, play, host):
    # given a task with a timer
    case = play(with_boundary(drawing, event("timer")))
    assert host.minutes[-2:] == ["entered A", "armed late"]
    host.minutes.clear()
    # when the timer fires
    case.fire("late")
    # then the task is gone and the way of the timer is taken
    assert case.waiting() == ["L"]
    assert host.minutes == [
        "disarmed late", "cancelled A", "entered late", "left late", "took late-L", "entered L",
    ]  # fmt: skip


def test_the_timer_is_disarmed_when_the_task_is_done_first(drawing, play, host):
    case = play(with_boundary(drawing, event("timer")))
    task = case.token("A").id
    case.finish("A")
    assert case.waiting() == ["B"]
    assert "disarmed late" in host.minutes
    assert host.minutes.index("disarmed late") < host.minutes.index("left A")
    with pytest.raises(NoSuchToken):
        case.execution.fire(task, "late")


def test_a_non_interrupting_message_is_caught_more_than_once(drawing, play):
    case = play(with_boundary(drawing, event("message"), interrupting=False))
    case.fire("late")
    case.fire("late")
    assert case.waiting() == ["A", "L", "L"]
    # and the instance ends when everything is done
    case.finish("A", "L", "L")
    assert not case.execution.ended
    case.finish("B")
    assert case.execution.ended


def test_a_non_interrupting_timer_happens_once(drawing, play):
    case = play(with_boundary(drawing, event("timer"), interrupting=False))
    case.fire("late")
    assert case.waiting() == ["A", "L"]
    with pytest.raises(NotWaiting):
        case.execution.fire(case.token("A").id, "late")


def test_a_cycle_happens_as_often_as_the_host_says(drawing, play):
    case = play(with_boundary(drawing, event("timer", timer="timeCycle"), interrupting=False))
    case.fire("late")
    case.fire("late")
    assert case.waiting() == ["A", "L", "L"]


def test_a_task_reached_again_is_armed_again(drawing, play, host):
    drawing.line("start", "xor", "A", "xor")
    drawing.boundary("late", "A", event("timer"), interrupting=False).line("late", "L")
    case = play(drawing)
    case.fire("late")
    case.finish("A")
    case.fire("late")
    assert case.waiting() == ["A", "L", "L"]


def in_sub_process(drawing, definition, *, interrupting=True):
    drawing.add("sub").line("start", "sub", "B", "end")
    drawing.line("start_in", "and", "A", "end_in", inside="sub").line("and", "A2", inside="sub")
    drawing.boundary("late", "sub", definition, interrupting=interrupting)
    return drawing.line("late", "L", "end_late")


def test_a_sub_process_is_over_when_everything_inside_is(drawing, play):
    case = play(in_sub_process(drawing, event("timer")))
    assert case.waiting() == ["A", "A2"]
    case.finish("A2")
    assert case.waiting() == ["A"]
    case.finish("A")
    assert case.waiting() == ["B"]


def test_tokens_inside_know_their_sub_process(drawing, play):
    case = play(in_sub_process(drawing, event("timer")))
    scope = case.token("A").scope
    assert case.execution.find(scope).element.id == "sub"
    assert case.execution.find(scope).scope == ""


def test_interrupting_a_sub_process_cancels_its_children_and_disarms_their_events(
    drawing, play, host
):
    in_sub_process(drawing, event("message")).boundary("inner", "A", event("timer"))
    case = play(drawing.line("inner", "I", inside="sub"))
    host.minutes.clear()
    case.fire("late")
    assert case.waiting() == ["L"]
    assert host.minutes[:5] == [
        "disarmed inner", "cancelled A", "cancelled A2", "disarmed late", "cancelled sub",
    ]  # fmt: skip
    case.finish("L")
    assert case.execution.ended


def error_in_sub_process(drawing, code):
    drawing.add("sub").line("start", "sub", "B", "end")
    drawing.line("start_in", "and", "A", inside="sub").line("and", "A2", inside="sub")
    drawing.add("end_bad", inside="sub", event=event("error", code=code)).line("A", "end_bad")
    return drawing


def test_an_error_end_is_caught_at_the_sub_process_by_its_code(drawing, play, host):
    error_in_sub_process(drawing, "E1")
    drawing.boundary("any", "sub", event("error")).line("any", "Any")
    drawing.boundary("e2", "sub", event("error", code="E2")).line("e2", "E2")
    drawing.boundary("e1", "sub", event("error", code="E1")).line("e1", "E1")
    case = play(drawing)
    case.finish("A")
    assert case.waiting() == ["E1"]
    assert "cancelled A2" in host.minutes
    assert "left end_bad" in host.minutes


def test_an_error_end_is_caught_by_an_event_for_all_codes(drawing, play):
    error_in_sub_process(drawing, "E9")
    drawing.boundary("e1", "sub", event("error", code="E1")).line("e1", "E1")
    drawing.boundary("any", "sub", event("error")).line("any", "Any")
    case = play(drawing)
    case.finish("A")
    assert case.waiting() == ["Any"]


def test_an_error_that_nobody_catches_is_said_clearly(drawing, play):
    error_in_sub_process(drawing, "E9").boundary("e1", "sub", event("error", code="E1"))
    case = play(drawing)
    case.execution.finish(case.token("A").id)
    with pytest.raises(UncaughtError) as error:
        case.execution.run()
    assert error.value.values["code"] == "E9"


def test_an_error_from_a_job_is_caught_at_the_job_or_around_it(drawing, play):
    drawing.add("sub").line("start", "sub", "B").line("start_in", "job", inside="sub")
    drawing.boundary("own", "job", event("error", code="own")).line("own", "Own", inside="sub")
    drawing.boundary("outer", "sub", event("error", code="outer")).line("outer", "Outer")
    case = play(drawing)
    assert not case.throw_error("job", "unknown")
    assert case.waiting() == ["job"]
    assert case.throw_error("job", "own")
    assert case.waiting() == ["Own"]
    other = Play(drawing.process(), host=Recorder())
    assert other.throw_error("job", "outer")
    assert other.waiting() == ["Outer"]


def test_an_escalation_passes_and_goes_on(drawing, play, host):
    drawing.add("sub").line("start", "sub", "B").line("start_in", "A", inside="sub")
    drawing.add("esc", "intermediateThrowEvent", inside="sub", event=event("escalation", code="X"))
    drawing.line("A", "esc", "A2", inside="sub")
    drawing.boundary("on_x", "sub", event("escalation", code="X"), interrupting=False)
    case = play(drawing.line("on_x", "L"))
    case.finish("A")
    assert case.waiting() == ["A2", "L"]
    assert "thrown esc" not in host.minutes


def test_an_escalation_may_interrupt(drawing, play, host):
    drawing.add("sub").line("start", "sub", "B").line("start_in", "A", inside="sub")
    drawing.add("end_esc", inside="sub", event=event("escalation", code="X")).line("A", "end_esc")
    drawing.boundary("on_x", "sub", event("escalation")).line("on_x", "L")
    case = play(drawing)
    case.finish("A")
    assert case.waiting() == ["L"]
    assert "cancelled sub" in host.minutes


def test_an_escalation_that_nobody_catches_is_told_to_the_host_and_goes_on(drawing, play, host):
    drawing.line("start", "A").add("esc", "intermediateThrowEvent", event=event("escalation"))
    case = play(drawing.line("A", "esc", "B"))
    case.finish("A")
    assert case.waiting() == ["B"]
    assert "thrown esc" in host.minutes


def test_an_escalation_from_a_called_process(drawing, play):
    drawing.line("start", "call", "B")
    drawing.boundary("on_x", "call", event("escalation", code="X"), interrupting=False)
    case = play(drawing.line("on_x", "L"))
    assert case.throw_escalation("call", "X")
    assert not case.throw_escalation("call", "Y")
    assert case.waiting() == ["L", "call"]
