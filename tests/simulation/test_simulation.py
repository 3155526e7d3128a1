"""Random cases through all procedures: whatever happens, the list is right and nothing is lost.

A failure says the seed, the instant and the case's course; the same seed plays it again.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from engine.bpmn import read_diagram
from engine.shipped import shipped_folder
from tests.simulation.answers import outside, table
from tests.simulation.conftest import Play
from tests.simulation.settings import Setting, from_environment

BY_HAND = {"listing", "reporting", "supplementary_report"}
"""Processes with a start form that are not about an entry: clues and reports."""


@pytest.mark.slow
def test_eight_cases_over_fourteen_months_keep_the_rules(play: Play) -> None:
    # given eight clues in the first months, a calendar amended and the server down now and then
    setting = Setting(seed=4, cases=8, start=date(2025, 11, 3), months=14, busy_months=2)
    # when everything runs its course, checked every week
    simulation = play(setting, reporting=False)
    # then entries came about and ended
    ends = Counter(one.ground_at(simulation.now) for one in simulation.ledger.listings.values())
    assert sum(ends.values()) >= 5
    assert ends["期满"] >= 1


@pytest.mark.slow
def test_a_quarter_with_its_monthly_reports_keeps_the_rules(play: Play) -> None:
    setting = Setting(seed=3, cases=2, start=date(2026, 2, 20), months=3, busy_months=1)
    simulation = play(setting)
    assert simulation.desk_work.done["collection.fill_report"] > 20


@pytest.mark.long
def test_ten_years_of_cases_keep_the_rules(play: Play) -> None:
    # given what the environment says, else three hundred clues in the first years of ten
    setting = from_environment()
    # when ten years pass
    simulation = play(setting, aloud=True)
    # then every period has run out, and every entry is in a state in which it can stay
    grounds = Counter(one.ground_at(simulation.now) for one in simulation.ledger.listings.values())
    print(f"\n{setting}: {simulation.summary()}")
    assert sum(grounds.values()) > setting.cases / 2
    assert {"期满", "修复", "撤销", "消亡"} <= grounds.keys() or setting.cases < 100


def test_somebody_does_every_task_of_every_diagram() -> None:
    unknown = {
        f"{process.id}.{element.id}"
        for process in _processes()
        for element in process.elements.values()
        if element.kind == "userTask"
        and not table.known_tasks() & {element.id, f"{process.id}.{element.id}"}
    }
    assert unknown == set()


def test_somebody_starts_every_process_that_people_start() -> None:
    by_people = {
        process.id
        for process in _processes()
        for element in process.elements.values()
        if element.kind == "startEvent" and element.form is not None and element.event
        and element.event.kind == "none"
    }  # fmt: skip
    assert by_people - outside.following().keys() == BY_HAND


def _processes() -> list:
    files = sorted(shipped_folder("bpmn").glob("*.bpmn"))
    diagrams = [read_diagram(file.read_bytes(), file.name) for file in files]
    return [p for diagram in diagrams for p in diagram.processes.values() if p.executable]
