"""Lists over all instances: incidents, deadlines, timers, jobs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, cast

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
        names = names_in(connection, page.rows)
        processes = _processes(connection)
    return render_template(
        "inspector/incidents.html",
        page=page,
        resolved=resolved,
        process_id=process_id,
        processes=processes,
        names=names,
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
        names = names_in(connection, page.rows)
        count = RemainingDays(connection)
        remaining = [count.until(row.due_date, row.organisation_path) for row in page.rows]
        processes = _processes(connection)
    return render_template(
        "inspector/deadlines.html",
        page=page,
        kind=kind,
        overdue=overdue,
        process_id=process_id,
        processes=processes,
        names=names,
        remaining=remaining,
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
        names = names_in(connection, page.rows)
        processes = _processes(connection)
    return render_template(
        "inspector/timers.html",
        page=page,
        failed=failed,
        process_id=process_id,
        processes=processes,
        names=names,
        next_address=neighbour("after", _text_of_timer(page)),
    )


@room.get("/inspector/jobs")
@requires("instance.view")
def jobs() -> str:
    """Background jobs, the newest first."""
    state = request.args.get("state", "")
    with reading() as connection:
        page = find_jobs(connection, the_user(), state=state, older_than=cursor("older"))
        names = names_in(connection, page.rows)
    return render_template(
        "inspector/jobs.html",
        page=page,
        state=state,
        names=names,
        mask=_mask(),
        next_address=neighbour("older", page.following),
    )


class AtElement(Protocol):
    """A row that stands at an element of a version of a process."""

    @property
    def process_definition_key(self) -> int: ...

    @property
    def element_id(self) -> str: ...


def names_in(connection: Connection, rows: Iterable[AtElement]) -> list[str]:
    """The words of the element of each row, by the version of the process it stands in."""
    definitions = the_runtime().definitions
    return [
        words_of(
            definitions.process(connection, row.process_definition_key).process, row.element_id
        )
        for row in rows
    ]


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
