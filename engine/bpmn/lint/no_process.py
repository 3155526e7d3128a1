"""`no-process`: a file without a process that may be executed."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error, warning
from engine.bpmn.model import Diagram
from engine.place import Place

RULE = "no-process"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    if not diagram.processes:
        yield error(
            RULE,
            Place(file=diagram.file),
            "文件里没有流程。请画一个。",
            "There is no process in the file. Draw one.",
        )
    some_executable = any(process.executable for process in diagram.processes.values())
    for process in diagram.processes.values():
        if process.executable:
            continue
        report = warning if some_executable else error
        yield report(
            RULE,
            process.place,
            f"流程「{process.name or process.id}」标为不可执行，不会部署。请勾选「可执行」。",
            f"The process '{process.name or process.id}' is not executable, so it is not deployed."
            " Tick 'Executable'.",
        )
