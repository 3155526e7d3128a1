"""Keep a file of the studio as it is now (保存): nothing in force changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from engine.identity import User
from engine.runtime.bus import Command, handles
from engine.runtime.models import StudioDraft
from engine.runtime.studio_drafts import (
    acceptable,
    conflict,
    latest_resource,
    lock_draft,
    new_revision,
)

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class SaveStudioDraft(Command):
    """Keep `content` as the draft of a file. Gives the new revision.

    `revision` is that of the draft the content was made from, 0 if there was none. Raises
    `DraftConflict` if the draft is at another one, `DraftRefused` for a name or size that cannot
    be kept. The content may be faulty: it is checked when it is deployed.
    """

    file_name: str
    content: bytes
    revision: int
    user: User


@handles(SaveStudioDraft)
def save_studio_draft(command: SaveStudioDraft, tx: Transaction) -> int:
    command.user.require("definition.edit")
    kind = acceptable(command.file_name, command.content)
    draft = lock_draft(tx, command.file_name, command.revision)
    revision = new_revision()
    saved = {
        "content": command.content,
        "revision": revision,
        "saved_at": tx.now,
        "saved_by": command.user.login,
    }
    if draft is not None:
        of_file = StudioDraft.file_name == command.file_name
        tx.connection.execute(update(StudioDraft).where(of_file).values(saved))
        return revision
    base = latest_resource(tx.connection, command.file_name)
    new = {"file_name": command.file_name, "kind": kind, "base_key": base, **saved}
    try:
        tx.connection.execute(insert(StudioDraft), new)
    except IntegrityError as error:
        raise conflict(command.file_name, None) from error
    return revision
