"""The tables of the register: parties, cases, the entries of the list and what follows from them.

What job handlers write carries the idempotency key of its job, unique, so that a job that is tried
again changes nothing a second time.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store import Base, BigKey, Instant, Json, Key


class Party(Base):
    """A unit or a person, known by its credit code or identity number."""

    __tablename__ = "party"

    key: Mapped[Key]
    code: Mapped[str] = mapped_column(String(64), unique=True)
    party_class: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(200))
    details: Mapped[dict[str, Any]] = mapped_column(Json)
    """What the case says of the party, as it was when last recorded."""
    changed_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (Index(None, "name"),)


class CaseFile(Base):
    """A case: one party, one process instance, one case number."""

    __tablename__ = "case_file"

    key: Mapped[Key]
    case_no: Mapped[str] = mapped_column(String(100), unique=True)
    party_key: Mapped[int] = mapped_column(BigKey, ForeignKey("party.key"))
    root_key: Mapped[int] = mapped_column(BigKey, ForeignKey("process_instance.key"), unique=True)
    organisation: Mapped[str] = mapped_column(String(32))
    organisation_path: Mapped[str] = mapped_column(String(200))
    source_unit: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(40))
    opened_date: Mapped[date] = mapped_column(Date)
    closed_date: Mapped[date | None] = mapped_column(Date)

    __table_args__ = (Index(None, "party_key"), Index(None, "organisation_path", "key"))


class Entry(Base):
    """An entry of the list. It counts through the whole of `last_day` (民法典 §202).

    `status` is its main state (C.1). It ends at the instant `ended_at`, by `end_ground`; an entry
    whose listing was revoked is not `counted`: queries treat it as never made.
    """

    __tablename__ = "entry"

    key: Mapped[Key]
    entry_no: Mapped[str] = mapped_column(String(100), unique=True)
    case_no: Mapped[str] = mapped_column(String(100), unique=True)
    party_key: Mapped[int] = mapped_column(BigKey, ForeignKey("party.key"))
    decision_no: Mapped[str] = mapped_column(String(100))
    decision_date: Mapped[date] = mapped_column(Date)
    years: Mapped[int] = mapped_column(Integer)
    last_day: Mapped[date] = mapped_column(Date)
    publish_due_date: Mapped[date | None] = mapped_column(Date)
    serve_due_date: Mapped[date | None] = mapped_column(Date)
    decision_served_date: Mapped[date | None] = mapped_column(Date)
    rectify_due_date: Mapped[date | None] = mapped_column(Date)
    act_date_from: Mapped[date | None] = mapped_column(Date)
    act_date_to: Mapped[date | None] = mapped_column(Date)
    source_unit: Mapped[str] = mapped_column(String(32), default="")
    region_code: Mapped[str] = mapped_column(String(16), default="")
    deciding_organ: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Who decided, signs and is asked, as the table of jurisdiction said then."""
    public_summary: Mapped[str] = mapped_column(Text, default="")
    """The facts as they are published."""
    status: Mapped[str] = mapped_column(String(40))
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    end_ground: Mapped[str | None] = mapped_column(String(16))
    end_document_no: Mapped[str | None] = mapped_column(String(100))
    counted: Mapped[bool] = mapped_column(Boolean, default=True)
    repair_blocked_until_date: Mapped[date | None] = mapped_column(Date)
    """Before this day a new application for repair is refused (AM-58)."""
    measures: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    criteria: Mapped[list[Any]] = mapped_column(Json)
    organisation: Mapped[str] = mapped_column(String(32))
    organisation_path: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        Index(None, "party_key", "status"),
        Index(None, "organisation_path", "key"),
        Index(None, "status", "last_day"),
    )


class ServiceRecord(Base):
    """How and when documents of a case were served on the party."""

    __tablename__ = "service_record"

    key: Mapped[Key]
    case_no: Mapped[str] = mapped_column(String(100))
    instance_key: Mapped[int] = mapped_column(BigKey, unique=True)
    purpose: Mapped[str] = mapped_column(String(100))
    documents: Mapped[list[Any]] = mapped_column(Json)
    method: Mapped[str] = mapped_column(String(32))
    served_date: Mapped[date] = mapped_column(Date)
    attempts: Mapped[list[Any]] = mapped_column(Json)
    recorded_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (Index(None, "case_no"),)


