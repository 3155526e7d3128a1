"""The tables of the register: parties, cases, and the entries of the list."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, Integer, String
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
    """An entry of the list. It counts through the whole of `last_day` (民法典 §202)."""

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
    status: Mapped[str] = mapped_column(String(40))
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
