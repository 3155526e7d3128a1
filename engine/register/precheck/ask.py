"""One question: look at the entries in force, let the table decide, keep question and answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select

from engine.clock import in_shanghai
from engine.feel import plain
from engine.identity import User
from engine.register.in_force import in_force, suspended
from engine.register.models import Entry, Party, PrecheckQuery
from engine.register.precheck.deciding import Decide
from engine.register.precheck.errors import (
    NameMissing,
    ProjectNumberMissing,
    TableUndecided,
)
from engine.register.precheck.party_code import PartyClass, read_code, same_name
from engine.register.precheck.purposes import Purpose, purpose_named, require_for
from engine.runtime.numbering import TABLE as NUMBERING
from engine.runtime.numbering import next_number

VERDICT = "precheck"
"""The decision that answers (D13)."""
JURISDICTION = "jurisdiction"
"""The decision that says whose number a question gets."""
NUMBER_KIND = "precheck"
ANSWERS = ("通过", "不通过")


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What is asked: `purpose` by its id or name, `as_of` None for now.

    `door` is where it came in: `page`, `api`, `file` or `command`.
    """

    purpose: str
    name: str
    code: str
    door: str
    project_no: str = ""
    as_of: datetime | None = None
    run_key: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundEntry:
    """An entry in force at the instant that was asked about."""

    entry_no: str
    decision_no: str
    decision_date: date
    last_day: date
    suspended: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The answer as it was kept. `warnings` say in two languages what else to look at."""

    key: int
    query_no: str
    asked_at: datetime
    as_of: datetime
    purpose: str
    project_no: str
    name: str
    code: str
    party_class: PartyClass
    passes: bool
    answer: str
    note: str
    entries: tuple[FoundEntry, ...] = field(default=())
    warnings: tuple[dict[str, str], ...] = field(default=())


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wanted:
    """A question that was read and found acceptable."""

    purpose: Purpose
    project_no: str
    name: str
    code: str
    party_class: PartyClass
    as_of: datetime


def ask(
    connection: Connection, question: Question, *, user: User, decide: Decide, now: datetime
) -> Answer:
    """Answer a question and keep both.

    The party is found by its code; an unknown one passes. Raises `PrecheckRefused` for a question
    without purpose or project number, and for a code that cannot be right: it must not pass.
    """
    wanted = _read(question, decide, now)
    rows = connection.execute(_entries_of(wanted.code, wanted.as_of)).all()
    held = sum(row.suspended for row in rows)
    verdict = decide(
        VERDICT, {"active_entries": Decimal(len(rows)), "suspended_entries": Decimal(held)}
    )
    said = verdict if isinstance(verdict, dict) else {}
    if said.get("answer") not in ANSWERS:
        raise TableUndecided(table=VERDICT, answer=said.get("answer"))
    fields: dict[str, Any] = {
        "query_no": _number(connection, user, decide, now),
        "asked_at": now,
        "as_of": wanted.as_of,
        "purpose": wanted.purpose.name,
        "project_no": wanted.project_no,
        "passes": said.get("passes") is True,
        "answer": str(said["answer"]),
        "note": str(said.get("note") or ""),
        "party_class": wanted.party_class,
    }
    entries = tuple(_found(row) for row in rows)
    warnings = tuple(_warnings(connection, wanted, rows, now))
    key = _keep(connection, question, wanted, user, {**fields, "warnings": list(warnings),
                "entries": plain([_as_kept(entry) for entry in entries])})  # fmt: skip
    return Answer(
        key=key, name=wanted.name, code=wanted.code, entries=entries, warnings=warnings, **fields
    )


def _read(question: Question, decide: Decide, now: datetime) -> _Wanted:
    purpose = purpose_named(decide, question.purpose.strip())
    project_no = question.project_no.strip()
    if purpose.asks_project_no and not project_no:
        raise ProjectNumberMissing(purpose=purpose.name)
    name = question.name.strip()
    if not name:
        raise NameMissing
    code, party_class = read_code(question.code)
    require_for(purpose, party_class)
    return _Wanted(
        purpose=purpose,
        project_no=project_no,
        name=name,
        code=code,
        party_class=party_class,
        as_of=in_shanghai(question.as_of) if question.as_of else now,
    )


def _entries_of(code: str, at: datetime) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Entry.entry_no,
            Entry.decision_no,
            Entry.decision_date,
            Entry.last_day,
            Party.name,
            suspended(at).label("suspended"),
        )
        .join(Party, Party.key == Entry.party_key)
        .where(Party.code == code, in_force(at))
        .order_by(Entry.key)
    )


def _namesake(name: str, code: str, at: datetime) -> Select[Any]:
    return (
        select(Entry.key)
        .join(Party, Party.key == Entry.party_key)
        .where(Party.name == name, Party.code != code, in_force(at))
        .limit(1)
    )


def _found(row: Row[Any]) -> FoundEntry:
    fields = row._mapping
    return FoundEntry(**{name: fields[name] for name in FoundEntry.__slots__})


def _as_kept(entry: FoundEntry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in FoundEntry.__slots__}


def _number(connection: Connection, user: User, decide: Decide, now: datetime) -> str:
    organ = decide(JURISDICTION, {"source_unit": user.organisation})
    series = decide(NUMBERING, {"kind": NUMBER_KIND, "deciding_organ": organ})
    if not isinstance(series, str):
        raise TableUndecided(table=NUMBERING, answer=series)
    return next_number(connection, series, now.year)


def _warnings(
    connection: Connection, wanted: _Wanted, rows: Sequence[Row[Any]], now: datetime
) -> list[dict[str, str]]:
    """What makes an answer doubtful. Only entries in force have a say in it (AM-46)."""
    found = []
    listed = next((row.name for row in rows if not same_name(row.name, wanted.name)), None)
    if listed is not None:
        found.append(
            {
                "zh": f"名单中该代码的名称是「{listed}」，与所填名称不同，请核对代码。",
                "en": f"The list has this code under the name '{listed}'; check the code.",
            }
        )
    if not rows and connection.scalar(_namesake(wanted.name, wanted.code, wanted.as_of)):
        found.append(
            {
                "zh": "名单中有同名而代码不同的主体，不是本次查询的主体；请核对所填代码。",
                "en": "The list has another party of this name under another code; check the code.",
            }
        )
    if wanted.as_of > now:
        found.append(
            {
                "zh": "审查时点尚未到来，届时以再次查询的结果为准。",
                "en": "The instant asked about is still to come; ask again then.",
            }
        )
    return found


def _keep(
    connection: Connection,
    question: Question,
    wanted: _Wanted,
    user: User,
    fields: dict[str, Any],
) -> int:
    inserted = connection.execute(
        insert(PrecheckQuery),
        {
            **fields,
            "asked_by": user.login,
            "organisation": user.organisation,
            "organisation_path": user.organisation_path,
            "door": question.door,
            "party_name": wanted.name,
            "party_code": wanted.code,
            "run_key": question.run_key,
        },
    ).inserted_primary_key
    assert inserted is not None
    return int(inserted[0])
