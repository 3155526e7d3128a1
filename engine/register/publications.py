"""What channels were given about entries: kept for good, and what of it they still show.

A row of action `publish` shows the entry until `taken_down_at`; so does one of `status` while the
entry stands in the list (the sharing platform is told a state, nothing is taken down there). A
later row of the same place takes the place of an earlier one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, insert, not_, select, update

from engine.register.entries import entry_row
from engine.register.in_force import hidden, in_force
from engine.register.models import Entry, Publication

PUBLISH, STATUS, TAKE_DOWN = "publish", "status", "take_down"
SHOWS = (PUBLISH, STATUS)
"""The actions after which a channel shows an entry."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPublication:
    """Something that was done on a channel; `places` are all names of the place it is."""

    channel: str
    places: Collection[str]
    event: str
    action: str
    title: str
    adapter: str
    content: Mapping[str, object]
    published_at: datetime
    idempotency_key: str
    due_date: date | None = None
    late_working_days: int = 0
    url: str = ""
    batch_no: str = ""
    receipt: str = ""
    instance_key: int | None = None


def record_publication(connection: Connection, entry_no: str, new: NewPublication) -> None:
    """Keep what was done, once per idempotency key, and end what it replaces.

    Raises `EntryUnknown`.
    """
    entry_key = entry_row(connection, entry_no).key
    known = select(Publication.key).where(Publication.idempotency_key == new.idempotency_key)
    if connection.scalar(known) is not None:
        return
    stops_showing = new.action == TAKE_DOWN or (
        new.action == STATUS and not may_be_shown(connection, entry_no, new.published_at)
    )
    if new.action in (*SHOWS, TAKE_DOWN):
        _end(connection, entry_key, new.places, new.published_at)
    fields = {name: getattr(new, name) for name in NewPublication.__slots__ if name != "places"}
    connection.execute(
        insert(Publication),
        {
            **fields,
            "content": dict(new.content),
            "entry_key": entry_key,
            "taken_down_at": new.published_at if stops_showing else None,
        },
    )


def was_published(connection: Connection, entry_no: str, places: Collection[str]) -> bool:
    """Whether the entry was ever published at a place."""
    return _any(connection, entry_no, places, Publication.action.in_(SHOWS))


def is_shown(connection: Connection, entry_no: str, places: Collection[str]) -> bool:
    """Whether the records say that a place shows the entry."""
    return _any(connection, entry_no, places, shows())


def shows() -> ColumnElement[bool]:
    """A condition on `Publication`: by the records, its channel shows the entry."""
    return and_(Publication.action.in_(SHOWS), Publication.taken_down_at.is_(None))


def showable(at: datetime) -> ColumnElement[bool]:
    """A condition on `Entry`: it may be shown at `at`."""
    return and_(in_force(at), not_(hidden(at)))


def may_be_shown(connection: Connection, entry_no: str, at: datetime) -> bool:
    """Whether the entry may be shown at `at`: it is in force and not hidden."""
    wanted = select(Entry.key).where(Entry.entry_no == entry_no, showable(at))
    return connection.scalar(wanted) is not None


def _end(connection: Connection, entry_key: int, places: Collection[str], at: datetime) -> None:
    connection.execute(
        update(Publication)
        .where(Publication.entry_key == entry_key, Publication.channel.in_(places), shows())
        .values(taken_down_at=at)
    )


def _any(
    connection: Connection,
    entry_no: str,
    places: Collection[str],
    condition: ColumnElement[bool],
) -> bool:
    wanted = (
        select(Publication.key)
        .join(Entry, Entry.key == Publication.entry_key)
        .where(Entry.entry_no == entry_no, Publication.channel.in_(places), condition)
        .limit(1)
    )
    return connection.scalar(wanted) is not None
