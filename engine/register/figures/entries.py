"""Entries of the list in figures: made, removed by ground, revoked; and which to look after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from engine.clock import in_shanghai
from engine.register.figures.model import COUNT, Fact, FigureKind, month_of
from engine.register.figures.scope import Scope
from engine.register.in_force import in_force
from engine.register.models import Entry, Party

LISTED = FigureKind(
    id="listed",
    name=("列入", "Listed"),
    group=("列入与移出", "Listings and removals"),
    measure=COUNT,
    note=("按列入决定日期", "by the day of the decision"),
)
REVOKED = FigureKind(
    id="revoked",
    name=("撤销列入", "Listings revoked"),
    group=LISTED.group,
    measure=COUNT,
    note=("不计入移出（C.1）", "not among the removals (C.1)"),
)
SHOWN = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryLine:
    """An entry that must be looked after. `day` is what the list is about."""

    key: int
    entry_no: str
    name: str
    path: str
    day: date


@dataclass(frozen=True, kw_only=True, slots=True)
class EntriesNow:
    """The first of the entries and how many there are."""

    lines: tuple[EntryLine, ...]
    total: int


def removed_by(ground: str) -> FigureKind:
    """The figure of the entries that ended on a ground."""
    return FigureKind(
        id=f"removed:{ground}",
        name=(f"移出（{ground}）", f"Removed ({ground})"),
        group=LISTED.group,
        measure=COUNT,
    )


def facts(scope: Scope) -> Iterator[Fact]:
    """Every fact of these figures; removals by the grounds there are."""
    connection = scope.look.connection
    made = select(Entry.organisation_path, Entry.decision_date).where(
        scope.here(Entry.organisation_path), scope.on_days(Entry.decision_date)
    )
    for path, day in connection.execute(made):
        yield _one(LISTED.id, path, day)
    ended = select(Entry.organisation_path, Entry.ended_at, Entry.end_ground, Entry.counted).where(
        scope.here(Entry.organisation_path), scope.at_instants(Entry.ended_at)
    )
    for path, at, ground, counted in connection.execute(ended):
        assert at is not None
        figure = removed_by(ground or "").id if counted else REVOKED.id
        yield _one(figure, path, in_shanghai(at).date())


def not_served(scope: Scope) -> EntriesNow:
    """Entries in force whose decision has not been served, by the day of the decision."""
    query = _lines(scope, Entry.decision_date).where(Entry.decision_served_date.is_(None))
    return _now(scope, query)


def ending_soon(scope: Scope, days: int) -> EntriesNow:
    """Entries in force whose last day is within so many days, by that day."""
    until = scope.today + timedelta(days=days)
    return _now(scope, _lines(scope, Entry.last_day).where(Entry.last_day <= until))


def _lines(scope: Scope, day: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(Entry.key, Entry.entry_no, Party.name, Entry.organisation_path, day)
        .join(Party, Party.key == Entry.party_key)
        .where(scope.here(Entry.organisation_path), in_force(scope.now))
        .order_by(day, Entry.key)
    )


def _now(scope: Scope, query: Select[*tuple[Any, ...]]) -> EntriesNow:
    found = scope.look.connection.execute(query).all()
    lines = tuple(
        EntryLine(key=key, entry_no=no, name=name, path=path, day=day)
        for key, no, name, path, day in found[:SHOWN]
    )
    return EntriesNow(lines=lines, total=len(found))


def _one(figure: str, path: str, day: date) -> Fact:
    return Fact(figure=figure, path=path, month=month_of(day), value=Decimal(1))
