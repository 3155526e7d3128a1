"""D06: where a defence leads."""

from __future__ import annotations

import pytest

from tests.dmn.bureau import ask, row_count, rows

IN_TIME, LATE = {"in_time": True}, {"in_time": False}
ROWS = [
    (1, None, None, "DECIDE", False),
    (2, LATE, None, "DECIDE", True),
    (3, IN_TIME, {"result": "成立"}, "NO_LISTING", False),
    (4, IN_TIME, {"result": "部分成立", "changes_worse": True}, "FORBIDDEN", False),
    (5, IN_TIME, {"result": "部分成立", "changes_worse": False}, "REDRAFT", False),
    (6, IN_TIME, {"result": "不成立"}, "DECIDE", False),
    (7, IN_TIME, {"result": None}, "ERROR", False),
]


@pytest.mark.parametrize(("row", "defence", "review", "route", "late"), ROWS)
def test_each_row_answers(
    row: int, defence: object, review: object, route: str, late: bool
) -> None:
    instance = ask("defence_outcome", "defence_outcome", defence=defence, review=review)
    assert rows(instance) == [row]
    assert instance.result["route"] == route
    assert instance.result["late_noted"] is late
    assert instance.result["renotify"] is False


def test_every_row_has_an_example() -> None:
    assert [row for row, *_ in ROWS] == list(
        range(1, row_count("defence_outcome", "defence_outcome") + 1)
    )


def test_a_case_without_any_defence_is_decided() -> None:
    assert ask("defence_outcome", "defence_outcome").result["route"] == "DECIDE"
