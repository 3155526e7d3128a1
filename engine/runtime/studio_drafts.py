"""Drafts of diagrams, tables and forms: one for a file, with a revision against lost saves.

A revision is drawn, not counted: the draft that follows a deployed or discarded one must not be
taken for it.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, func, select

from engine.bpmn import read_diagram
from engine.bpmn.errors import DiagramInvalid
from engine.clock import in_shanghai
from engine.dmn import DmnInvalid, read_decisions
from engine.forms import FormSchemaInvalid, read_form
from engine.runtime.deployments import Kind, SourceFile
from engine.runtime.errors import DraftConflict, DraftRefused
from engine.runtime.models import Resource, StudioDraft

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction

What = Literal["process", "decision", "form"]

MAX_BYTES = 5 * 1024 * 1024
_FILE_NAME = re.compile(r"[^\W_][\w.-]{0,95}\.(bpmn|dmn|form)")


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptDraft:
    """A draft as it is kept."""

    file: SourceFile
    base_key: int | None
    revision: int
    saved_at: datetime
    saved_by: str


def kept_draft(connection: Connection, file_name: str) -> KeptDraft | None:
    """The draft of a file, if there is one."""
    row = connection.execute(
        select(StudioDraft.__table__).where(StudioDraft.file_name == file_name)
    ).one_or_none()
    if row is None:
        return None
    return KeptDraft(
        file=SourceFile(name=row.file_name, content=row.content),
        base_key=row.base_key,
        revision=row.revision,
        saved_at=row.saved_at,
        saved_by=row.saved_by,
    )


def lock_draft(tx: Transaction, file_name: str, revision: int) -> KeptDraft | None:
    """The draft at `revision`, 0 for none yet; nobody else changes it in this transaction.

    Raises `DraftConflict` if it is at another revision.
    """
    tx.connection.execute(
        select(StudioDraft.revision).where(StudioDraft.file_name == file_name).with_for_update()
    )
    draft = kept_draft(tx.connection, file_name)
    if (draft.revision if draft else 0) != revision:
        raise conflict(file_name, draft)
    return draft


def new_revision() -> int:
    """A revision no draft has had."""
    return secrets.randbits(40) + 1


def latest_resource(connection: Connection, file_name: str) -> int | None:
    """The key of the file as it was deployed last under its name."""
    return connection.scalar(select(func.max(Resource.key)).where(Resource.file_name == file_name))


def conflict(file_name: str, draft: KeptDraft | None) -> DraftConflict:
    """The sentence that says what became of the draft."""
    if draft is None:
        return DraftConflict(
            file=file_name,
            what="已被他人部署或放弃",
            what_en="was deployed or discarded by somebody else",
        )
    at = in_shanghai(draft.saved_at).strftime("%Y-%m-%d %H:%M")
    return DraftConflict(
        file=file_name,
        what=f"已由 {draft.saved_by} 于 {at} 另行保存",
        what_en=f"was saved by {draft.saved_by} at {at}",
    )


def acceptable(file_name: str, content: bytes) -> Kind:
    """The kind of a file that may be kept. Raises `DraftRefused`."""
    kind = SourceFile(name=file_name, content=b"").kind
    if kind is None or not _FILE_NAME.fullmatch(file_name):
        raise DraftRefused(
            file=file_name,
            reason="文件名应由文字、数字、点、横线组成，以 .bpmn、.dmn 或 .form 结尾",
            reason_en="a name has letters, digits, dots, dashes and ends in .bpmn, .dmn or .form",
        )
    if not content.strip():
        raise DraftRefused(file=file_name, reason="内容为空", reason_en="it is empty")
    if len(content) > MAX_BYTES:
        raise DraftRefused(file=file_name, reason="超过 5 MB", reason_en="it is larger than 5 MB")
    return kind


def definition_ids(file: SourceFile) -> list[tuple[What, str]]:
    """What a file would give if it were deployed; nothing if it cannot be read."""
    try:
        if file.kind == "bpmn":
            processes = read_diagram(file.content, file.name).processes.values()
            return [("process", process.id) for process in processes if process.executable]
        if file.kind == "dmn":
            return [("decision", id_) for id_ in read_decisions(file.content, file.name).decisions]
        return [("form", read_form(file.content, file.name).id)]
    except (DiagramInvalid, DmnInvalid, FormSchemaInvalid):
        return []
