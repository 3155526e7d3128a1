"""Deployed definitions, read once: diagrams compiled, tables and forms parsed, by content.

An instance is pinned to a *horizon*, the deployment that was the newest when it started: it sees
the highest version of each form, decision and called process deployed up to then. As deployments
are only ever added, an answer for a horizon never changes and is kept for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from engine.bpmn import CompiledProcess, Diagram, Element, compile_process, read_diagram
from engine.bpmn.model import Process
from engine.dmn import DecisionModel, read_decisions, read_library
from engine.forms import Form, read_form
from engine.runtime.errors import NoSuchDefinition
from engine.runtime.models import (
    DecisionDefinition,
    Deployment,
    FormDefinition,
    ProcessDefinition,
    Resource,
)

Kind = Literal["process", "decision", "form"]
NOT_DEPLOYED = 0
"""Kept for an id that a horizon does not know, so that it is not looked up again."""
ALWAYS = 0
"""In place of a horizon: a file that imports nothing is the same at each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeployedProcess:
    """A version of a process, ready to run."""

    key: int
    process_id: str
    version: int
    deployment_key: int
    diagram: Diagram
    process: Process
    compiled: CompiledProcess


@dataclass(frozen=True, kw_only=True, slots=True)
class DeployedDecision:
    """A version of a decision with the tables of its file, and those of the files it imports."""

    key: int
    decision_id: str
    version: int
    name: str
    model: DecisionModel


@dataclass(frozen=True, kw_only=True, slots=True)
class DeployedForm:
    """A version of a form."""

    key: int
    form_id: str
    version: int
    form: Form


@lru_cache(maxsize=512)
def _diagram(content_hash: str, file_name: str, content: bytes) -> Diagram:
    return read_diagram(content, file_name)


@lru_cache(maxsize=512)
def _compiled(
    content_hash: str, file_name: str, content: bytes, process_id: str
) -> CompiledProcess:
    return compile_process(_diagram(content_hash, file_name, content), process_id)


@lru_cache(maxsize=512)
def _decisions(content_hash: str, file_name: str, content: bytes) -> DecisionModel:
    return read_decisions(content, file_name)


@lru_cache(maxsize=512)
def _form(content_hash: str, file_name: str, content: bytes) -> Form:
    return read_form(content, file_name)


class Definitions:
    """Looks definitions up by key, or by id as of a horizon. Safe to share between threads."""

    def __init__(self) -> None:
        self._processes: dict[int, DeployedProcess] = {}
        self._decisions: dict[tuple[int, int], DeployedDecision] = {}
        self._forms: dict[int, DeployedForm] = {}
        self._as_of: dict[tuple[Kind, str, int], int] = {}
        self._lock = Lock()

    def horizon(self, connection: Connection) -> int:
        """The newest deployment, 0 if there is none."""
        return connection.scalar(select(func.max(Deployment.key))) or 0

    def process(self, connection: Connection, key: int) -> DeployedProcess:
        """The process definition with this key."""
        found = self._processes.get(key)
        if found is None:
            found = _read_process(connection, key)
            with self._lock:
                self._processes[key] = found
        return found

    def process_as_of(
        self, connection: Connection, process_id: str, horizon: int
    ) -> DeployedProcess:
        """The version of a process in force at a horizon."""
        return self.process(connection, self._key(connection, "process", process_id, horizon))

    def decision_as_of(
        self, connection: Connection, decision_id: str, horizon: int
    ) -> DeployedDecision:
        """The version of a decision in force at a horizon, with imports as they were then.

        Raises `NoSuchDefinition`, and `DmnInvalid` if it is not clear what its file imports.
        """
        key = self._key(connection, "decision", decision_id, horizon)
        found = self._decisions.get((key, ALWAYS)) or self._decisions.get((key, horizon))
        if found is None:
            found = _read_decision(connection, key, horizon)
            holds = horizon if found.model.definitions.imports else ALWAYS
            with self._lock:
                self._decisions[key, holds] = found
        return found

    def form_as_of(self, connection: Connection, form_id: str, horizon: int) -> DeployedForm:
        """The version of a form in force at a horizon."""
        return self.form(connection, self._key(connection, "form", form_id, horizon))

    def form(self, connection: Connection, key: int) -> DeployedForm:
        """The form definition with this key."""
        found = self._forms.get(key)
        if found is None:
            found = _read_form(connection, key)
            with self._lock:
                self._forms[key] = found
        return found

    def has_decision(self, connection: Connection, decision_id: str, horizon: int) -> bool:
        """Whether a decision is deployed as of a horizon."""
        try:
            self._key(connection, "decision", decision_id, horizon)
        except NoSuchDefinition:
            return False
        return True

    def message_starts(
        self, connection: Connection, message_name: str
    ) -> list[tuple[DeployedProcess, Element]]:
        """The latest processes that a message of this name starts, with their start events."""
        latest = select(func.max(ProcessDefinition.key)).group_by(ProcessDefinition.process_id)
        starts = []
        for key in connection.scalars(latest):
            deployed = self.process(connection, key)
            starts += [(deployed, e) for e in _message_starts(deployed.process, message_name)]
        return starts

    def _key(self, connection: Connection, kind: Kind, id_: str, horizon: int) -> int:
        table, column, zh, en = _LOOKUPS[kind]
        key = self._as_of.get((kind, id_, horizon))
        if key is None:
            key = connection.scalar(
                select(table.key)
                .where(column == id_, table.deployment_key <= horizon)
                .order_by(table.version.desc())
                .limit(1)
            )
            with self._lock:
                self._as_of[kind, id_, horizon] = key or NOT_DEPLOYED
        if not key:
            raise NoSuchDefinition(what=zh, what_en=en, id=id_)
        return key


