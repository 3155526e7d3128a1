"""The list of cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for
from flask_babel import lazy_gettext as _l

from engine.identity import Unit, User, bureaus
from engine.runtime.queries.cases import (
    CaseFilter,
    CasePage,
    count_running,
    find_cases,
    outermost_processes,
)
from web.cases.room import room
from web.cases.words import STATES, TONES
from web.engine_room import look_with, looking
from web.language import language
from web.layout.navigation import navigation
from web.security import requires, the_user

if TYPE_CHECKING:
    from sqlalchemy import Connection

LONGEST_KEY = 18
KEPT = ("q", "process", "state", "unit")
"""The filters that stay in the address of the next page."""


@room.get("/cases")
@requires("case.view")
def cases() -> str:
    user, given = the_user(), request.args
    with looking() as look:
        units = _units(look.connection, user)
        unit = next((one.path for one in units if one.code == given.get("unit")), "")
        wanted = CaseFilter(
            words=given.get("q", "").strip()[:100],
            process_id=given.get("process", ""),
            state=given.get("state", ""),
            organisation_path=unit,
            outside=tuple(
                one.path for one in units if one.path.startswith(unit) and one.path != unit
            )
            if unit
            else (),
        )
        page = find_cases(
            look, user, wanted, older_than=_key(given, "older"), newer_than=_key(given, "newer")
        )
        procedures = [deployed.process for deployed in outermost_processes(look)]
    kept = {name: given[name] for name in KEPT if given.get(name)}
    return render_template(
        "cases/cases.html",
        page=page,
        wanted=wanted,
        filtered=bool(kept),
        unit=given.get("unit", ""),
        units=[(u.code, u.called(language())) for u in units],
        procedures=procedures,
        states=STATES,
        tones=TONES,
        neighbours=_neighbours(page, kept),
    )


def _neighbours(page: CasePage, kept: Mapping[str, str]) -> dict[str, str | None]:
    def address(name: str, cursor: int | None) -> str | None:
        values: dict[str, Any] = {**kept, name: cursor}
        return url_for("cases.cases", **values) if cursor else None

    return {"previous": address("newer", page.newer), "next": address("older", page.older)}


def _units(connection: Connection, user: User) -> tuple[Unit, ...]:
    """The bureaus among whose cases the user can choose; none who sees one only."""
    return bureaus(connection) if user.sees_all else ()


def _key(given: Mapping[str, str], name: str) -> int | None:
    text = given.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_KEY else None


def _running(connection: Connection, user: User) -> int:
    return count_running(look_with(connection), user)


navigation.add("cases", _l("案件"), "cases.cases", "case.view", count=_running, order=10)
