"""What procedures do with an entry of the list: look it up, mark it, change it, end it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select, update

from engine.clock import start_of_day
from engine.feel import plain
from engine.register.cases import set_state
from engine.register.entries import Change, entry_row, record_event
from engine.register.errors import NotAmendable, RestorationTooLate, VariableMissing
from engine.register.facts import entry_facts, other_active_entries
from engine.register.marks import NewMark, lift_marks, open_marks, set_mark
from engine.register.models import CreditRecord, Entry
from engine.register.parties import record_party
from engine.register.variables import instant, need
from engine.runtime import JobContext, job_handler
from engine.runtime.numbering import number_for

AMENDABLE = frozenset(
    {
        "years",
        "last_day",
        "criteria",
        "measures",
        "decision_no",
        "public_summary",
        "rectify_due_date",
        "act_date_from",
        "act_date_to",
    }
)
"""The columns of an entry that a correction or an amending decision may change."""


@job_handler("register.entry_facts")
def _entry_facts(job: JobContext) -> Mapping[str, object]:
    """Look up the entry of `entry_no`.

    Brings `entry`, `party`, `case_no`, `measures`, `deciding_organ`, `source_unit` and
    `other_entries`, the other entries of the party that are in force.
    """
    entry_no = need(job, "entry_no", str)
    facts = entry_facts(job.connection, entry_no, job.now)
    entry = facts["entry"]
    assert isinstance(entry, dict)
    others = other_active_entries(job.connection, entry_no, job.now)
    return {**facts, "case_no": entry["case_no"], "other_entries": others}


@job_handler("register.mark_entry")
def _mark_entry(job: JobContext) -> Mapping[str, object]:
    """Mark the entry: headers `kind`, `hides` and `suspends` (true or false), `reason`, `at`.

    Brings `entry_marks`, the kinds of its open marks.
    """
    entry_no = need(job, "entry_no", str)
    mark = NewMark(
        kind=str(job.header("kind")),
        hides=job.header("hides") in (True, "true"),
        suspends=job.header("suspends") in (True, "true"),
        since_at=instant(job, "at") or job.now,
        reason=str(job.header("reason") or ""),
        instance_key=job.root_key,
        idempotency_key=job.idempotency_key,
    )
    set_mark(job.connection, entry_no, mark)
    return {"entry_marks": open_marks(job.connection, entry_no)}


@job_handler("register.lift_mark")
def _lift_mark(job: JobContext) -> Mapping[str, object]:
    """Lift the open marks of header `kind` that this procedure set; header `at` says since when.

    Brings `entry_marks`, the kinds of those still open.
    """
    entry_no = need(job, "entry_no", str)
    at = instant(job, "at") or job.now
    lift_marks(job.connection, entry_no, str(job.header("kind")), at, instance_key=job.root_key)
    return {"entry_marks": open_marks(job.connection, entry_no)}


@job_handler("register.publish_entry")
def _publish_entry(job: JobContext) -> Mapping[str, object]:
    """The entry is published: header `event`, header `at` the instant since when it is.

    Brings `entry_status`.
    """
    at = instant(job, "at") or job.now
    first = select(Entry.published_at).where(Entry.entry_no == need(job, "entry_no", str))
    published_at = job.connection.scalar(first) or at
    return _moved(job, at, {"published_at": published_at})


@job_handler("register.amend_entry")
def _amend_entry(job: JobContext) -> Mapping[str, object]:
    """Change what the entry says: header `event`, header `changes`, a context of amendable fields.

    A `party` among them corrects name, code or other details; a code of somebody else moves the
    entry to that party. The old values stay with the event. Brings `entry_status` and `entry`.
    Raises `NotAmendable`.
    """
    changes = job.header("changes")
    given = dict(changes) if isinstance(changes, Mapping) else {}
    party = given.pop("party", None)
    unknown = sorted(given.keys() - AMENDABLE)
    if unknown:
        raise NotAmendable(names="、".join(unknown), allowed="、".join(sorted(AMENDABLE)))
    entry_no = need(job, "entry_no", str)
    before = entry_row(job.connection, entry_no)
    columns: dict[str, object] = {name: _column(value) for name, value in given.items()}
    if isinstance(party, Mapping):
        columns["party_key"] = record_party(job.connection, party, job.now)
    old = {name: plain(getattr(before, name)) for name in columns}
    moved = _moved(job, instant(job, "at") or job.now, columns, {"before": old})
    return {**moved, "entry": entry_facts(job.connection, entry_no, job.now)["entry"]}


@job_handler("register.end_entry")
def _end_entry(job: JobContext) -> Mapping[str, object]:
    """End the entry by header `ground` at the instant of header `at`.

    Header `effect` names the decision that says what an end by this ground means (D11); its number
    comes from the series which that names. A revoked listing counts no more, in queries and in the
    credit file. Brings `removal` (`ground`, `removal_no`, `removed_date`, `removed_at`,
    `other_entries` and what the decision says) and `entry_status`.
    """
    entry_no = need(job, "entry_no", str)
    ground = str(job.header("ground"))
    at = instant(job, "at") or job.now
    row = entry_row(job.connection, entry_no)
    effect = _effect(job, ground)
    number = row.end_document_no if row.end_ground == ground else None
    if number is None:
        number = number_for(job, str(effect["number_kind"]), at.date().year)
    counted = effect["counted"] is True
    columns = {
        "ended_at": at,
        "end_ground": ground,
        "end_document_no": number,
        "counted": counted,
    }
    moved = _moved(job, at, columns, event=ground)
    job.connection.execute(
        update(CreditRecord).where(CreditRecord.entry_key == row.key).values(counted=counted)
    )
    set_state(job.connection, row.case_no, str(moved["entry_status"]))
    return {
        **moved,
        "removal": {
            **effect,
            "ground": ground,
            "removal_no": number,
            "removed_at": at,
            "removed_date": at.date(),
            "other_entries": other_active_entries(job.connection, entry_no, at),
        },
    }


@job_handler("register.restore_entry")
def _restore_entry(job: JobContext) -> Mapping[str, object]:
    """Take an entry back into the list with its original last day (AM-58): header `event`.

    Raises `RestorationTooLate` once that day has passed. Brings `entry_status`, `last_day`.
    """
    entry_no = need(job, "entry_no", str)
    row = entry_row(job.connection, entry_no)
    if row.last_day < job.now.date():
        raise RestorationTooLate(entry_no=entry_no, last_day=row.last_day)
    columns = {"ended_at": None, "end_ground": None, "end_document_no": None}
    moved = _moved(job, instant(job, "at") or job.now, columns)
    set_state(job.connection, row.case_no, str(moved["entry_status"]))
    return {**moved, "last_day": row.last_day}


@job_handler("register.block_repair")
def _block_repair(job: JobContext) -> None:
    """Refuse applications for repair of this entry before the day of header `until` (AM-58)."""
    until = job.header("until")
    assert isinstance(until, date)
    entry_no = need(job, "entry_no", str)
    job.connection.execute(
        update(Entry).where(Entry.entry_no == entry_no).values(repair_blocked_until_date=until)
    )


def end_of_last_day(last_day: date) -> datetime:
    """The instant at which an entry ends by itself: 00:00 of the day after (AM-08)."""
    return start_of_day(last_day + timedelta(days=1))


def _effect(job: JobContext, ground: str) -> Mapping[str, object]:
    table = job.header("effect")
    effect = job.decide(str(table), {**job.variables, "ground": ground}) if table else None
    if not isinstance(effect, Mapping):
        raise VariableMissing(type=job.type, name="effect")
    return effect


def _column(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value)
    return plain(value) if isinstance(value, list | dict) else value


def _moved(
    job: JobContext,
    at: datetime,
    columns: Mapping[str, object],
    details: Mapping[str, object] | None = None,
    *,
    event: str | None = None,
) -> dict[str, object]:
    status = record_event(
        job.connection,
        need(job, "entry_no", str),
        Change(
            event=event or str(job.header("event")),
            effective_at=at,
            recorded_at=job.now,
            idempotency_key=job.idempotency_key,
            instance_key=job.root_key,
            columns=columns,
            details=details,
        ),
    )
    return {"entry_status": status}
