"""Keeping what supervision counts, and the lines of the public credit file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import insert, select, update

from engine.feel import plain
from engine.register.entries import entry_row
from engine.register.models import CreditRecord, Proceeding
from engine.register.variables import find
from engine.runtime import JobContext, job_handler


@job_handler("register.record_proceeding")
def _record_proceeding(job: JobContext) -> None:
    """Keep an application or complaint for the figures, or write how it ended.

    Headers `kind`, `received` and `due` (days), `decided` (a day, when it is over), `result`, and
    `details`, a context. One of each kind per process instance: a later job updates it.
    """
    kind, decided, received = (job.header(n) for n in ("kind", "decided", "received"))
    details = job.header("details")
    entry_no = find(job.variables, "entry_no")
    entry_key = entry_row(job.connection, entry_no).key if isinstance(entry_no, str) else None
    columns: dict[str, object] = {
        "due_date": _day(job.header("due")),
        "decided_date": _day(decided),
        "result": str(job.header("result")) if job.header("result") is not None else None,
        "working_days": _working_days(job, _day(received), _day(decided)),
        "details": plain(dict(details)) if isinstance(details, Mapping) else {},
    }
    of_this = (Proceeding.instance_key == job.root_key, Proceeding.kind == str(kind))
    known = job.connection.scalar(select(Proceeding.key).where(*of_this))
    if known is not None:
        said = {name: value for name, value in columns.items() if value not in (None, {})}
        job.connection.execute(update(Proceeding).where(*of_this).values(said))
        return
    job.connection.execute(
        insert(Proceeding),
        {
            **columns,
            "kind": str(kind),
            "instance_key": job.root_key,
            "entry_key": entry_key,
            "case_no": find(job.variables, "case_no"),
            "organisation_path": job.instance.row.organisation_path,
            "received_date": _day(received) or job.now.date(),
        },
    )


@job_handler("register.credit_record")
def _credit_record(job: JobContext) -> None:
    """Write a line into the party's public credit file: headers `kind`, `text`, `date`."""
    known = select(CreditRecord.key).where(CreditRecord.idempotency_key == job.idempotency_key)
    if job.connection.scalar(known) is not None:
        return
    entry = entry_row(job.connection, str(find(job.variables, "entry_no")))
    job.connection.execute(
        insert(CreditRecord),
        {
            "party_key": entry.party_key,
            "entry_key": entry.key,
            "case_no": entry.case_no,
            "kind": str(job.header("kind")),
            "text": str(job.header("text")),
            "effective_date": _day(job.header("date")) or job.now.date(),
            "recorded_at": job.now,
            "idempotency_key": job.idempotency_key,
        },
    )


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _working_days(job: JobContext, received: date | None, decided: date | None) -> int | None:
    if received is None or decided is None:
        return None
    calendar = job.instance.tx.calendar_of(job.instance.row.organisation_path)
    return calendar.working_days_between(received, decided)
