"""What our portal shows: entries in force that were published on it, and notices.

Only what was given to the portal is shown, masked as it was then (`Publication.content`). An entry
disappears at the instant it ends, is hidden or is taken down, whatever has been recorded yet
(S2.2.4.4, X5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select

from engine.register.channels.interface import PORTAL
from engine.register.models import Entry, Party, Publication
from engine.register.publications import PUBLISH, showable
from engine.runtime.queries.key_pages import cut_by_key
from engine.runtime.queries.visible import counted

NOTICE = "notice"
PAGE = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownItem:
    """A publication on the portal: the entry's content, or a notice about one."""

    key: int
    event: str
    title: str
    content: Mapping[str, Any]
    published_at: datetime

    @property
    def columns(self) -> list[Mapping[str, Any]]:
        """The columns as they were published: `name`, `label`, `label_en`, `value`."""
        found = self.content.get("columns", [])
        return [column for column in found if column.get("value") not in (None, "")]

    def value(self, name: str) -> object:
        """The published value of one column, empty if it was not published."""
        return next((one["value"] for one in self.columns if one.get("name") == name), "")


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownPage:
    """A page of the portal, the newest first, with the cursors of its neighbours."""

    rows: tuple[ShownItem, ...]
    total: int
    older: int | None
    newer: int | None


def shown_entries(
    connection: Connection,
    now: datetime,
    *,
    words: str = "",
    older_than: int | None = None,
    newer_than: int | None = None,
    limit: int = PAGE,
) -> ShownPage:
    """The list as everybody may see it at `now`."""
    return _page(connection, _entries(now, words), older_than, newer_than, limit)


def shown_notices(
    connection: Connection,
    *,
    words: str = "",
    older_than: int | None = None,
    newer_than: int | None = None,
    limit: int = PAGE,
) -> ShownPage:
    """The notices of repair, removal, revocation and correction."""
    return _page(connection, _notices(words), older_than, newer_than, limit)


def every_shown(connection: Connection, now: datetime) -> list[ShownItem]:
    """The whole list, for a file."""
    rows = connection.execute(_entries(now, "").order_by(Publication.key.desc()))
    return [_item(row) for row in rows]


def shown_item(connection: Connection, now: datetime, key: int) -> ShownItem | None:
    """One of them; None once it is not shown any more."""
    for query in (_entries(now, ""), _notices("")):
        row = connection.execute(query.where(Publication.key == key)).one_or_none()
        if row is not None:
            return _item(row)
    return None


def _entries(now: datetime, words: str) -> Select[*tuple[Any, ...]]:
    newest = (
        select(func.max(Publication.key))
        .where(_on_portal(PUBLISH))
        .group_by(Publication.entry_key)
        .scalar_subquery()
    )
    return _query(words).where(Publication.key.in_(newest), showable(now))


def _notices(words: str) -> Select[*tuple[Any, ...]]:
    """Of a revoked listing only the notice that says so: the rest counts no more (AM-69)."""
    tells_the_end = Publication.event == Entry.end_ground
    return _query(words).where(_on_portal(NOTICE), or_(Entry.counted, tells_the_end))


def _query(words: str) -> Select[*tuple[Any, ...]]:
    query = (
        select(
            Publication.key,
            Publication.event,
            Publication.title,
            Publication.content,
            Publication.published_at,
        )
        .join(Entry, Entry.key == Publication.entry_key)
        .join(Party, Party.key == Entry.party_key)
    )
    words = words.strip()
    return query.where(_named(words)) if words else query


def _named(words: str) -> ColumnElement[bool]:
    """The number of a person is not searched: whoever knows one could ask whether it is listed."""
    return or_(
        Party.name.icontains(words, autoescape=True),
        and_(Party.party_class == "unit", Party.code.icontains(words, autoescape=True)),
        Entry.decision_no.icontains(words, autoescape=True),
    )


def _on_portal(action: str) -> ColumnElement[bool]:
    return and_(
        Publication.adapter == PORTAL,
        Publication.action == action,
        Publication.taken_down_at.is_(None),
    )


def _page(
    connection: Connection,
    query: Select[*tuple[Any, ...]],
    older_than: int | None,
    newer_than: int | None,
    limit: int,
) -> ShownPage:
    cut = cut_by_key(
        connection,
        query,
        Publication.key,
        older_than=older_than,
        newer_than=newer_than,
        limit=limit,
    )
    return ShownPage(
        rows=tuple(_item(row) for row in cut.rows),
        total=counted(connection, query.with_only_columns(Publication.key)),
        older=cut.older,
        newer=cut.newer,
    )


def _item(row: Row[Any]) -> ShownItem:
    return ShownItem(**row._mapping)
