"""What the engine refuses to compile, with the place and a reason in two languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.bpmn.compile import compile_model, compile_process
from engine.bpmn.errors import CompileRefused, NoSuchProcess
from engine.bpmn.model import Diagram
from tests.engine.bpmn.execution.drawing import Drawing, event


def base() -> Drawing:
    return Drawing().line("start", "A", "end")


def task_with(**more) -> Drawing:
    drawing = base()
    drawing.elements["A"] = replace(drawing.elements["A"], **more)
    return drawing


REFUSED = {
    "no start event": (Drawing().line("A", "B"), "start event"),
    "complex gateway": (base().add("gw", "complexGateway"), "complexGateway"),
    "transaction": (base().add("tx", "transaction"), "transaction"),
    "ad-hoc sub-process": (base().add("tx", "adHocSubProcess"), "adHocSubProcess"),
    "standard loop": (task_with(has_standard_loop=True), "standard loops"),
    "compensation": (task_with(for_compensation=True), "compensation"),
    "multi-instance event": (base().add("end_2").each("end_2"), "multi-instance"),
    "conditional event": (
        base().add("w", "intermediateCatchEvent", event=event("conditional")), "conditional"),
    "error that does not interrupt": (
        base().boundary("b", "A", event("error"), interrupting=False), "always interrupts"),
    "code as expression": (
        base().boundary("b", "A", event("error", code="=code")), "constant"),
    "boundary of a gateway": (
        base().add("xor").boundary("b", "xor", event("timer")), "attached to no activity"),
    "flow into a boundary": (
        base().boundary("b", "A", event("timer")).line("A", "b"), "no incoming"),
    "flow into a start": (base().line("A", "start"), "no incoming"),
    "flow out of an end": (base().line("end", "A"), "no outgoing"),
    "flow across levels": (
        base().add("sub").line("start_in", "B", inside="sub").line("A", "B"), "one level"),
    "conditional flow": (base().line("A", "B", when="x"), "conditions"),
    "flow without condition": (base().line("A", "xor", "B").line("xor", "C"), "no condition"),
    "empty sub-process": (base().add("sub"), "exactly one start"),
    "sub-process by message": (
        base().add("sub").add("start_in", inside="sub", event=event("message")), "none start"),
    "event sub-process by nothing": (
        base().add("sub", triggered_by_event=True).add("start_in", inside="sub"), "by an event"),
    "process by error": (base().add("start_2", event=event("error")), "no process starts"),
    "task behind an event gateway": (base().line("A", "events", "B"), "event-based"),
    "nothing behind an event gateway": (base().line("A", "events"), "no event"),
    "link to nowhere": (
        base().add("away", "intermediateThrowEvent", event=event("link", name="x")), "link"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_be_a_guess_is_refused(case):
    drawing, reason = REFUSED[case]
    with pytest.raises(CompileRefused) as error:
        compile_model(drawing.process())
    assert reason in error.value.message("en")
    assert error.value.message("zh").startswith("流程图不能运行：")
    assert error.value.place is not None
    assert error.value.place.file == "test.bpmn"


def test_a_process_that_is_not_in_the_file_is_refused():
    process = base().process()
    diagram = Diagram(
        file="test.bpmn", content_hash="", processes={"p": process}, shapes={}, edges={}, texts={}
    )
    assert compile_process(diagram, "p").process is process
    with pytest.raises(NoSuchProcess):
        compile_process(diagram, "q")
