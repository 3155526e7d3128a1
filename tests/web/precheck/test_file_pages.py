"""A file of parties: progress, answers, and the file that comes back."""

from __future__ import annotations

from io import BytesIO

import pytest

from engine.register.precheck import advance
from engine.runtime.imports import read_table
from engine.runtime.imports.table_writer import Line, csv_bytes
from tests.web.precheck.conftest import DING
from web.precheck.file_views import WORKER

HEADER = ["名称", "代码"]
ROWS = [
    [DING["name"], DING["code"]],
    ["示例甲机械有限公司", "91000000MA00000157"],
    ["示例乙化工有限公司", "91000000MA00000231"],
]


@pytest.fixture
def sends(app, client_as, monkeypatch):
    """sends(ROWS): the procurement clerk uploads these rows; the answer to the upload."""
    monkeypatch.setattr(app.extensions[WORKER], "wake", lambda: None)

    def send(rows, purpose="bidding", header=HEADER):
        content = csv_bytes(header, [Line(cells=row) for row in rows])
        sent = {"file": (BytesIO(content), "投标单位.csv"), "purpose": purpose, "project_no": "C-1"}
        return client_as("cz_zb01").post("/precheck/files", data=sent)

    return send


def test_every_row_is_answered_and_comes_back_in_a_file(runtime, listed, sends, client_as):
    number = listed(DING)
    address = sends(ROWS).location
    advance(runtime, int(address.rpartition("/")[2]))
    client = client_as("cz_zb01")
    page = client.get(address).text
    assert "查询已完成" in page
    assert number in page
    assert "校验位不对" in page
    for kind in ("csv", "xlsx"):
        file = client.get(f"{address}/answers.{kind}")
        assert "attachment" in file.headers["Content-Disposition"]
        table = read_table(f"x.{kind}", file.data)
        place = table.header.index("结果")
        assert [cells[place] for _, cells in table.rows] == ["不通过", "通过", "未查询"]


def test_while_it_runs_the_page_asks_again_and_can_stop_it(sends, client_as):
    address = sends(ROWS).location
    client = client_as("cz_zb01")
    page = client.get(address, headers={"HX-Request": "true"}).text
    assert "every 1s" in page
    assert "<html" not in page
    stopped = client.post(f"{address}/cancel", follow_redirects=True).text
    assert "查询已停止，3 行没有查询" in stopped
    assert client_as("cz_rs01").get(address).status_code == 403


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(sends, client_as):
    refused = sends(ROWS, header=["甲", "乙"])
    assert refused.status_code == 422
    assert "缺少「名称」列" in refused.text
    assert sends(ROWS, purpose="").status_code == 422
    assert client_as("cz_zb01").post("/precheck/files").status_code == 422
    empty = {"file": (BytesIO(b""), "x.csv"), "purpose": "bidding"}
    assert "没有数据" in client_as("cz_zb01").post("/precheck/files", data=empty).text


def test_the_template_has_the_columns(client_as):
    file = client_as("cz_zb01").get("/precheck/files/template.csv").data.decode("utf-8-sig")
    assert file.strip() == "名称,代码,项目编号"
