"""Opening and closing cases, entering a party in the list, keeping how documents were served."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from engine.clock import start_of_day
from engine.feel import plain
from engine.register.cases import NewCase, open_case, set_state
from engine.register.entries import Change, change_entry, create_entry, decision_served
from engine.register.entry_status import DECIDED, SERVICE
from engine.register.instalments import keep_instalments
from engine.register.models import CaseFile, ServiceRecord
from engine.register.parties import record_party, related_cases
from engine.register.variables import find, need, whole
from engine.runtime import JobContext, job_handler
from engine.runtime.numbering import number_for
from engine.runtime.recomputed import on_recomputed

if TYPE_CHECKING:
    from engine.runtime.instance import Instance
    from engine.runtime.transaction import Transaction

COPIED_DEADLINES = frozenset({"publish_due", "serve_due", "rectify_due"})
"""Variables of a case that its entry keeps as well."""


@job_handler("register.open_case")
def _open_case(job: JobContext) -> Mapping[str, object]:
    """Record the party and open a case with the next case number of the deciding organ.

    Header `state` is the state in which the case begins.

    Brings `case_no`, `case_opened_date`, `region_code` and `related_cases`, the party's other
    cases and entries.
    """
    party = need(job, "party", dict)
    case_no = number_for(job, "case", job.now.year)
    party_key = record_party(job.connection, party, job.now)
    deciding = str(find(job.variables, "deciding_organ.deciding_unit") or job.organisation)
    open_case(
        job.connection,
        NewCase(
            case_no=case_no,
            party_key=party_key,
            root_key=job.root_key,
            organisation=deciding,
            organisation_path=job.instance.tx.path_of(deciding),
            source_unit=str(find(job.variables, "source_unit") or ""),
            state=str(job.header("state", "")),
            opened_date=job.now.date(),
        ),
    )
    instalments = find(job.variables, "repay_plan.instalments")
    if isinstance(instalments, list):
        keep_instalments(job.connection, case_no, party_key, instalments)
    return {
        "case_no": case_no,
        "case_opened_date": job.now.date(),
        "region_code": find(job.variables, "deciding_organ.region_code"),
        "related_cases": related_cases(job.connection, party_key, case_no),
    }


@job_handler("register.close_case")
def _close_case(job: JobContext) -> Mapping[str, object]:
    """Close the case in the state of header `state`. Brings `case_state`."""
    state = str(job.header("state", ""))
    set_state(job.connection, need(job, "case_no", str), state, closed_date=job.now.date())
    return {"case_state": state}


@job_handler("register.create_entry")
def _create_entry(job: JobContext) -> Mapping[str, object]:
    """Enter the party in the list by the signed decision, whose number is the entry's.

    Headers `publishRule` and `serveRule` name the rules of the two days it brings.

    Brings `entry_no`, `publish_due` and `serve_due`, the days by which the decision must be
    published and served.
    """
    decision_date = need(job, "decision_date", date)
    entry_no = need(job, "decision_no", str)
    case_no = need(job, "case_no", str)
    case = job.connection.execute(
        select(CaseFile.party_key, CaseFile.organisation, CaseFile.organisation_path).where(
            CaseFile.case_no == case_no
        )
    ).one()
    publish_due = job.deadline(str(job.header("publishRule")), decision_date)
    serve_due = job.deadline(str(job.header("serveRule")), decision_date)
    create_entry(
        job.connection,
        {
            "entry_no": entry_no,
            "case_no": case_no,
            "party_key": case.party_key,
            "decision_no": entry_no,
            "decision_date": decision_date,
            "years": whole(job, "years"),
            "last_day": need(job, "last_day", date),
            "publish_due_date": publish_due,
            "serve_due_date": serve_due,
            "act_date_from": _day(job, "case.act_date_from"),
            "act_date_to": _day(job, "case.act_date_to"),
            "source_unit": str(find(job.variables, "source_unit") or ""),
            "region_code": str(find(job.variables, "deciding_organ.region_code") or ""),
            "deciding_organ": plain(find(job.variables, "deciding_organ") or {}),
            "status": DECIDED,
            "measures": plain(find(job.variables, "measures") or []),
            "criteria": plain(find(job.variables, "case.criteria") or []),
            "organisation": case.organisation,
            "organisation_path": case.organisation_path,
            "created_at": job.now,
        },
    )
    set_state(job.connection, case_no, DECIDED)
    return {"entry_no": entry_no, "publish_due": publish_due, "serve_due": serve_due}


def _day(job: JobContext, path: str) -> date | None:
    value = find(job.variables, path)
    return value if isinstance(value, date) else None


@on_recomputed
def _follow_calendar(tx: Transaction, instance: Instance, moved: AbstractSet[str]) -> None:
    """An entry keeps copies of deadlines of its case: they move with the calendar."""
    variables = instance.view(None)
    entry_no = variables.get("entry_no")
    copies = {name: variables[name] for name in moved & COPIED_DEADLINES if name in variables}
    if isinstance(entry_no, str) and copies:
        change_entry(tx.connection, entry_no, copies)


@job_handler("register.record_service")
def _record_service(job: JobContext) -> None:
    """Keep how and when the documents of a service process were served."""
    known = select(ServiceRecord.key).where(ServiceRecord.instance_key == job.instance_key)
    if job.connection.scalar(known) is not None:
        return
    job.connection.execute(
        insert(ServiceRecord),
        {
            "case_no": need(job, "case_no", str),
            "instance_key": job.instance_key,
            "purpose": str(find(job.variables, "purpose") or ""),
            "documents": plain(find(job.variables, "documents") or []),
            "method": need(job, "method", str),
            "served_date": need(job, "served_date", date),
            "attempts": plain(find(job.variables, "attempts") or []),
            "recorded_at": job.now,
        },
    )


@job_handler("register.update_entry")
def _update_entry(job: JobContext) -> None:
    """Write the dates in the variable `changes` to the entry of `entry_no`.

    A day of service is an event of the entry as well.
    """
    entry_no, changes = need(job, "entry_no", str), need(job, "changes", dict)
    served_date = changes.get("decision_served_date")
    if not isinstance(served_date, date):
        change_entry(job.connection, entry_no, changes)
        return
    served = Change(
        event=SERVICE,
        effective_at=start_of_day(served_date),
        recorded_at=job.now,
        instance_key=job.root_key,
        idempotency_key=job.idempotency_key,
    )
    decision_served(job.connection, entry_no, changes, served)
