"""The studio over HTTP: what a process owner sees, saves, checks, compares and puts in force."""

from __future__ import annotations

import re
from io import BytesIO

import pytest

from engine.identity import load_user
from engine.runtime import SourceFile
from engine.runtime.commands import Deploy, StartInstance
from engine.runtime.queries.definitions import studio_file, studio_files

JSON = {"Accept": "application/json"}
ADDRESSES = (
    "/studio",
    "/studio/processes",
    "/studio/decisions",
    "/studio/forms",
    "/studio/processes/small",
    "/studio/decisions/levels",
    "/studio/forms/amount",
    "/studio/files/small.bpmn",
    "/studio/files/levels.dmn",
    "/studio/files/amount.form",
    "/studio/files/small.bpmn/edit",
    "/studio/files/levels.dmn/edit",
    "/studio/files/amount.form/edit",
    "/studio/files/small.bpmn/compare",
    "/studio/deployments",
    "/studio/deployments/1",
    "/studio/new",
)


def save(client, name: str, text: str, revision: int = 0, **more):
    return client.post(
        f"/studio/files/{name}/draft", data={"content": text, "revision": revision}, **more
    )


def deployed(client, name: str, revision: int, note: str = "改动", **more):
    return client.post(
        f"/studio/files/{name}/deploy", data={"revision": revision, "note": note, **more}
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_opens_in_both_languages(owner, address: str) -> None:
    assert owner.get(address).status_code == 200
    with owner.session_transaction() as session:
        session["language"] = "en"
    assert owner.get(address).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_clerk_has_no_business_in_the_studio(client_as, address: str) -> None:
    assert client_as("gc_xb01").get(address).status_code == 403


def test_who_may_look_may_not_edit(client_as, content) -> None:
    supervisor = client_as("cz_dc01")
    assert supervisor.get("/studio/files/small.bpmn").status_code == 200
    assert supervisor.get("/studio/files/small.bpmn/edit").status_code == 403
    assert save(supervisor, "small.bpmn", content("small.bpmn")).status_code == 403
    assert deployed(supervisor, "small.bpmn", 1).status_code == 403


def test_the_list_says_what_is_in_force_and_finds_by_name(owner) -> None:
    page = owner.get("/studio?q=小额").text
    assert "small.bpmn" in page
    assert "第 1 版" in page
    assert "levels.dmn" not in page


def test_a_version_is_downloaded_byte_for_byte(owner, runtime, content) -> None:
    with runtime.reading() as connection:
        key = studio_file(connection, "small.bpmn").versions[0].key
    answer = owner.get(f"/studio/files/small.bpmn/versions/{key}")
    assert answer.data == content("small.bpmn").encode()
    assert "attachment" in answer.headers["Content-Disposition"]
    assert owner.get(f"/studio/files/other.bpmn/versions/{key}").status_code == 404


def test_a_save_is_checked_and_nothing_in_force_changes(owner, runtime, content) -> None:
    # when a draft with a form nobody has is saved by the editor
    text = content("small.bpmn").replace('formId="amount"', 'formId="absent"')
    answer = save(owner, "small.bpmn", text, headers=JSON)
    # then the finding stands at its element, in words, with a new revision
    found = answer.get_json()
    assert errors(found) == ["register"]
    assert "absent" in found["html"]
    assert found["revision"] > 0
    with runtime.reading() as connection:
        file = studio_file(connection, "small.bpmn")
    assert (len(file.versions), file.draft.saved_by) == (1, "cz_lc01")


def test_a_check_keeps_nothing(owner, runtime, content) -> None:
    data = {"content": content("levels.dmn").replace("&lt;= 100", "&lt;= ("), "revision": 0}
    found = owner.post("/studio/files/levels.dmn/lint", data=data, headers=JSON).get_json()
    assert found["findings"][0]["level"] == "error"
    with runtime.reading() as connection:
        assert studio_file(connection, "levels.dmn").draft is None


def test_a_file_that_cannot_be_read_is_kept_and_said_to_be_so(owner) -> None:
    found = save(owner, "small.bpmn", "<broken", headers=JSON).get_json()
    assert [finding["level"] for finding in found["findings"]] == ["error"]
    assert owner.get("/studio/files/small.bpmn/deploy").status_code == 200
    assert owner.get("/studio/files/small.bpmn/compare").status_code == 200


def test_without_a_script_saving_and_checking_work_on_the_source(owner, content) -> None:
    text = content("amount.form").replace("金额登记", "金额登记表")
    answer = save(owner, "amount.form", text.replace("\n", "\r\n"), follow_redirects=True)
    assert "草稿已保存" in answer.text
    assert "金额登记表" in answer.text
    faulty = {"content": text.replace('"number"', '"iframe"'), "revision": revision_in(answer)}
    checked = owner.post("/studio/files/amount.form/lint", data=faulty)
    assert "cx-finding-error" in checked.text
    assert "iframe" in checked.text


def test_two_people_at_one_draft_the_second_is_told_and_loses_nothing(
    owner, client_as, content
) -> None:
    # given a draft both have open
    first = save(owner, "small.bpmn", content("small.bpmn"), headers=JSON).get_json()["revision"]
    other = client_as("cz_lc01")
    save(other, "small.bpmn", content("small.bpmn").replace("归档", "存档"), first, headers=JSON)
    # when the slower one saves
    mine = content("small.bpmn").replace("归档", "入档")
    refused = save(owner, "small.bpmn", mine, first, headers=JSON)
    # then it is a conflict in words, for programs and on the page, where the text still stands
    assert refused.status_code == 409
    assert "另行保存" in refused.get_json()["detail"]
    page = save(owner, "small.bpmn", mine, first)
    assert page.status_code == 409
    assert "入档" in page.text


def test_the_page_of_a_deployment_says_what_changes_and_who_is_concerned(
    owner, runtime, content
) -> None:
    # given a running case, and a draft with another label and condition
    with runtime.reading() as connection:
        clerk = load_user(connection, "gc_xb01")
    runtime.execute(StartInstance(process_id="small", user=clerk, variables={}))
    text = content("small.bpmn").replace("复核金额", "核对金额").replace("&gt; 100", "&gt; 50")
    revision = save(owner, "small.bpmn", text, headers=JSON).get_json()["revision"]
    # when the owner goes to deploy it
    page = owner.get("/studio/files/small.bpmn/deploy").text
    # then
    assert "<del>复核金额</del> <ins>核对金额</ins>" in page
    assert "<ins>=amount &gt; 50</ins>" in page
    assert "正在办理的 1 件仍按原版本办完" in page
    # and when it is deployed with a note, the old case stays where it is
    done = owner.get(deployed(owner, "small.bpmn", revision, "门槛调低").location)
    assert "正在办理的 1 件仍按原版本办完" in done.text
    assert "门槛调低" in done.text
    with runtime.reading() as connection:
        file = studio_file(connection, "small.bpmn")
    assert [version.running for version in file.versions] == [0, 1]
    assert file.draft is None


def test_a_deployment_with_errors_is_refused_with_its_findings(owner, content) -> None:
    text = content("small.bpmn").replace('formId="amount"', 'formId="absent"')
    revision = save(owner, "small.bpmn", text, headers=JSON).get_json()["revision"]
    answer = deployed(owner, "small.bpmn", revision)
    assert answer.status_code == 422
    assert "absent" in answer.text


def test_a_deployment_needs_a_note(owner, content) -> None:
    text = content("small.bpmn").replace("归档", "存档")
    revision = save(owner, "small.bpmn", text, headers=JSON).get_json()["revision"]
    assert deployed(owner, "small.bpmn", revision, "  ").status_code == 422


def test_a_diagram_and_its_new_form_are_deployed_together(owner, runtime, content) -> None:
    form = content("amount.form").replace('"id": "amount"', '"id": "sum"')
    save(owner, "sum.form", form, headers=JSON)
    text = content("small.bpmn").replace('formId="amount"', 'formId="sum"')
    saved = save(owner, "small.bpmn", text, headers=JSON).get_json()
    # the check knows the other draft
    assert errors(saved) == []
    page = owner.get("/studio/files/small.bpmn/deploy").text
    also = re.search(r'value="(sum\.form@\d+)"', page)
    assert also is not None
    deployed(owner, "small.bpmn", saved["revision"], also=also[1])
    with runtime.reading() as connection:
        names = {file.name for file in studio_files(connection) if file.in_force}
    assert "sum.form" in names


def test_a_draft_overtaken_by_a_deployment_says_so(owner, runtime, content) -> None:
    save(owner, "small.bpmn", content("small.bpmn").replace("归档", "存档"), headers=JSON)
    other = content("small.bpmn").replace("开始", "开端").encode()
    runtime.execute(Deploy(files=[SourceFile(name="small.bpmn", content=other)]))
    assert "生效版本又更新过" in owner.get("/studio/files/small.bpmn/deploy").text


def test_a_draft_can_be_given_up(owner, runtime, content) -> None:
    revision = save(owner, "new.form", content("amount.form"), headers=JSON).get_json()["revision"]
    answer = owner.post("/studio/files/new.form/discard", data={"revision": revision})
    assert answer.location == "/studio"
    with runtime.reading() as connection:
        assert "new.form" not in {file.name for file in studio_files(connection)}


@pytest.mark.parametrize("kind", ["bpmn", "dmn", "form"])
def test_a_new_file_begins_as_a_draft_that_can_be_read(owner, runtime, kind: str) -> None:
    data = {"kind": kind, "id": "credit_repair", "name": '信用"修复"<1>'}
    answer = owner.post("/studio/new", data=data)
    assert answer.location == f"/studio/files/credit_repair.{kind}/edit"
    assert owner.get(answer.location).status_code == 200
    text = owner.get(f"/studio/files/credit_repair.{kind}/draft").text
    found = save(owner, f"credit_repair.{kind}", text, revision_in(owner.get(answer.location)),
                 headers=JSON).get_json()["findings"]  # fmt: skip
    assert not {finding["rule"] for finding in found} & {"xml", "json", "form-id", "no-process"}


@pytest.mark.parametrize("id_", ["", "1st", "a b", "../x", "small"])
def test_an_id_that_cannot_be_a_new_file_is_refused(owner, id_: str) -> None:
    answer = owner.post("/studio/new", data={"kind": "bpmn", "id": id_, "name": "名"})
    assert answer.status_code == 422


def test_a_file_of_the_desktop_modeler_is_uploaded_as_a_draft(owner, runtime, content) -> None:
    text = content("small.bpmn").replace("归档", "存档").encode()
    send = {"file": (BytesIO(text), "small.bpmn")}
    answer = owner.post("/studio/upload", data=send)
    assert answer.location == "/studio/files/small.bpmn/edit"
    # a second one asks before it takes the place of the draft
    again = owner.post("/studio/upload", data={"file": (BytesIO(text), "small.bpmn")})
    assert again.status_code == 409
    ticked = {"file": (BytesIO(text), "small.bpmn"), "replace": "1"}
    assert owner.post("/studio/upload", data=ticked).status_code == 302


@pytest.mark.parametrize("name", ["virus.exe", "x.bpmn.html", ""])
def test_other_files_are_not_taken(owner, name: str) -> None:
    answer = owner.post("/studio/upload", data={"file": (BytesIO(b"x"), name)})
    assert answer.status_code == 422


def test_an_id_that_another_file_gives_is_said_before_it_is_taken_over(owner, content) -> None:
    save(owner, "copy.bpmn", content("small.bpmn").replace("归档", "存档"), headers=JSON)
    page = owner.get("/studio/files/copy.bpmn/deploy").text
    assert "目前由文件 small.bpmn 提供" in page


@pytest.mark.parametrize(
    "address",
    ["/studio/files/none.bpmn", "/studio/files/none.bpmn/edit", "/studio/processes/none",
     "/studio/deployments/99", "/studio/files/small.bpmn/compare?to=999",
     "/studio/files/small.bpmn/deploy", "/studio/files/small.bpmn/draft"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(owner, address: str) -> None:
    assert owner.get(address).status_code == 404


def test_only_the_editors_may_style_themselves(owner) -> None:
    policy = owner.get("/studio/files/small.bpmn/edit").headers["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src 'self';" in policy


def test_the_search_finds_a_definition_by_its_name(owner) -> None:
    assert "/studio/files/small.bpmn" in owner.get("/search?q=小额核查").text


def errors(saved) -> list[str]:
    return [found["element"] for found in saved["findings"] if found["level"] == "error"]


def revision_in(answer) -> int:
    found = re.search(r'name="revision" value="(\d+)"', answer.text)
    assert found is not None
    return int(found[1])
