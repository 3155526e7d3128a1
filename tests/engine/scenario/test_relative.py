from __future__ import annotations

from datetime import date, datetime

import pytest

from engine.calendar import national_calendar
from engine.clock import SHANGHAI
from engine.scenario.relative import Today

TUESDAY = Today(day=date(2026, 11, 24), calendar=national_calendar())
SATURDAY = Today(day=date(2026, 11, 28), calendar=national_calendar())


@pytest.mark.parametrize(
    ("today", "written", "meant"),
    [
        (TUESDAY, "-1 工作日", date(2026, 11, 23)),
        (TUESDAY, "-2 工作日", date(2026, 11, 20)),
        (TUESDAY, "-2 working days", date(2026, 11, 20)),
        (TUESDAY, "+4 工作日", date(2026, 11, 30)),
        (TUESDAY, "-30 日", date(2026, 10, 25)),
        (TUESDAY, "-1 工作日 09:30", datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI)),
        (SATURDAY, "-1 工作日", date(2026, 11, 27)),
        (SATURDAY, "-1 日", date(2026, 11, 27)),
        (TUESDAY, "本月第 1 工作日", date(2026, 11, 2)),
        (TUESDAY, "working day 7 of the month", date(2026, 11, 10)),
        (SATURDAY, "本月第 20 工作日 09:30", datetime(2026, 11, 27, 9, 30, tzinfo=SHANGHAI)),
        (TUESDAY, "<上月> 贵池区", "2026-10 贵池区"),
        (TUESDAY, "-1 工作日 不早于 本月第 9 工作日", date(2026, 11, 23)),
        (
            TUESDAY,
            "-10 工作日 不早于 本月第 9 工作日 10:00",
            datetime(2026, 11, 12, 10, 0, tzinfo=SHANGHAI),
        ),
        (TUESDAY, "决定不早于告知", "决定不早于告知"),
        (TUESDAY, "自<-330 日 年月>起", "自2025年12月起"),
        (TUESDAY, "字〔<-330 日 年>〕3号", "字〔2025〕3号"),
        (TUESDAY, "于<-1 工作日>", "于2026年11月23日"),
        (TUESDAY, "5 个工作日内", "5 个工作日内"),
        (TUESDAY, 5, 5),
    ],
)
def test_dates_are_told_from_today(today: Today, written: object, meant: object) -> None:
    assert today.value(written) == meant


def test_dates_inside_of_lists_and_contexts_are_told_too() -> None:
    assert TUESDAY.value({"a": ["-1 日"], "b": {"c": "-2 日"}}) == {
        "a": [date(2026, 11, 23)],
        "b": {"c": date(2026, 11, 22)},
    }
