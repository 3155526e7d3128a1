"""Put drafts of the studio in force together; from then on they are no drafts any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete

from engine.identity import User
from engine.runtime.bus import Command, handles
from engine.runtime.commands.deploy import Deploy, deploy
from engine.runtime.errors import ReasonMissing
from engine.runtime.models import StudioDraft
from engine.runtime.studio_drafts import conflict, lock_draft

if TYPE_CHECKING:
    from engine.runtime.deployments import SourceFile
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class DeployStudioDrafts(Command):
    """Deploy the drafts of some files. Gives the deployment's key, None if nothing differs.

    `revisions` says of each file which draft was looked at. Raises `DraftConflict` if one was
    saved since, `ReasonMissing` without a note, `DeploymentRefused` with every finding; then the
    drafts stay as they are.
    """

    revisions: Mapping[str, int]
    note: str
    user: User


@handles(DeployStudioDrafts)
def deploy_studio_drafts(command: DeployStudioDrafts, tx: Transaction) -> int | None:
    if not command.note.strip():
        raise ReasonMissing(action="部署", action_en="A deployment")
    files = [_draft(tx, name, revision) for name, revision in command.revisions.items()]
    key = deploy(Deploy(files=files, note=command.note.strip(), user=command.user), tx)
    tx.connection.execute(delete(StudioDraft).where(StudioDraft.file_name.in_(command.revisions)))
    return key  # type: ignore[return-value]


def _draft(tx: Transaction, name: str, revision: int) -> SourceFile:
    draft = lock_draft(tx, name, revision)
    if draft is None:
        raise conflict(name, None)
    return draft.file
