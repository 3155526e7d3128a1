"""The list of entries, on the page and as a file."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from openpyxl import Workbook

from engine.identity import User, bureaus
from engine.register.entry_lists import (
    STANDINGS,
    EntryFilter,
    count_in_force,
    every_listed,
    find_listed,
)
from web.cases.sending import sent_file
from web.engine_room import reading, the_clock
from web.formats import masked_identity
from web.language import language
from web.layout.navigation import navigation
from web.register.room import room
from web.register.words import STANDING_WORDS, tone_of
from web.security import requires, the_user

if TYPE_CHECKING:
    from sqlalchemy import Connection

LONGEST_KEY = 18
KEPT = ("q", "standing", "unit")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@room.get("/register")
@requires("register.view")
def entries() -> str:
    user, given = the_user(), request.args
    with reading() as connection:
        units = bureaus(connection) if user.sees_all else ()
        wanted = _wanted(connection, user)
        page = find_listed(
            connection,
            user,
            wanted,
            the_clock().now(),
            older_than=_key(given.get("older", "")),
            newer_than=_key(given.get("newer", "")),
        )
    kept = {name: given[name] for name in KEPT if given.get(name)}
    return render_template(
        "register/entries.html",
        page=page,
        wanted=wanted,
        filtered=bool(kept),
        kept=kept,
        unit=given.get("unit", ""),
        units=[(one.code, one.called(language())) for one in units],
        standings=[("", _("全部")), *((key, STANDING_WORDS[key]) for key in STANDINGS)],
        tone_of=tone_of,
        previous=_neighbour(kept, "newer", page.newer),
        next=_neighbour(kept, "older", page.older),
    )


@room.get("/register.xlsx")
@requires("case.export")
def entries_file() -> Response:
    """The filtered list as a table; numbers of persons are masked as on the page."""
    with reading() as connection:
        rows = every_listed(connection, the_user(), _wanted(connection, the_user()), _now())
    book = Workbook()
    sheet = book.active
    sheet.title = _("名单")
    sheet.append(
        [
            _("编号"), _("当事人"), _("代码"), _("决定日期"), _("年数"), _("最后一日"),
            _("状态"), _("公示时间"), _("送达日期"), _("单位"),
        ]
    )  # fmt: skip
    for row in rows:
        code = row.code if row.party_class == "unit" else masked_identity(row.code)
        published = f"{row.published_at:%Y-%m-%d %H:%M}" if row.published_at else ""
        sheet.append(
            [
                row.entry_no, row.name, code, row.decision_date, row.years, row.last_day,
                row.status, published, row.decision_served_date, row.organisation_name[0],
            ]
        )  # fmt: skip
    kept = BytesIO()
    book.save(kept)
    return sent_file(kept.getvalue(), XLSX, f"{_('名单')}.xlsx", inline=False)


def _now() -> Any:
    return the_clock().now()


def _wanted(connection: Connection, user: User) -> EntryFilter:
    units = bureaus(connection) if user.sees_all else ()
    unit = next((one.path for one in units if one.code == request.args.get("unit")), "")
    standing = request.args.get("standing", "")
    outside = (
        tuple(one.path for one in units if one.path.startswith(unit) and one.path != unit)
        if unit
        else ()
    )
    return EntryFilter(
        words=request.args.get("q", "").strip()[:100],
        standing=standing if standing in STANDINGS else "",
        organisation_path=unit,
        outside=outside,
    )


def _neighbour(kept: dict[str, str], name: str, cursor: int | None) -> str | None:
    values: dict[str, Any] = {**kept, name: cursor}
    return url_for("register.entries", **values) if cursor else None


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_KEY else None


def _in_force(connection: Connection, user: User) -> int:
    return count_in_force(connection, user, _now())


navigation.add(
    "register", _l("名单条目"), "register.entries", "register.view", count=_in_force, order=10
)
