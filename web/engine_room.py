"""How a view reaches the engine: the runtime of this process, its clock, a connection to read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from flask import current_app

from engine.clock import Clock
from engine.runtime import Runtime
from engine.runtime.queries.reading import Reading
from web.database import db

if TYPE_CHECKING:
    from sqlalchemy import Connection


def the_runtime() -> Runtime:
    """The runtime of this process."""
    return cast("Runtime", current_app.extensions["chengxin"])


def the_clock() -> Clock:
    """The one clock."""
    return the_runtime().clock


@contextmanager
def reading() -> Iterator[Connection]:
    """The connection of the request's session, for queries.

    Its snapshot ends with the block: what was read before a command is out of date after it.
    """
    try:
        yield db.session.connection()
    finally:
        db.session.rollback()


@contextmanager
def looking() -> Iterator[Reading]:
    """One look at the database, with the definitions, calendars and clock of this process."""
    with reading() as connection:
        yield look_with(connection)


def look_with(connection: Connection) -> Reading:
    """The same over a connection that is open already."""
    runtime = the_runtime()
    return Reading(
        connection=connection,
        definitions=runtime.definitions,
        calendars=runtime.calendars,
        clock=runtime.clock,
    )
