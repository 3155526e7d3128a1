"""Whether what had to be done by a day was done by it: publication (DL-1), the monthly reports of
units (DL-2) and of regions (DL-3), and every task with a due day.

A thing counts once it is done or its day has passed; it belongs to the month of its day, a report
to the month it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import and_, case, func, or_, select

from engine.clock import end_of_day, in_shanghai
from engine.register.figures.model import RATE, Fact, FigureKind, month_of
from engine.register.figures.scope import Scope
from engine.register.models import Entry, ReportFile
from engine.register.reports import REGION, UNIT
from engine.runtime.models import UserTask

_GROUP = ("法定期限按期率", "Statutory periods kept")
PUBLISHED = FigureKind(
    id="published_in_time",
    name=("公示（列入决定之日起 7 个工作日）", "Publication (7 working days)"),
    group=_GROUP,
    measure=RATE,
    note=("S2.2.2.2，DL-1", "S2.2.2.2, DL-1"),
    target=Decimal(100),
)
UNITS_REPORTED = FigureKind(
    id="units_reported_in_time",
    name=("单位月报（每月结束后 7 个工作日）", "Monthly reports of units (7 working days)"),
    group=_GROUP,
    measure=RATE,
    note=("S2.2.5.3，DL-2", "S2.2.5.3, DL-2"),
    target=Decimal(100),
)
REGIONS_REPORTED = FigureKind(
    id="regions_reported_in_time",
    name=("县区报市（归集结束后 3 日）", "Reports of regions to the city (3 days)"),
    group=_GROUP,
    measure=RATE,
    note=("S2.2.5.4，DL-3", "S2.2.5.4, DL-3"),
    target=Decimal(100),
)
TASKS_DONE = FigureKind(
    id="tasks_in_time",
    name=("办理任务", "Tasks"),
    group=("任务按期率", "Tasks kept in time"),
    measure=RATE,
    note=("C.0：办结日不晚于期限日的占应办的", "C.0: done by the due day, of those due"),
)
KINDS = (PUBLISHED, UNITS_REPORTED, REGIONS_REPORTED, TASKS_DONE)


def facts(scope: Scope) -> Iterator[Fact]:
    """Every fact of these figures."""
    yield from _publications(scope)
    yield from _reports(scope, UNIT, UNITS_REPORTED.id)
    yield from _reports(scope, REGION, REGIONS_REPORTED.id)
    yield from _tasks(scope)


def _publications(scope: Scope) -> Iterator[Fact]:
    """An entry is published once all its channels are; one that ended before is not counted."""
    due = Entry.publish_due_date
    query = select(Entry.organisation_path, due, Entry.published_at, Entry.ended_at).where(
        scope.here(Entry.organisation_path),
        scope.on_days(due),
        or_(Entry.published_at.is_not(None), due < scope.today),
    )
    for path, day, published_at, ended_at in scope.look.connection.execute(query):
        assert day is not None
        if published_at is None and ended_at is not None and ended_at < end_of_day(day):
            continue
        yield _kept(PUBLISHED.id, path, month_of(day), _by(published_at, day))


def _reports(scope: Scope, level: str, figure: str) -> Iterator[Fact]:
    first, last = month_of(scope.months.first), month_of(scope.months.last)
    query = select(
        ReportFile.organisation_path, ReportFile.month, ReportFile.due_date, ReportFile.reported_at
    ).where(
        scope.here(ReportFile.organisation_path),
        ReportFile.level == level,
        ~ReportFile.supplement,
        ReportFile.month >= first,
        ReportFile.month <= last,
        or_(ReportFile.reported_at.is_not(None), ReportFile.due_date < scope.today),
    )
    for path, month, due, reported_at in scope.look.connection.execute(query):
        yield _kept(figure, path, month, _by(reported_at, due))


def _tasks(scope: Scope) -> Iterator[Fact]:
    done = and_(UserTask.state == "completed", UserTask.ended_at < UserTask.due_at)
    query = (
        select(
            UserTask.organisation_path,
            UserTask.due_date,
            func.sum(case((done, 1), else_=0)),
            func.count(),
        )
        .where(
            scope.here(UserTask.organisation_path),
            scope.on_days(UserTask.due_date),
            or_(
                UserTask.state == "completed",
                and_(UserTask.state == "open", UserTask.due_at <= scope.now),
            ),
        )
        .group_by(UserTask.organisation_path, UserTask.due_date)
    )
    for path, day, kept, all_ in scope.look.connection.execute(query):
        yield Fact(
            figure=TASKS_DONE.id,
            path=path,
            month=month_of(day),
            value=Decimal(int(kept)),
            of=Decimal(int(all_)),
        )


def _by(at: datetime | None, due: date) -> bool:
    return at is not None and in_shanghai(at).date() <= due


def _kept(figure: str, path: str, month: str, kept: bool) -> Fact:
    return Fact(figure=figure, path=path, month=month, value=Decimal(int(kept)))
