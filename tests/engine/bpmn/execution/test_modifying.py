"""Moving tokens by hand, and looking at what waits at joins."""

from __future__ import annotations

import pytest

from engine.bpmn.errors import NotInScope
from tests.engine.bpmn.execution.drawing import event


def move(case, name, to, scope=""):
    token = case.token(name)
    case.execution.activate(to, scope or token.scope)
    case.execution.withdraw(token.id)
    case.reload()
    case.run()


def test_a_token_is_moved_back(drawing, play, host):
    drawing.line("start", "A", "B", "end").boundary("late", "B", event("timer"))
    case = play(drawing)
    case.finish("A")
    move(case, "B", "A")
    assert case.waiting() == ["A"]
    assert host.minutes[-3:] == ["disarmed late", "cancelled B", "entered A"]


def test_a_token_is_moved_inside_its_sub_process(drawing, play):
    drawing.add("sub").line("start", "sub", "C").line("start_in", "A", "B", inside="sub")
    case = play(drawing)
    move(case, "A", "B")
    assert case.waiting() == ["B"]
    with pytest.raises(NotInScope):
        case.execution.activate("A")
    case.finish("B")
    assert case.waiting() == ["C"]


def test_a_token_put_on_a_join_passes_it(drawing, play):
    drawing.line("start", "and_1", "A", "and_2", "C").line("and_1", "B", "and_2")
    case = play(drawing)
    case.finish("A")
    assert [(token.element.id, flow) for token, flow in case.execution.arrivals()] == [
        ("and_2", "A-and_2")
    ]
    case.execution.activate("and_2")
    case.execution.withdraw(case.token("B").id)
    case.run()
    assert case.waiting() == ["C"]


def test_withdrawing_the_last_token_ends_the_scope(drawing, play, host):
    drawing.add("sub").line("start", "sub", "C").line("start_in", "A", inside="sub")
    case = play(drawing)
    case.execution.withdraw(case.token("A").id)
    case.run()
    assert case.waiting() == ["C"]


def test_withdrawing_a_child_leaves_the_others(drawing, play, host):
    host.counts["A"] = 3
    case = play(drawing.line("start", "A", "B").each("A"))
    case.execution.withdraw(case.token("A[2]").id)
    case.run()
    assert case.waiting() == ["A[1]", "A[3]"]
    case.finish("A[1]", "A[3]")
    assert case.waiting() == ["B"]


def test_an_inclusive_join_no_longer_waits_for_a_withdrawn_token(drawing, play, host):
    host.true = {"a", "b"}
    drawing.line("start", "or_1").line("or_1", "A", "or_2", "C", when="a")
    case = play(drawing.line("or_1", "B", "or_2", when="b"))
    case.finish("A")
    case.execution.withdraw(case.token("B").id)
    case.run()
    assert case.waiting() == ["C"]


def test_ninety_levels_deep(drawing, play, host):
    drawing.line("start", "sub_1", "end")
    for level in range(1, 90):
        drawing.line(f"start_{level}", f"sub_{level + 1}", inside=f"sub_{level}")
    drawing.line("start_90", "A", inside="sub_90").boundary("late", "sub_1", event("timer"))
    case = play(drawing)
    case.finish("A")
    assert case.execution.ended
