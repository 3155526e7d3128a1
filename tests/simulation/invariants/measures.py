"""Measures and honours follow the entry."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.clock import in_shanghai
from engine.register.honours import REVOKED
from engine.register.measures import NEVER_APPLIED
from engine.register.models import Entry, EntryMeasure, Honour
from tests.simulation.failure import require

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

PATIENCE = timedelta(days=120)


def measures_end_with_the_entry(simulation: Simulation) -> None:
    """They last as long as the entry; those of a revoked listing were never applied (D11)."""
    rows = simulation.rows(
        select(EntryMeasure, Entry.entry_no, Entry.ended_at.label("entry_ended_at"))
        .join(Entry, Entry.key == EntryMeasure.entry_key)
        .order_by(EntryMeasure.key)
    )
    for row in rows:
        listing = simulation.ledger.of(row.entry_no)
        if row.entry_ended_at is not None:
            require(row.ended_at is not None, f"{row.measure_id} outlasts its entry", row.entry_no)
        elif not listing.restored:
            require(row.ended_at is None, f"{row.measure_id} ended before its entry", row.entry_no)
        was_first = listing.ended_before_revocation is None
        if listing.ground == "撤销" and was_first:
            require(row.state == NEVER_APPLIED, f"{row.measure_id}: {row.state}", row.entry_no)
            require(row.ended_at == row.entry_ended_at, f"{row.measure_id} late", row.entry_no)


def honours_are_revoked_in_their_window(simulation: Simulation) -> None:
    """From the first day of the act until the entry ended, and only social-security ones."""
    rows = simulation.rows(
        select(Honour, Entry.entry_no, Entry.act_date_from, Entry.ended_at)
        .join(Entry, Entry.key == Honour.revoked_for_entry_key)
        .where(Honour.state == REVOKED)
    )
    for row in rows:
        require(row.field == "社保", f"honour {row.title} of field {row.field}", row.entry_no)
        last = in_shanghai(row.ended_at).date() if row.ended_at else simulation.now.date()
        require(
            row.act_date_from <= row.award_date <= last,
            f"honour of {row.award_date} outside {row.act_date_from}–{last}",
            row.entry_no,
        )


def honours_of_revoked_listings_are_restored(simulation: Simulation) -> None:
    """Once a listing was revoked and people had their time, no honour stays revoked for it."""
    rows = simulation.rows(
        select(Honour.title, Entry.entry_no, Entry.ended_at)
        .join(Entry, Entry.key == Honour.revoked_for_entry_key)
        .where(Honour.state == REVOKED, Entry.counted.is_(False))
    )
    for row in rows:
        require(
            row.ended_at + PATIENCE > simulation.now, f"{row.title} not given back", row.entry_no
        )
