"""The world of a scenario: which procedures and people there are, and what time it is."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, update

import engine.documents.job_handlers
import engine.register.job_handlers  # noqa: F401
from engine.clock import VirtualClock
from engine.identity import DEMONSTRATION, ORGANISATION, load_organisation
from engine.runtime import Runtime, SourceFile, files_in
from engine.runtime.commands import Deploy, RearmStartTimers
from engine.runtime.models import Deployment
from engine.scenario.rehearsal import CellChange, changed
from engine.shipped import shipped_folder
from engine.store import Base, open_database
from engine.store.database import IN_MEMORY

SHIPPED = ("bpmn", "dmn", "forms")


@dataclass(kw_only=True)
class Setting:
    """What the first steps of a scenario say before anything happens."""

    now: datetime | None = None
    folders: list[Path] = field(default_factory=list)
    people: list[Path] = field(default_factory=list)
    replaced: dict[str, Path] = field(default_factory=dict)
    cells: list[CellChange] = field(default_factory=list)
    starting: list[str] | None = None
    """The processes that start by themselves when their time comes; None: all of own folders, none
    of those shipped, whose days and months would fill every scenario.
    """

    @property
    def starts_all(self) -> bool:
        return self.starting is None and bool(self.folders)


def files_of(setting: Setting) -> list[SourceFile]:
    """The procedures as the setting wants them: shipped or of its folders, with its changes."""
    folders = setting.folders or [shipped_folder(name) for name in SHIPPED]
    return changed(files_in(*folders), setting.replaced, setting.cells)


def open_world(files: Sequence[SourceFile], people: Sequence[Path], now: datetime) -> Runtime:
    """A runtime on a new database in memory: the demonstration's people and then those of `people`
    loaded, the files deployed.

    Raises `DeploymentRefused`.
    """
    people = (ORGANISATION, DEMONSTRATION, *people)
    key = _fingerprint(files, people)
    runtime = Runtime(open_database(IN_MEMORY), VirtualClock(now))
    if key in _prepared:
        _copy(_prepared[key], _raw(runtime.engine))
        with runtime.engine.begin() as connection:
            connection.execute(update(Deployment).values(deployed_at=runtime.clock.now()))
        runtime.execute(RearmStartTimers())
        return runtime
    _load_people(runtime.engine, people)
    runtime.execute(Deploy(files=files, note="场景开始"))
    _keep(key, runtime.engine)
    return runtime


def _load_people(engine: Engine, people: Sequence[Path]) -> None:
    key = _fingerprint((), people)
    if key in _prepared:
        _copy(_prepared[key], _raw(engine))
        return
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        for file in people:
            load_organisation(connection, file)
    _keep(key, engine)


_MOST_KEPT = 8
_prepared: dict[str, sqlite3.Connection] = {}
"""Databases with their people, and just after a deployment: to make them anew takes seconds."""


def _keep(key: str, engine: Engine) -> None:
    while len(_prepared) >= _MOST_KEPT:
        _prepared.pop(next(iter(_prepared))).close()
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    _copy(_raw(engine), kept)
    _prepared[key] = kept


def _raw(engine: Engine) -> Any:
    with engine.connect() as connection:
        return connection.connection.driver_connection


def _copy(source: Any, target: Any) -> None:
    source.backup(target)


def _fingerprint(files: Sequence[SourceFile], people: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for name, content in [
        *((file.name, file.content) for file in files),
        *((str(file), file.read_bytes()) for file in people),
    ]:
        digest.update(f"{name}:{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()
