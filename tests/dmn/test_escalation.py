"""D14: who hears of a task that is late."""

from __future__ import annotations

import pytest

from tests.dmn.bureau import ask, row_count, rows

ROWS = [
    (1, False, -3, "city", "none", []),
    (2, False, -2, "city", "due_soon", ["assignee"]),
    (2, False, 0, "county", "due_soon", ["assignee"]),
    (3, True, 0, "city", "overdue", ["assignee", "R4"]),
    (3, True, 1, "area", "overdue", ["assignee", "R4"]),
    (4, True, 2, "city", "escalated", ["R6"]),
    (5, True, 2, "county", "escalated", ["R6", "R11"]),
    (5, True, 4, "district", "escalated", ["R6", "R11"]),
    (5, True, 3, "area", "escalated", ["R6", "R11"]),
    (6, True, 5, "city", "severe", ["R13"]),
    (6, True, 12, "county", "severe", ["R13"]),
]


@pytest.mark.parametrize(("row", "overdue", "days", "level", "kind", "recipients"), ROWS)
def test_each_row_answers(
    row: int, overdue: bool, days: int, level: str, kind: str, recipients: list[str]
) -> None:
    instance = ask(
        "escalation", "escalation", overdue=overdue, overdue_wd=days, organisation_level=level
    )
    assert rows(instance) == [row]
    assert instance.result["kind"] == kind
    assert instance.result["recipients"] == recipients
    assert instance.result["title"]
    assert instance.result["title_en"]


def test_every_row_has_an_example() -> None:
    assert {row for row, *_ in ROWS} == set(range(1, row_count("escalation", "escalation") + 1))
