"""A new world for a simulation: the shipped procedures, the demonstration's people and ours."""

from __future__ import annotations

from engine.clock import start_of_day
from engine.runtime import Runtime, files_in
from engine.scenario.world import SHIPPED, open_world
from engine.shipped import shipped_folder
from tests.simulation import people
from tests.simulation.settings import Setting

MONTHLY = "reporting.bpmn"
"""The diagram whose timer starts the reports of every month."""


def new_world(setting: Setting, *, reporting: bool = True) -> Runtime:
    """A runtime on a database in memory, its clock at the first instant of the simulation.

    Without `reporting` nobody is asked for monthly reports, which are most of the work.
    """
    files = files_in(*(shipped_folder(name) for name in SHIPPED))
    files = [file for file in files if reporting or file.name != MONTHLY]
    return open_world(files, [people.FILE], start_of_day(setting.start))
