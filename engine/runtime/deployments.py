"""What a deployment checks and writes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, func, insert, select

from engine.bpmn import Finding, read_diagram
from engine.bpmn.errors import DiagramInvalid
from engine.bpmn.lint import Surroundings, lint
from engine.bpmn.lint.steps import of_people
from engine.dmn import (
    DmnInvalid,
    Library,
    check_decisions,
    check_links,
    read_decisions,
    read_library,
)
from engine.forms import FormSchemaInvalid, read_form
from engine.place import Place
from engine.runtime.definitions import decision_files
from engine.runtime.models import (
    DecisionDefinition,
    Deployment,
    FormDefinition,
    ProcessDefinition,
    Resource,
)
from engine.runtime.start_timers import arm_start_timers
from engine.store import Base

if TYPE_CHECKING:
    from engine.identity import User
    from engine.runtime.transaction import Transaction

Kind = Literal["bpmn", "dmn", "form"]


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFile:
    """A file to deploy; its kind follows from the end of its name."""

    name: str
    content: bytes

    @property
    def kind(self) -> Kind | None:
        """None for a file that is neither a diagram nor a table nor a form."""
        suffix = Path(self.name).suffix.removeprefix(".")
        return suffix if suffix in ("bpmn", "dmn", "form") else None  # type: ignore[return-value]

    @property
    def content_hash(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def files_in(*folders: Path) -> list[SourceFile]:
    """The diagrams, tables and forms of some folders, in the order of their names."""
    files = (SourceFile(name=path.name, content=path.read_bytes()) for path in _sorted(folders))
    return [file for file in files if file.kind]


def changed_files(connection: Connection, files: Iterable[SourceFile]) -> list[SourceFile]:
    """The files that differ from what was deployed last under their name."""
    return [file for file in files if _latest_hash(connection, file.name) != file.content_hash]


def new_files(connection: Connection, files: Iterable[SourceFile]) -> list[SourceFile]:
    """The files whose content was never deployed under their name.

    What ships with the program is deployed by this rule, so that a restart does not undo what an
    owner has deployed since.
    """
    deployed = select(Resource.file_name, Resource.content_hash)
    known = {(row.file_name, row.content_hash) for row in connection.execute(deployed)}
    return [file for file in files if (file.name, file.content_hash) not in known]


def check(
    connection: Connection, files: Sequence[SourceFile], *, together_with: Sequence[SourceFile] = ()
) -> list[Finding]:
    """Every finding of the files, seen beside what is deployed and what comes with them."""
    findings: list[Finding] = []
    beside = [*files, *together_with]
    surroundings = surroundings_of(connection, beside)
    library = _library(connection, beside) if any(f.kind == "dmn" for f in files) else NO_LIBRARY
    for file in files:
        findings += _check_file(file, surroundings, library)
    return [*findings, *_broken_elsewhere(library, {file.name for file in beside})]


def surroundings_of(connection: Connection, files: Iterable[SourceFile]) -> Surroundings:
    """The ids that diagrams may refer to: deployed ones and those of `files`."""
    forms = set(connection.scalars(select(FormDefinition.form_id).distinct()))
    decisions = set(connection.scalars(select(DecisionDefinition.decision_id).distinct()))
    processes = set(connection.scalars(select(ProcessDefinition.process_id).distinct()))
    steps = set(_deployed_steps(connection))
    for file in files:
        try:
            if file.kind == "form":
                forms.add(read_form(file.content, file.name).id)
            elif file.kind == "dmn":
                decisions.update(read_decisions(file.content, file.name).decisions)
            elif file.kind == "bpmn":
                diagram = read_diagram(file.content, file.name)
                processes.update(diagram.processes)
                steps.update(of_people(diagram))
        except (FormSchemaInvalid, DmnInvalid, DiagramInvalid):
            continue
    return Surroundings(
        forms=frozenset(forms),
        decisions=frozenset(decisions),
        processes=frozenset(processes),
        steps=frozenset(steps),
    )


def write_deployment(tx: Transaction, files: Sequence[SourceFile], *, note: str, user: User) -> int:
    """Write the files as the newest versions. Gives the deployment's key."""
    key = _insert(
        tx.connection,
        Deployment,
        {"deployed_at": tx.now, "deployed_by": user.login, "note": note},
    )
    for file in files:
        resource = _insert(
            tx.connection,
            Resource,
            {
                "deployment_key": key,
                "kind": file.kind,
                "file_name": file.name,
                "content": file.content,
                "content_hash": file.content_hash,
            },
        )
        _WRITERS[file.kind or ""](tx, file, resource, key)
    return key


