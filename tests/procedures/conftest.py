"""The shipped procedures, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.bpmn import Diagram, read_diagram
from engine.dmn import DecisionModel, read_decisions
from engine.forms import Form, read_form

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def diagrams() -> dict[str, Diagram]:
    """Every shipped diagram by its file name without ending."""
    return {
        path.stem: read_diagram(path.read_bytes(), path.name)
        for path in sorted((ROOT / "bpmn").glob("*.bpmn"))
    }


@pytest.fixture(scope="session")
def forms() -> dict[str, Form]:
    """Every shipped form by its id."""
    read = [read_form(path.read_bytes(), path.name) for path in (ROOT / "forms").glob("*.form")]
    return {form.id: form for form in read}


@pytest.fixture(scope="session")
def decisions() -> dict[str, DecisionModel]:
    """The model of every shipped decision, by the id of the decision."""
    models = [read_decisions(path.read_bytes(), path.name) for path in (ROOT / "dmn").glob("*.dmn")]
    return {decision_id: model for model in models for decision_id in model.decisions}
