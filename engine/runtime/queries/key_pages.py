"""Pages of a list by key, the newest first, with the cursors of their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select
from sqlalchemy.orm import InstrumentedAttribute


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyCut:
    """The rows of a page, and the keys from which the older and the newer page go on."""

    rows: Sequence[Row[Any]]
    older: int | None
    newer: int | None


def cut_by_key(
    connection: Connection,
    query: Select[*tuple[Any, ...]],
    key: InstrumentedAttribute[int],
    *,
    older_than: int | None,
    newer_than: int | None,
    limit: int,
) -> KeyCut:
    """The page of `query` (whose rows have `key`) below `older_than` or above `newer_than`; the
    newest without either."""
    back = newer_than is not None
    paged = query.order_by(key if back else key.desc())
    if back:
        paged = paged.where(key > newer_than)
    elif older_than is not None:
        paged = paged.where(key < older_than)
    found = connection.execute(paged.limit(limit + 1)).all()
    more, found = len(found) > limit, found[:limit]
    rows = found[::-1] if back else found
    return KeyCut(
        rows=rows,
        older=rows[-1].key if rows and (more or back) else None,
        newer=rows[0].key if rows and (more if back else older_than is not None) else None,
    )
