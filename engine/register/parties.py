"""Parties: recorded once per code, as they were last known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from engine.feel import plain
from engine.register.models import CaseFile, Entry, Party


def record_party(connection: Connection, party: Mapping[str, object], now: datetime) -> int:
    """Record a party by its code. Gives its key."""
    row = {
        "code": str(party.get("code")),
        "party_class": str(party.get("party_class")),
        "name": str(party.get("name")),
        "details": plain(dict(party)),
        "changed_at": now,
    }
    key = connection.scalar(select(Party.key).where(Party.code == row["code"]))
    if key is not None:
        connection.execute(update(Party).where(Party.key == key).values(row))
        return key
    inserted = connection.execute(insert(Party), row).inserted_primary_key
    assert inserted is not None
    return int(inserted[0])


def related_cases(connection: Connection, party_key: int, case_no: str) -> list[dict[str, object]]:
    """Other cases and entries of a party, for the office to look at (AM-38, AM-62)."""
    cases = connection.execute(
        select(CaseFile.case_no, CaseFile.state, CaseFile.organisation)
        .where(CaseFile.party_key == party_key, CaseFile.case_no != case_no)
        .order_by(CaseFile.key)
    )
    entries = connection.execute(
        select(Entry.entry_no, Entry.status, Entry.organisation)
        .where(Entry.party_key == party_key)
        .order_by(Entry.key)
    )
    return [
        *({"kind": "案件", "number": c.case_no, "state": c.state, "organ": c.organisation}
          for c in cases),
        *({"kind": "名单条目", "number": e.entry_no, "state": e.status, "organ": e.organisation}
          for e in entries),
    ]  # fmt: skip
