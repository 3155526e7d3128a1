"""Lists over all instances: incidents, deadlines, timers, jobs."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from flask import render_template, request
from flask_babel import gettext as _

from engine.runtime.queries.deadlines import (
    DeadlineCursor,
    DeadlinePage,
    Kind,
    count_overdue,
    find_deadlines,
)
from engine.runtime.queries.incidents import find_incidents
from engine.runtime.queries.jobs import find_jobs
from engine.runtime.queries.process_numbers import process_names
from engine.runtime.queries.timers import TimerPage, find_timers
from web.engine_room import reading, the_clock, the_runtime
from web.inspector.instance_list import RemainingDays, cursor, neighbour
from web.inspector.masking import Mask
from web.inspector.room import room
from web.inspector.words import words_of
from web.language import in_language
from web.security import requires, the_user

if TYPE_CHECKING:
    from sqlalchemy import Connection

DEADLINE_KINDS = ("overdue", "upcoming", "provisional")


@room.get("/inspector/incidents")
@requires("instance.view")
def incidents() -> str:
    """What failed and waits for a person; what was dealt with on request."""
    resolved = request.args.get("state") == "resolved"
    process_id = request.args.get("process", "")
    with reading() as connection:
        page = find_incidents(
            connection,
            the_user(),
            resolved=resolved,
            process_id=process_id,
            older_than=cursor("older"),
        )
        names = Names(connection)
        return render_template(
            "inspector/incidents.html",
            page=page,
            resolved=resolved,
            process_id=process_id,
            processes=_processes(connection),
            element=names.element,
            mask=_mask(),
            next_address=neighbour("older", page.following),
        )


@room.get("/inspector/deadlines")
@requires("instance.view")
def deadlines() -> str:
    """Deadlines overdue, to come, or provisional."""
    kind = request.args.get("kind", "")
    process_id = request.args.get("process", "")
    now = the_clock().now()
    with reading() as connection:
        overdue = count_overdue(connection, the_user(), now)
        if kind not in DEADLINE_KINDS:
            kind = "overdue" if overdue else "upcoming"
        page = find_deadlines(
            connection,
            the_user(),
            cast("Kind", kind),
            now=now,
            process_id=process_id,
            after=_deadline_cursor(),
        )
        names, remaining = Names(connection), RemainingDays(connection)
        return render_template(
            "inspector/deadlines.html",
            page=page,
            kind=kind,
            overdue=overdue,
            process_id=process_id,
            processes=_processes(connection),
            element=names.element,
            remaining=remaining.until,
            next_address=neighbour("after", _text_of(page)),
        )


@room.get("/inspector/timers")
@requires("instance.view")
def timers() -> str:
    """Timers that wait, the next to fire first."""
    process_id = request.args.get("process", "")
    failed = "failed" in request.args
    with reading() as connection:
        page = find_timers(
            connection,
            the_user(),
            process_id=process_id,
            failed=failed,
            after=_timer_cursor(),
        )
        names = Names(connection)
        return render_template(
            "inspector/timers.html",
            page=page,
            failed=failed,
            process_id=process_id,
            processes=_processes(connection),
            element=names.element,
            next_address=neighbour("after", _text_of_timer(page)),
        )


@room.get("/inspector/jobs")
@requires("instance.view")
def jobs() -> str:
    """Background jobs, the newest first."""
    state = request.args.get("state", "")
    with reading() as connection:
        page = find_jobs(connection, the_user(), state=state, older_than=cursor("older"))
        names = Names(connection)
        return render_template(
            "inspector/jobs.html",
            page=page,
            state=state,
            element=names.element,
            mask=_mask(),
            next_address=neighbour("older", page.following),
        )


class Names:
    """Names of elements by the version of the process they stand in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def element(self, process_definition_key: int, element_id: str) -> str:
        """The words of an element."""
        definitions = the_runtime().definitions
        process = definitions.process(self._connection, process_definition_key).process
        return words_of(process, element_id)


def _processes(connection: Connection) -> list[tuple[str, str]]:
    names = process_names(connection)
    return [
        ("", _("全部流程")),
        *((name.process_id, in_language(name.name, name.name_en)) for name in names),
    ]


def _mask() -> Mask:
    return Mask(reveals=the_user().may("identity.reveal"))


def _deadline_cursor() -> DeadlineCursor | None:
    parts = request.args.get("after", "").split("~")
    try:
        return DeadlineCursor(
            due_date=date.fromisoformat(parts[0]), kind=parts[1], key=int(parts[2])
        )
    except (ValueError, IndexError):
        return None


def _text_of(page: DeadlinePage) -> str | None:
    last = page.following
    return f"{last.due_date}~{last.kind}~{last.key}" if last else None


def _timer_cursor() -> tuple[datetime, int] | None:
    parts = request.args.get("after", "").split("~")
    try:
        return datetime.fromisoformat(parts[0]), int(parts[1])
    except (ValueError, IndexError):
        return None


def _text_of_timer(page: TimerPage) -> str | None:
    return f"{page.following[0].isoformat()}~{page.following[1]}" if page.following else None
