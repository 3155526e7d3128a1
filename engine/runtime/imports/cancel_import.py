"""Stop an import: rows that were taken over stay, the others are left alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from engine.identity import User
from engine.runtime.bus import Command, handles
from engine.runtime.errors import NotFound, NotPermitted
from engine.runtime.imports.models import CANCELLED, RUNNING, ImportRun

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class CancelImport(Command):
    """Cancel a running import of one's own bureau; one that is over stays as it is."""

    run_key: int
    user: User


@handles(CancelImport)
def cancel_import(command: CancelImport, tx: Transaction) -> None:
    command.user.require("case.import")
    path = tx.connection.scalar(
        select(ImportRun.organisation_path).where(ImportRun.key == command.run_key)
    )
    if path is None:
        raise NotFound(what="导入", key=command.run_key)
    if not command.user.sees(path):
        raise NotPermitted(
            action="取消这次导入",
            action_en="cancel this import",
            reason="不属于您的单位",
            reason_en="it belongs to another unit",
        )
    tx.connection.execute(
        update(ImportRun)
        .where(ImportRun.key == command.run_key, ImportRun.state == RUNNING)
        .values(state=CANCELLED, ended_at=tx.now)
    )
