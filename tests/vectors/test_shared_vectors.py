"""The sample vectors that accompany the project: 120 due days."""

from datetime import date

import pytest

from engine.calendar import Period, due, national_calendar


def deadline(row, amount, unit, roll=None):
    period = Period(amount=int(amount), unit=unit, roll=roll)
    return due(date.fromisoformat(row["start"]), period, national_calendar())


def test_working_days(vectors):
    for row in vectors("workday_vectors.csv"):
        found = deadline(row, row["n_workdays"], "WD")
        assert str(found.due_date) == row["expected_due"], row
        assert not found.provisional
        starts_on_working_day = national_calendar().is_working_day(found.start_date)
        assert starts_on_working_day == (row["start_is_workday"] == "1"), row


@pytest.mark.parametrize("file", ["anniversary_vectors.csv", "natural_day_vectors.csv"])
def test_natural_periods_with_and_without_roll(file, vectors):
    for row in vectors(file):
        amount, unit = row.get("n") or row["n_days"], row.get("unit") or "ND"
        assert str(deadline(row, amount, unit).due_date) == row["nominal_due"], row
        rolled = deadline(row, amount, unit, "next_wd")
        assert str(rolled.due_date) == row["expected_due"], row
        assert (rolled.due_date != rolled.nominal_date) == (row["postponed"] == "1"), row
