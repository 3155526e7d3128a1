"""D02: how long a listing lasts."""

from __future__ import annotations

import pytest

from tests.dmn.bureau import ask, row_count, rows


@pytest.mark.parametrize(
    ("criterion", "years", "group"),
    [
        (1, 1, "A"),
        (2, 1, "A"),
        (3, 1, "A"),
        (4, 3, "B"),
        (5, 3, "B"),
        (6, 3, "B"),
        (7, 1, "A"),
    ],
)
def test_each_circumstance_has_its_period(criterion: int, years: int, group: str) -> None:
    instance = ask("penalty_period", "penalty_years", criterion=criterion)
    assert rows(instance) == [criterion]
    [row] = instance.result
    assert (row["years"], row["group"]) == (years, group)


def test_every_row_has_an_example() -> None:
    assert row_count("penalty_period", "penalty_years") == 7


@pytest.mark.parametrize(
    ("met", "years", "group"),
    [
        ([2, 3], 1, "A"),
        ([3, 5], 3, "B"),
        ([6], 3, "B"),
        ([], 0, None),
        ([9], 0, None),
    ],
)
def test_the_longest_period_of_the_circumstances_met_counts(
    met: list[int], years: int, group: str | None
) -> None:
    # given the circumstances met, and one of three years that is not
    judged = [{"criterion": n, "result": "MET"} for n in met]
    judged.append({"criterion": 4, "result": "NOT_MET"})
    # when the period of the case is asked
    period = ask("penalty_period", "case_penalty_period", criteria_results=judged).result
    # then it is that of the longest
    assert (period["years"], period["group"]) == (years, group)
    assert period["criteria"] == [n for n in met if n in range(1, 8)]