class EntryEvent(Base):
    """One change of an entry, for good: what happened, when it took effect, what it did."""

    __tablename__ = "entry_event"

    key: Mapped[Key]
    entry_key: Mapped[int] = mapped_column(BigKey, ForeignKey("entry.key"))
    event: Mapped[str] = mapped_column(String(40))
    status_before: Mapped[str] = mapped_column(String(40))
    status_after: Mapped[str] = mapped_column(String(40))
    effective_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    instance_key: Mapped[int | None] = mapped_column(BigKey)
    idempotency_key: Mapped[str] = mapped_column(String(100), unique=True)
    details: Mapped[dict[str, Any]] = mapped_column(Json)

    __table_args__ = (Index(None, "entry_key", "key"),)


class EntryMark(Base):
    """Something that is going on with an entry beside its state: an objection, a stay of execution.

    While the mark is open, one that `hides` keeps the entry off public channels and one that
    `suspends` keeps its measures from applying; the period of the entry runs on (AM-68).
    """

    __tablename__ = "entry_mark"

    key: Mapped[Key]
    entry_key: Mapped[int] = mapped_column(BigKey, ForeignKey("entry.key"))
    kind: Mapped[str] = mapped_column(String(40))
    hides: Mapped[bool] = mapped_column(Boolean)
    suspends: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(Text, default="")
    since_at: Mapped[datetime] = mapped_column(Instant)
    until_at: Mapped[datetime | None] = mapped_column(Instant)
    instance_key: Mapped[int | None] = mapped_column(BigKey)
    idempotency_key: Mapped[str] = mapped_column(String(100), unique=True)

    __table_args__ = (Index(None, "entry_key", "until_at"),)


class Publication(Base):
    """What a channel was given about an entry, and when it was shown and taken down."""

    __tablename__ = "publication"

    key: Mapped[Key]
    entry_key: Mapped[int] = mapped_column(BigKey, ForeignKey("entry.key"))
    channel: Mapped[str] = mapped_column(String(16))
    event: Mapped[str] = mapped_column(String(16))
    """What happened to the entry: the event of the table of channels."""
    action: Mapped[str] = mapped_column(String(16))
    """`publish`, `notice`, `status`, `take_down`, `report` or `proof`, as that table says."""
    title: Mapped[str] = mapped_column(String(200))
    adapter: Mapped[str] = mapped_column(String(16))
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    """What was given, masked for this channel."""
    published_at: Mapped[datetime] = mapped_column(Instant)
    due_date: Mapped[date | None] = mapped_column(Date)
    late_working_days: Mapped[int] = mapped_column(Integer, default=0)
    url: Mapped[str] = mapped_column(String(500), default="")
    batch_no: Mapped[str] = mapped_column(String(100), default="")
    receipt: Mapped[str] = mapped_column(Text, default="")
    taken_down_at: Mapped[datetime | None] = mapped_column(Instant)
    published_by: Mapped[str | None] = mapped_column(String(64))
    instance_key: Mapped[int | None] = mapped_column(BigKey)
    idempotency_key: Mapped[str] = mapped_column(String(100), unique=True)

    __table_args__ = (
        Index(None, "entry_key", "channel"),
        Index(None, "channel", "action", "taken_down_at", "key"),
    )


class EntryMeasure(Base):
    """A measure against the party of an entry: who applies it, since when, until when.

    A measure ends at the instant its entry ends, whenever the department confirms that. Between
    `suspended_at` and its end, or until that is emptied, it does not apply (AM-68).
    """

    __tablename__ = "entry_measure"

    key: Mapped[Key]
    entry_key: Mapped[int] = mapped_column(BigKey, ForeignKey("entry.key"))
    measure_id: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(200))
    executed_by: Mapped[str] = mapped_column(String(100))
    department: Mapped[str] = mapped_column(String(32), default="")
    """The code of the unit that applies it."""
    basis_ref: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[str] = mapped_column(String(16))
    pushed_at: Mapped[datetime | None] = mapped_column(Instant)
    from_date: Mapped[date | None] = mapped_column(Date)
    feedback: Mapped[str] = mapped_column(Text, default="")
    fed_back_at: Mapped[datetime | None] = mapped_column(Instant)
    suspended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    end_confirmed_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (Index(None, "entry_key", "measure_id"), Index(None, "department", "state"))


class Honour(Base):
    """An honour that a unit or person holds or held."""

    __tablename__ = "honour"

    key: Mapped[Key]
    holder_code: Mapped[str] = mapped_column(String(64))
    holder_name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(200))
    field: Mapped[str] = mapped_column(String(16))
    granter: Mapped[str] = mapped_column(String(200))
    granter_unit: Mapped[str] = mapped_column(String(32), default="")
    award_date: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(16))
    revoked_for_entry_key: Mapped[int | None] = mapped_column(BigKey, ForeignKey("entry.key"))
    document_no: Mapped[str] = mapped_column(String(100), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[str] = mapped_column(String(64), default="")
    changed_at: Mapped[datetime] = mapped_column(Instant)
    breaches_entry_key: Mapped[int | None] = mapped_column(BigKey, ForeignKey("entry.key"))
    """The entry in force for which it should not have been awarded (S2.2.3.3b)."""
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    """Since when somebody has dealt with that breach."""
    settled_by: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        Index(None, "holder_code", "award_date"),
        Index(None, "revoked_for_entry_key"),
        Index(None, "breaches_entry_key", "settled_at"),
        Index(None, "granter_unit", "key"),
    )


