"""A file of parties: asked row by row, given back with the answers, and going on after a stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.register.models import PrecheckQuery
from engine.register.precheck import (
    BeginPrecheckRun,
    CancelPrecheckRun,
    CheckNextRows,
    PrecheckWorker,
    advance,
)
from engine.register.precheck.answer_file import answer_file
from engine.register.precheck.errors import ColumnMissing, PurposeMissing
from engine.register.precheck.log import run_progress, run_rows
from engine.runtime import Runtime
from engine.runtime.errors import NotPermitted
from engine.runtime.imports import read_table
from engine.runtime.imports.table_writer import Line, csv_bytes, xlsx_bytes
from tests.engine.register.precheck.conftest import DING

HEADER = ["单位名称", "统一社会信用代码", "备注"]
ROWS = [
    [DING["name"], DING["code"], "甲方"],
    ["示例甲机械有限公司", "91000000MA00000157", ""],
    ["示例乙化工有限公司", "91000000MA00000231", "校验位错"],
]


@pytest.fixture
def begins(runtime: Runtime, person: Callable[..., Any]) -> Callable[..., int]:
    """begins(ROWS): the procurement clerk hands in a file of these rows; the key of the run."""

    def begin(rows: list[list[Any]], login: str = "cz_zb01", **more: Any) -> int:
        content = xlsx_bytes(more.pop("header", HEADER), [Line(cells=row) for row in rows])
        wanted = {"purpose": "bidding", "project_no": "CG-2025-7", **more}
        key: int = runtime.execute(
            BeginPrecheckRun(
                table=read_table("投标单位.xlsx", content), user=person(login), **wanted
            )
        )
        return key

    return begin


def test_every_row_gets_its_answer_and_comes_back_in_a_file(runtime, person, listed, begins):
    number = listed(DING, "2025-03-10", "2026-03-10")
    # when a file with a listed, an unknown and a mistyped party is worked off
    key = begins(ROWS)
    advance(runtime, key)
    # then each has its verdict
    with runtime.reading() as connection:
        run = run_progress(connection, person("cz_zb01"), key)
        rows = run_rows(connection, key)
    assert (run.state, run.passed, run.failed, run.bad, run.waiting) == ("completed", 1, 1, 1, 0)
    # and the file has the rows as they came, with number, answer, entry, last day and reason
    for kind in ("csv", "xlsx"):
        table = read_table(f"答复.{kind}", answer_file(kind, run.header, rows))
        assert list(table.header[:3]) == HEADER
        answers = [dict(zip(table.header, cells, strict=False)) for _, cells in table.rows]
        assert [one["结果"] for one in answers] == ["不通过", "通过", "未查询"]
        assert (answers[0]["有效条目"], answers[0]["到期日"]) == (number, "2026-03-10")
        assert answers[1]["查询编号"] == "池社信查〔2025〕2号"
        assert "校验位不对" in answers[2]["提示"]


def test_those_that_do_not_pass_can_be_looked_at_first(runtime, listed, begins):
    listed(DING, "2025-03-10", "2026-03-10")
    key = begins([ROWS[1], ROWS[2], ROWS[0]])
    advance(runtime, key)
    with runtime.reading() as connection:
        assert [r.row_no for r in run_rows(connection, key, failing_first=True)] == [3, 4, 2]


def test_a_run_goes_on_where_it_stopped_and_asks_nothing_twice(runtime, begins):
    # given a long file of which one part was asked before the server stopped
    key = begins([["示例甲机械有限公司", "91000000MA00000157"]] * 120)
    left = runtime.execute(CheckNextRows(run_key=key))
    assert 0 < left < 120
    # when a worker of another process takes it up
    restarted = Runtime(runtime.engine, runtime.clock)
    advance(restarted, key)
    # then every row has one answer
    with runtime.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(PrecheckQuery)) == 120
    assert restarted.execute(CheckNextRows(run_key=key)) == 0


def test_the_worker_takes_up_what_waits(runtime, person, begins):
    key = begins(ROWS)
    worker = PrecheckWorker(runtime)
    worker.wake()
    for _ in range(100):
        with runtime.reading() as connection:
            if run_progress(connection, person("cz_zb01"), key).state == "completed":
                break
        worker._something_new.wait(0.05)
    worker.stop()
    with runtime.reading() as connection:
        assert run_progress(connection, person("cz_zb01"), key).waiting == 0


def test_only_who_began_it_may_stop_it_and_what_was_answered_stays(runtime, person, begins):
    key = begins([["示例甲机械有限公司", "91000000MA00000157"]] * 60)
    runtime.execute(CheckNextRows(run_key=key))
    with pytest.raises(NotPermitted):
        runtime.execute(CancelPrecheckRun(run_key=key, user=person("cz_rs01")))
    runtime.execute(CancelPrecheckRun(run_key=key, user=person("cz_zb01")))
    with runtime.reading() as connection:
        run = run_progress(connection, person("cz_zb01"), key)
    assert (run.state, run.passed, run.waiting) == ("cancelled", 50, 10)
    assert runtime.execute(CheckNextRows(run_key=key)) == 0


def test_a_number_rounded_by_a_spreadsheet_is_not_asked(runtime, person, begins):
    key = begins([["测试一", 3.41702190001010e17]], purpose="recruitment")
    advance(runtime, key)
    with runtime.reading() as connection:
        (row,) = run_rows(connection, key)
    assert row.state == "bad"
    assert "末几位已丢失" in row.error["zh"]


def test_a_row_with_a_project_of_its_own_keeps_it(runtime, begins):
    key = begins([[DING["name"], DING["code"], "CG-9"]], header=["名称", "代码", "项目编号"])
    advance(runtime, key)
    with runtime.reading() as connection:
        assert connection.scalars(select(PrecheckQuery.project_no)).all() == ["CG-9"]


def test_a_file_without_codes_or_a_question_without_purpose_is_not_taken(runtime, person, begins):
    with pytest.raises(ColumnMissing):
        begins([["甲"]], header=["单位名称"])
    with pytest.raises(PurposeMissing):
        begins(ROWS, purpose="")
    assert read_table("x.csv", csv_bytes(["a"], [Line(cells=["b"])])).header == ("a",)
