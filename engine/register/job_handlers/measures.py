"""What the procedure of joint punishment does with the measures of an entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from engine.register.measures import (
    Feedback,
    NewMeasure,
    apply_measures,
    confirm_end,
    end_measures,
    record_feedback,
    suspend_measures,
)
from engine.register.variables import instant, need
from engine.runtime import JobContext, job_handler


@job_handler("register.apply_measures")
def _apply_measures(job: JobContext) -> None:
    """Put measures on: header `measures` (as the table of measures gives them) and header
    `departments` (rows of the table of departments: who applies which, and whether it answers).

    One that nobody answers for is our own and applies at once.
    """
    departments = {str(row.get("measure")): row for row in _rows(job, "departments")}
    measures = [
        _measure(row, departments.get(str(row.get("id")), {})) for row in _rows(job, "measures")
    ]
    apply_measures(job.connection, need(job, "entry_no", str), measures, job.now)


@job_handler("register.record_feedback")
def _record_feedback(job: JobContext) -> None:
    """Keep the answers of a department: header `answers`, rows of `id`, `result`, `from_date` and
    `note`.
    """
    answers = [
        Feedback(
            measure_id=str(row.get("id")),
            result=str(row.get("result")),
            from_date=_day(row.get("from_date")),
            note=str(row.get("note") or ""),
        )
        for row in _rows(job, "answers")
    ]
    record_feedback(job.connection, need(job, "entry_no", str), answers, job.now)


@job_handler("register.end_measures")
def _end_measures(job: JobContext) -> Mapping[str, object]:
    """End the measures of the entry at header `at`; header `neverApplied` true: as if never made.

    Brings `lifted`: by department, the measures that had been pushed to it.
    """
    lifted = end_measures(
        job.connection,
        need(job, "entry_no", str),
        instant(job, "at") or job.now,
        never_applied=job.header("neverApplied") in (True, "true"),
    )
    return {"lifted": lifted}


@job_handler("register.confirm_lifting")
def _confirm_lifting(job: JobContext) -> None:
    """A department has lifted its measures: header `measures` (their ids), header `note`."""
    ids = job.header("measures")
    confirm_end(
        job.connection,
        need(job, "entry_no", str),
        [str(one) for one in ids] if isinstance(ids, list) else [],
        str(job.header("note") or ""),
        job.now,
    )


@job_handler("register.suspend_measures")
def _suspend_measures(job: JobContext) -> None:
    """The measures of the entry are suspended since header `at`."""
    at = instant(job, "at") or job.now
    suspend_measures(job.connection, need(job, "entry_no", str), at)


@job_handler("register.resume_measures")
def _resume_measures(job: JobContext) -> None:
    """The measures of the entry apply again."""
    suspend_measures(job.connection, need(job, "entry_no", str), None)


def _measure(row: Mapping[str, object], department: Mapping[str, object]) -> NewMeasure:
    return NewMeasure(
        measure_id=str(row.get("id")),
        name=str(row.get("name")),
        executed_by=str(department.get("department") or row.get("executed_by") or ""),
        department=str(department.get("unit") or ""),
        basis_ref=str(row.get("basis_ref") or ""),
        pushed=department.get("feedback") is True,
    )


def _rows(job: JobContext, header: str) -> Iterator[Mapping[str, object]]:
    value = job.header(header)
    for row in value if isinstance(value, list) else []:
        if isinstance(row, Mapping):
            yield row


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
