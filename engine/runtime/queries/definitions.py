"""Diagrams, tables and forms as their owners see them: files, versions, drafts, what runs on what.

A file is known by its name; every deployment of another content under it is a version of the file.
What stands in it (processes, decisions, a form) has versions of its own, by id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from engine.runtime.deployments import Kind, SourceFile
from engine.runtime.errors import NoSuchDefinition, NotFound
from engine.runtime.models import (
    DecisionDefinition,
    Deployment,
    FormDefinition,
    ProcessDefinition,
    Resource,
    StudioDraft,
)
from engine.runtime.queries.definition_uses import Load, load_of
from engine.runtime.queries.visible import names_of_people
from engine.runtime.studio_drafts import What

_TABLES: dict[What, tuple[Any, Any]] = {
    "process": (ProcessDefinition, ProcessDefinition.process_id),
    "decision": (DecisionDefinition, DecisionDefinition.decision_id),
    "form": (FormDefinition, FormDefinition.form_id),
}
PAGE = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Definition:
    """A version of a process, decision or form. `running` counts the instances that use it."""

    what: What
    id: str
    version: int
    name: str
    name_en: str
    key: int
    newest: bool
    running: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FileVersion:
    """A file as it was deployed once; `number` counts the versions of the file from 1."""

    key: int
    file_name: str
    kind: Kind
    number: int
    size: int
    deployed_at: datetime
    deployed_by: str
    deployer: str
    deployment_key: int
    note: str
    definitions: tuple[Definition, ...]

    @property
    def running(self) -> int:
        """Instances that use the most used of its definitions."""
        return max((definition.running for definition in self.definitions), default=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftLine:
    """A draft, without its content."""

    file_name: str
    kind: Kind
    revision: int
    base_key: int | None
    saved_at: datetime
    saved_by: str
    saver: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StudioFile:
    """A file with its versions, the newest first, and its draft. One of them there is."""

    name: str
    kind: Kind
    versions: tuple[FileVersion, ...]
    draft: DraftLine | None

    @property
    def in_force(self) -> FileVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def running_on_older(self) -> int:
        """Instances that still run on versions before the one in force."""
        return sum(version.running for version in self.versions[1:])

    @property
    def superseded(self) -> bool:
        """Whether another file now holds the newest version of everything in this one."""
        newest = self.in_force
        return newest is not None and not any(found.newest for found in newest.definitions)

    def version(self, key: int) -> FileVersion:
        """The version with this key. Raises `NotFound`."""
        for version in self.versions:
            if version.key == key:
                return version
        raise NotFound(what="文件版本", what_en="version of the file", key=key)


@dataclass(frozen=True, kw_only=True, slots=True)
class DefinitionVersion:
    """A version of one process, decision or form, with the file it came in."""

    definition: Definition
    file: FileVersion


@dataclass(frozen=True, kw_only=True, slots=True)
class DeploymentLine:
    """A deployment and the names of its files."""

    key: int
    deployed_at: datetime
    deployed_by: str
    deployer: str
    note: str
    file_names: tuple[str, ...]


def studio_files(connection: Connection, *, kind: str = "", text: str = "") -> list[StudioFile]:
    """The files of a kind ("" for all) whose name, or the name or id of something in them,
    contains `text`; by kind and name.
    """
    files = _files(connection)
    wanted = text.casefold().strip()
    return [
        file
        for file in files
        if (not kind or file.kind == kind) and (not wanted or wanted in _words_of(file))
    ]


def studio_file(connection: Connection, file_name: str) -> StudioFile:
    """One file with its history. Raises `NotFound`."""
    for file in _files(connection, file_name):
        return file
    raise NotFound(what="文件", what_en="file", key=file_name)


def definition_versions(connection: Connection, what: What, id_: str) -> list[DefinitionVersion]:
    """The versions of a process, decision or form, the newest first. Raises `NoSuchDefinition`."""
    table, column = _TABLES[what]
    names = set(
        connection.scalars(
            select(Resource.file_name)
            .join(table, table.resource_key == Resource.key)
            .where(column == id_)
        )
    )
    versions = [
        DefinitionVersion(definition=definition, file=version)
        for name in names
        for file in _files(connection, name)
        for version in file.versions
        for definition in version.definitions
        if (definition.what, definition.id) == (what, id_)
    ]
    if not versions:
        zh = {"process": "流程", "decision": "决策", "form": "表单"}[what]
        raise NoSuchDefinition(what=zh, what_en=what, id=id_)
    return sorted(versions, key=lambda version: -version.definition.version)


def deployed_file(connection: Connection, key: int) -> SourceFile:
    """A file as it was deployed, byte for byte. Raises `NotFound`."""
    row = connection.execute(
        select(Resource.file_name, Resource.content).where(Resource.key == key)
    ).one_or_none()
    if row is None:
        raise NotFound(what="文件版本", what_en="version of the file", key=key)
    return SourceFile(name=row.file_name, content=row.content)


def drafts(connection: Connection) -> list[DraftLine]:
    """The drafts of all files, by name."""
    rows = connection.execute(
        select(
            StudioDraft.file_name,
            StudioDraft.kind,
            StudioDraft.revision,
            StudioDraft.base_key,
            StudioDraft.saved_at,
            StudioDraft.saved_by,
        ).order_by(StudioDraft.file_name)
    ).all()
    names = names_of_people(connection, (row.saved_by for row in rows))
    return [DraftLine(**row._mapping, saver=names.get(row.saved_by, row.saved_by)) for row in rows]


def deployments(connection: Connection, *, before: int | None = None) -> list[DeploymentLine]:
    """The newest deployments, at most `PAGE`; `before` is the key the page comes after."""
    query = select(Deployment.__table__).order_by(Deployment.key.desc()).limit(PAGE)
    if before is not None:
        query = query.where(Deployment.key < before)
    return _deployment_lines(connection, query)


def deployment(
    connection: Connection, key: int
) -> tuple[DeploymentLine, list[tuple[StudioFile, FileVersion]]]:
    """A deployment with the versions it made. Raises `NotFound`."""
    lines = _deployment_lines(connection, select(Deployment.__table__).where(Deployment.key == key))
    if not lines:
        raise NotFound(what="部署", what_en="deployment", key=key)
    files = (studio_file(connection, name) for name in lines[0].file_names)
    made = [
        (file, version)
        for file in files
        for version in file.versions
        if version.deployment_key == key
    ]
    return lines[0], made


def holders(connection: Connection, ids: Iterable[tuple[What, str]]) -> dict[tuple[What, str], str]:
    """Which file now gives each of these ids; ids nobody gives are left out."""
    found: dict[tuple[What, str], str] = {}
    for what, id_ in ids:
        table, column = _TABLES[what]
        name = connection.scalar(
            select(Resource.file_name)
            .join(table, table.resource_key == Resource.key)
            .where(column == id_)
            .order_by(table.version.desc())
            .limit(1)
        )
        if name is not None:
            found[what, id_] = name
    return found


# -- putting files together -----------------------------------------------------------------------


def _files(connection: Connection, file_name: str = "") -> list[StudioFile]:
    load = load_of(connection)
    definitions = _definitions(connection, load)
    versions = _versions(connection, definitions, file_name)
    kept = {line.file_name: line for line in drafts(connection)}
    names = {file_name} if file_name else {*versions, *kept}
    files = [
        StudioFile(
            name=name,
            kind=kept[name].kind if name in kept else versions[name][0].kind,
            versions=tuple(versions.get(name, ())),
            draft=kept.get(name),
        )
        for name in names
        if name in versions or name in kept
    ]
    return sorted(files, key=lambda file: (("bpmn", "dmn", "form").index(file.kind), file.name))


def _versions(
    connection: Connection, definitions: Mapping[int, Sequence[Definition]], file_name: str
) -> dict[str, list[FileVersion]]:
    query = (
        select(
            Resource.key,
            Resource.file_name,
            Resource.kind,
            func.length(Resource.content).label("size"),
            Deployment.deployed_at,
            Deployment.deployed_by,
            Deployment.key.label("deployment_key"),
            Deployment.note,
        )
        .join(Deployment, Deployment.key == Resource.deployment_key)
        .order_by(Resource.key)
    )
    if file_name:
        query = query.where(Resource.file_name == file_name)
    rows = connection.execute(query).all()
    names = names_of_people(connection, (row.deployed_by for row in rows))
    versions: dict[str, list[FileVersion]] = defaultdict(list)
    for row in rows:
        of_file = versions[row.file_name]
        of_file.insert(0, _version(row, len(of_file) + 1, names, definitions.get(row.key, ())))
    return versions


def _version(
    row: Any, number: int, names: Mapping[str, str], definitions: Sequence[Definition]
) -> FileVersion:
    return FileVersion(
        **row._mapping,
        number=number,
        deployer=names.get(row.deployed_by, row.deployed_by),
        definitions=tuple(definitions),
    )


def _definitions(connection: Connection, load: Load) -> dict[int, list[Definition]]:
    """Resource → what stands in it, in the order of the file."""
    found: dict[int, list[Definition]] = defaultdict(list)
    for what, (table, column) in _TABLES.items():
        name_en = table.name_en if what == "process" else table.name
        rows = connection.execute(
            select(
                table.key,
                column.label("id"),
                table.version,
                table.name,
                name_en.label("name_en"),
                table.resource_key,
                table.deployment_key,
            ).order_by(table.key)
        ).all()
        newest = {row.id: row.version for row in rows}
        following = _following(rows)
        for row in rows:
            found[row.resource_key].append(
                Definition(
                    what=what,
                    id=row.id,
                    version=row.version,
                    name=row.name,
                    name_en=row.name_en if what == "process" else "",
                    key=row.key,
                    newest=row.version == newest[row.id],
                    running=load.on_process(row.key)
                    if what == "process"
                    else load.on(what, row.id, row.deployment_key, following.get(row.key)),
                )
            )
    return found


def _following(rows: Sequence[Any]) -> dict[int, int]:
    """Key of a version → the deployment that replaced it."""
    last: dict[str, int] = {}
    following: dict[int, int] = {}
    for row in rows:
        if row.id in last:
            following[last[row.id]] = row.deployment_key
        last[row.id] = row.key
    return following


def _words_of(file: StudioFile) -> str:
    newest = file.in_force
    inside = newest.definitions if newest else ()
    words = [file.name, *(f"{found.id}\n{found.name}\n{found.name_en}" for found in inside)]
    return "\n".join(words).casefold()


def _deployment_lines(connection: Connection, query: Select[Any]) -> list[DeploymentLine]:
    rows = connection.execute(query).all()
    names = names_of_people(connection, (row.deployed_by for row in rows))
    files: dict[int, list[str]] = defaultdict(list)
    of_these = select(Resource.deployment_key, Resource.file_name).where(
        Resource.deployment_key.in_([row.key for row in rows])
    )
    for found in connection.execute(of_these.order_by(Resource.key)):
        files[found.deployment_key].append(found.file_name)
    return [
        DeploymentLine(
            key=row.key,
            deployed_at=row.deployed_at,
            deployed_by=row.deployed_by,
            deployer=names.get(row.deployed_by, row.deployed_by),
            note=row.note,
            file_names=tuple(files[row.key]),
        )
        for row in rows
    ]
