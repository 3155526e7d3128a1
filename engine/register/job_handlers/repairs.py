"""What the revocation of a repair needs to know of the repair."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from engine.register.entries import entry_row
from engine.register.facts import with_days
from engine.register.models import Proceeding
from engine.register.variables import need
from engine.runtime import JobContext, job_handler


@job_handler("register.last_proceeding")
def _last_proceeding(job: JobContext) -> Mapping[str, object]:
    """Look up the newest proceeding about the entry of `entry_no` that ended as wanted.

    Header `kind` and header `result` say which. Brings `proceeding` (`received_date`,
    `decided_date`, `result` and `details`, the days in it as days), null if there is none. Raises
    `EntryUnknown`.
    """
    entry = entry_row(job.connection, need(job, "entry_no", str))
    row = job.connection.execute(
        select(
            Proceeding.received_date,
            Proceeding.decided_date,
            Proceeding.result,
            Proceeding.details,
        )
        .where(
            Proceeding.entry_key == entry.key,
            Proceeding.kind == str(job.header("kind")),
            Proceeding.result == str(job.header("result")),
        )
        .order_by(Proceeding.decided_date.desc(), Proceeding.key.desc())
        .limit(1)
    ).first()
    if row is None:
        return {"proceeding": None}
    return {"proceeding": {**row._mapping, "details": with_days(row.details)}}
