"""What the procedure of joint punishment does with the honours of a party."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from engine.register.errors import VariableMissing
from engine.register.honours import change_honour, honours_between, honours_revoked_for
from engine.register.variables import need
from engine.runtime import JobContext, job_handler


@job_handler("register.find_honours")
def _find_honours(job: JobContext) -> Mapping[str, object]:
    """Honours of header `field` that the party of the entry holds, awarded from the day of header
    `from` to that of header `to` (both count). Brings `honours`.
    """
    found = honours_between(
        job.connection,
        need(job, "entry_no", str),
        str(job.header("field")),
        _day(job, "from"),
        _day(job, "to"),
    )
    return {"honours": found}


@job_handler("register.revoked_honours")
def _revoked_honours(job: JobContext) -> Mapping[str, object]:
    """Honours that were revoked because of the entry. Brings `honours`."""
    return {"honours": honours_revoked_for(job.connection, need(job, "entry_no", str))}


@job_handler("register.change_honour")
def _change_honour(job: JobContext) -> None:
    """Write what became of an honour: headers `honour` (its key), `state`, `documentNo`, `note`;
    header `revoked` true: because of this entry.
    """
    key = job.header("honour")
    if not isinstance(key, Decimal | int):
        raise VariableMissing(type=job.type, name="honour")
    revoked = job.header("revoked") in (True, "true")
    change_honour(
        job.connection,
        int(key),
        str(job.header("state")),
        document_no=str(job.header("documentNo") or ""),
        note=str(job.header("note") or ""),
        revoked_for=need(job, "entry_no", str) if revoked else None,
        now=job.now,
    )


def _day(job: JobContext, header: str) -> date:
    value = job.header(header)
    if isinstance(value, datetime):
        return value.date()
    if not isinstance(value, date):
        raise VariableMissing(type=job.type, name=header)
    return value
