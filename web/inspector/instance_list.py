"""The list of instances: filters in the address, search, pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import render_template, request, url_for
from flask_babel import gettext as _

from engine.calendar import Calendar, remaining_working_days
from engine.identity import bureaus
from engine.runtime.queries.instances import (
    InstanceFilter,
    ListedInstance,
    find_instances,
)
from engine.runtime.queries.process_numbers import process_names
from web.engine_room import reading, the_clock, the_runtime
from web.inspector.room import room
from web.language import in_language
from web.security import requires, the_user

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, kw_only=True)
class ShownInstance:
    """A row with the working days that its first task has left."""

    row: ListedInstance
    remaining: int | None


@room.get("/inspector/instances")
@requires("instance.view")
def instances() -> str:
    """Running and ended instances, filtered."""
    wanted = wanted_instances()
    user = the_user()
    with reading() as connection:
        page = find_instances(
            connection,
            the_runtime().definitions,
            user,
            wanted,
            now=the_clock().now(),
            older_than=cursor("older"),
            newer_than=cursor("newer"),
        )
        rows = shown_rows(connection, page.rows)
        names = process_names(connection)
        units = [unit for unit in bureaus(connection) if user.sees(unit.path)]
    processes = [("", _("全部流程"))]
    processes += [(name.process_id, in_language(name.name, name.name_en)) for name in names]
    versions = next((n.versions for n in names if n.process_id == wanted.process_id), ())
    return render_template(
        "inspector/instances.html",
        wanted=wanted,
        page=page,
        rows=rows,
        processes=processes,
        versions=[("", _("全部版本")), *((v, _("第 %(version)s 版", version=v)) for v in versions)],
        units=[("", _("全部单位"))]
        + [(unit.path, in_language(unit.short_name, unit.short_name_en)) for unit in units],
        is_narrowed=wanted != InstanceFilter(state=wanted.state),
        previous_address=neighbour("newer", page.newer),
        next_address=neighbour("older", page.older),
    )


def wanted_instances() -> InstanceFilter:
    """What the address asks for. Without a state, or with one unknown, the running ones."""
    args = request.args
    return InstanceFilter(
        process_id=args.get("process", ""),
        version=args.get("version", type=int),
        state=_state(args.get("state", "active")),
        overdue="overdue" in args,
        incident="incident" in args,
        called="called" in args,
        organisation_path=args.get("unit", ""),
        started_from=_day("from"),
        started_to=_day("to"),
        ended_from=_day("ended"),
        element_id=args.get("element", ""),
        words=args.get("q", "").strip(),
    )


def shown_rows(connection: Connection, rows: Sequence[ListedInstance]) -> list[ShownInstance]:
    """Rows with their remaining working days, each by the calendar of its unit."""
    count = RemainingDays(connection)
    return [
        ShownInstance(row=row, remaining=count.until(row.due_date, row.organisation_path))
        for row in rows
    ]


class RemainingDays:
    """Working days left from today, by the calendar of each unit; asks for a calendar once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._calendars: dict[str, Calendar] = {}
        self._today = the_clock().today()

    def until(self, day: date | None, organisation_path: str) -> int | None:
        """Working days left until `day`, negative once it has passed; None without a day."""
        if day is None:
            return None
        calendar = self._calendars.get(organisation_path)
        if calendar is None:
            calendar = the_runtime().calendars.of(self._connection, organisation_path)
            self._calendars[organisation_path] = calendar
        return remaining_working_days(self._today, day, calendar)


def cursor(name: str) -> int | None:
    """The key that a page begins after."""
    return request.args.get(name, type=int)


def neighbour(name: str, key: object) -> str | None:
    """The address of a neighbouring page of the same list."""
    if key is None:
        return None
    kept = {
        given: value
        for given, value in request.args.items()
        if given not in ("older", "newer", "after")
    }
    assert request.endpoint is not None
    return url_for(request.endpoint, **{**(request.view_args or {}), **kept, name: key})


def _state(state: str) -> str:
    return state if state in ("", "active", "ended", "completed", "cancelled") else "active"


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
