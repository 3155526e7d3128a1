"""What an instance has already done costs nothing."""

from __future__ import annotations

import pytest

from engine.bpmn.compile import compile_model
from engine.bpmn.errors import RunsForever
from tests.engine.bpmn.execution.drawing import Drawing
from tests.engine.bpmn.execution.recorder import Recorder


class Silent(Recorder):
    """Keeps no minutes, so that only the engine may grow."""

    def note(self, *words: str) -> None:
        pass


def finish_all(compiled, execution, host):
    """Finish every task that waits, saving and loading between; returns the execution."""
    for token in execution.waiting_tokens():
        execution.finish(token.id)
        execution.run()
        execution = compiled.load(execution.dump(), host)
    return execution


def test_the_3000th_pass_of_a_loop_around_a_parallel_block_is_like_the_3rd():
    drawing = Drawing().line("start", "xor_in", "and_1", "A", "and_2", "xor_out")
    drawing.line("and_1", "B", "and_2").line("and_1", "C", "and_2")
    drawing.line("xor_out", "xor_in", when="again").add("end").flow("xor_out", "end", default=True)
    compiled, host = compile_model(drawing.process()), Silent()
    host.true = {"again"}
    execution = compiled.start(host)
    execution.start_at()
    execution.run()
    sizes, lengths = [], []
    for _ in range(3_000):
        execution = finish_all(compiled, execution, host)
        sizes.append(execution.size)
        lengths.append(len(execution.dump()))
    assert sizes[2] == sizes[-1] == 4
    assert lengths[-1] <= lengths[2] + 30  # ids have grown by some digits
    host.true = set()
    assert finish_all(compiled, execution, host).ended


def test_parallel_blocks_in_a_row_do_not_multiply():
    drawing, last, sizes = Drawing().line("start"), "start", []
    for block in range(40):
        drawing.line(last, f"and_{block}", f"A{block}", f"and_join_{block}")
        for branch in "BC":
            drawing.line(f"and_{block}", f"{branch}{block}", f"and_join_{block}")
        last = f"and_join_{block}"
    compiled, host = compile_model(drawing.line(last, "end").process()), Silent()
    execution = compiled.start(host)
    execution.start_at()
    execution.run()
    while not execution.ended:
        sizes.append(execution.size)
        execution = finish_all(compiled, execution, host)
    assert len(sizes) == 40
    assert max(sizes) <= 4


def test_a_thousand_elements_in_a_row_compile_and_run():
    scripts = [f"script_{number}" for number in range(1_000)]
    tasks = [f"T{number}" for number in range(1_000)]
    compiled = compile_model(Drawing().line("start", *scripts, *tasks, "end").process())
    host = Silent()
    execution = compiled.start(host)
    execution.start_at()
    execution.run()
    steps = 0
    while not execution.ended:
        execution = finish_all(compiled, execution, host)
        steps += 1
        assert execution.size <= 2
    assert steps == 1_000


def test_five_hundred_children_at_once(host):
    host.counts["A"] = 500
    compiled = compile_model(Drawing().line("start", "A", "end").each("A").process())
    execution = compiled.start(host)
    execution.start_at()
    execution.run()
    assert execution.size == 502
    state = execution.dump()
    assert len(state) < 6_000
    execution = compiled.load(state, host)
    for token in execution.waiting_tokens():
        execution.finish(token.id)
    execution.run()
    assert execution.ended


def test_a_loop_that_is_never_left_is_named(host):
    host.true = {"again"}
    drawing = (
        Drawing().line("start", "xor", "script", "xor_out").line("xor_out", "xor", when="again")
    )
    execution = compile_model(drawing.process()).start(host)
    execution.start_at()
    with pytest.raises(RunsForever, match=r"xor|script"):
        execution.run()
