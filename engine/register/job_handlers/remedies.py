"""Keeping reviews and lawsuits about an entry, and how they ended (C.10)."""

from __future__ import annotations

from datetime import date

from engine.register.errors import VariableMissing
from engine.register.remedies import RemedyCase, keep_remedy
from engine.register.variables import need
from engine.runtime import JobContext, job_handler


@job_handler("register.record_remedy")
def _record_remedy(job: JobContext) -> None:
    """Keep a review or lawsuit about the entry of `entry_no`, one for each process instance.

    Headers `kind`, `organ`, `remedyCaseNo`, `filed` (a day); when it is over also `outcome`,
    `outcomeDocumentNo` and `served`, the day on which the bureau got it. A later job updates.
    Raises `VariableMissing` without the day of filing, and `EntryUnknown`.
    """
    filed, served = job.header("filed"), job.header("served")
    if not isinstance(filed, date):
        raise VariableMissing(type=job.type, name="filed")
    outcome = {
        "outcome": job.header("outcome"),
        "outcome_document_no": job.header("outcomeDocumentNo"),
        "served_date": served if isinstance(served, date) else None,
    }
    keep_remedy(
        job.connection,
        need(job, "entry_no", str),
        RemedyCase(
            instance_key=job.root_key,
            kind=str(job.header("kind")),
            organ=str(job.header("organ")),
            remedy_case_no=str(job.header("remedyCaseNo") or ""),
            filed_date=filed,
            outcome={name: value for name, value in outcome.items() if value is not None},
        ),
    )
