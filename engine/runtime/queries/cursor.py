"""A place in a list ordered by an instant and a key: between rows, so that rows may come and go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from engine.clock import parse_instant
from engine.store import Instant

LONGEST_KEY = 18
Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cursor:
    """`at` is None among the rows that have no instant; those stand last."""

    at: datetime | None
    key: int

    def __str__(self) -> str:
        return f"{self.at.isoformat() if self.at else ''}_{self.key}"


def read_cursor(text: str) -> Cursor | None:
    """A cursor from an address; None if it is none."""
    stamp, underscore, key = text.rpartition("_")
    if not underscore or not (key.isascii() and key.isdigit()) or len(key) > LONGEST_KEY:
        return None
    try:
        return Cursor(at=parse_instant(stamp) if stamp else None, key=int(key))
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Keyset:
    """A query for keys, ordered by an instant column and the key: dated rows first, then others.

    The two kinds are asked for one after the other, so that each is answered from an index and in
    the same order by every database.
    """

    query: Select[Any]
    at: InstrumentedAttribute[Any]
    key: InstrumentedAttribute[int]

    def after(self, connection: Connection, cursor: Cursor | None, limit: int) -> list[int]:
        """Up to `limit` keys that follow the cursor, or the first ones."""
        keys: list[int] = []
        if cursor is None or cursor.at is not None:
            dated = self.query.where(self.at.is_not(None)).order_by(self.at, self.key)
            if cursor is not None:
                dated = dated.where(tuple_(self.at, self.key) > _place(cursor))
            keys += connection.scalars(dated.limit(limit))
        if len(keys) < limit:
            undated = self.query.where(self.at.is_(None)).order_by(self.key)
            if cursor is not None and cursor.at is None:
                undated = undated.where(self.key > cursor.key)
            keys += connection.scalars(undated.limit(limit - len(keys)))
        return keys

    def before(self, connection: Connection, cursor: Cursor | None, limit: int) -> list[int]:
        """Up to `limit` keys that precede the cursor, or the last ones; the nearest first."""
        keys: list[int] = []
        if cursor is None or cursor.at is None:
            undated = self.query.where(self.at.is_(None)).order_by(self.key.desc())
            if cursor is not None:
                undated = undated.where(self.key < cursor.key)
            keys += connection.scalars(undated.limit(limit))
        if len(keys) < limit:
            dated = self.query.where(self.at.is_not(None))
            dated = dated.order_by(self.at.desc(), self.key.desc())
            if cursor is not None and cursor.at is not None:
                dated = dated.where(tuple_(self.at, self.key) < _place(cursor))
            keys += connection.scalars(dated.limit(limit - len(keys)))
        return keys


@dataclass(frozen=True, kw_only=True, slots=True)
class Slice:
    """The keys of a page in order, and whether there is more on either side."""

    keys: tuple[int, ...]
    has_previous: bool
    has_next: bool


Fetch = Callable[[Connection, Cursor | None, int], Sequence[int]]


def page_of(
    connection: Connection,
    forward: Fetch,
    backward: Fetch,
    *,
    after: Cursor | None,
    before: Cursor | None,
    size: int,
) -> Slice:
    """The page after or before a cursor; where nothing is left there, the first or last page."""
    if before is not None:
        keys = list(backward(connection, before, size + 1))
        if len(keys) < size:
            return page_of(connection, forward, backward, after=None, before=None, size=size)
        page = tuple(reversed(keys[:size]))
        return Slice(keys=page, has_previous=len(keys) > size, has_next=True)
    keys = list(forward(connection, after, size + 1))
    if after is not None and not keys:
        last = list(backward(connection, None, size + 1))
        page = tuple(reversed(last[:size]))
        return Slice(keys=page, has_previous=len(last) > size, has_next=False)
    return Slice(keys=tuple(keys[:size]), has_previous=after is not None, has_next=len(keys) > size)


def _place(cursor: Cursor) -> Any:
    return tuple_(literal(cursor.at, Instant()), literal(cursor.key))
