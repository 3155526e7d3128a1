"""What a person may see, how far lists count, and the names of people in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, true

from engine.identity import SYSTEM, User
from engine.identity.models import Organisation, UserAccount

COUNT_LIMIT = 1000
"""Counting stops here: whoever has a thousand does not need to know which thousand."""


LISTED = 300
"""So many rows of one instance a tab shows, the newest; an endless loop has more."""


def seen_by(user: User, path: Any) -> ColumnElement[bool]:
    """The condition on an organisation path for what `user` may see."""
    if user.sees_all:
        return true()
    condition: ColumnElement[bool] = path.startswith(user.bureau_path, autoescape=True)
    return condition


def counted(connection: Connection, query: Select[*tuple[Any, ...]]) -> int:
    """How many rows `query` gives, at most `COUNT_LIMIT`."""
    limited = query.order_by(None).limit(COUNT_LIMIT).subquery()
    return connection.scalar(select(func.count()).select_from(limited)) or 0


def names_of_people(connection: Connection, logins: Iterable[str | None]) -> dict[str, str]:
    """Login → name, also of people who were switched off and of the product itself."""
    wanted = sorted({login for login in logins if login})
    if not wanted:
        return {}
    rows = connection.execute(
        select(UserAccount.login, UserAccount.name).where(UserAccount.login.in_(wanted))
    )
    names = {row.login: row.name for row in rows}
    return names | ({SYSTEM.login: SYSTEM.name} if SYSTEM.login in wanted else {})


def names_of_units(connection: Connection, codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Unit code → its short name in Chinese and English."""
    wanted = sorted({code for code in codes if code})
    if not wanted:
        return {}
    rows = connection.execute(
        select(Organisation.code, Organisation.short_name, Organisation.short_name_en).where(
            Organisation.code.in_(wanted)
        )
    )
    return {row.code: (row.short_name, row.short_name_en) for row in rows}
