"""Procedures that a person starts about an entry: it must be there, and of a unit one sees."""

from __future__ import annotations

from sqlalchemy import Connection

from engine.identity import User
from engine.register.entries import entry_row
from engine.register.errors import EntryElsewhere
from engine.runtime.subjects import checks_subject


@checks_subject("entry")
def require_entry(connection: Connection, user: User, entry_no: str) -> None:
    """Raise `EntryUnknown`, or `EntryElsewhere` for an entry of another unit."""
    row = entry_row(connection, entry_no)
    if not user.sees(row.organisation_path):
        raise EntryElsewhere(entry_no=entry_no)
