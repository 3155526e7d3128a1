"""Monthly reports: kept as units report, closed when the collection is over, sent on, received."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from engine.clock import in_shanghai
from engine.identity import find_unit
from engine.identity.models import UserAccount
from engine.register.errors import VariableMissing
from engine.register.reports import UNIT, Folder, files_of, keep_report, receive, rows_of
from engine.runtime import JobContext, job_handler
from engine.runtime.models import UserTask


@job_handler("register.name_units")
def _name_units(job: JobContext) -> Mapping[str, object]:
    """The names of the units of header `units`. Brings `unit_names`, of {unit, unit_name}."""
    codes = [str(code) for code in _listed(job.header("units"))]
    return {"unit_names": [{"unit": code, "unit_name": _unit_name(job, code)} for code in codes]}


@job_handler("register.record_report")
def _record_report(job: JobContext) -> Mapping[str, object]:
    """Keep what a unit, or an office for its region, reported for a month.

    Headers `month` (`2025-09`), `region`, `unit`, `level` (`unit` or `region`), `state`, `due` (a
    day), `rows` (contexts: party_class, name, code, kind, doc_no, date, amount, criterion,
    suggest_listing, note), `zero_report`, `supplement`, `note`. With `reported` true it is reported
    now: late by the working days since the due day. `filledBy` and `reviewedBy` name the user tasks
    in which this unit did so. A later job of the same instance and unit writes the file anew.

    Brings `reported` {unit, unit_name, reported_at, late_working_days, filled_by, filler,
    reviewed_by, reviewer}; people by login and by name.
    """
    folder, due = _folder(job), _day(job, "due")
    filler, reviewer = _doer(job, "filledBy", folder.unit), _doer(job, "reviewedBy", folder.unit)
    done = job.header("reported") is True
    late = _late(job, due) if done else 0
    rows = job.header("rows")
    columns: dict[str, object] = {
        "state": str(job.header("state")),
        "organisation_path": job.instance.tx.path_of(folder.unit),
        "zero_report": job.header("zero_report") is True,
        "supplement": job.header("supplement") is True,
        "note": str(job.header("note") or ""),
        "due_date": due,
        "reported_at": job.now if done else None,
        "late_working_days": late,
        "filled_by": filler[0],
        "reviewed_by": reviewer[0],
    }
    keep_report(
        job.connection,
        folder,
        instance_key=job.root_key,
        idempotency_key=job.idempotency_key,
        columns=columns,
        rows=_contexts(rows) if isinstance(rows, list) else None,
    )
    return {
        "reported": {
            "unit": folder.unit,
            "unit_name": _unit_name(job, folder.unit),
            "reported_at": job.now if done else None,
            "late_working_days": Decimal(late),
            "filled_by": filler[0],
            "filler": filler[1],
            "reviewed_by": reviewer[0],
            "reviewer": reviewer[1],
        }
    }


@job_handler("register.close_collection")
def _close_collection(job: JobContext) -> Mapping[str, object]:
    """Close the collection of a region: what its units reported, and which did not.

    Headers `month`, `region`, `units` (codes), `due` (the last day to report), `missingState`: the
    state of a unit that did not report, whether it began to or not.

    Brings `collection` {close_day, files, rows, missing}: the day on which the last unit reported,
    or `due` itself if one is missing (AM-06); a file per unit {unit, unit_name, reported,
    reported_at, late_working_days, zero_report, count, note}; the rows reported, each with `unit`,
    `unit_name` and `row_no`; and the units that are missing {unit, unit_name, rows, note}, with
    what they had filled in.
    """
    units = [str(unit) for unit in _listed(job.header("units"))]
    known = files_of(job.connection, job.root_key, UNIT, units)
    files, rows, missing = [], [], []
    for unit in units:
        file = known.get(unit)
        name = _unit_name(job, unit)
        said = rows_of(job.connection, file.key) if file is not None else []
        own = [{**row, "unit": unit, "unit_name": name} for row in said]
        reported = file is not None and file.reported_at is not None
        if reported:
            rows += own
        else:
            _miss(job, unit)
            missing.append({"unit": unit, "unit_name": name, "rows": own,
                            "note": file.note if file is not None else ""})  # fmt: skip
        files.append(
            {
                "unit": unit,
                "unit_name": name,
                "reported": reported,
                "reported_at": file.reported_at if file is not None else None,
                "late_working_days": Decimal(file.late_working_days if file is not None else 0),
                "zero_report": file is not None and reported and file.zero_report,
                "count": Decimal(len(own) if reported else 0),
                "note": file.note if file is not None and reported else "",
            }
        )
    last = max((f.reported_at for f in known.values() if f.reported_at is not None), default=None)
    close_day = _day(job, "due") if missing or last is None else in_shanghai(last).date()
    return {
        "collection": {"close_day": close_day, "files": files, "rows": rows, "missing": missing}
    }


@job_handler("register.receive_report")
def _receive_report(job: JobContext) -> None:
    """The report of a region was taken in or sent back: headers as above, `state`."""
    receive(job.connection, _folder(job), job.root_key, str(job.header("state")), job.now)


def _miss(job: JobContext, unit: str) -> None:
    folder = Folder(month=_text(job, "month"), region=_text(job, "region"), unit=unit, level=UNIT)
    keep_report(
        job.connection,
        folder,
        instance_key=job.root_key,
        idempotency_key=f"{job.idempotency_key}-{unit}",
        columns={
            "state": str(job.header("missingState")),
            "organisation_path": job.instance.tx.path_of(unit),
            "due_date": _day(job, "due"),
            "reported_at": None,
        },
        rows=None,
    )


def _folder(job: JobContext) -> Folder:
    return Folder(
        month=_text(job, "month"),
        region=_text(job, "region"),
        unit=_text(job, "unit"),
        level=_text(job, "level"),
    )


def _text(job: JobContext, name: str) -> str:
    value = job.header(name)
    if not isinstance(value, str) or not value:
        raise VariableMissing(type=job.type, name=name)
    return value


def _day(job: JobContext, name: str) -> date:
    value = job.header(name)
    if isinstance(value, datetime):
        return in_shanghai(value).date()
    if not isinstance(value, date):
        raise VariableMissing(type=job.type, name=name)
    return value


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _contexts(value: Sequence[object]) -> list[Mapping[str, object]]:
    return [row for row in value if isinstance(row, Mapping)]


def _late(job: JobContext, due: date) -> int:
    today = in_shanghai(job.now).date()
    if today <= due:
        return 0
    calendar = job.instance.tx.calendar_of(job.instance.row.organisation_path)
    return calendar.working_days_between(due, today)


def _unit_name(job: JobContext, code: str) -> str:
    return find_unit(job.connection, code).name


def _doer(job: JobContext, header: str, unit: str) -> tuple[str, str]:
    """Login and name of who last did the user task of a header for a unit; empty if nobody did."""
    element = job.header(header)
    if not isinstance(element, str):
        return "", ""
    found = job.connection.execute(
        select(UserTask.completed_by, UserAccount.name)
        .outerjoin(UserAccount, UserAccount.login == UserTask.completed_by)
        .where(
            UserTask.instance_key == job.instance_key,
            UserTask.element_id == element,
            UserTask.organisation == unit,
            UserTask.state == "completed",
        )
        .order_by(UserTask.key.desc())
        .limit(1)
    ).first()
    return (str(found[0] or ""), str(found[1] or found[0] or "")) if found else ("", "")
