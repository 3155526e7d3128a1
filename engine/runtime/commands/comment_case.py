"""Write a remark on a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert

from engine.identity import User
from engine.runtime.bus import Command, handles
from engine.runtime.loading import root_of
from engine.runtime.models import Comment

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class CommentCase(Command):
    """Add a remark to the case of an instance. An empty one is not kept."""

    instance_key: int
    user: User
    text: str
    task_key: int | None = None


@handles(CommentCase)
def comment_case(command: CommentCase, tx: Transaction) -> None:
    if not command.text.strip():
        return
    tx.connection.execute(
        insert(Comment),
        {
            "root_key": root_of(tx.connection, command.instance_key),
            "task_key": command.task_key,
            "user": command.user.login,
            "text": command.text.strip(),
            "written_at": tx.now,
        },
    )
