"""The interface for programs: the same checks as on the pages, said as JSON."""

from __future__ import annotations

import pytest

from engine.identity import SYSTEM, demonstration_password
from engine.runtime import SourceFile
from engine.runtime.commands import Deploy, StartInstance
from tests.builders.diagram import HEAD, diagram, end, start, user_task
from tests.engine.register.clues import UNIT_ROW

PROCESS = "p"
PASSWORD = demonstration_password()


@pytest.fixture
def process(runtime):
    """A process with one task that anybody may do."""
    file = diagram(
        PROCESS, start(), user_task("a", groups="R3,R4"), end(), flows="start -> a -> end"
    )
    runtime.execute(Deploy(files=[SourceFile(name="p.bpmn", content=file)]))


@pytest.fixture
def task(runtime, process, client_as):
    """The key of its task in a new instance."""
    runtime.execute(StartInstance(process_id=PROCESS, user=SYSTEM))
    return client_as("gc_xb01").get("/api/v1/tasks").json["items"][0]["key"]


def test_without_a_name_nobody_comes_in(app):
    answer = app.test_client().get("/api/v1/tasks")
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


def test_login_and_password_are_enough(app, task):
    client = app.test_client()
    assert client.get("/api/v1/tasks", auth=("gc_xb01", PASSWORD)).status_code == 200
    assert client.get("/api/v1/tasks", auth=("gc_xb01", "wrong")).status_code == 401
    # but only for programs
    assert client.get("/cases", auth=("gc_xb01", PASSWORD)).status_code == 302


def test_a_session_needs_the_token_of_its_pages_a_password_does_not(app, task, client_as):
    app.config["WTF_CSRF_ENABLED"] = True
    address = f"/api/v1/tasks/{task}/complete"
    assert client_as("gc_xb01").post(address, json={}).status_code == 400
    by_form = app.test_client().post(address, data={"a": "b"}, auth=("gc_xb01", PASSWORD))
    assert by_form.status_code == 415
    by_password = app.test_client().post(address, json={}, auth=("gc_xb01", PASSWORD))
    assert by_password.status_code == 204


def test_a_task_is_claimed_completed_and_then_over(task, client_as):
    client = client_as("gc_xb01")
    assert client.get(f"/api/v1/tasks/{task}").json["elementId"] == "a"
    assert client.post(f"/api/v1/tasks/{task}/claim", json={}).status_code == 204
    conflict = client_as("gc_xb02").post(f"/api/v1/tasks/{task}/complete", json={})
    assert conflict.status_code in (403, 409)
    assert client.post(f"/api/v1/tasks/{task}/complete", json={}).status_code == 204
    late = client.post(f"/api/v1/tasks/{task}/complete", json={})
    assert (late.status_code, late.json["type"]) == (409, "urn:chengxin:TaskNotOpen")
    assert client.get("/api/v1/tasks/999").status_code == 404


def test_a_process_is_started_by_its_form_and_every_bad_field_is_named(client_as):
    client = client_as("gc_jb01")
    answer = client.post(
        "/api/v1/processes/listing/instances", json={"variables": {"source_unit": "CZ-GC-JB"}}
    )
    assert answer.status_code == 422
    paths = {error["path"] for error in answer.json["errors"]}
    assert {"party.name", "party.code", "acts[0].act_no"} <= paths
    assert client.post("/api/v1/processes/nothing/instances", json={}).status_code == 404
    assert (
        client_as("cz_zb01").post("/api/v1/processes/listing/instances", json={}).status_code == 403
    )


def test_a_clue_started_twice_is_a_conflict_and_its_party_is_masked(client_as, clue_variables):
    client = client_as("gc_jb01")
    address = "/api/v1/processes/listing/instances"
    started = client.post(address, json={"variables": clue_variables})
    assert started.status_code == 201, started.json
    assert client.post(address, json={"variables": clue_variables}).status_code == 409
    seen = client.get(started.location).json
    assert seen["subject"] == "测试二"
    assert seen["subjectCode"] == "341702********0020"
    assert seen["stages"][0]["name"] == "线索"
    assert client_as("dz_jb01").get(started.location).status_code == 403


