"""Looking at what was asked: one's own questions, or for auditors those of everybody they see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from engine.identity import User
from engine.identity.models import Organisation, UserAccount
from engine.register.models import PrecheckQuery, PrecheckRow, PrecheckRun
from engine.register.precheck.ask import FoundEntry
from engine.register.precheck.batch import ANSWERED, BAD, RUNNING, WAITING
from engine.runtime.errors import NotFound, NotPermitted
from engine.runtime.queries.visible import seen_by

AUDIT = "audit.view"
"""The permission to see what others asked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptQuery:
    """A question with its answer, and who asked."""

    key: int
    query_no: str
    asked_at: datetime
    asked_by: str
    user_name: str
    organisation: str
    unit_name: str
    door: str
    purpose: str
    project_no: str
    party_name: str
    party_code: str
    party_class: str
    as_of: datetime
    passes: bool
    answer: str
    note: str
    entries: tuple[FoundEntry, ...]
    warnings: tuple[Mapping[str, str], ...]

    def plain(self) -> dict[str, object]:
        """The answer as JSON has it."""
        return {
            "key": self.key,
            "queryNo": self.query_no,
            "askedAt": self.asked_at.isoformat(),
            "askedBy": self.asked_by,
            "purpose": self.purpose,
            "projectNo": self.project_no,
            "name": self.party_name,
            "asOf": self.as_of.isoformat(),
            "passes": self.passes,
            "answer": self.answer,
            "note": self.note,
            "entries": [
                {
                    "entryNo": entry.entry_no,
                    "decisionNo": entry.decision_no,
                    "decisionDate": entry.decision_date.isoformat(),
                    "lastDay": entry.last_day.isoformat(),
                    "suspended": entry.suspended,
                }
                for entry in self.entries
            ],
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class RunProgress:
    """A file of questions with the numbers of its rows by state."""

    key: int
    file_name: str
    header: list[str]
    purpose: str
    project_no: str
    as_of: datetime | None
    total: int
    state: str
    started_by: str
    started_at: datetime
    ended_at: datetime | None
    waiting: int
    bad: int
    passed: int
    failed: int

    @property
    def done(self) -> int:
        return self.total - self.waiting

    @property
    def runs(self) -> bool:
        return self.state == RUNNING


@dataclass(frozen=True, kw_only=True, slots=True)
class RunRow:
    """A row of a file with its answer; `query` is None while it waits and if it is bad."""

    row_no: int
    state: str
    cells: list[Any]
    error: Mapping[str, str]
    query: KeptQuery | None


def find_query(connection: Connection, user: User, key: int) -> KeptQuery:
    """One question. Raises `NotFound`, `NotPermitted`."""
    row = connection.execute(_queries().where(PrecheckQuery.key == key)).one_or_none()
    if row is None:
        raise NotFound(what="前置审查", key=key)
    if row.asked_by != user.login and not (user.may(AUDIT) and user.sees(row.organisation_path)):
        raise NotPermitted(
            action="查看这次前置审查",
            action_en="see this pre-check",
            reason="不是您查询的",
            reason_en="somebody else asked it",
        )
    return _kept(row)


def kept_queries(
    connection: Connection, user: User, *, before: int | None = None, words: str = "",
    everybody: bool = False, limit: int = 30,
) -> list[KeptQuery]:  # fmt: skip
    """The newest questions before a key: the user's own, or with `everybody` (for auditors) all
    that the user may see. `words` stand in the number, the name or the project number.
    """
    wanted = _queries().where(_whose(user, everybody)).order_by(PrecheckQuery.key.desc())
    if before is not None:
        wanted = wanted.where(PrecheckQuery.key < before)
    if words:
        columns = (PrecheckQuery.query_no, PrecheckQuery.party_name, PrecheckQuery.project_no)
        found = [column.contains(words, autoescape=True) for column in columns]
        wanted = wanted.where(found[0] | found[1] | found[2] | (PrecheckQuery.party_code == words))
    return [_kept(row) for row in connection.execute(wanted.limit(limit))]


def run_progress(connection: Connection, user: User, run_key: int) -> RunProgress:
    """A file the user began. Raises `NotFound`, `NotPermitted`."""
    run = connection.execute(select(PrecheckRun).where(PrecheckRun.key == run_key)).one_or_none()
    if run is None:
        raise NotFound(what="批量审查", key=run_key)
    if run.started_by != user.login and not (user.may(AUDIT) and user.sees(run.organisation_path)):
        raise NotPermitted(
            action="查看这次批量审查",
            action_en="see this batch",
            reason="不是您发起的",
            reason_en="somebody else began it",
        )
    return _progress(connection, run)


def recent_runs(connection: Connection, user: User, limit: int = 10) -> list[RunProgress]:
    """The files the user began last."""
    wanted = select(PrecheckRun).where(PrecheckRun.started_by == user.login)
    rows = connection.execute(wanted.order_by(PrecheckRun.key.desc()).limit(limit)).all()
    return [_progress(connection, row) for row in rows]


def run_rows(
    connection: Connection, run_key: int, *, after: int = 0, limit: int | None = None,
    failing_first: bool = False,
) -> list[RunRow]:  # fmt: skip
    """The rows of a file that were looked at, in its order; with `failing_first` those that do
    not pass or could not be asked stand before the others.
    """
    wanted = (
        select(PrecheckRow)
        .outerjoin(PrecheckQuery, PrecheckQuery.key == PrecheckRow.query_key)
        .where(
            PrecheckRow.run_key == run_key,
            PrecheckRow.row_no > after,
            PrecheckRow.state != WAITING,
        )
        .limit(limit)
    )
    if failing_first:
        wanted = wanted.order_by(func.coalesce(PrecheckQuery.passes, False), PrecheckRow.row_no)
    else:
        wanted = wanted.order_by(PrecheckRow.row_no)
    rows = connection.execute(wanted).all()
    keys = [row.query_key for row in rows if row.query_key is not None]
    queries = {query.key: query for query in _some(connection, keys)}
    return [
        RunRow(
            row_no=row.row_no,
            state=row.state,
            cells=row.cells,
            error=row.error,
            query=queries.get(row.query_key),
        )
        for row in rows
    ]


MOST_VALUES = 500
"""Keys in one question to the database."""


def _some(connection: Connection, keys: list[int]) -> list[KeptQuery]:
    found: list[KeptQuery] = []
    for start in range(0, len(keys), MOST_VALUES):
        part = keys[start : start + MOST_VALUES]
        found += [
            _kept(r) for r in connection.execute(_queries().where(PrecheckQuery.key.in_(part)))
        ]
    return found


def _queries() -> Select[*tuple[Any, ...]]:
    return (
        select(
            PrecheckQuery,
            UserAccount.name.label("user_name"),
            Organisation.name.label("unit_name"),
        )
        .outerjoin(UserAccount, UserAccount.login == PrecheckQuery.asked_by)
        .outerjoin(Organisation, Organisation.code == PrecheckQuery.organisation)
    )


def _whose(user: User, everybody: bool) -> ColumnElement[bool]:
    if everybody and user.may(AUDIT):
        return seen_by(user, PrecheckQuery.organisation_path)
    return PrecheckQuery.asked_by == user.login


def _kept(row: Row[Any]) -> KeptQuery:
    fields = dict(row._mapping)
    fields["user_name"] = fields["user_name"] or fields["asked_by"]
    fields["unit_name"] = fields["unit_name"] or ""
    fields["entries"] = tuple(_entry(entry) for entry in fields["entries"])
    fields["warnings"] = tuple(fields["warnings"])
    return KeptQuery(**{name: fields[name] for name in KeptQuery.__slots__})


def _entry(kept: Mapping[str, Any]) -> FoundEntry:
    days = {name: date.fromisoformat(kept[name]) for name in ("decision_date", "last_day")}
    return FoundEntry(**{**kept, **days})


def _progress(connection: Connection, run: Row[Any]) -> RunProgress:
    states = connection.execute(
        select(PrecheckRow.state, PrecheckQuery.passes, func.count())
        .outerjoin(PrecheckQuery, PrecheckQuery.key == PrecheckRow.query_key)
        .where(PrecheckRow.run_key == run.key)
        .group_by(PrecheckRow.state, PrecheckQuery.passes)
    ).all()
    counts: dict[tuple[str, bool | None], int] = {(row[0], row[1]): row[2] for row in states}
    known = {
        name: getattr(run, name)
        for name in RunProgress.__slots__
        if name not in ("waiting", "bad", "passed", "failed")
    }
    return RunProgress(
        **known,
        waiting=counts.get((WAITING, None), 0),
        bad=counts.get((BAD, None), 0),
        passed=counts.get((ANSWERED, True), 0),
        failed=counts.get((ANSWERED, False), 0),
    )
