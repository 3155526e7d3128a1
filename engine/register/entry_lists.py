"""The list of entries as staff see it: keyset pages, counts that stop, only what a user may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, not_, or_, select

from engine.identity import User
from engine.register.in_force import hidden, in_force, suspended
from engine.register.models import Entry, Party
from engine.runtime.queries.key_pages import cut_by_key
from engine.runtime.queries.search_words import UNIT
from engine.runtime.queries.visible import counted, names_of_units, seen_by

PAGE = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryFilter:
    """What to look for; an empty field does not narrow. `standing`: a key of `STANDINGS`."""

    words: str = ""
    standing: str = ""
    organisation_path: str = ""
    outside: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedEntry:
    """A row of the list. `in_force` is as of now, whatever the state says yet."""

    key: int
    entry_no: str
    case_no: str
    name: str
    code: str
    party_class: str
    decision_date: date
    last_day: date
    years: int
    criteria: list[int]
    status: str
    published_at: datetime | None
    decision_served_date: date | None
    organisation: str
    in_force: bool
    hidden: bool
    suspended: bool
    organisation_name: tuple[str, str] = ("", "")


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryPage:
    """A page of entries, the newest first, with the cursors of its neighbours."""

    rows: tuple[ListedEntry, ...]
    total: int
    older: int | None
    newer: int | None


STANDINGS: Mapping[str, Callable[[datetime], ColumnElement[bool]]] = MappingProxyType(
    {
        "in_force": in_force,
        "suspended": lambda now: and_(in_force(now), suspended(now)),
        "unpublished": lambda now: and_(in_force(now), Entry.published_at.is_(None)),
        "ended": lambda now: and_(Entry.counted, not_(in_force(now))),
        "revoked": lambda now: not_(Entry.counted),
    }
)
"""How an entry stands: in force, its measures suspended, in force but not published yet, over, or
revoked."""


def find_listed(
    connection: Connection,
    user: User,
    wanted: EntryFilter,
    now: datetime,
    *,
    older_than: int | None = None,
    newer_than: int | None = None,
    limit: int = PAGE,
) -> EntryPage:
    """The entries that `user` may see and `wanted` describes."""
    query = _narrowed(_query(now), user, wanted, now)
    cut = cut_by_key(
        connection, query, Entry.key, older_than=older_than, newer_than=newer_than, limit=limit
    )
    return EntryPage(
        rows=_listed(connection, cut.rows),
        total=counted(connection, query.with_only_columns(Entry.key)),
        older=cut.older,
        newer=cut.newer,
    )


def every_listed(
    connection: Connection, user: User, wanted: EntryFilter, now: datetime
) -> tuple[ListedEntry, ...]:
    """All of them, for a file."""
    query = _narrowed(_query(now), user, wanted, now).order_by(Entry.key)
    return _listed(connection, connection.execute(query).all())


def _listed(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[ListedEntry, ...]:
    names = names_of_units(connection, (row.organisation for row in rows))
    return tuple(
        ListedEntry(**row._mapping, organisation_name=names.get(row.organisation, ("", "")))
        for row in rows
    )


def count_in_force(connection: Connection, user: User, now: datetime) -> int:
    """How many entries are in force that `user` may see, at most a thousand."""
    query = select(Entry.key).where(in_force(now), seen_by(user, Entry.organisation_path))
    return counted(connection, query)


def _query(now: datetime) -> Select[*tuple[Any, ...]]:
    return select(
        Entry.key,
        Entry.entry_no,
        Entry.case_no,
        Party.name,
        Party.code,
        Party.party_class,
        Entry.decision_date,
        Entry.last_day,
        Entry.years,
        Entry.criteria,
        Entry.status,
        Entry.published_at,
        Entry.decision_served_date,
        Entry.organisation,
        case((in_force(now), True), else_=False).label("in_force"),
        case((hidden(now), True), else_=False).label("hidden"),
        case((suspended(now), True), else_=False).label("suspended"),
    ).join(Party, Party.key == Entry.party_key)


def _narrowed(
    query: Select[*tuple[Any, ...]], user: User, wanted: EntryFilter, now: datetime
) -> Select[*tuple[Any, ...]]:
    query = query.where(seen_by(user, Entry.organisation_path))
    if wanted.organisation_path:
        path = Entry.organisation_path
        query = query.where(path.startswith(wanted.organisation_path, autoescape=True))
        query = query.where(*(~path.startswith(o, autoescape=True) for o in wanted.outside))
    if wanted.standing:
        query = query.where(STANDINGS[wanted.standing](now))
    words = wanted.words.strip()
    if words:
        query = query.where(
            or_(
                Party.name.icontains(words, autoescape=True),
                func.upper(Party.code) == words.upper(),
                and_(Party.party_class == UNIT, Party.code.icontains(words, autoescape=True)),
                Entry.entry_no.icontains(words, autoescape=True),
                Entry.case_no.icontains(words, autoescape=True),
            )
        )
    return query