@pytest.fixture
def clue_variables():
    """What the start form wants of a clue about a person."""
    return {
        "source_unit": "CZ-GC-JB",
        "party": {
            "party_class": "individual",
            "name": "测试二",
            "code": "341702190001020020",
            "address": UNIT_ROW["住所"],
        },
        "case": {
            "criteria": [7],
            "act_date_from": "2025-01-15",
            "act_date_to": "2025-06-08",
            "insurance_type": ["养老"],
            "facts": UNIT_ROW["事实"],
            "reasons": UNIT_ROW["理由"],
        },
        "acts": [
            {
                "act_type": "warning_notice",
                "act_no": "示例〔2025〕1号",
                "act_organ": "CZ-GC-JB",
                "act_date": "2025-06-08",
                "served_date": "2025-06-10",
                "due_date": "2025-06-20",
            }
        ],
    }


def test_a_message_reaches_only_who_is_visible(runtime, client_as):
    file = (
        HEAD
        + """
<bpmn:message id="m" name="M"><bpmn:extensionElements>
<zeebe:subscription correlationKey="=k"/></bpmn:extensionElements></bpmn:message>
<bpmn:process id="w" isExecutable="true"><bpmn:extensionElements><zeebe:properties>
<zeebe:property name="organisation" value="=unit"/></zeebe:properties></bpmn:extensionElements>
<bpmn:startEvent id="s"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
<bpmn:intermediateCatchEvent id="c" name="等待"><bpmn:incoming>f1</bpmn:incoming>
<bpmn:outgoing>f2</bpmn:outgoing><bpmn:messageEventDefinition id="d1" messageRef="m"/>
</bpmn:intermediateCatchEvent>
<bpmn:endEvent id="e"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="c"/>
<bpmn:sequenceFlow id="f2" sourceRef="c" targetRef="e"/></bpmn:process></bpmn:definitions>"""
    )
    runtime.execute(Deploy(files=[SourceFile(name="w.bpmn", content=file.encode())]))
    key = runtime.execute(
        StartInstance(process_id="w", user=SYSTEM, variables={"k": "1", "unit": "CZ-GC"})
    )
    sent = {"name": "M", "correlationKey": "1", "variables": {"x_date": "2025-10-08"}}
    assert client_as("dz_xb01").post("/api/v1/messages", json=sent).status_code == 403
    reached = client_as("gc_xb01").post("/api/v1/messages", json=sent)
    assert reached.json == {"instances": [key]}
    nobody = client_as("gc_jb01").post("/api/v1/messages", json=sent)
    assert nobody.status_code == 404
    assert client_as("gc_xb01").post("/api/v1/messages", json={"name": "M"}).status_code == 400


def test_deployments_are_listed_made_and_refused_with_findings(client_as):
    client = client_as("cz_lc01")
    good = diagram("q", start(), user_task("a"), end(), flows="start -> a -> end").decode()
    made = client.post(
        "/api/v1/deployments", json={"files": [{"name": "q.bpmn", "content": good}], "note": "n"}
    )
    assert made.status_code == 201
    newest = client.get("/api/v1/deployments").json["items"][0]
    assert (newest["key"], newest["note"]) == (made.json["key"], "n")
    bad = client.post(
        "/api/v1/deployments", json={"files": [{"name": "b.bpmn", "content": "<x/>"}]}
    )
    assert bad.status_code == 422
    assert bad.json["findings"][0]["file"] == "b.bpmn"
    assert client_as("gc_xb01").post("/api/v1/deployments", json={}).status_code == 403


def test_the_description_names_every_address(app):
    paths = app.test_client().get("/api/openapi.json").json["paths"]
    assert set(paths["/api/v1/tasks/{key}/complete"]) == {"post"}
    assert "/api/v1/messages" in paths
