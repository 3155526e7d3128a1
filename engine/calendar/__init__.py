"""Working-day calendars, periods and deadlines. Pure: no clock, no database."""

from engine.calendar.due import Deadline, due, remaining_working_days
from engine.calendar.errors import (
    CalendarError,
    DayFileInvalid,
    NegativePeriod,
    NoticeUnreadable,
    OutsideCalendar,
    PeriodTooLong,
    UnknownRoll,
    UnknownUnit,
)
from engine.calendar.explain import Explanation, SkippedDays, explain
from engine.calendar.layers import Layer, SpecialDay, horizon_of_notice
from engine.calendar.loader import (
    festival_names,
    national_calendar,
    read_special_days,
    statutory_days,
    write_special_days,
)
from engine.calendar.notice_checks import NoticeFinding
from engine.calendar.notice_text import HolidayNotice, read_notice
from engine.calendar.period import Period, Roll, Unit, add_months, add_years
from engine.calendar.working_calendar import (
    Calendar,
    DayKind,
    DayStatus,
    known_through,
    layered,
)

__all__ = [
    "Calendar",
    "CalendarError",
    "DayFileInvalid",
    "DayKind",
    "DayStatus",
    "Deadline",
    "Explanation",
    "HolidayNotice",
    "Layer",
    "NegativePeriod",
    "NoticeFinding",
    "NoticeUnreadable",
    "OutsideCalendar",
    "Period",
    "PeriodTooLong",
    "Roll",
    "SkippedDays",
    "SpecialDay",
    "Unit",
    "UnknownRoll",
    "UnknownUnit",
    "add_months",
    "add_years",
    "due",
    "explain",
    "festival_names",
    "horizon_of_notice",
    "known_through",
    "layered",
    "national_calendar",
    "read_notice",
    "read_special_days",
    "remaining_working_days",
    "statutory_days",
    "write_special_days",
]
