"""A token walks along."""

from __future__ import annotations

import pytest

from engine.bpmn.errors import AlreadyStarted, NoSuchStart, NoSuchToken, NotWaiting


def test_a_user_task_waits_and_a_script_does_not(drawing, play, host):
    # given a script between two user tasks
    case = play(drawing.line("start", "A", "script", "B", "end"))
    assert case.waiting() == ["A"]
    # when the first is finished
    case.finish("A")
    # then the second waits
    assert case.waiting() == ["B"]
    # and when it is finished, the instance has ended
    case.finish("B")
    assert case.execution.ended
    assert case.execution.end_event_ids == ("end",)
    assert host.minutes == [
        "entered start", "left start", "took start-A", "entered A",
        "left A", "took A-script", "entered script", "left script", "took script-B", "entered B",
        "left B", "took B-end", "entered end", "left end",
    ]  # fmt: skip


def test_token_ids_are_short_and_outlive_saving(drawing, play):
    case = play(drawing.line("start", "A", "end"))
    before = case.token("A").id
    case.reload()
    assert case.token("A").id == before
    assert len(before) <= 2


def test_an_element_without_a_way_out_ends_the_token(drawing, play):
    case = play(drawing.line("start", "A"))
    case.finish("A")
    assert case.execution.ended
    assert case.execution.end_event_ids == ()


def test_several_ways_out_of_a_task_are_all_taken(drawing, play):
    case = play(drawing.line("start", "A", "B").line("A", "C"))
    case.finish("A")
    assert case.waiting() == ["B", "C"]


def test_what_is_finished_or_unknown_cannot_be_finished(drawing, play):
    case = play(drawing.line("start", "A", "B", "end"))
    done = case.token("A").id
    case.finish("A")
    with pytest.raises(NoSuchToken):
        case.execution.finish(done)
    with pytest.raises(NotWaiting):
        case.execution.fire(case.token("B").id, "nothing")
    # and the instance goes on
    case.finish("B")
    assert case.execution.ended


def test_an_instance_starts_once_at_an_event_it_has(drawing, play):
    case = play(drawing.line("start", "A", "end"))
    with pytest.raises(AlreadyStarted):
        case.execution.start_at()
    with pytest.raises(NoSuchStart):
        case.compiled.start(case.host).start_at("elsewhere")
