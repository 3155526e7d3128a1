"""Faults that engines of this kind have had, each by its story."""

from __future__ import annotations

import pytest
from SpiffWorkflow.util.event import Event
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.compile import compile_model
from engine.bpmn.errors import StateUnreadable
from engine.bpmn.specs.base import ProcessSpec, TokenSpec
from tests.engine.bpmn.execution.drawing import Drawing, event
from tests.engine.bpmn.execution.recorder import Play, Recorder


def loop_around_a_block() -> Drawing:
    drawing = Drawing().line("start", "xor_in", "sub", "xor_out")
    drawing.line("start_in", "and_1", "A", "and_2", "end_in", inside="sub")
    drawing.line("and_1", "B", "and_2", inside="sub")
    drawing.boundary("stop", "sub", event("message")).line("stop", "xor_out")
    drawing.line("xor_out", "xor_in", when="again").add("end")
    return drawing.flow("xor_out", "end", default=True)


@pytest.mark.parametrize("first", ["A", "B"])
def test_a_join_forgets_what_arrived_before_an_interruption(play, host, first):
    # given a block of which one branch had arrived when it was interrupted, twice
    host.true = {"again"}
    case = play(loop_around_a_block())
    for branch in "AB":
        case.finish(branch)
        case.fire("stop")
    # when in the third round one branch arrives
    case.finish(first)
    # then the join waits for the other
    assert case.waiting() == ["B" if first == "A" else "A"]
    host.true = set()
    case.finish(*case.waiting())
    assert case.execution.ended


def test_a_join_in_a_loop_counts_only_its_round(play, host):
    # given a loop on one level around a block, in its third round
    drawing = Drawing().line("start", "xor_in", "and_1", "A", "and_2", "xor_out")
    drawing.line("and_1", "B", "and_2").line("xor_out", "xor_in", when="again")
    drawing.add("end").flow("xor_out", "end", default=True)
    host.true = {"again"}
    case = play(drawing)
    case.finish("A", "B", "B", "A")
    # when B comes before A
    case.finish("B")
    assert case.waiting() == ["A"]


def fingerprint(spec: ProcessSpec) -> dict[str, dict[str, str]]:
    """Everything in the specs, other specs by name."""
    return {
        name: {key: plain(value) for key, value in vars(each).items()}
        for name, each in spec.task_specs.items()
    }


def plain(value: object) -> str:
    if isinstance(value, TokenSpec | ProcessSpec):
        return value.name
    if isinstance(value, tuple | list):
        return str([plain(each) for each in value])
    if isinstance(value, Event):
        return str(vars(value))
    return repr(value)


def test_specs_are_not_changed_by_running(host):
    # given specs as they were compiled
    process = loop_around_a_block().process()
    compiled = compile_model(process)
    before = fingerprint(compiled._spec)
    # when instances run over them, one after the other and side by side
    host.true = {"again"}
    cases = [Play(process, host=Recorder()) for _ in range(2)]
    for case in cases:
        case.compiled = compiled
        case.reload()
        case.finish("A")
        case.fire("stop")
        if not case.execution.ended:
            case.finish("A", "B")
    # then nothing in them has moved
    assert fingerprint(compiled._spec) == before


def test_instances_of_one_process_do_not_touch_one_another():
    drawing = loop_around_a_block()
    first, second = (Play(drawing.process(), host=Recorder()) for _ in range(2))
    second.compiled = first.compiled
    second.reload()
    first.finish("A", "B")
    assert first.execution.ended
    assert second.waiting() == ["A", "B"]


def test_task_data_stays_empty(play, host):
    case = play(loop_around_a_block())
    assert all(task.data == {} for task in case.execution._tree.tasks.values())


def test_nothing_finished_is_kept(play, host):
    case = play(loop_around_a_block())
    case.finish("A")
    tasks = case.execution._tree.tasks.values()
    assert not [task for task in tasks if task.has_state(TaskState.FINISHED_MASK)]


def test_exceptions_of_the_host_come_through_unchanged(drawing, play, host):
    class Weather(Exception):
        pass

    case = play(drawing.line("start", "A", "B"))
    fault = Weather("rain")

    def entered(token):
        raise fault

    host.entered = entered
    case.execution.finish(case.token("A").id)
    with pytest.raises(Weather) as raised:
        case.execution.run()
    assert raised.value is fault


def test_a_state_of_another_process_is_refused(play, host, drawing):
    case = play(drawing.line("start", "A"))
    other = compile_model(Drawing().line("start", "Z").process())
    with pytest.raises(StateUnreadable):
        other.load(case.execution.dump(), host)
    with pytest.raises(StateUnreadable):
        other.load(b"nonsense", host)
    with pytest.raises(StateUnreadable):
        other.load(b"[99,1,[],[]]", host)


def test_a_task_name_that_spiff_uses_itself_is_an_ordinary_name(play):
    drawing = Drawing().add("Start", "startEvent").add("End", "userTask").add("Root", "userTask")
    case = play(drawing.line("Start", "End", "Root"))
    case.finish("End")
    assert case.waiting() == ["Root"]
    case.finish("Root")
    assert case.execution.ended
