"""On the page of a task, a list that takes rows has a file for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import text

from engine.clock import VirtualClock
from engine.runtime import SourceFile
from engine.runtime.commands import Deploy, StartInstance
from tests.web.inbox.bureau import Bureau

DIAGRAM = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
 <bpmn:process id="monthly" name="月报" isExecutable="true">
  <bpmn:startEvent id="begin"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:userTask id="fill" name="填报">
   <bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="rows_form" />
    <zeebe:assignmentDefinition candidateGroups="R1" /></bpmn:extensionElements>
   <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
  <bpmn:endEvent id="done"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
  <bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="fill" />
  <bpmn:sequenceFlow id="f2" sourceRef="fill" targetRef="done" />
 </bpmn:process>
</bpmn:definitions>"""
FORM = """{"type": "default", "id": "rows_form", "schemaVersion": 19, "components": [
 {"type": "dynamiclist", "id": "records", "path": "records", "label": "信用信息",
  "allowAddRemove": true, "defaultRepetitions": 0, "properties": {"importRows": "true"},
  "components": [
   {"type": "textfield", "id": "name", "key": "name", "label": "主体名称",
    "validate": {"required": true}, "properties": {"importColumn": "主体名称"}},
   {"type": "number", "id": "amount", "key": "amount", "label": "金额",
    "properties": {"importColumn": "金额"}}]}]}"""


@pytest.fixture
def task(bureau: Bureau, clock: VirtualClock) -> str:
    """The address of an open task whose form has a list that takes rows."""
    files = [SourceFile(name="monthly.bpmn", content=DIAGRAM.encode()),
             SourceFile(name="rows_form.form", content=FORM.encode())]  # fmt: skip
    bureau.runtime.execute(Deploy(files=files, note="月报"))
    user = bureau.user("gc_jb01")
    key = bureau.runtime.execute(StartInstance(process_id="monthly", user=user))
    with bureau.runtime.reading() as connection:
        of_instance = text("select key from user_task where instance_key = :key")
        return f"/tasks/{connection.execute(of_instance, {'key': key}).scalar_one()}"


def csv_file(text: str) -> tuple[BytesIO, str]:
    return BytesIO(text.encode()), "九月.csv"


def send(client: FlaskClient, task: str, file: tuple[BytesIO, str] | None, **typed: str) -> str:
    data: dict[str, object] = {"records": "", "_import": "records", **typed}
    if file is not None:
        data["_rows:records"] = file
    return client.post(task, data=data, content_type="multipart/form-data").text


def values(page: str) -> list[str]:
    return re.findall(r'name="records\[\d+\]\.name" value="([^"]*)"', page)


def test_a_csv_file_fills_the_list_and_bad_rows_are_told(
    client_as: Callable[[str], FlaskClient], task: str
):
    # given a task whose form offers a file for the rows of its list
    client = client_as("gc_jb01")
    assert "从文件导入" in client.get(task).text
    # when a file comes with two good rows and a bad one, and a row is typed already
    file = csv_file("主体名称,金额\n示例甲,1\n,2\n示例丙,三\n示例乙,3\n")
    page = send(client, task, file, **{"records[0].name": "示例戊", "records[0]._row": ""})
    # then the good rows stand behind it, and row, column and reason of the others are said
    assert values(page) == ["示例戊", "示例甲", "示例乙"]
    assert "导入 2 行，2 行有误没有导入" in page
    assert re.search(r"<td[^>]*>3</td><td>主体名称</td><td>未填写", page)
    assert re.search(r"<td[^>]*>4</td><td>金额</td><td>[^<]*不是数字", page)
    # and nothing is done yet
    assert client.get(task).status_code == 200


def test_a_workbook_is_read_as_well(client_as: Callable[[str], FlaskClient], task: str):
    book = Workbook()
    book.active.append(["主体名称", "金额"])
    book.active.append(["示例甲", 12.5])
    out = BytesIO()
    book.save(out)
    out.seek(0)
    page = send(client_as("gc_jb01"), task, (out, "九月.xlsx"))
    assert values(page) == ["示例甲"]
    assert "12.5" in page


def test_what_is_no_table_says_why_and_loses_nothing(
    client_as: Callable[[str], FlaskClient], task: str
):
    client = client_as("gc_jb01")
    typed = {"records[0].name": "示例戊", "records[0]._row": ""}
    for file, reason in (
        (None, "请先选择文件"),
        (csv_file("主体名称\n"), "没有数据"),
        (csv_file("甲,乙\n1,2\n"), "表头不对"),
    ):
        page = send(client, task, file, **typed)
        assert reason in page
        assert values(page) == ["示例戊"]


def test_the_template_has_the_headers(client_as: Callable[[str], FlaskClient], task: str):
    client = client_as("gc_jb01")
    answer = client.get(f"{task}/rows.csv?list=records")
    assert answer.data.decode("utf-8-sig").strip() == "主体名称,金额"
    assert client.get(f"{task}/rows.csv?list=other").status_code == 404
    # who may not see the task does not get it either
    assert client_as("qy_jb01").get(f"{task}/rows.csv?list=records").status_code in (403, 404)