class CreditRecord(Base):
    """A line of the public credit file of a party (S2.2.3.1a).

    `counted` is false once the listing behind it was revoked: it is kept, and not shown.
    """

    __tablename__ = "credit_record"

    key: Mapped[Key]
    party_key: Mapped[int] = mapped_column(BigKey, ForeignKey("party.key"))
    entry_key: Mapped[int | None] = mapped_column(BigKey, ForeignKey("entry.key"))
    case_no: Mapped[str | None] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    effective_date: Mapped[date] = mapped_column(Date)
    counted: Mapped[bool] = mapped_column(Boolean, default=True)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    idempotency_key: Mapped[str] = mapped_column(String(100), unique=True)

    __table_args__ = (Index(None, "party_key", "key"), Index(None, "entry_key"))


class RepaymentInstalment(Base):
    """One instalment of a repayment agreement, as the case says it."""

    __tablename__ = "repayment_instalment"

    key: Mapped[Key]
    case_no: Mapped[str] = mapped_column(String(100))
    party_key: Mapped[int] = mapped_column(BigKey, ForeignKey("party.key"))
    number: Mapped[int] = mapped_column(Integer)
    due_date: Mapped[date] = mapped_column(Date)
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    paid_date: Mapped[date | None] = mapped_column(Date)
    paid_amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))

    __table_args__ = (Index(None, "case_no", "number", unique=True),)


class PrecheckQuery(Base):
    """A question whether a party may take part, with its answer: every one is kept (C.8 d)."""

    __tablename__ = "precheck_query"

    key: Mapped[Key]
    query_no: Mapped[str] = mapped_column(String(100), unique=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    asked_by: Mapped[str] = mapped_column(String(64))
    organisation: Mapped[str] = mapped_column(String(32))
    organisation_path: Mapped[str] = mapped_column(String(200))
    door: Mapped[str] = mapped_column(String(16))
    """`page`, `api`, `file` or `command`."""
    purpose: Mapped[str] = mapped_column(String(100))
    project_no: Mapped[str] = mapped_column(String(200), default="")
    party_name: Mapped[str] = mapped_column(String(200))
    party_code: Mapped[str] = mapped_column(String(64))
    as_of: Mapped[datetime] = mapped_column(Instant)
    passes: Mapped[bool] = mapped_column(Boolean)
    answer: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text, default="")
    entries: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    party_class: Mapped[str] = mapped_column(String(16), default="")
    warnings: Mapped[list[dict[str, str]]] = mapped_column(Json, default=list)
    """What to look at beside the answer, each in `zh` and `en`."""
    run_key: Mapped[int | None] = mapped_column(BigKey, ForeignKey("precheck_run.key"))

    __table_args__ = (
        Index(None, "organisation_path", "key"),
        Index(None, "party_code", "key"),
        Index(None, "asked_by", "key"),
        Index(None, "run_key"),
    )


class PrecheckRun(Base):
    """A file of parties to be checked for one purpose. Its progress is the states of its rows."""

    __tablename__ = "precheck_run"

    key: Mapped[Key]
    file_name: Mapped[str] = mapped_column(String(255))
    file_kind: Mapped[str] = mapped_column(String(8))
    """`csv` or `xlsx`."""
    header: Mapped[list[str]] = mapped_column(Json)
    purpose: Mapped[str] = mapped_column(String(100))
    """The id of a row of the table of purposes."""
    project_no: Mapped[str] = mapped_column(String(200), default="")
    as_of: Mapped[datetime | None] = mapped_column(Instant)
    total: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16))
    """`running`, `completed` or `cancelled`."""
    organisation_path: Mapped[str] = mapped_column(String(200))
    started_by: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (Index(None, "state", "key"), Index(None, "started_by", "key"))


