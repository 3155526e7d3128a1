"""Splitting and joining."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.bpmn.errors import ExecutionBroken, NoFlowTaken


def choice(drawing):
    drawing.line("start", "xor")
    drawing.line("xor", "A", when="a")
    drawing.line("xor", "B", when="b")
    return drawing.line("xor", "C", when="c")


def test_of_several_true_conditions_the_first_in_the_document_wins(drawing, play, host):
    host.true = {"b", "c"}
    assert play(choice(drawing)).waiting() == ["B"]
    assert host.asked == ["a", "b"]


def test_the_default_flow_is_taken_when_nothing_holds(drawing, play):
    assert play(choice(drawing).line("xor").add("D").flow("xor", "D", default=True)).waiting() == [
        "D"
    ]


def test_without_a_default_flow_nothing_holding_is_an_error(drawing, play, host):
    with pytest.raises(NoFlowTaken) as error:
        play(choice(drawing))
    assert "xor" in str(error.value)


def test_a_broken_instance_is_neither_used_nor_saved(drawing, play, host):
    host.true = {"a"}
    case = play(drawing.line("start", "first").line("first", "xor").line("xor", "A", when="no"))
    execution = case.execution
    execution.finish(case.token("first").id)
    with pytest.raises(NoFlowTaken):
        execution.run()
    with pytest.raises(ExecutionBroken):
        execution.dump()
    with pytest.raises(ExecutionBroken):
        execution.run()
    # but it can be cancelled
    execution.cancel()
    assert execution.ended


def block(drawing, gateway="and"):
    drawing.line("start", f"{gateway}_1", "A", f"{gateway}_2", "C", "end")
    return drawing.line(f"{gateway}_1", "B", f"{gateway}_2")


@pytest.mark.parametrize("first", ["A", "B"])
def test_a_parallel_join_waits_for_every_branch(drawing, play, first):
    case = play(block(drawing))
    assert case.waiting() == ["A", "B"]
    case.finish(first)
    assert case.waiting() == ["B" if first == "A" else "A"]
    case.finish(*case.waiting())
    assert case.waiting() == ["C"]


def test_a_second_token_on_one_flow_waits_for_the_next_round(drawing, play):
    # given a join whose one branch brings two tokens
    drawing.line("start", "and_1", "and_2", "A", "xor", "and_3", "C", "end").line(
        "and_2", "A2", "xor"
    )
    case = play(drawing.line("and_1", "B", "and_3"))
    # when both have come and the other branch once
    case.finish("A", "A2")
    assert case.waiting() == ["B"]
    case.finish("B")
    # then the join has fired once
    assert case.waiting() == ["C"]


def test_an_inclusive_join_waits_for_the_branches_taken(drawing, play, host):
    drawing.line("start", "or_1")
    for name in "ABC":
        drawing.line("or_1", name, "or_2", when=name.lower())
    drawing.line("or_2", "D", "end")
    host.true = {"a", "c"}
    case = play(drawing)
    assert case.waiting() == ["A", "C"]
    case.finish("C")
    assert case.waiting() == ["A"]
    case.finish("A")
    assert case.waiting() == ["D"]


def test_an_inclusive_split_takes_its_default_only_alone(drawing, play, host):
    drawing.line("start", "or").line("or", "A", when="a").line("or", "B", when="b").add("C")
    drawing.flow("or", "C", default=True)
    assert play(drawing).waiting() == ["C"]


def test_an_inclusive_join_does_not_wait_for_a_branch_that_went_elsewhere(drawing, play, host):
    # given a branch that may leave the block for good
    drawing.line("start", "and_1", "A", "or", "D", "end")
    drawing.line("and_1", "B", "xor").line("xor", "or", when="back").add("gone")
    drawing.flow("xor", "gone", default=True)
    case = play(drawing)
    # when one branch has arrived, the other may still come
    case.finish("A")
    assert case.waiting() == ["B"]
    # and when the other goes elsewhere, the join fires
    case.finish("B")
    assert case.waiting() == ["D", "gone"]


def test_an_inclusive_join_does_not_wait_for_what_can_only_end(drawing, play, host):
    # given a branch that has gone where only an end is left
    host.true = {"b", "out"}
    drawing.line("start", "or_1", "A", "or_2", "C")
    drawing.elements["or_1"] = replace(drawing.elements["or_1"], default_flow="or_1-A")
    drawing.line("or_1", "or_2", when="b").line("or_1", "xor", when="b")
    drawing.line("xor", "or_2", when="in").line("xor", "B", "end_b", when="out")
    case = play(drawing)
    # then the join has fired with the token that is there
    assert case.waiting() == ["B", "C"]
