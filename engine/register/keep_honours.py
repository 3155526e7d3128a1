"""The commands of who grants honours, and of the office that looks after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from engine.identity import User, find_unit
from engine.register.errors import HonourIncomplete
from engine.register.honours import FIELDS, NewHonour, record_honour, settle_breach
from engine.register.precheck.party_code import read_code
from engine.runtime.bus import Command, handles

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction

KEEP = "honour.keep"
"""The permission to record honours."""
SETTLE = "case.supervise"
"""The permission to deal with honours that should not have been awarded."""


@dataclass(frozen=True, kw_only=True)
class RecordHonour(Command):
    """Record an honour. Gives its key, and the entries in force it should not stand beside.

    `granter_unit` is the code of the unit that grants it, empty for one outside; None for that of
    the user. Raises `HonourIncomplete`, and `CodeWrong` for a code that cannot be right.
    """

    user: User
    holder_name: str
    holder_code: str
    title: str
    field: str
    award_date: date
    granter: str = ""
    granter_unit: str | None = None
    document_no: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class SettleBreach(Command):
    """Say how an honour that should not have been awarded was dealt with. Raises `NotFound`."""

    user: User
    honour_key: int
    note: str


@handles(RecordHonour)
def _record_honour(command: RecordHonour, tx: Transaction) -> tuple[int, list[str]]:
    command.user.require(KEEP)
    code, _ = read_code(command.holder_code)
    unit = command.user.organisation if command.granter_unit is None else command.granter_unit
    granter = command.granter.strip() or (find_unit(tx.connection, unit).name if unit else "")
    said = {
        "名称": command.holder_name,
        "荣誉名称": command.title,
        f"领域（{'、'.join(FIELDS)}）": command.field if command.field.strip() in FIELDS else "",
        "授予单位": granter,
    }
    missing = [name for name, value in said.items() if not value.strip()]
    if missing or command.award_date > tx.now.date():
        raise HonourIncomplete(names="、".join(missing) or "授予日期（不能晚于今天）")
    return record_honour(
        tx.connection,
        NewHonour(
            holder_name=command.holder_name.strip(),
            holder_code=code,
            title=command.title.strip(),
            field=command.field.strip(),
            granter=granter,
            granter_unit=unit,
            award_date=command.award_date,
            document_no=command.document_no.strip(),
            note=command.note.strip(),
            recorded_by=command.user.login,
        ),
        tx.now,
    )


@handles(SettleBreach)
def _settle_breach(command: SettleBreach, tx: Transaction) -> None:
    command.user.require(SETTLE)
    if not command.note.strip():
        raise HonourIncomplete(names="处理情况")
    settle_breach(tx.connection, command.user, command.honour_key, command.note.strip(), tx.now)
