"""What everybody sees: no more and no less than stands in the list and was published."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.register.models import Entry, Publication
from engine.register.shown import every_shown, shown_notices
from tests.simulation.failure import require

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

PERSONAL = re.compile(r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])\d{2}\d{3}[\dXx]")
"""A full identity number."""
MOST = 1_000_000


def portal_shows_the_list(simulation: Simulation) -> None:
    """Every published entry in force is shown, nothing else."""
    numbers = {
        row.key: row.entry_no
        for row in simulation.rows(
            select(Publication.key, Entry.entry_no).join(Entry, Entry.key == Publication.entry_key)
        )
    }
    now = simulation.now
    with simulation.runtime.reading() as connection:
        items = every_shown(connection, now)
    shown = {numbers[item.key] for item in items}
    expected = {
        one.entry_no
        for one in simulation.ledger.listings.values()
        if one.is_in_force(now) and not one.is_hidden(now) and one.on_portal
    }
    for entry_no in sorted(shown - expected):
        require(False, "the portal shows what it should not", entry_no)
    for entry_no in sorted(expected - shown):
        require(False, "the portal does not show a published entry in force", entry_no)
    for item in items:
        require(bool(item.value("name")), f"{item.title} shows no name", numbers[item.key])


def no_personal_number_is_shown(simulation: Simulation) -> None:
    """Neither entries nor notices on the portal carry a full personal number (D09)."""
    with simulation.runtime.reading() as connection:
        items = every_shown(connection, simulation.now)
        items += shown_notices(connection, limit=MOST).rows
    for item in items:
        found = PERSONAL.search(json.dumps(item.content, ensure_ascii=False))
        require(found is None, f"{item.title} ({item.key}) shows {found and found[0]}")
