"""D13: whether somebody may take part."""

from __future__ import annotations

import pytest

from tests.dmn.bureau import ask, row_count, rows

ROWS = [
    (1, 0, 0, True, "通过", ""),
    (1, 0, None, True, "通过", ""),
    (2, 1, 0, False, "不通过", "在社会保险失信人名单内"),
    (2, 1, None, False, "不通过", "在社会保险失信人名单内"),
    (2, 2, 1, False, "不通过", "在社会保险失信人名单内"),
    (3, 1, 1, True, "通过", "停止执行"),
    (3, 2, 2, True, "通过", "停止执行"),
    (4, 0, 1, False, "ERROR", "查询数据有误，报流程管理员"),
    (4, 1, 2, False, "ERROR", "查询数据有误，报流程管理员"),
    (4, None, None, False, "ERROR", "查询数据有误，报流程管理员"),
]


@pytest.mark.parametrize(("row", "active", "suspended", "passes", "answer", "note"), ROWS)
def test_the_entries_in_force_decide(
    row: int, active: int | None, suspended: int | None, passes: bool, answer: str, note: str
) -> None:
    facts = {"active_entries": active, "suspended_entries": suspended}
    instance = ask("precheck", "precheck", **facts)
    assert rows(instance) == [row]
    assert instance.result == {"passes": passes, "answer": answer, "note": note}


def test_every_row_has_an_example() -> None:
    assert {row for row, *_ in ROWS} == set(range(1, row_count("precheck", "precheck") + 1))


def test_the_purposes_of_the_scheme() -> None:
    purposes = {row["name"]: row for row in ask("precheck", "precheck_purposes").result}
    assert list(purposes) == ["项目招投标", "人员招聘", "评先评优", "诚信组织名单"]
    assert all(row["asks_project_no"] for row in purposes.values() if row["for_class"] != "unit")


def test_a_person_is_not_asked_about_for_a_tender() -> None:
    names = [
        row["name"] for row in ask("precheck", "precheck_purposes", party_class="individual").result
    ]
    assert names == ["人员招聘", "评先评优"]
