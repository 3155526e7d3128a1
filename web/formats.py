"""How dates, instants, money, periods and numbers of persons are written on a page."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from engine.clock import in_shanghai
from web.language import language

WEEKDAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
COUNT_LIMIT = 1000
"""Counting stops here: more is written as 999+."""

DueState = Literal["overdue", "today", "soon", "fine", "none"]
SOON = 2
"""Up to so many working days left the light is amber."""


def weekday(day: date) -> str:
    """`周五`, `Fri`."""
    names = WEEKDAYS_EN if language() == "en" else WEEKDAYS_ZH
    return names[day.weekday()]


def day(value: date | None) -> str:
    """`2026-02-13（周五）`; empty for no date. An instant is taken as its day in Shanghai."""
    if value is None:
        return ""
    plain = in_shanghai(value).date() if isinstance(value, datetime) else value
    if language() == "en":
        return f"{plain.isoformat()} ({weekday(plain)})"
    return f"{plain.isoformat()}（{weekday(plain)}）"


def short_day(value: date | None) -> str:
    """`02-13 周五`, where the year is clear."""
    return "" if value is None else f"{value:%m-%d} {weekday(value)}"


def instant(value: datetime | None, *, seconds: bool = False) -> str:
    """`2026-02-13 14:05` in Shanghai time."""
    if value is None:
        return ""
    return in_shanghai(value).strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")


def money(value: Decimal | int | float | str | None) -> str:
    """`¥ 12,345.67`."""
    if value is None or value == "":
        return ""
    return f"¥ {Decimal(str(value)):,.2f}"


def count(value: int | None) -> str:
    """A number of things, `999+` from the limit on."""
    if value is None:
        return ""
    return f"{COUNT_LIMIT - 1}+" if value >= COUNT_LIMIT else str(value)


def due_state(remaining: int | None) -> DueState:
    """The state of a light from the working days that remain (negative: overdue)."""
    if remaining is None:
        return "none"
    if remaining < 0:
        return "overdue"
    if remaining == 0:
        return "today"
    return "soon" if remaining <= SOON else "fine"


def due_words(remaining: int | None) -> str:
    """The words beside a light: `逾期 2 个工作日`, `今日 24:00 到期`, `剩 2 个工作日`."""
    if remaining is None:
        return _("无期限")
    if remaining < 0:
        return ngettext("逾期 %(num)s 个工作日", "逾期 %(num)s 个工作日", -remaining)
    if remaining == 0:
        return _("今日 24:00 到期")
    return ngettext("剩 %(num)s 个工作日", "剩 %(num)s 个工作日", remaining)


def masked_identity(number: str | None) -> str:
    """A person's document number with its middle hidden: `341702********0065`.

    Of 18 digits the first 6 and last 4 stay, of anything else the first 2 and last 2.
    """
    text = (number or "").strip()
    head, tail = (6, 4) if len(text) == 18 else (2, 2)
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]


def init_formats(app: Flask) -> None:
    """Templates get the formats as filters of the same name."""
    app.jinja_env.filters.update(
        day=day,
        short_day=short_day,
        instant=instant,
        money=money,
        count_of=count,
        weekday=weekday,
        due_state=due_state,
        due_words=due_words,
        masked_identity=masked_identity,
    )