class PrecheckRow(Base):
    """A row of such a file, numbered as spreadsheets number it (the header is row 1)."""

    __tablename__ = "precheck_row"

    run_key: Mapped[int] = mapped_column(
        BigKey, ForeignKey("precheck_run.key"), primary_key=True, autoincrement=False
    )
    row_no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(8))
    """`waiting`, `answered`, or `bad` if it could not be asked."""
    cells: Mapped[list[Any]] = mapped_column(Json)
    query_key: Mapped[int | None] = mapped_column(BigKey, ForeignKey("precheck_query.key"))
    error: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Why a bad row could not be asked, in `zh` and `en`."""

    __table_args__ = (Index(None, "run_key", "state", "row_no"),)


class Proceeding(Base):
    """An application or complaint and how it ended: what the figures of supervision count (C.13).

    `kind` and `result` are the words of the procedure that wrote it.
    """

    __tablename__ = "proceeding"

    key: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(40))
    instance_key: Mapped[int] = mapped_column(BigKey)
    entry_key: Mapped[int | None] = mapped_column(BigKey, ForeignKey("entry.key"))
    case_no: Mapped[str | None] = mapped_column(String(100))
    organisation_path: Mapped[str] = mapped_column(String(200))
    received_date: Mapped[date] = mapped_column(Date)
    due_date: Mapped[date | None] = mapped_column(Date)
    decided_date: Mapped[date | None] = mapped_column(Date)
    result: Mapped[str | None] = mapped_column(String(40))
    working_days: Mapped[int | None] = mapped_column(Integer)
    """From the day after it was received through the day it was decided."""
    details: Mapped[dict[str, Any]] = mapped_column(Json)

    __table_args__ = (
        Index(None, "instance_key", "kind", unique=True),
        Index(None, "kind", "received_date"),
        Index(None, "entry_key"),
    )


class ReportFile(Base):
    """What one unit reported for one month; a late supplement is a file of its own (C.3)."""

    __tablename__ = "report_file"

    key: Mapped[Key]
    month: Mapped[str] = mapped_column(String(7))
    """`2025-09`."""
    region: Mapped[str] = mapped_column(String(32))
    unit: Mapped[str] = mapped_column(String(32))
    organisation_path: Mapped[str] = mapped_column(String(200))
    level: Mapped[str] = mapped_column(String(16))
    """`unit`, or `region` for what an office sends on to the city."""
    state: Mapped[str] = mapped_column(String(16))
    zero_report: Mapped[bool] = mapped_column(Boolean, default=False)
    supplement: Mapped[bool] = mapped_column(Boolean, default=False)
    note: Mapped[str] = mapped_column(Text, default="")
    due_date: Mapped[date] = mapped_column(Date)
    reported_at: Mapped[datetime | None] = mapped_column(Instant)
    received_at: Mapped[datetime | None] = mapped_column(Instant)
    late_working_days: Mapped[int] = mapped_column(Integer, default=0)
    filled_by: Mapped[str] = mapped_column(String(64), default="")
    reviewed_by: Mapped[str] = mapped_column(String(64), default="")
    instance_key: Mapped[int | None] = mapped_column(BigKey)
    idempotency_key: Mapped[str] = mapped_column(String(100), unique=True)

    __table_args__ = (
        Index(None, "month", "region", "unit"),
        Index(None, "organisation_path", "key"),
    )


class ReportRow(Base):
    """One piece of credit information in a monthly report (F.9)."""

    __tablename__ = "report_row"

    key: Mapped[Key]
    report_key: Mapped[int] = mapped_column(BigKey, ForeignKey("report_file.key"))
    number: Mapped[int] = mapped_column(Integer)
    party_class: Mapped[str] = mapped_column(String(16), default="")
    party_name: Mapped[str] = mapped_column(String(200))
    party_code: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(40))
    document_no: Mapped[str] = mapped_column(String(200))
    document_date: Mapped[date | None] = mapped_column(Date)
    amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    criterion: Mapped[str] = mapped_column(String(16), default="")
    proposed: Mapped[bool] = mapped_column(Boolean, default=False)
    note: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (Index(None, "report_key", "number", unique=True), Index(None, "party_code"))


class Remedy(Base):
    """An administrative review or a lawsuit about an entry (C.10)."""

    __tablename__ = "remedy"

    key: Mapped[Key]
    entry_key: Mapped[int] = mapped_column(BigKey, ForeignKey("entry.key"))
    instance_key: Mapped[int] = mapped_column(BigKey, unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    organ: Mapped[str] = mapped_column(String(200))
    remedy_case_no: Mapped[str] = mapped_column(String(200))
    filed_date: Mapped[date] = mapped_column(Date)
    outcome: Mapped[str | None] = mapped_column(String(40))
    outcome_document_no: Mapped[str] = mapped_column(String(200), default="")
    served_date: Mapped[date | None] = mapped_column(Date)

    __table_args__ = (Index(None, "entry_key"),)
