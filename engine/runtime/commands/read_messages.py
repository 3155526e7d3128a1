"""The one mark a list makes: messages that were read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, update

from engine.identity import User
from engine.runtime.bus import Command, handles
from engine.runtime.models import Reminder
from engine.runtime.queries.messages import sent_to

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class ReadMessages(Command):
    """Mark messages of this person as read; all of them if `keys` is empty.

    A message to a group is read for the whole group once one of it has read it.
    """

    user: User
    keys: tuple[int, ...] = ()


@handles(ReadMessages)
def read_messages(command: ReadMessages, tx: Transaction) -> None:
    own = sent_to(tx.connection, command.user)
    chosen = and_(own, Reminder.key.in_(command.keys)) if command.keys else own
    tx.connection.execute(
        update(Reminder).where(chosen, Reminder.read_at.is_(None)).values(read_at=tx.now)
    )
