"""What the engine refuses to run, because running it would be a guess."""

from __future__ import annotations

from engine.bpmn.model import Process


def require_compilable(process: Process) -> None:
    """Raises `CompileRefused` at the first element the engine does not run."""
