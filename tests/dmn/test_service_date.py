"""D07: when a document is served."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from engine.clock import SHANGHAI
from engine.dmn import InputNotAllowed
from tests.dmn.bureau import ask, row_count, rows

DAY = date(2025, 8, 13)
ROWS = [
    (1, "直接送达", "签收", False, DAY, None),
    (2, "直接送达", "拒收", False, None, "留置送达"),
    (3, "直接送达", "无人", False, None, "其他方式"),
    (4, "留置送达", "已见证", False, DAY, None),
    (5, "电子送达", "到达系统", True, DAY, None),
    (6, "电子送达", "到达系统", False, None, "其他方式"),
    (7, "电子送达", "退件", True, None, "其他方式"),
    (8, "邮寄送达", "签收", False, DAY, None),
    (9, "邮寄送达", "退件", False, None, "其他方式"),
    (9, "邮寄送达", "无人", False, None, "其他方式"),
    (10, "委托送达", "签收", False, DAY, None),
    (11, "委托送达", "拒收", False, None, "其他方式"),
    (12, "公告送达", "公告", False, date(2025, 9, 12), None),
    (13, "留置送达", "签收", False, None, "ERROR"),
]


@pytest.mark.parametrize(("row", "method", "result", "consent", "served", "next_step"), ROWS)
def test_each_row_answers(
    row: int, method: str, result: str, consent: bool, served: object, next_step: str | None
) -> None:
    instance = ask(
        "service_date",
        "service_date",
        method=method,
        attempt_result=result,
        attempt_at=datetime(2025, 8, 13, 9, 30, tzinfo=SHANGHAI),
        announced_date=DAY,
        party={"e_service_consent": consent},
    )
    assert rows(instance.required[0]) == [row]
    assert instance.result["served_date"] == served
    assert instance.result["served"] is (served is not None)
    assert instance.result["next"] == next_step


def test_every_row_has_an_example() -> None:
    assert {row for row, *_ in ROWS} == set(
        range(1, row_count("service_date", "service_effect") + 1)
    )


def test_consent_to_electronic_service_is_not_presumed() -> None:
    instance = ask("service_date", "service_date", method="电子送达", attempt_result="到达系统")
    assert instance.result["served"] is False


def test_a_method_nobody_knows_is_refused() -> None:
    with pytest.raises(InputNotAllowed, match="飞鸽"):
        ask("service_date", "service_date", method="飞鸽传书", attempt_result="签收")
