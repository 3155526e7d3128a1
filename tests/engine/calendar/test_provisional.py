"""Dates past the last notice: always marked, and always inside their bounds."""

from datetime import date, timedelta

import pytest

from engine.calendar import (
    Period,
    due,
    horizon_of_notice,
    known_through,
    national_calendar,
    statutory_days,
)
from engine.calendar.provisional import presumed_rest_days

DESK = date(2026, 11, 23)


def test_the_horizon_is_the_last_friday_before_next_years_notice_can_reach():
    assert national_calendar().confirmed_through == date(2026, 12, 25)
    assert horizon_of_notice(2018) == date(2018, 12, 28)


@pytest.mark.parametrize(
    ("amount", "day", "provisional", "earliest", "latest"),
    [
        (24, "2026-12-25", False, "2026-12-25", "2026-12-25"),
        (25, "2026-12-28", True, "2026-12-26", "2026-12-31"),
        (30, "2027-01-05", True, "2026-12-31", "2027-01-08"),
        (60, "2027-02-22", True, "2027-02-18", "2027-02-25"),
    ],
)
def test_a_date_past_the_horizon_is_marked_and_bounded(amount, day, provisional, earliest, latest):
    deadline = due(DESK, Period(amount=amount, unit="WD"), national_calendar())
    assert deadline.due_date.isoformat() == day
    assert deadline.provisional is provisional
    assert (str(deadline.earliest), str(deadline.latest)) == (earliest, latest)


def test_a_rolled_last_day_past_the_horizon_is_provisional_an_unrolled_one_is_not():
    calendar = national_calendar()
    rolled = due(DESK, Period(amount=60, unit="ND", roll="next_wd"), calendar)
    fixed = due(DESK, Period(amount=60, unit="ND"), calendar)
    assert (rolled.due_date, rolled.provisional) == (date(2027, 1, 22), True)
    assert (fixed.due_date, fixed.provisional) == (date(2027, 1, 22), False)


def test_the_year_2027_rests_on_its_statutory_days_and_their_substitutes():
    presumed = [rest.day for rest in presumed_rest_days(statutory_days(), date(2026, 12, 25))]
    weekdays = [day for day in presumed if day.year == 2027 and day.weekday() < 5]
    assert [day.strftime("%m-%d") for day in weekdays] == [
        "01-01", "02-05", "02-08", "02-09", "02-10", "04-05", "05-03", "05-04", "06-09", "09-15",
        "10-01", "10-04", "10-05",
    ]  # fmt: skip


def test_two_festivals_on_one_day_earn_a_substitute():
    rests = {rest.day for rest in presumed_rest_days(statutory_days(), date(2026, 12, 25))}
    assert date(2028, 10, 3) in rests
    assert {date(2028, 10, 4), date(2028, 10, 5)} <= rests


@pytest.fixture(scope="module")
def hindsight():
    """For each year, the calendar as it was known when its last notice was the newest one."""
    full = national_calendar()
    return {year: known_through(full, horizon_of_notice(year)) for year in range(2011, 2026)}


def test_every_bound_held_in_fifteen_years_of_hindsight(hindsight):
    # given every start from September to the horizon, and what was really decided later
    real = national_calendar()
    cases = misses = exact = 0
    for year, then in hindsight.items():
        day = date(year, 9, 1)
        while day <= then.confirmed_through:
            for amount in (5, 10, 20, 30, 60, 90, 120):
                guess = due(day, Period(amount=amount, unit="WD"), then)
                truth = real.add_working_days(day, amount)
                if guess.provisional and truth <= real.confirmed_through:
                    # then the truth lies within the bounds
                    cases += 1
                    exact += guess.due_date == truth
                    misses += not guess.earliest <= truth <= guess.latest
            day += timedelta(days=3)
    assert cases > 1500
    assert misses == 0
    assert exact / cases > 0.8


def test_bounds_held_for_rolled_days_too(hindsight):
    real = national_calendar()
    for year, then in hindsight.items():
        for offset in range(370):
            day = then.confirmed_through + timedelta(days=1 + offset)
            guess = due(day, Period(amount=0, unit="ND", roll="next_wd"), then)
            truth = real.next_working_day(day)
            assert guess.earliest <= truth <= guess.latest, (year, day)


def test_bounds_held_over_several_unknown_years(hindsight):
    real = national_calendar()
    for year in range(2011, 2024):
        then = hindsight[year]
        for offset in range(0, 360, 11):
            start = then.confirmed_through - timedelta(days=offset)
            for amount in (250, 300, 400, 500, 600):
                guess = due(start, Period(amount=amount, unit="WD"), then)
                truth = real.add_working_days(start, amount)
                if guess.provisional and truth <= real.confirmed_through:
                    assert guess.earliest <= truth <= guess.latest, (start, amount)


def test_forgetting_the_notices_changes_the_version_but_not_the_known_days(hindsight):
    then, now = hindsight[2024], national_calendar()
    assert then.version != now.version
    assert then.confirmed_through == date(2024, 12, 27)
    assert then.is_working_day(date(2024, 2, 18))
    assert not then.status(date(2025, 1, 28)).confirmed
