"""Steps that a file describes once and scenarios repeat: only the reader knows them."""

from __future__ import annotations

from engine.scenario.desk import Desk
from engine.scenario.model import Step
from engine.scenario.steps.registry import Key, kind


@kind("照做", "do", "action", Key(zh="其中", en="with"))
def _routine(desk: Desk, step: Step) -> None:
    """照一套写好的做法办，“其中”给出它的参数。Do the steps of a routine."""
