"""Finding entries of the list by their number."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.identity import User
from engine.register.models import Entry, Party
from engine.runtime.queries.visible import seen_by


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundEntry:
    """An entry with its party."""

    key: int
    entry_no: str
    name: str
    status: str
    case_no: str


def find_entries(connection: Connection, user: User, words: str, limit: int) -> list[FoundEntry]:
    """The newest entries whose number holds `words` and that `user` may see."""
    wanted = (
        select(
            Entry.key,
            Entry.entry_no,
            Party.name,
            Entry.status,
            Entry.case_no,
        )
        .join(Party, Party.key == Entry.party_key)
        .where(
            Entry.entry_no.contains(words, autoescape=True),
            seen_by(user, Entry.organisation_path),
        )
        .order_by(Entry.key.desc())
        .limit(limit)
    )
    return [FoundEntry(**row._mapping) for row in connection.execute(wanted)]
