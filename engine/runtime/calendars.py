"""The calendars in force: the shipped national one with the approved notices laid over it."""

from __future__ import annotations

from threading import Lock

from sqlalchemy import Connection, func, or_, select

from engine.calendar import (
    Calendar,
    Layer,
    SpecialDay,
    horizon_of_notice,
    layered,
    national_calendar,
)
from engine.runtime.models import CalendarDay, CalendarNotice

NATIONAL = ""
"""The organisation path of a notice that holds for everybody."""


class CalendarBook:
    """Gives each unit its calendar; assembled once per set of approved notices."""

    def __init__(self) -> None:
        self._calendars: dict[tuple[int, tuple[str, ...]], Calendar] = {}
        self._layers: tuple[int, tuple[tuple[str, Layer], ...]] = (0, ())
        self._lock = Lock()

    def of(self, connection: Connection, organisation_path: str) -> Calendar:
        """The calendar for a unit: national, then each unit above it, then its own days."""
        newest, layers = self._approved(connection)
        mine = tuple(path for path, _ in layers if organisation_path.startswith(path))
        if not mine:
            return national_calendar()
        known = self._calendars.get((newest, mine))
        if known is None:
            known = layered(
                national_calendar(),
                *(layer for path, layer in layers if organisation_path.startswith(path)),
            )
            with self._lock:
                self._calendars[newest, mine] = known
        return known

    def with_draft(
        self, connection: Connection, organisation_path: str, notice_key: int
    ) -> Calendar:
        """The calendar for a unit as it would be with a notice that nobody has approved yet."""
        layers = [
            layer
            for path, layer in _layers(connection, also=notice_key)
            if organisation_path.startswith(path)
        ]
        return layered(national_calendar(), *layers) if layers else national_calendar()

    def _approved(self, connection: Connection) -> tuple[int, tuple[tuple[str, Layer], ...]]:
        newest = connection.execute(_NEWEST).scalar() or 0
        if newest != self._layers[0]:
            layers = tuple(_layers(connection))
            with self._lock:
                self._layers = (newest, layers)
        return self._layers


def _layers(connection: Connection, also: int | None = None) -> list[tuple[str, Layer]]:
    """The approved notices, and the one with the key `also`, in the order in which they win."""
    notices = connection.execute(
        select(CalendarNotice)
        .where(or_(CalendarNotice.approved_at.is_not(None), CalendarNotice.key == also))
        .order_by(func.length(CalendarNotice.organisation_path), CalendarNotice.key)
    )
    return [
        (
            notice.organisation_path,
            Layer(
                name=notice.title,
                days=_days(connection, notice.key, notice.title),
                confirmed_through=horizon_of_notice(notice.year) if notice.year else None,
            ),
        )
        for notice in notices
    ]


def _days(connection: Connection, notice_key: int, title: str) -> tuple[SpecialDay, ...]:
    rows = connection.execute(
        select(CalendarDay.day, CalendarDay.working, CalendarDay.name).where(
            CalendarDay.notice_key == notice_key
        )
    )
    return tuple(
        SpecialDay(day=row.day, working=row.working, name=row.name, notice=title) for row in rows
    )


_NEWEST = select(func.count(CalendarNotice.key)).where(CalendarNotice.approved_at.is_not(None))
