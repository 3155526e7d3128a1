"""The command of a pre-check: one question, answered and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.identity import User
from engine.register.precheck.ask import Answer, Question, ask
from engine.register.precheck.deciding import tables_in_force
from engine.runtime.bus import Command, handles

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction

PERMISSION = "register.precheck"


@dataclass(frozen=True, kw_only=True)
class AskPrecheck(Command):
    """Ask about one party. Gives the `Answer`. Raises `PrecheckRefused`, `NotPermitted`."""

    question: Question
    user: User


@handles(AskPrecheck)
def ask_precheck(command: AskPrecheck, tx: Transaction) -> Answer:
    command.user.require(PERMISSION)
    return ask(
        tx.connection,
        command.question,
        user=command.user,
        decide=tables_in_force(tx.connection, tx.definitions, tx.clock),
        now=tx.now,
    )
