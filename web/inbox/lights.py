"""How urgent a task is, in words: by working days, and right on days when nobody works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from flask_babel import gettext as _

from engine.calendar import OutsideCalendar, remaining_working_days
from engine.runtime.queries.reading import Reading
from web.formats import SOON, due_words, short_day

State = Literal["overdue", "today", "soon", "fine", "none"]


@dataclass(frozen=True, kw_only=True)
class Light:
    """Shape and colour by `state`, the words beside it, and the day where the words lack it."""

    state: State
    words: str
    day: date | None
    provisional: bool


def light_of(
    look: Reading,
    *,
    due_date: date | None,
    due_at: datetime | None,
    provisional: bool,
    organisation_path: str,
) -> Light:
    """The light of a task by the calendar of its unit."""
    if due_date is None or due_at is None:
        return Light(state="none", words=due_words(None), day=None, provisional=False)
    state, words = _says(look, due_date, due_at, organisation_path)
    day = None if state == "today" else due_date
    return Light(state=state, words=words, day=day, provisional=provisional)


def _says(look: Reading, due_date: date, due_at: datetime, path: str) -> tuple[State, str]:
    today, now = look.clock.today(), look.clock.now()
    if now < due_at and due_date == today:
        is_midnight = due_at.date() != due_date
        return "today", due_words(0) if is_midnight else _(
            "今日 %(time)s 到期", time=f"{due_at:%H:%M}"
        )
    try:
        remaining = remaining_working_days(today, due_date, look.calendar_of(path))
    except OutsideCalendar:
        return "fine", _("%(day)s 到期", day=due_date.isoformat())
    if now >= due_at:
        return "overdue", due_words(remaining) if remaining < 0 else _("已逾期")
    if remaining == 0:
        return "soon", _("%(day)s 24:00 到期", day=short_day(due_date))
    return ("soon" if remaining <= SOON else "fine"), due_words(remaining)
