"""Pre-checks by programs: the same question, the same rules, the same log."""

from __future__ import annotations

from tests.web.precheck.conftest import DING, listed

__all__ = ["listed"]
QUESTION = {
    "purpose": "bidding", "projectNo": "CG-1", "name": DING["name"], "code": DING["code"],
}  # fmt: skip


def test_a_program_asks_and_gets_entry_and_number(listed, client_as):
    number = listed(DING)
    client = client_as("cz_zb01")
    answer = client.post("/api/v1/prechecks", json=QUESTION)
    assert answer.status_code == 201
    said = answer.json
    assert (said["passes"], said["answer"]) == (False, "不通过")
    assert said["entries"][0] == {
        "entryNo": number,
        "decisionNo": number,
        "decisionDate": "2025-03-10",
        "lastDay": "2026-03-10",
        "suspended": False,
    }
    assert client.get(answer.headers["Location"]).json == said
    assert client.get(f"{answer.headers['Location']}/sheet").data.startswith(b"%PDF")
    assert [one["queryNo"] for one in client.get("/api/v1/prechecks").json["items"]] == [
        "池社信查〔2025〕1号"
    ]


def test_at_another_instant_the_answer_is_another(listed, client_as):
    listed(DING)
    client = client_as("cz_zb01")
    for at, passes in (
        ("2026-03-10T23:59:59+08:00", False),
        ("2026-03-11T00:00:00+08:00", True),
    ):
        answer = client.post("/api/v1/prechecks", json={**QUESTION, "asOf": at})
        assert answer.json["passes"] is passes


def test_what_is_refused_names_the_member(client_as):
    client = client_as("cz_zb01")
    refused = client.post("/api/v1/prechecks", json={**QUESTION, "projectNo": ""})
    assert (refused.status_code, refused.json["field"]) == (422, "project_no")
    assert client.post("/api/v1/prechecks", json={**QUESTION, "asOf": "x"}).status_code == 400
    assert client_as("gc_jb01").post("/api/v1/prechecks", json=QUESTION).status_code == 403


def test_purposes_and_description_are_told(client_as):
    client = client_as("cz_zb01")
    ids = [one["id"] for one in client.get("/api/v1/precheck-purposes").json["items"]]
    assert "bidding" in ids
    paths = client.get("/api/openapi.json").json["paths"]
    schema = paths["/api/v1/prechecks"]["post"]["requestBody"]["content"]["application/json"]
    assert schema["schema"]["required"] == ["purpose", "name", "code"]
