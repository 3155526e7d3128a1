"""Enter the days an authority declared, and put them in force: by two different persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from engine.calendar import SpecialDay
from engine.identity import User
from engine.runtime.bus import Command, handles
from engine.runtime.errors import NotFound, NotPermitted
from engine.runtime.models import CalendarDay, CalendarNotice

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class EnterCalendar(Command):
    """Enter the days of a notice as a draft. Gives its key.

    `year` is set for the national notice of that year, which moves the confirmed horizon.
    """

    user: User
    title: str
    days: Sequence[SpecialDay]
    year: int | None = None
    organisation_path: str = ""


@dataclass(frozen=True, kw_only=True)
class ApproveCalendar(Command):
    """Put a notice in force. Raises `NotPermitted` for the person who entered it, or when it is in
    force already.
    """

    user: User
    notice_key: int


@handles(EnterCalendar)
def enter_calendar(command: EnterCalendar, tx: Transaction) -> int:
    command.user.require("calendar.edit")
    if not command.user.sees(command.organisation_path):
        raise NotPermitted(
            action="录入日历",
            action_en="enter the calendar",
            reason="它也适用于您管辖以外的单位",
            reason_en="it would hold for units beyond yours too",
        )
    inserted = tx.connection.execute(
        insert(CalendarNotice),
        {
            "organisation_path": command.organisation_path,
            "title": command.title,
            "year": command.year,
            "entered_by": command.user.login,
            "entered_at": tx.now,
        },
    ).inserted_primary_key
    assert inserted is not None
    rows = [
        {"notice_key": inserted[0], "day": day.day, "working": day.working, "name": day.name}
        for day in command.days
    ]
    if rows:
        tx.connection.execute(insert(CalendarDay), rows)
    return int(inserted[0])


@handles(ApproveCalendar)
def approve_calendar(command: ApproveCalendar, tx: Transaction) -> None:
    command.user.require("calendar.approve")
    notice = tx.connection.execute(
        select(CalendarNotice).where(CalendarNotice.key == command.notice_key)
    ).one_or_none()
    if notice is None:
        raise NotFound(what="日历", key=command.notice_key)
    if not command.user.sees(notice.organisation_path):
        raise NotPermitted(
            action="批准日历",
            action_en="approve the calendar",
            reason="它也适用于您管辖以外的单位",
            reason_en="it holds for units beyond yours too",
        )
    if notice.entered_by == command.user.login:
        raise NotPermitted(
            action="批准日历",
            action_en="approve the calendar",
            reason="录入人与批准人不得为同一人",
            reason_en="you entered it yourself",
        )
    if notice.approved_at is not None:
        raise NotPermitted(
            action="批准日历",
            action_en="approve the calendar",
            reason="它已经批准",
            reason_en="it is in force already",
        )
    tx.connection.execute(
        update(CalendarNotice)
        .where(CalendarNotice.key == command.notice_key)
        .values(approved_by=command.user.login, approved_at=tx.now)
    )
