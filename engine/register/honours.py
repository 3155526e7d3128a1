"""Honours that parties hold: kept by who grants them, revoked for an entry, restored with it.

One awarded while the party stands in the list should not have been: it raises an alarm that stays
until the office has dealt with it (S2.2.3.3b).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, insert, select, update

from engine.identity import User
from engine.identity.models import Organisation
from engine.register.entries import entry_row
from engine.register.in_force import in_force, suspended
from engine.register.models import Entry, Honour, Party
from engine.runtime.errors import NotFound
from engine.runtime.queries.visible import COUNT_LIMIT

HELD = "有效"
REVOKED = "已撤销"
FIELDS = ("社保", "其他")
"""The fields of honours (C.2)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewHonour:
    """An honour as it is recorded."""

    holder_name: str
    holder_code: str
    title: str
    field: str
    granter: str
    granter_unit: str
    award_date: date
    document_no: str
    note: str
    recorded_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HonourLine:
    """An honour in a list; `breaches` is the number of the entry it should not stand beside."""

    key: int
    holder_name: str
    holder_code: str
    party_class: str | None
    title: str
    field: str
    granter: str
    award_date: date
    state: str
    document_no: str
    note: str
    breaches: str | None
    settled_at: datetime | None
    revoked_for: str | None

    @property
    def is_open_breach(self) -> bool:
        return self.breaches is not None and self.settled_at is None


def record_honour(
    connection: Connection, honour: NewHonour, now: datetime
) -> tuple[int, list[str]]:
    """Keep an honour. Gives its key, and the entries in force it should not stand beside: those
    in force now whose decision is not younger than the award.
    """
    entries = connection.execute(
        select(Entry.key, Entry.entry_no)
        .join(Party, Party.key == Entry.party_key)
        .where(
            Party.code == honour.holder_code,
            func.coalesce(Entry.act_date_from, Entry.decision_date) <= honour.award_date,
            in_force(now),
            ~suspended(now),
        )
        .order_by(Entry.key)
    ).all()
    fields = {name: getattr(honour, name) for name in NewHonour.__slots__}
    inserted = connection.execute(
        insert(Honour),
        {
            **fields,
            "state": HELD,
            "changed_at": now,
            "breaches_entry_key": entries[0].key if entries else None,
        },
    ).inserted_primary_key
    assert inserted is not None
    return int(inserted[0]), [row.entry_no for row in entries]


def honours_between(
    connection: Connection, entry_no: str, field: str, first: date, last: date
) -> list[dict[str, object]]:
    """Honours of a field that the party of an entry holds, awarded from `first` to `last`."""
    return _told(
        connection,
        Honour.holder_code == _holder(connection, entry_no),
        Honour.field == field,
        Honour.award_date >= first,
        Honour.award_date <= last,
        Honour.state == HELD,
    )


def honours_revoked_for(connection: Connection, entry_no: str) -> list[dict[str, object]]:
    """Honours that were revoked because of an entry and are still."""
    entry_key = entry_row(connection, entry_no).key
    return _told(connection, Honour.revoked_for_entry_key == entry_key, Honour.state == REVOKED)


def change_honour(
    connection: Connection,
    key: int,
    state: str,
    *,
    document_no: str,
    note: str,
    revoked_for: str | None,
    now: datetime,
) -> None:
    """Write what became of an honour; `revoked_for` is the entry for which it was revoked.

    Raises `NotFound`.
    """
    values: dict[str, object] = {"state": state, "changed_at": now}
    if document_no:
        values["document_no"] = document_no
    if note:
        values["note"] = note
    if revoked_for is not None:
        values["revoked_for_entry_key"] = entry_row(connection, revoked_for).key
    done = connection.execute(update(Honour).where(Honour.key == key).values(values))
    if done.rowcount != 1:
        raise NotFound(what="荣誉", key=key)


