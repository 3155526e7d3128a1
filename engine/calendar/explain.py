"""The arithmetic of a deadline in words, for whoever must defend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from engine.calendar.due import Deadline
from engine.calendar.loader import festival_names
from engine.calendar.period import Unit
from engine.calendar.working_calendar import Calendar, DayKind

DAYS_TOLD_ONE_BY_ONE = 15
WEEKENDS_TOLD_ONE_BY_ONE = 4
_WEEKDAYS_ZH = "一二三四五六日"
_UNITS_ZH = {"WD": "个工作日", "ND": "日", "M": "个月", "Y": "年"}
_UNITS_EN = {
    "WD": ("working day", "working days"),
    "ND": ("day", "days"),
    "M": ("month", "months"),
    "Y": ("year", "years"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class SkippedDays:
    """Consecutive rest days that were not counted; `name` is empty for a plain weekend."""

    first: date
    last: date
    name: str

    def __len__(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """How a deadline came about: the sentence in both languages, and the days behind it."""

    zh: str
    en: str
    counted: tuple[date, ...] = ()
    skipped: tuple[SkippedDays, ...] = ()
    make_up: tuple[date, ...] = ()


def explain(deadline: Deadline, calendar: Calendar) -> Explanation:
    """`deadline` in words: days counted, days skipped and why, make-up days, doubts."""
    if deadline.period.unit == Unit.WORKING_DAYS and deadline.period.amount > 0:
        return _explain_working_days(deadline, calendar)
    return _explain_natural(deadline, calendar)


def _explain_working_days(deadline: Deadline, calendar: Calendar) -> Explanation:
    start, last = deadline.start_date, deadline.due_date
    span = list(_days(start + timedelta(days=1), last))
    counted = tuple(day for day in span if calendar.is_working_day(day))
    resting = [day for day in span if not calendar.is_working_day(day)]
    make_up = tuple(day for day in counted if calendar.status(day).kind is DayKind.MAKE_UP)
    skipped = tuple(_named_runs(resting, calendar))
    zh, en = _Words(start, english=False), _Words(start, english=True)
    amount = deadline.period.amount
    unit_en = _UNITS_EN["WD"][amount != 1]
    sentence_zh = [
        f"{amount} 个工作日，自 {start} 次日起：{zh.counted(counted)}",
        *(f"跳过 {text}" for text in [zh.skipped(skipped)] if text),
        *(f"{text} 调休上班" for text in [zh.listed(make_up)] if text),
        f"最后一日 {_day_zh(last)}",
    ]
    sentence_en = [
        f"{amount} {unit_en} from the day after {start}: {en.counted(counted)}",
        *(f"skipping {text}" for text in [en.skipped(skipped)] if text),
        *(f"make-up working days {text}" for text in [en.listed(make_up)] if text),
        f"last day {_day_en(last)}",
    ]
    doubt_zh, doubt_en = _doubts(deadline, calendar)
    return Explanation(
        zh="；".join([*sentence_zh, *doubt_zh]) + "。",
        en="; ".join([*sentence_en, *doubt_en]) + ".",
        counted=counted,
        skipped=skipped,
        make_up=make_up,
    )


def _explain_natural(deadline: Deadline, calendar: Calendar) -> Explanation:
    period, nominal, last = deadline.period, deadline.nominal_date, deadline.due_date
    start = deadline.start_date
    unit_zh = _UNITS_ZH[period.unit]
    unit_en = _UNITS_EN[period.unit][period.amount != 1]
    zh = [f"{period.amount} {unit_zh}，自 {start} 起（当日不计入），届满日为 {_day_zh(nominal)}"]
    en = [f"{period.amount} {unit_en} from {start} (not counted), ending on {_day_en(nominal)}"]
    if period.unit in (Unit.MONTHS, Unit.YEARS) and nominal.day != start.day:
        zh.append("当月没有对应日，以月末日为届满日")
        en.append("that month has no such day, so its last day")
    skipped: tuple[SkippedDays, ...] = ()
    if period.roll is None:
        zh.append("最后一日不因节假日顺延")
        en.append("not moved by rest days")
    elif last == nominal:
        zh.append("该日为工作日，不顺延")
        en.append("a working day, so it stays")
    else:
        skipped = tuple(_named_runs(_days(nominal, last - timedelta(days=1)), calendar))
        reason_zh = _Words(start, english=False).skipped(skipped)
        reason_en = _Words(start, english=True).skipped(skipped)
        zh.append(f"{reason_zh} 休息，顺延至 {_day_zh(last)}")
        en.append(f"{reason_en} is rest, so it moves to {_day_en(last)}")
    doubt_zh, doubt_en = _doubts(deadline, calendar)
    return Explanation(
        zh="；".join([*zh, *doubt_zh]) + "。", en="; ".join([*en, *doubt_en]) + ".", skipped=skipped
    )


def _doubts(deadline: Deadline, calendar: Calendar) -> tuple[list[str], list[str]]:
    zh, en = [], []
    if deadline.provisional:
        bounds = f"{deadline.earliest} … {deadline.latest}"
        zh.append(f"{calendar.confirmed_through} 之后的放假安排尚未公布，本日期为暂定（{bounds}）")
        en.append(f"nothing is announced past {calendar.confirmed_through}: provisional ({bounds})")
    if deadline.calendar_version != calendar.version:
        versions = f"{deadline.calendar_version} / {calendar.version}"
        zh.append(f"期限按另一版日历算出，逐日说明以现有日历为准（{versions}）")
        en.append(f"counted by another calendar version than the days named here ({versions})")
    return zh, en


def _days(first: date, last: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def _runs(days: Iterable[date]) -> list[tuple[date, date]]:
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and (day - runs[-1][1]).days == 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _named_runs(days: Iterable[date], calendar: Calendar) -> Iterator[SkippedDays]:
    for first, last in _runs(days):
        names = dict.fromkeys(calendar.status(day).name for day in _days(first, last))
        yield SkippedDays(first=first, last=last, name="、".join(filter(None, names)))


def _day_zh(day: date) -> str:
    return f"{day}（星期{_WEEKDAYS_ZH[day.weekday()]}）"


def _day_en(day: date) -> str:
    return f"{day} ({day:%a})"


class _Words:
    """Days and ranges in one language; the year is said only where it is not the start's."""

    def __init__(self, start: date, *, english: bool) -> None:
        self._year = start.year
        self._english = english
        self._comma = ", " if english else "、"

    def counted(self, days: tuple[date, ...]) -> str:
        if len(days) <= DAYS_TOLD_ONE_BY_ONE:
            return self.listed(days)
        total = (days[-1] - days[0]).days + 1
        span = self._span(days[0], days[-1])
        if self._english:
            return f"{span}, {total} days with {len(days)} working days among them"
        return f"{span} 共 {total} 天，其中工作日 {len(days)} 天"

    def listed(self, days: Iterable[date]) -> str:
        return self._comma.join(self._day(day) for day in days)

    def skipped(self, runs: tuple[SkippedDays, ...]) -> str:
        weekends = [run for run in runs if not run.name]
        told = list(runs)
        parts = []
        if len(weekends) > WEEKENDS_TOLD_ONE_BY_ONE:
            told = [run for run in runs if run.name]
            rest = sum(len(run) for run in weekends)
            parts.append(f"{rest} weekend days" if self._english else f"周末 {rest} 天")
        return self._comma.join([*(self._run(run) for run in told), *parts])

    def _run(self, run: SkippedDays) -> str:
        span = self._span(run.first, run.last)
        if not self._english:
            return f"{span}（{run.name or '周末'}）"
        names = [festival_names().get(name, name) for name in run.name.split("、") if name]
        return f"{span} ({', '.join(names) or 'weekend'})"

    def _span(self, first: date, last: date) -> str:
        return self._day(first) if first == last else f"{self._day(first)}…{self._day(last)}"

    def _day(self, day: date) -> str:
        return day.isoformat() if day.year != self._year else day.strftime("%m-%d")
