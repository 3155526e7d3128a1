"""Give up the draft of a file: what is in force is what there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete

from engine.identity import User
from engine.runtime.bus import Command, handles
from engine.runtime.models import StudioDraft
from engine.runtime.studio_drafts import lock_draft

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class DiscardStudioDraft(Command):
    """Delete the draft of a file. Raises `DraftConflict` if it was saved since `revision`."""

    file_name: str
    revision: int
    user: User


@handles(DiscardStudioDraft)
def discard_studio_draft(command: DiscardStudioDraft, tx: Transaction) -> None:
    command.user.require("definition.edit")
    lock_draft(tx, command.file_name, command.revision)
    tx.connection.execute(delete(StudioDraft).where(StudioDraft.file_name == command.file_name))
