"""One entry with everything that followed from it: what its page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.identity import User
from engine.register.errors import EntryUnknown
from engine.register.in_force import hidden, in_force, suspended
from engine.register.models import (
    CreditRecord,
    Entry,
    EntryEvent,
    EntryMark,
    EntryMeasure,
    Honour,
    Party,
    Proceeding,
    Publication,
    Remedy,
    ServiceRecord,
)
from engine.runtime.models import ProcessDefinition, ProcessInstance
from engine.runtime.queries.case_page import require_sees
from engine.runtime.queries.visible import names_of_units


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryHead:
    """An entry, its party, and how it stands at one instant."""

    key: int
    row: Row[Any]
    party: Row[Any]
    case_root_key: int
    organisation_name: tuple[str, str]
    in_force: bool
    hidden: bool
    suspended: bool

    @property
    def entry_no(self) -> str:
        return str(self.row.entry_no)

    @property
    def business_keys(self) -> tuple[str, str]:
        """Under which its case and what followed keep instances and letters."""
        return self.row.case_no, self.row.entry_no


@dataclass(frozen=True, kw_only=True, slots=True)
class Follower:
    """A procedure about the entry."""

    key: int
    process_name: str
    process_name_en: str
    state: str
    started_at: datetime
    ended_at: datetime | None


def entry_head(connection: Connection, user: User, key: int, now: datetime) -> EntryHead:
    """The entry under `key`. Raises `EntryUnknown`, `NotPermitted`."""
    row = connection.execute(select(Entry).where(Entry.key == key)).one_or_none()
    if row is None:
        raise EntryUnknown(entry_no=key)
    require_sees(user, row.organisation_path)
    party = connection.execute(select(Party).where(Party.key == row.party_key)).one()
    names = names_of_units(connection, [row.organisation])
    root = connection.scalar(
        select(ProcessInstance.key).where(
            ProcessInstance.business_key == row.case_no, ProcessInstance.parent_key.is_(None)
        )
    )
    return EntryHead(
        key=key,
        row=row,
        party=party,
        case_root_key=root or 0,
        organisation_name=names.get(row.organisation, (row.organisation, row.organisation)),
        in_force=_holds(connection, key, in_force(now)),
        hidden=_holds(connection, key, hidden(now)),
        suspended=_holds(connection, key, suspended(now)),
    )


def key_of_entry(connection: Connection, entry_no: str) -> int | None:
    """The key under which the page of an entry is found."""
    return connection.scalar(select(Entry.key).where(Entry.entry_no == entry_no))


def followers_of(connection: Connection, head: EntryHead) -> list[Follower]:
    """The outermost procedures of the entry and of its case, the newest first."""
    rows = connection.execute(
        select(
            ProcessInstance.key,
            ProcessDefinition.name.label("process_name"),
            ProcessDefinition.name_en.label("process_name_en"),
            ProcessInstance.state,
            ProcessInstance.started_at,
            ProcessInstance.ended_at,
        )
        .join(ProcessDefinition, ProcessDefinition.key == ProcessInstance.process_definition_key)
        .where(
            ProcessInstance.business_key.in_(head.business_keys),
            ProcessInstance.parent_key.is_(None),
        )
        .order_by(ProcessInstance.key.desc())
    )
    return [Follower(**row._mapping) for row in rows]


def marks_of(connection: Connection, key: int) -> Sequence[Row[Any]]:
    """The marks of an entry, open ones first."""
    return connection.execute(
        select(EntryMark)
        .where(EntryMark.entry_key == key)
        .order_by(EntryMark.until_at.is_not(None), EntryMark.key.desc())
    ).all()


def events_of(connection: Connection, key: int) -> Sequence[Row[Any]]:
    """What happened to an entry, the newest first."""
    return connection.execute(
        select(EntryEvent).where(EntryEvent.entry_key == key).order_by(EntryEvent.key.desc())
    ).all()


def publications_of(connection: Connection, key: int) -> Sequence[Row[Any]]:
    """What the channels were given, in order."""
    return connection.execute(
        select(Publication).where(Publication.entry_key == key).order_by(Publication.key)
    ).all()


def measures_of(connection: Connection, key: int) -> Sequence[Row[Any]]:
    """The measures of an entry, in order."""
    return connection.execute(
        select(EntryMeasure)
        .where(EntryMeasure.entry_key == key)
        .order_by(EntryMeasure.measure_id, EntryMeasure.key)
    ).all()


def honours_of(connection: Connection, head: EntryHead) -> Sequence[Row[Any]]:
    """The honours of the party, the newest first."""
    return connection.execute(
        select(Honour)
        .where(Honour.holder_code == head.party.code)
        .order_by(Honour.award_date.desc(), Honour.key)
    ).all()


def proceedings_of(connection: Connection, key: int) -> Sequence[Row[Any]]:
    """Applications and complaints about an entry, the newest first."""
    return connection.execute(
        select(Proceeding).where(Proceeding.entry_key == key).order_by(Proceeding.key.desc())
    ).all()


def remedies_of(connection: Connection, key: int) -> Sequence[Row[Any]]:
    """Reviews and lawsuits about an entry, the newest first."""
    return connection.execute(
        select(Remedy).where(Remedy.entry_key == key).order_by(Remedy.key.desc())
    ).all()


def services_of(connection: Connection, head: EntryHead) -> Sequence[Row[Any]]:
    """How the documents of the case and of the entry were served, in order."""
    return connection.execute(
        select(ServiceRecord)
        .where(ServiceRecord.case_no == head.row.case_no)
        .order_by(ServiceRecord.key)
    ).all()


@dataclass(frozen=True, kw_only=True, slots=True)
class FileLine:
    """A line of the public credit file of a party."""

    kind: str
    text: str
    effective_date: date
    case_no: str | None


def credit_file(connection: Connection, party_key: int) -> list[FileLine]:
    """The credit file of a party, the newest first; of revoked listings nothing (AM-69)."""
    rows = connection.execute(
        select(
            CreditRecord.kind,
            CreditRecord.text,
            CreditRecord.effective_date,
            CreditRecord.case_no,
        )
        .where(CreditRecord.party_key == party_key, CreditRecord.counted)
        .order_by(CreditRecord.effective_date.desc(), CreditRecord.key.desc())
    )
    return [FileLine(**row._mapping) for row in rows]


def _holds(connection: Connection, key: int, condition: Any) -> bool:
    return connection.scalar(select(Entry.key).where(Entry.key == key, condition)) is not None
