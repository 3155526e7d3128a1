"""The shipped days against two independent public calendars, for every day they all know."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from engine.calendar import DayKind, national_calendar, statutory_days

FIRST, LAST = date(2007, 1, 1), date(2026, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def test_the_span_is_the_twenty_years_of_known_notices():
    assert len(EVERY_DAY) == 7305


def test_every_day_agrees_with_chinesecalendar():
    calendar = national_calendar()
    different = [
        day for day in EVERY_DAY if calendar.is_working_day(day) != chinese_calendar.is_workday(day)
    ]
    assert different == []


def test_every_day_agrees_with_holidays():
    calendar = national_calendar()
    china = holidays.country_holidays("CN", years=range(2007, 2027))
    different = [
        day for day in EVERY_DAY if calendar.is_working_day(day) != china.is_working_day(day)
    ]
    assert different == []


def test_statutory_days_agree_with_holidays_to_the_end_of_the_table():
    by_law = {
        day
        for day, name in holidays.country_holidays(
            "CN", years=range(2007, 2071), observed=False, language="zh_CN"
        ).items()
        if not any(word in name for word in ("休息日", "纪念日", "延长"))
    }
    assert set(statutory_days()) == by_law


@pytest.mark.parametrize(("year", "working_days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_the_working_days_its_notice_gives(year, working_days):
    calendar = national_calendar()
    eve = date(year - 1, 12, 31)
    assert calendar.working_days_between(eve, date(year, 12, 31)) == working_days


def test_new_years_eve_2024_was_only_recommended_as_leave_and_is_a_working_day():
    status = national_calendar().status(date(2024, 2, 9))
    assert status.working
    assert status.kind is DayKind.WORKING


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        ("2026-02-13", DayKind.WORKING, ""),
        ("2026-02-14", DayKind.MAKE_UP, "春节"),
        ("2026-02-17", DayKind.STATUTORY, "春节"),
        ("2026-02-20", DayKind.MOVED_REST, "春节"),
        ("2026-02-22", DayKind.WEEKEND, "春节"),
        ("2026-03-08", DayKind.WEEKEND, ""),
        ("2027-02-10", DayKind.SUBSTITUTE, "春节"),
        ("2028-10-02", DayKind.STATUTORY, "国庆节"),
    ],
)
def test_a_day_says_why_it_works_or_rests(day, kind, name):
    status = national_calendar().status(date.fromisoformat(day))
    assert (status.kind, status.name) == (kind, name)


def test_a_day_names_its_notice_and_says_when_there_is_none_yet():
    calendar = national_calendar()
    assert calendar.status(date(2026, 2, 14)).notice == "国办发明电〔2025〕7号"
    assert calendar.status(date(2026, 12, 25)).confirmed
    assert not calendar.status(date(2026, 12, 26)).confirmed
