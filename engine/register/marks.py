"""Marks on an entry: what is going on with it beside its state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from engine.register.entries import entry_row
from engine.register.models import EntryMark


@dataclass(frozen=True, kw_only=True, slots=True)
class NewMark:
    """A mark to set; `hides` and `suspends` as in `EntryMark`."""

    kind: str
    hides: bool
    suspends: bool
    since_at: datetime
    idempotency_key: str
    reason: str = ""
    instance_key: int | None = None


def set_mark(connection: Connection, entry_no: str, mark: NewMark) -> None:
    """Set a mark, once per idempotency key. Raises `EntryUnknown`."""
    entry_key = entry_row(connection, entry_no).key
    known = select(EntryMark.key).where(EntryMark.idempotency_key == mark.idempotency_key)
    if connection.scalar(known) is None:
        fields = {name: getattr(mark, name) for name in NewMark.__slots__}
        connection.execute(insert(EntryMark), {"entry_key": entry_key, **fields})


def lift_marks(
    connection: Connection,
    entry_no: str,
    kind: str,
    until_at: datetime,
    *,
    instance_key: int | None = None,
) -> int:
    """Lift the open marks of a kind (of one instance, if given). Gives how many there were."""
    entry_key = entry_row(connection, entry_no).key
    wanted = update(EntryMark).where(
        EntryMark.entry_key == entry_key, EntryMark.kind == kind, EntryMark.until_at.is_(None)
    )
    if instance_key is not None:
        wanted = wanted.where(EntryMark.instance_key == instance_key)
    return connection.execute(wanted.values(until_at=until_at)).rowcount


def open_marks(connection: Connection, entry_no: str) -> list[str]:
    """The kinds of the open marks of an entry, the oldest first."""
    entry_key = entry_row(connection, entry_no).key
    wanted = (
        select(EntryMark.kind)
        .where(EntryMark.entry_key == entry_key, EntryMark.until_at.is_(None))
        .order_by(EntryMark.key)
    )
    return list(connection.scalars(wanted))
