"""End a running instance before its time, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.identity import User
from engine.runtime.bus import Command, handles
from engine.runtime.errors import ReasonMissing

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class CancelInstance(Command):
    """Cancel an instance and all that it called. Raises `ReasonMissing`, `InstanceNotActive`."""

    instance_key: int
    user: User
    reason: str


@handles(CancelInstance)
def cancel_instance(command: CancelInstance, tx: Transaction) -> None:
    command.user.require("instance.intervene")
    if not command.reason.strip():
        raise ReasonMissing(action="终止流程", action_en="Cancelling an instance")
    instance = tx.lock_instance(command.instance_key)
    instance.require_seen_by(command.user)
    instance.require_active()
    tx.rows.history(instance, "cancel_requested", user=command.user.login, reason=command.reason)
    tx.end(instance, "cancelled")
    instance.execution.cancel()
