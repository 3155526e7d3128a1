"""What a holiday notice must hold true: statutory days off, the year's total, no long runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from engine.calendar.layers import SpecialDay

LONGEST_RUN = 6
"""Working days in a row that 放假办法 §7 allows around a holiday."""

_SATURDAY = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeFinding:
    """What is wrong, or only unusual (`warning`), in the text of a notice."""

    level: Literal["error", "warning"]
    zh: str
    en: str


def check_year(
    year: int, special: tuple[SpecialDay, ...], statutory: Mapping[date, str]
) -> Iterator[NoticeFinding]:
    declared = {day.day: day.working for day in special}
    festivals = {day: name for day, name in statutory.items() if day.year == year}
    for day, name in sorted(festivals.items()):
        if declared.get(day, day.weekday() < _SATURDAY):
            yield error(f"法定节假日 {day}（{name}）没有放假", f"statutory day {day} is not off")
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    working = [day for day in days if declared.get(day, day.weekday() < _SATURDAY)]
    owed = sum(name.count("、") + 1 for name in festivals.values())
    expected = sum(day.weekday() < _SATURDAY for day in days) - owed
    if len(working) != expected:
        yield warning(
            f"{year} 年工作日共 {len(working)} 天，按法定节假日推算应为 {expected} 天",
            f"{year} has {len(working)} working days, {expected} follow from the statutory days",
        )
    yield from _long_runs(working)


def _long_runs(working: list[date]) -> Iterator[NoticeFinding]:
    run: list[date] = []
    for day in [*working, date.max]:
        if run and (day - run[-1]).days == 1:
            run.append(day)
            continue
        if len(run) > LONGEST_RUN:
            yield warning(
                f"{run[0]} 至 {run[-1]} 连续上班 {len(run)} 天",
                f"{len(run)} working days in a row from {run[0]} to {run[-1]}",
            )
        run = [day]


def error(zh: str, en: str) -> NoticeFinding:
    return NoticeFinding(level="error", zh=zh, en=en)


def warning(zh: str, en: str) -> NoticeFinding:
    return NoticeFinding(level="warning", zh=zh, en=en)
