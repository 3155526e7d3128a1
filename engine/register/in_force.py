"""Which entries stand in the list at an instant, and which of them may be shown.

An entry is in force from the day of its decision through its last day, whether or not anybody
noticed that it ended (X5); it ends earlier at `ended_at`. One that was revoked never was in force.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import InstrumentedAttribute

from engine.clock import in_shanghai
from engine.register.models import Entry, EntryMark


def in_force(at: datetime) -> ColumnElement[bool]:
    """A condition on `Entry`: it stands in the list at `at`.

    The last day counts to its 24:00 (AM-04, AM-08).
    """
    day = in_shanghai(at).date()
    return and_(
        Entry.counted,
        Entry.decision_date <= day,
        Entry.last_day >= day,
        or_(Entry.ended_at.is_(None), Entry.ended_at > at),
    )


def suspended(at: datetime) -> ColumnElement[bool]:
    """A condition on `Entry`: its measures are suspended at `at` (AM-68)."""
    return _marked(at, EntryMark.suspends)


def hidden(at: datetime) -> ColumnElement[bool]:
    """A condition on `Entry`: it is kept off public channels at `at`."""
    return _marked(at, EntryMark.hides)


def _marked(at: datetime, effect: InstrumentedAttribute[bool]) -> ColumnElement[bool]:
    return exists().where(
        EntryMark.entry_key == Entry.key,
        effect,
        EntryMark.since_at <= at,
        or_(EntryMark.until_at.is_(None), EntryMark.until_at > at),
    )