def _deployed_steps(connection: Connection) -> Iterator[str]:
    newest = select(func.max(ProcessDefinition.key)).group_by(ProcessDefinition.process_id)
    rows = connection.execute(
        select(Resource.content, Resource.file_name)
        .join(ProcessDefinition, ProcessDefinition.resource_key == Resource.key)
        .where(ProcessDefinition.key.in_(newest))
    )
    for row in rows:
        yield from of_people(read_diagram(row.content, row.file_name))


NO_LIBRARY = Library(models={}, faults={})


def _library(connection: Connection, files: Iterable[SourceFile]) -> Library:
    """The decision files as they would be in force together after a deployment of `files`."""
    newest = connection.scalar(select(func.max(Deployment.key))) or 0
    new = {file.name: file.content for file in files if file.kind == "dmn"}
    return read_library({**decision_files(connection, newest), **new})


def _broken_elsewhere(library: Library, names: AbstractSet[str]) -> list[Finding]:
    """What a deployment of the files `names` would break in deployed files that import them."""
    findings: list[Finding] = []
    for name, model in library.models.items():
        imported = {one.file for one in model.definitions.imported.values()}
        if name not in names and imported & names:
            findings += map(_as_finding, check_links(model))
    for name, fault in library.faults.items():
        if name not in names:
            findings += [_as_finding(one) for one in fault.findings if one.check == "import"]
    return findings


def _check_file(file: SourceFile, surroundings: Surroundings, library: Library) -> list[Finding]:
    try:
        if file.kind == "bpmn":
            return list(lint(read_diagram(file.content, file.name), surroundings))
        if file.kind == "dmn":
            return [_as_finding(found) for found in check_decisions(library.model(file.name))]
        if file.kind == "form":
            return [_as_finding(found) for found in read_form(file.content, file.name).findings]
    except (DiagramInvalid, DmnInvalid, FormSchemaInvalid) as error:
        return [_as_finding(found) for found in error.findings]
    return [
        Finding(
            level="error",
            rule="unknown-file",
            place=Place(file=file.name),
            zh="只能部署 .bpmn、.dmn 和 .form 文件",
            en="only .bpmn, .dmn and .form files can be deployed",
        )
    ]


def _as_finding(found: Any) -> Finding:
    if isinstance(found, Finding):
        return found
    return Finding(
        level=getattr(found, "level", "error"),
        rule=str(getattr(found, "rule", "") or getattr(found, "check", "invalid")),
        place=found.place,
        zh=found.zh,
        en=found.en,
    )


def _write_processes(tx: Transaction, file: SourceFile, resource: int, deployment: int) -> None:
    diagram = read_diagram(file.content, file.name)
    for process in diagram.processes.values():
        if not process.executable:
            continue
        key = _insert(
            tx.connection,
            ProcessDefinition,
            {
                "process_id": process.id,
                "version": _next_version(
                    tx.connection, ProcessDefinition, ProcessDefinition.process_id, process.id
                ),
                "name": process.name or process.id,
                "name_en": process.properties.get("name:en", ""),
                "version_tag": process.version_tag,
                "resource_key": resource,
                "deployment_key": deployment,
            },
        )
        arm_start_timers(tx, process, key)


def _write_decisions(tx: Transaction, file: SourceFile, resource: int, deployment: int) -> None:
    for decision in read_decisions(file.content, file.name).decisions.values():
        _insert(
            tx.connection,
            DecisionDefinition,
            {
                "decision_id": decision.id,
                "version": _next_version(
                    tx.connection, DecisionDefinition, DecisionDefinition.decision_id, decision.id
                ),
                "name": decision.name,
                "resource_key": resource,
                "deployment_key": deployment,
            },
        )


def _write_form(tx: Transaction, file: SourceFile, resource: int, deployment: int) -> None:
    form = read_form(file.content, file.name)
    _insert(
        tx.connection,
        FormDefinition,
        {
            "form_id": form.id,
            "version": _next_version(
                tx.connection, FormDefinition, FormDefinition.form_id, form.id
            ),
            "name": form.name,
            "resource_key": resource,
            "deployment_key": deployment,
        },
    )


_WRITERS = {"bpmn": _write_processes, "dmn": _write_decisions, "form": _write_form}


def _next_version(connection: Connection, table: Any, column: Any, id_: str) -> int:
    return (connection.scalar(select(func.max(table.version)).where(column == id_)) or 0) + 1


def _latest_hash(connection: Connection, file_name: str) -> str | None:
    return connection.scalar(
        select(Resource.content_hash)
        .where(Resource.file_name == file_name)
        .order_by(Resource.key.desc())
        .limit(1)
    )


def _insert(connection: Connection, table: type[Base], row: dict[str, Any]) -> int:
    key = connection.execute(insert(table), row).inserted_primary_key
    assert key is not None
    return int(key[0])


def _sorted(folders: Iterable[Path]) -> list[Path]:
    return sorted(path for folder in folders for path in folder.iterdir() if path.is_file())
