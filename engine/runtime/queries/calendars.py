"""Notices of calendars, and which open deadlines one would move."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from engine.calendar import Calendar, Period, SpecialDay, due
from engine.identity import User
from engine.identity.models import Organisation, UserAccount
from engine.runtime.errors import NotFound
from engine.runtime.models import (
    CalendarDay,
    CalendarNotice,
    DeadlineRecord,
    ProcessDefinition,
    ProcessInstance,
)


@dataclass(frozen=True, kw_only=True)
class NoticeLine:
    """A notice in a list: whose it is, who entered it, and who put it in force."""

    key: int
    title: str
    year: int | None
    organisation_path: str
    organisation_name: str | None
    organisation_name_en: str | None
    days: int
    entered_by: str
    entered_by_name: str | None
    entered_at: datetime
    approved_by: str | None
    approved_by_name: str | None
    approved_at: datetime | None

    @property
    def is_national(self) -> bool:
        return not self.organisation_path


@dataclass(frozen=True, kw_only=True)
class Move:
    """An open deadline that another calendar puts on another day, or makes certain."""

    instance_key: int
    root_key: int
    subject: str
    business_key: str
    process_name: str
    process_name_en: str
    element_id: str
    rule: str
    use: str
    start_date: date
    amount: int
    unit: str
    from_date: date
    was_provisional: bool
    to_date: date
    provisional: bool

    @property
    def is_earlier(self) -> bool:
        """Whether somebody has less time than was shown: the dangerous side."""
        return self.to_date < self.from_date

    @property
    def is_moved(self) -> bool:
        return self.to_date != self.from_date


def notices(connection: Connection, user: User) -> tuple[NoticeLine, ...]:
    """The notices that hold for units the user sees, the newest first."""
    rows = connection.execute(_NOTICES.order_by(CalendarNotice.key.desc()))
    lines = (NoticeLine(**row._mapping) for row in rows)
    return tuple(
        line
        for line in lines
        if user.sees(line.organisation_path)
        or user.organisation_path.startswith(line.organisation_path)
    )


def notice(connection: Connection, key: int) -> NoticeLine:
    """One notice. Raises `NotFound`."""
    row = connection.execute(_NOTICES.where(CalendarNotice.key == key)).one_or_none()
    if row is None:
        raise NotFound(what="放假安排", key=key)
    return NoticeLine(**row._mapping)


def days_of(connection: Connection, key: int) -> tuple[SpecialDay, ...]:
    """The days that a notice declares."""
    rows = connection.execute(
        select(CalendarDay.day.label("day"), CalendarDay.working, CalendarDay.name)
        .where(CalendarDay.notice_key == key)
        .order_by(CalendarDay.day)
    )
    return tuple(SpecialDay(**row._mapping) for row in rows)


def moves(
    connection: Connection,
    path: str,
    touched: tuple[date, date],
    calendar: Callable[[str], Calendar],
) -> Iterator[Move]:
    """The open deadlines at or below a unit that `calendar` (of a unit's path) puts elsewhere.

    `touched` are the first and the last day that changed; a provisional deadline is looked at too,
    as a notice may make it certain.
    """
    known: dict[str, Calendar] = {}
    for row in connection.execute(_open_deadlines(path, touched)):
        of_unit = known.get(row.organisation_path)
        if of_unit is None:
            of_unit = known[row.organisation_path] = calendar(row.organisation_path)
        period = Period(amount=row.amount, unit=row.unit, roll=row.roll)
        deadline = due(row.start_date, period, of_unit)
        if (deadline.due_date, deadline.provisional) != (row.due_date, row.provisional):
            yield _move(row, deadline.due_date, deadline.provisional)


def _move(row: Row[Any], to_date: date, provisional: bool) -> Move:
    return Move(
        instance_key=row.instance_key,
        root_key=row.root_key,
        subject=row.subject or "",
        business_key=row.business_key or "",
        process_name=row.name,
        process_name_en=row.name_en,
        element_id=row.element_id,
        rule=row.rule,
        use=row.use,
        start_date=row.start_date,
        amount=row.amount,
        unit=row.unit,
        from_date=row.due_date,
        was_provisional=row.provisional,
        to_date=to_date,
        provisional=provisional,
    )


def _open_deadlines(path: str, touched: tuple[date, date]) -> Select[*tuple[Any, ...]]:
    first, last = touched
    return (
        select(
            DeadlineRecord.instance_key,
            DeadlineRecord.element_id,
            DeadlineRecord.rule,
            DeadlineRecord.use,
            DeadlineRecord.start_date,
            DeadlineRecord.amount,
            DeadlineRecord.unit,
            DeadlineRecord.roll,
            DeadlineRecord.due_date,
            DeadlineRecord.provisional,
            ProcessInstance.root_key,
            ProcessInstance.subject,
            ProcessInstance.business_key,
            ProcessInstance.organisation_path,
            ProcessDefinition.name,
            ProcessDefinition.name_en,
        )
        .join(ProcessInstance, ProcessInstance.key == DeadlineRecord.instance_key)
        .join(ProcessDefinition, ProcessDefinition.key == ProcessInstance.process_definition_key)
        .where(
            DeadlineRecord.open.is_(True),
            ProcessInstance.state == "active",
            ProcessInstance.organisation_path.startswith(path, autoescape=True),
            or_(
                DeadlineRecord.provisional.is_(True),
                (DeadlineRecord.due_date >= first) & (DeadlineRecord.start_date <= last),
            ),
        )
        .order_by(DeadlineRecord.due_date, DeadlineRecord.key)
    )


_ENTERED = UserAccount.__table__.alias("entered")
_APPROVED = UserAccount.__table__.alias("approved")
_DAYS = (
    select(func.count(CalendarDay.day))
    .where(CalendarDay.notice_key == CalendarNotice.key)
    .scalar_subquery()
)
_NOTICES = (
    select(
        CalendarNotice.key,
        CalendarNotice.title,
        CalendarNotice.year,
        CalendarNotice.organisation_path,
        Organisation.name.label("organisation_name"),
        Organisation.name_en.label("organisation_name_en"),
        _DAYS.label("days"),
        CalendarNotice.entered_by,
        _ENTERED.c.name.label("entered_by_name"),
        CalendarNotice.entered_at,
        CalendarNotice.approved_by,
        _APPROVED.c.name.label("approved_by_name"),
        CalendarNotice.approved_at,
    )
    .outerjoin(Organisation, Organisation.path == CalendarNotice.organisation_path)
    .outerjoin(_ENTERED, _ENTERED.c.login == CalendarNotice.entered_by)
    .outerjoin(_APPROVED, _APPROVED.c.login == CalendarNotice.approved_by)
)
