"""The blueprint of this room, and what its queries read with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint

from engine.runtime.queries.reading import Reading
from web.engine_room import reading, the_runtime

room = Blueprint("cases", __name__, template_folder="templates")


@contextmanager
def looking() -> Iterator[Reading]:
    """One look at the database, with the definitions, calendars and clock of this process."""
    runtime = the_runtime()
    with reading() as connection:
        yield Reading(
            connection=connection,
            definitions=runtime.definitions,
            calendars=runtime.calendars,
            clock=runtime.clock,
        )