_LOOKUPS: dict[Kind, tuple[Any, Any, str, str]] = {
    "process": (ProcessDefinition, ProcessDefinition.process_id, "流程", "process"),
    "decision": (DecisionDefinition, DecisionDefinition.decision_id, "决策", "decision"),
    "form": (FormDefinition, FormDefinition.form_id, "表单", "form"),
}


def _message_starts(process: Process, message_name: str) -> list[Element]:
    return [
        element
        for element in process.children_of(process.id)
        if element.kind == "startEvent"
        and element.event is not None
        and element.event.message is not None
        and element.event.message.name.text == message_name
    ]


def _read_process(connection: Connection, key: int) -> DeployedProcess:
    row = _row(connection, "process", key, ProcessDefinition.process_id)
    diagram = _diagram(row.content_hash, row.file_name, row.content)
    return DeployedProcess(
        key=key,
        process_id=row.process_id,
        version=row.version,
        deployment_key=row.deployment_key,
        diagram=diagram,
        process=diagram.processes[row.process_id],
        compiled=_compiled(row.content_hash, row.file_name, row.content, row.process_id),
    )


def _read_decision(connection: Connection, key: int, horizon: int) -> DeployedDecision:
    columns = (DecisionDefinition.decision_id, DecisionDefinition.name)
    row = _row(connection, "decision", key, *columns)
    model = _decisions(row.content_hash, row.file_name, row.content)
    if model.definitions.imports:
        files = {**decision_files(connection, horizon), row.file_name: row.content}
        model = read_library(files).model(row.file_name)
    return DeployedDecision(
        key=key,
        decision_id=row.decision_id,
        version=row.version,
        name=row.name,
        model=model,
    )


def decision_files(connection: Connection, horizon: int) -> dict[str, bytes]:
    """The decision files in force at a horizon, by name: what a file may import."""
    newest = (
        select(func.max(Resource.key))
        .where(Resource.kind == "dmn", Resource.deployment_key <= horizon)
        .group_by(Resource.file_name)
    )
    rows = connection.execute(
        select(Resource.file_name, Resource.content)
        .where(Resource.key.in_(newest))
        .order_by(Resource.file_name)
    )
    return {row.file_name: row.content for row in rows}


def _read_form(connection: Connection, key: int) -> DeployedForm:
    row = _row(connection, "form", key, FormDefinition.form_id)
    return DeployedForm(
        key=key,
        form_id=row.form_id,
        version=row.version,
        form=_form(row.content_hash, row.file_name, row.content),
    )


def _row(connection: Connection, kind: Kind, key: int, *columns: Any) -> Any:
    """A definition with the file it stands in. Raises `NoSuchDefinition`."""
    table, _, zh, en = _LOOKUPS[kind]
    row = connection.execute(
        select(
            *columns,
            table.version,
            table.deployment_key,
            Resource.content_hash,
            Resource.file_name,
            Resource.content,
        )
        .join(Resource, Resource.key == table.resource_key)
        .where(table.key == key)
    ).one_or_none()
    if row is None:
        raise NoSuchDefinition(what=zh, what_en=en, id=key)
    return row
