"""Administrative reviews and lawsuits about an entry: one record for each, kept up to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, insert, select, update

from engine.register.entries import entry_row
from engine.register.models import Remedy


@dataclass(frozen=True, kw_only=True, slots=True)
class RemedyCase:
    """A case of another organ about an entry, as it was filed.

    `outcome` holds what is known of its end: `outcome`, `outcome_document_no`, `served_date`.
    """

    instance_key: int
    kind: str
    organ: str
    filed_date: date
    remedy_case_no: str = ""
    outcome: Mapping[str, object] = field(default_factory=dict)


def keep_remedy(connection: Connection, entry_no: str, case: RemedyCase) -> None:
    """Keep the case, or what became known of the one that this procedure kept before.

    Raises `EntryUnknown`.
    """
    entry_key = entry_row(connection, entry_no).key
    filed = {
        "kind": case.kind,
        "organ": case.organ,
        "remedy_case_no": case.remedy_case_no,
        "filed_date": case.filed_date,
    }
    mine = Remedy.instance_key == case.instance_key
    if connection.scalar(select(Remedy.key).where(mine)) is None:
        own = {
            "outcome_document_no": "",
            **filed,
            **case.outcome,
            "entry_key": entry_key,
            "instance_key": case.instance_key,
        }
        connection.execute(insert(Remedy), own)
    else:
        connection.execute(update(Remedy).where(mine).values({**filed, **case.outcome}))
