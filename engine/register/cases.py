"""Cases: opened with a number, closed in a state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, update

from engine.register.errors import CaseUnknown
from engine.register.models import CaseFile


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCase:
    """What is known of a case when it is opened."""

    case_no: str
    party_key: int
    root_key: int
    organisation: str
    organisation_path: str
    source_unit: str
    state: str
    opened_date: date


def open_case(connection: Connection, case: NewCase) -> None:
    """Write a new case."""
    connection.execute(
        insert(CaseFile),
        {
            "case_no": case.case_no,
            "party_key": case.party_key,
            "root_key": case.root_key,
            "organisation": case.organisation,
            "organisation_path": case.organisation_path,
            "source_unit": case.source_unit,
            "state": case.state,
            "opened_date": case.opened_date,
        },
    )


def set_state(
    connection: Connection, case_no: str, state: str, *, closed_date: date | None = None
) -> None:
    """Write the state of a case. Raises `CaseUnknown`."""
    values = {"state": state, **({"closed_date": closed_date} if closed_date else {})}
    done = connection.execute(update(CaseFile).where(CaseFile.case_no == case_no).values(values))
    if done.rowcount != 1:
        raise CaseUnknown(case_no=case_no)
