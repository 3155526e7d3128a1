"""Uploading clues: what the clerk sees, gets back, and may not see."""

from __future__ import annotations

from io import BytesIO

import pytest

from engine.runtime.imports import advance, read_table
from tests.engine.register.clues import as_csv, as_xlsx, clue
from web.cases.import_views import WORKER


@pytest.fixture
def upload(app, client_as):
    """upload("gc_jb01", content): that person uploads a file; the address of the import."""

    def send(login: str, content: bytes, name: str = "clues.csv") -> str:
        client = client_as(login)
        answer = client.post("/cases/import", data={"file": (BytesIO(content), name)})
        assert answer.status_code == 302, answer.text
        app.extensions[WORKER].stop()
        advance(app.extensions["chengxin"], int(answer.location.rpartition("/")[2]))
        return answer.location

    return send


@pytest.mark.parametrize("made", [as_csv, as_xlsx])
def test_a_file_is_imported_and_the_bad_rows_come_back_as_a_file(upload, client_as, made):
    address = upload("gc_jb01", made([clue(1), clue(2, 主体名称=""), clue(1)]))
    client = client_as("gc_jb01")
    page = client.get(address).text
    assert "导入已完成" in page
    assert "未填写，请填写" in page
    assert "与第 2 行重复" in page
    for kind in ("csv", "xlsx"):
        file = client.get(f"{address}/corrections.{kind}")
        table = read_table(f"x.{kind}", file.data)
        assert [row[1][-3] for row in table.rows] == [type(table.rows[0][1][-3])(n) for n in (3, 4)]
        assert "attachment" in file.headers["Content-Disposition"]


def test_while_it_runs_the_page_asks_again_and_can_stop_it(app, client_as, monkeypatch):
    monkeypatch.setattr(app.extensions[WORKER], "wake", lambda: None)
    client = client_as("gc_jb01")
    sent = {"file": (BytesIO(as_csv([clue(1), clue(2)])), "clues.csv")}
    address = client.post("/cases/import", data=sent).location
    page = client.get(address, headers={"HX-Request": "true"}).text
    assert "every 1s" in page
    assert "<html" not in page
    stopped = client.post(f"{address}/cancel", follow_redirects=True).text
    assert "导入已停止，2 行没有处理" in stopped
    assert "every 1s" not in stopped


def test_a_file_that_is_no_table_is_refused_with_the_reason(client_as):
    client = client_as("gc_jb01")
    answer = client.post("/cases/import", data={"file": (BytesIO(b"a,b\n1,2\n"), "x.csv")})
    assert answer.status_code == 422
    assert "第一行不是表头" in answer.text
    assert client.post("/cases/import").status_code == 422


def test_only_people_of_the_bureau_who_may_import_see_an_import(upload, client_as):
    address = upload("gc_jb01", as_csv([clue(1)]))
    assert client_as("gc_xb01").get(address).status_code == 200
    assert client_as("dz_jb01").get(address).status_code == 403
    assert client_as("dz_jb01").get(f"{address}/corrections.csv").status_code == 403
    assert client_as("cz_zb01").get("/cases/import").status_code == 403


def test_the_template_has_the_columns_of_the_start_form(client_as):
    file = client_as("gc_jb01").get("/cases/import/template.csv").data.decode("utf-8-sig")
    assert file.startswith("报送单位,所属月份")


def test_the_english_page_says_it_in_english(upload, client_as):
    address = upload("gc_jb01", as_csv([clue(1, 主体名称="")]))
    client = client_as("gc_jb01")
    client.post("/language", data={"language": "en"})
    assert "Must be filled in" in client.get(address).text
