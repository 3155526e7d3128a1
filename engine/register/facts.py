"""What procedures that begin with an entry number need to know of the entry, its party and case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection, select

from engine.register.entries import entry_row
from engine.register.in_force import in_force
from engine.register.marks import open_marks
from engine.register.models import Entry, Party

KEPT = (
    "entry_no",
    "case_no",
    "decision_no",
    "decision_date",
    "last_day",
    "decision_served_date",
    "rectify_due_date",
    "publish_due_date",
    "act_date_from",
    "act_date_to",
    "source_unit",
    "region_code",
    "status",
    "published_at",
    "ended_at",
    "end_ground",
    "end_document_no",
    "repair_blocked_until_date",
    "public_summary",
    "criteria",
)
"""The columns of an entry that a process gets under their own names."""


def entry_facts(connection: Connection, entry_no: str, now: datetime) -> dict[str, object]:
    """`entry` (the columns, `years`, `in_force`, `active`, `marks`), `party`, `measures` and
    `deciding_organ` of an entry.

    `active` means that its procedures have not ended it; `in_force` that it counts at `now`.
    Raises `EntryUnknown`.
    """
    row = entry_row(connection, entry_no)
    party = connection.execute(select(Party).where(Party.key == row.party_key)).one()
    counts = connection.scalar(select(Entry.key).where(Entry.key == row.key, in_force(now)))
    facts = {name: getattr(row, name) for name in KEPT}
    facts["years"] = Decimal(row.years)
    facts["criteria"] = [Decimal(str(one)) for one in row.criteria]
    facts["active"] = row.ended_at is None
    facts["in_force"] = counts is not None
    facts["marks"] = open_marks(connection, entry_no)
    return {
        "entry": facts,
        "party": {
            **with_days(party.details),
            "name": party.name,
            "code": party.code,
            "party_class": party.party_class,
        },
        "measures": list(row.measures),
        "deciding_organ": dict(row.deciding_organ),
        "source_unit": row.source_unit,
    }


def other_active_entries(
    connection: Connection, entry_no: str, now: datetime
) -> list[dict[str, object]]:
    """Other entries of the same party that are in force at `now` (AM-61), the oldest first.

    Each with `entry_no`, `decision_date`, `last_day` and `organisation`.
    """
    own = entry_row(connection, entry_no)
    rows = connection.execute(
        select(Entry.entry_no, Entry.decision_date, Entry.last_day, Entry.organisation)
        .where(Entry.party_key == own.party_key, Entry.key != own.key, in_force(now))
        .order_by(Entry.key)
    )
    return [dict(row._mapping) for row in rows]


def with_days(details: Mapping[str, object]) -> dict[str, object]:
    """Details as they were kept, with their days as days again (they were kept as ISO text)."""
    return {name: _day(value) if name.endswith("_date") else value
            for name, value in details.items()}  # fmt: skip


def _day(value: object) -> object:
    return date.fromisoformat(value[:10]) if isinstance(value, str) and value else value