def settle_breach(connection: Connection, user: User, key: int, note: str, now: datetime) -> None:
    """Say how an honour that should not have been awarded was dealt with. Raises `NotFound`."""
    done = connection.execute(
        update(Honour)
        .where(
            Honour.key == key,
            Honour.settled_at.is_(None),
            Honour.breaches_entry_key.in_(_entries_seen(user)),
        )
        .values(settled_at=now, settled_by=user.login, note=note)
    )
    if done.rowcount != 1:
        raise NotFound(what="荣誉", key=key)


def open_breaches(connection: Connection, user: User) -> int:
    """How many honours, of the entries the user may see, wait to be dealt with."""
    some = (
        select(Honour.key)
        .where(
            Honour.breaches_entry_key.is_not(None),
            Honour.settled_at.is_(None),
            Honour.breaches_entry_key.in_(_entries_seen(user)),
        )
        .limit(COUNT_LIMIT)
        .subquery()
    )
    return connection.scalar(select(func.count()).select_from(some)) or 0


def honour_lines(
    connection: Connection,
    user: User,
    *,
    words: str = "",
    breaches_only: bool = False,
    before: int | None = None,
    limit: int = 50,
) -> list[HonourLine]:
    """Honours the user may see, the newest first: of one's own unit and below, and those that
    breach an entry one may see. `words` stand in holder or title, or are the holder's code.
    """
    wanted = _lines().where(_seen(user)).order_by(Honour.key.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(Honour.key < before)
    if breaches_only:
        wanted = wanted.where(Honour.breaches_entry_key.is_not(None), Honour.settled_at.is_(None))
    if words:
        named = [c.contains(words, autoescape=True) for c in (Honour.holder_name, Honour.title)]
        wanted = wanted.where(named[0] | named[1] | (Honour.holder_code == words))
    return [_line(row) for row in connection.execute(wanted)]


def _lines() -> Select[*tuple[Any, ...]]:
    breached, cause = Entry.__table__.alias("breached"), Entry.__table__.alias("cause")
    return (
        select(
            Honour,
            Party.party_class,
            breached.c.entry_no.label("breaches"),
            cause.c.entry_no.label("revoked_for"),
        )
        .outerjoin(Party, Party.code == Honour.holder_code)
        .outerjoin(breached, breached.c.key == Honour.breaches_entry_key)
        .outerjoin(cause, cause.c.key == Honour.revoked_for_entry_key)
    )


def _line(row: Row[Any]) -> HonourLine:
    fields = row._mapping
    return HonourLine(**{name: fields[name] for name in HonourLine.__slots__})


def _seen(user: User) -> ColumnElement[bool]:
    own = Honour.granter_unit.in_(_units_seen(user)) | (Honour.recorded_by == user.login)
    return own | Honour.breaches_entry_key.in_(_entries_seen(user))


def _units_seen(user: User) -> Select[*tuple[Any, ...]]:
    units = select(Organisation.code)
    if user.sees_all:
        return units
    return units.where(Organisation.path.startswith(user.bureau_path, autoescape=True))


def _entries_seen(user: User) -> Select[*tuple[Any, ...]]:
    entries = select(Entry.key)
    if user.sees_all:
        return entries
    return entries.where(Entry.organisation_path.startswith(user.bureau_path, autoescape=True))


def _holder(connection: Connection, entry_no: str) -> str:
    party_key = entry_row(connection, entry_no).party_key
    return str(connection.scalar(select(Party.code).where(Party.key == party_key)))


def _told(connection: Connection, *conditions: ColumnElement[bool]) -> list[dict[str, object]]:
    rows = connection.execute(select(Honour).where(*conditions).order_by(Honour.key))
    return [_facts(row) for row in rows]


def _facts(row: Row[Any]) -> dict[str, object]:
    names = ("title", "field", "granter", "granter_unit", "award_date", "state")
    return {
        "key": row.key,
        "doc_no": row.document_no or None,
        **{name: getattr(row, name) for name in names},
    }
