"""What a person can start by a form, and the form to start it with."""

from __future__ import annotations

from dataclasses import dataclass

from engine.bpmn import Element
from engine.identity import User
from engine.runtime.commands.start_instance import may_begin, none_start_of
from engine.runtime.definitions import DeployedProcess
from engine.runtime.errors import NoSuchDefinition
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.steps import latest_processes
from engine.runtime.queries.task import FormSheet, environment_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Startable:
    """The latest version of a process whose start event has a form."""

    deployed: DeployedProcess
    start: Element

    @property
    def process_id(self) -> str:
        return self.deployed.process_id

    @property
    def name(self) -> str:
        return self.deployed.process.name or self.deployed.process_id

    @property
    def name_en(self) -> str:
        return self.deployed.process.properties.get("name:en", "")

    def said(self, name: str) -> str:
        """A property of the start event; empty if it has none."""
        return self.start.properties.get(name, "")


def startable_processes(reading: Reading, user: User) -> tuple[Startable, ...]:
    """Every process that this person can start by a form."""
    every = (_startable(deployed) for deployed in latest_processes(reading))
    return tuple(one for one in every if one is not None and may_begin(one.start, user))


def startable(reading: Reading, process_id: str) -> Startable:
    """The latest version of this process. Raises `NoSuchDefinition` if no form starts it."""
    horizon = reading.definitions.horizon(reading.connection)
    deployed = reading.definitions.process_as_of(reading.connection, process_id, horizon)
    found = _startable(deployed)
    if found is None:
        raise NoSuchDefinition(
            what="可发起的流程", what_en="process with a start form", id=process_id
        )
    return found


def start_sheet(reading: Reading, user: User, start: Startable) -> FormSheet:
    """The start form; its expressions see no variables yet."""
    horizon = reading.definitions.horizon(reading.connection)
    assert start.start.form is not None
    form = reading.definitions.form_as_of(reading.connection, start.start.form.form_id, horizon)
    environment = environment_at(reading, horizon, user.organisation_path)
    return FormSheet(form=form.form, context={}, environment=environment)


def _startable(deployed: DeployedProcess) -> Startable | None:
    start = none_start_of(deployed)
    if start is None or start.form is None:
        return None
    return Startable(deployed=deployed, start=start)
