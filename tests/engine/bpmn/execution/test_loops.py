"""Multi-instance activities."""

from __future__ import annotations

from tests.engine.bpmn.execution.drawing import event


def test_parallel_children_wait_side_by_side(drawing, play, host):
    host.counts["A"] = 3
    case = play(drawing.line("start", "A", "B").each("A"))
    assert case.waiting() == ["A[1]", "A[2]", "A[3]"]
    body = case.token("A[2]").scope
    assert case.execution.find(body).element.id == "A"
    assert case.execution.find(body).loop_index is None
    case.finish("A[2]", "A[1]")
    assert case.waiting() == ["A[3]"]
    case.finish("A[3]")
    assert case.waiting() == ["B"]
    assert host.minutes[-4:] == ["left A[3]", "left A", "took A-B", "entered B"]


def test_sequential_children_come_one_after_another(drawing, play, host):
    host.counts["A"] = 2
    case = play(drawing.line("start", "A", "B").each("A", sequential=True))
    assert case.waiting() == ["A[1]"]
    case.finish("A[1]")
    assert case.waiting() == ["A[2]"]
    case.finish("A[2]")
    assert case.waiting() == ["B"]


def test_nothing_to_do_is_done_at_once(drawing, play, host):
    case = play(drawing.line("start", "A", "B").each("A"))
    assert case.waiting() == ["B"]


def test_the_completion_condition_cancels_the_rest(drawing, play, host):
    host.counts["A"], host.enough_after["A"] = 3, 2
    case = play(drawing.line("start", "A", "B").each("A", until=True))
    case.finish("A[2]")
    assert case.waiting() == ["B"]
    assert [m for m in host.minutes if m.startswith("cancelled")] == [
        "cancelled A[1]",
        "cancelled A[3]",
    ]


def test_the_completion_condition_stops_a_sequence(drawing, play, host):
    host.counts["A"], host.enough_after["A"] = 3, 2
    case = play(drawing.line("start", "A", "B").each("A", sequential=True))
    case.finish("A[1]", "A[2]")
    assert case.waiting() == ["B"]


def test_a_boundary_event_belongs_to_the_body(drawing, play, host):
    host.counts["A"] = 2
    drawing.line("start", "A", "B").each("A").boundary("late", "A", event("timer"))
    case = play(drawing.line("late", "L"))
    assert host.minutes.count("armed late") == 1
    case.finish("A[1]")
    case.fire("late")
    assert case.waiting() == ["L"]
    assert host.minutes[-7:-4] == ["cancelled A[2]", "disarmed late", "cancelled A"]


def test_a_sub_process_for_each_item(drawing, play, host):
    host.counts["sub"] = 2
    drawing.add("sub").line("start", "sub", "B").each("sub")
    case = play(drawing.line("start_in", "A", "A2", inside="sub"))
    assert case.waiting() == ["A", "A"]
    second = case.execution.waiting_tokens()[1]
    assert case.execution.find(second.scope).loop_index == 2
    case.execution.finish(second.id)
    case.run()
    assert case.waiting() == ["A", "A2"]
    case.finish("A", "A2", "A2")
    assert case.waiting() == ["B"]


def test_an_error_in_one_child_leaves_the_body(drawing, play, host):
    host.counts["sub"] = 2
    drawing.add("sub").line("start", "sub", "B").each("sub").line("start_in", "A", inside="sub")
    drawing.add("end_bad", inside="sub", event=event("error", code="E")).line("A", "end_bad")
    drawing.boundary("bad", "sub", event("error", code="E")).line("bad", "Bad")
    case = play(drawing)
    case.finish("A")
    assert case.waiting() == ["Bad"]


def test_a_call_for_each_item_may_throw(drawing, play, host):
    host.counts["call"] = 2
    drawing.line("start", "call", "B").each("call", sequential=True)
    case = play(drawing.boundary("bad", "call", event("error")).line("bad", "Bad"))
    assert case.throw_error("call[1]", "any")
    assert case.waiting() == ["Bad"]


def test_a_terminate_end_ends_one_child(drawing, play, host):
    host.counts["sub"] = 2
    drawing.add("sub").line("start", "sub", "B").each("sub")
    drawing.line("start_in", "and", "A", inside="sub").line("and", "A2", inside="sub")
    drawing.add("end_all", inside="sub", event=event("terminate")).line("A", "end_all")
    case = play(drawing)
    case.finish("A")
    assert case.waiting() == ["A", "A2"]
