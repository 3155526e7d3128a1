"""What can be wrong with a day, a period, a notice or a file of days."""

from __future__ import annotations

from engine.errors import ChengxinError


class CalendarError(ChengxinError):
    """The root of this room's errors."""


class OutsideCalendar(CalendarError):
    """No calendar knows this day: before the first notice on file or past the lunar tables."""

    zh = "{day} 不在工作日历的范围内（{first} 至 {last}），不能计算工作日。"
    en = "{day} lies outside the working-day calendar ({first} to {last}): it cannot be counted."


class NegativePeriod(CalendarError):
    """A period of law runs forward; a count below zero is a mistake of whoever wrote it."""

    zh = "期限不能为负数：{amount} {unit}。请填 0 或正整数。"
    en = "A period cannot be negative: {amount} {unit}. Give 0 or a positive whole number."


class PeriodTooLong(CalendarError):
    """The last day would lie past the year 9999."""

    zh = "期限过长：自 {start} 起 {amount} {unit} 超出了日期的范围。"
    en = "The period is too long: {amount} {unit} from {start} leaves the range of dates."


class UnknownUnit(CalendarError):
    """A unit of counting that the product does not have."""

    zh = "不认识的期限单位「{unit}」。可用：WD（工作日）、ND（自然日）、M（月）、Y（年）。"
    en = "Unknown unit '{unit}'. Use WD (working days), ND (natural days), M (months) or Y (years)."


class UnknownRoll(CalendarError):
    """A rule for a last day that is a rest day, other than the one there is."""

    zh = "不认识的顺延方式「{roll}」。可用：next_wd（顺延至下一个工作日），或留空（不顺延）。"
    en = "Unknown roll '{roll}'. Use next_wd (to the next working day), or leave it empty."


class DayFileInvalid(CalendarError):
    """A row of a file of special days cannot be read."""

    zh = "第 {row} 行「{column}」列：{found} 无效，应为 {expected}。"
    en = "Row {row}, column '{column}': found {found}, expected {expected}."


class NoticeUnreadable(CalendarError):
    """The text is not a notice in the State Council's form, or contradicts itself."""

    zh = "放假通知无法采用，共 {count} 处问题：{findings_zh}"
    en = "The holiday notice cannot be used, {count} problem(s): {findings_en}"
