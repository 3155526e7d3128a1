"""The bureau's own vectors for counting time: published facts, kept here as data."""

import json
from datetime import date
from pathlib import Path

import pytest

from engine.calendar import Period, due, national_calendar

FACTS = json.loads(Path(__file__).with_name("counting.json").read_text("utf-8"))


def last_day(start, amount, unit, roll=None):
    period = Period(amount=amount, unit=unit, roll=roll)
    return str(due(date.fromisoformat(start), period, national_calendar()).due_date)


@pytest.mark.parametrize(("start", "amount", "expected"), FACTS["wd"])
def test_working_days(start, amount, expected):
    assert last_day(start, amount, "WD") == expected


@pytest.mark.parametrize(("start", "amount", "expected"), FACTS["nd_roll"])
def test_natural_days_with_roll(start, amount, expected):
    assert last_day(start, amount, "ND", "next_wd") == expected


@pytest.mark.parametrize(("start", "amount", "expected"), FACTS["years"])
def test_years_without_roll(start, amount, expected):
    assert last_day(start, amount, "Y") == expected


@pytest.mark.parametrize(("day", "working"), FACTS["is_wd"])
def test_single_days(day, working):
    assert national_calendar().is_working_day(date.fromisoformat(day)) is working


@pytest.mark.parametrize(("end_of_month", "expected"), FACTS["monthly_report"])
def test_the_monthly_report_is_due_on_the_seventh_working_day(end_of_month, expected):
    assert last_day(end_of_month, 7, "WD") == expected


def test_the_report_of_december_2026_needs_the_notice_for_2027():
    deadline = due(date(2026, 12, 31), Period(amount=7, unit="WD"), national_calendar())
    assert deadline.provisional
