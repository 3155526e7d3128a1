"""Deploy diagrams, tables and forms together: checked whole, kept byte for byte, versioned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.identity import SYSTEM, User
from engine.runtime.bus import Command, handles
from engine.runtime.deployments import SourceFile, changed_files, check, write_deployment
from engine.runtime.errors import DeploymentRefused

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class Deploy(Command):
    """Deploy files that differ from what is in force. Gives the deployment's key, None if nothing
    differs.

    Raises `DeploymentRefused` with every finding of every file; then nothing is deployed.
    """

    files: Sequence[SourceFile]
    note: str = ""
    user: User = SYSTEM


@handles(Deploy)
def deploy(command: Deploy, tx: Transaction) -> int | None:
    command.user.require("definition.deploy")
    changed = changed_files(tx.connection, command.files)
    if not changed:
        return None
    findings = check(tx.connection, changed, together_with=command.files)
    if any(finding.level == "error" for finding in findings):
        raise DeploymentRefused(findings)
    return write_deployment(tx, changed, note=command.note, user=command.user)


__all__ = ["Deploy", "SourceFile"]
