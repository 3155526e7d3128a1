"""The rules of counting, one by one."""

from datetime import date

import pytest

from engine.calendar import (
    NegativePeriod,
    OutsideCalendar,
    Period,
    PeriodTooLong,
    UnknownRoll,
    UnknownUnit,
    due,
    national_calendar,
)


def last_day(start, amount, unit, roll=None):
    period = Period(amount=amount, unit=unit, roll=roll)
    return due(date.fromisoformat(start), period, national_calendar()).due_date.isoformat()


def test_the_start_day_is_not_counted():
    assert last_day("2025-06-10", 1, "WD") == "2025-06-11"


def test_a_make_up_saturday_counts_and_can_be_the_last_day():
    assert last_day("2026-02-09", 5, "WD") == "2026-02-14"


def test_counting_from_a_rest_day_takes_the_next_working_day_as_the_first():
    assert last_day("2026-11-21", 1, "WD") == "2026-11-23"


def test_natural_days_stay_on_a_rest_day_unless_told_to_roll():
    assert last_day("2024-04-10", 3, "ND") == "2024-04-13"
    assert last_day("2024-04-10", 3, "ND", "next_wd") == "2024-04-15"


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        ("2024-02-29", 1, "Y", "2025-02-28"),
        ("2020-02-29", 4, "Y", "2024-02-29"),
        ("2025-01-31", 1, "M", "2025-02-28"),
        ("2025-02-28", 1, "M", "2025-03-28"),
        ("2019-08-31", 6, "M", "2020-02-29"),
        ("2025-12-15", 1, "M", "2026-01-15"),
    ],
)
def test_months_and_years_end_on_the_corresponding_day(start, amount, unit, expected):
    assert last_day(start, amount, unit) == expected


def test_a_zero_period_ends_on_the_day_itself():
    assert last_day("2026-02-15", 0, "WD") == "2026-02-15"
    assert last_day("2026-02-15", 0, "ND", "next_wd") == "2026-02-24"


def test_periods_without_working_days_need_no_calendar_and_are_certain():
    deadline = due(date(1999, 3, 1), Period(amount=60, unit="Y"), national_calendar())
    assert (deadline.due_date, deadline.provisional) == (date(2059, 3, 1), False)


@pytest.mark.parametrize("roll", [None, "next_wd"])
def test_working_days_before_the_first_notice_are_refused_with_the_span(roll):
    with pytest.raises(OutsideCalendar) as refusal:
        due(date(2006, 12, 29), Period(amount=10, unit="WD", roll=roll), national_calendar())
    assert "2006-12-29" in refusal.value.message("zh")
    assert "2007-01-01" in refusal.value.message("en")


def test_what_cannot_be_a_period_is_refused():
    with pytest.raises(NegativePeriod):
        Period(amount=-1, unit="WD")
    with pytest.raises(UnknownUnit):
        Period(amount=1, unit="工作日")
    with pytest.raises(UnknownRoll):
        Period(amount=1, unit="ND", roll="back")
    for unit in ("ND", "M", "Y"):
        with pytest.raises(PeriodTooLong):
            due(date(2026, 1, 1), Period(amount=10**9, unit=unit), national_calendar())
