"""A calendar put in force, and every open deadline it touches worked out again."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import ChengxinError
from engine.identity import User
from engine.runtime.commands import RecomputeDeadlines
from engine.runtime.queries.calendars import Move, NoticeLine, days_of, moves
from engine.runtime.runtime import Runtime


@dataclass(frozen=True, kw_only=True)
class Recomputed:
    """What became of one instance: how many deadlines moved, or why it could not be done."""

    instance_key: int
    subject: str
    business_key: str
    changed: int
    error: ChengxinError | None = None


def moves_of(runtime: Runtime, line: NoticeLine) -> tuple[Move, ...]:
    """The open deadlines that a notice would move, or, once it is in force, has still to move."""
    with runtime.reading() as connection:
        days = [special.day for special in days_of(connection, line.key)]
        if not days:
            return ()
        books = runtime.calendars
        return tuple(
            moves(
                connection,
                line.organisation_path,
                (min(days), max(days)),
                lambda path: (
                    books.of(connection, path)
                    if line.approved_at
                    else books.with_draft(connection, path, line.key)
                ),
            )
        )


def recompute(runtime: Runtime, line: NoticeLine, user: User) -> tuple[Recomputed, ...]:
    """Move what the notice still has to move, each instance by itself."""
    touched = {move.instance_key: move for move in moves_of(runtime, line)}
    return tuple(_recompute(runtime, move, user, line.title) for move in touched.values())


def _recompute(runtime: Runtime, move: Move, user: User, reason: str) -> Recomputed:
    changed, error = 0, None
    try:
        changed = runtime.execute(
            RecomputeDeadlines(instance_key=move.instance_key, user=user, reason=reason)
        )
    except ChengxinError as refused:
        error = refused
    return Recomputed(
        instance_key=move.instance_key,
        subject=move.subject,
        business_key=move.business_key,
        changed=changed,
        error=error,
    )
