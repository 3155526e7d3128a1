"""The page of a task over HTTP: reading it, filling it in, what stands in the way."""

from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import insert, select, update

from engine.clock import parse_instant
from engine.documents import archive, produce
from engine.runtime.commands import ClaimTask, SaveDraft
from engine.runtime.models import (
    Attachment,
    ProcessInstance,
    TaskDraft,
    UserTask,
    UserTaskCandidate,
)
from tests.engine.documents.cases import listing

PDF = b"%PDF-1.7 test"


@pytest.fixture
def review(bureau) -> int:
    bureau.start()
    return bureau.task()


def test_the_page_says_what_to_do_by_when_and_about_whom(bureau, client_as, review):
    page = client_as("gc_jb02").get(f"/tasks/{review}").text
    assert "核对材料后作出意见。" in page
    assert ">提交审核意见</button>" in page
    assert "2026-02-13（周五） 24:00 到期" in page
    assert "池社信列〔2026〕0001号" in page
    assert "王思远" in page
    assert "审核" in page
    assert "<svg" in page


def test_a_task_of_another_county_is_refused_without_a_hint(bureau, client_as):
    # given a task of 青阳 (X3)
    bureau.start(unit="CZ-QY", by="qy_jb01")
    key = bureau.task()
    client = client_as("dz_jb02")
    # then nothing about it can be read or done by somebody of 东至
    answers = [
        client.get(f"/tasks/{key}{part}")
        for part in ("", "/reassign", "/diagram", "/diagram.bpmn", "/tokens.json")
    ]
    answers += [
        client.post(f"/tasks/{key}{part}", data={"result": "提请列入"})
        for part in ("", "/preview", "/draft", "/claim", "/unclaim", "/reassign", "/comments",
                     "/attachments", "/claim-here")
    ]  # fmt: skip
    for answer in answers:
        assert answer.status_code == 403, answer.request.path
        assert "示例甲" not in answer.text
        assert "池社信列" not in answer.text
        assert "review" not in answer.text.split("<main")[1]
    assert bureau.row(key)["assignee"] is None


def test_who_does_a_task_reads_the_letters_beside_it(bureau, client_as):
    # given a task for a department outside, which sees no cases, and two letters of the matter:
    # one of the procedure the task belongs to, one of another
    root = bureau.start()
    key = bureau.task()
    with bureau.runtime.engine.begin() as connection:
        number = connection.scalar(
            select(ProcessInstance.business_key).where(ProcessInstance.key == root)
        )
        candidates = UserTaskCandidate.__table__
        connection.execute(insert(candidates).values(task_key=key, kind="group", candidate="R10"))
        connection.execute(update(UserTask).where(UserTask.key == key).values(organisation_path=""))
        own, other = (
            archive(
                connection,
                produce("prior_notice", listing()),
                created_at=bureau.runtime.clock.now(),
                instance_key=instance,
                business_key=number,
            )
            for instance in (root, root + 1000)
        )
    # when the department opens its task
    client = client_as("cf_spj01")
    page = client.get(f"/tasks/{key}").text
    # then it reads the letter of its own procedure, and only that
    assert f"/tasks/{key}/documents/{own}" in page
    assert f"/documents/{other}" not in page
    assert client.get(f"/tasks/{key}/documents/{own}").data.startswith(b"%PDF")
    assert client.get(f"/tasks/{key}/documents/{other}").status_code == 404


def test_who_may_not_see_numbers_of_persons_reads_them_masked_in_the_form(bureau, client_as):
    # given a task about a person, whose number a text of the form tells
    person = {"name": "测试六", "code": "341702190001060065", "party_class": "individual"}
    bureau.start(party=person)
    key = bureau.task()
    with bureau.runtime.engine.begin() as connection:
        candidates = UserTaskCandidate.__table__
        connection.execute(insert(candidates).values(task_key=key, kind="group", candidate="R10"))
        connection.execute(update(UserTask).where(UserTask.key == key).values(organisation_path=""))
    # when the reviewer and a department outside open it
    reviewer, department = (
        client_as(login).get(f"/tasks/{key}").text for login in ("gc_jb02", "cf_spj01")
    )
    # then only the reviewer reads it in full
    assert "341702190001060065" in reviewer
    assert "341702190001060065" not in department
    assert "341702********0065" in department


def test_another_group_of_the_bureau_may_read_but_not_act(bureau, client_as, review):
    client = client_as("gc_xb02")
    page = client.get(f"/tasks/{review}")
    assert page.status_code == 200
    assert "提交审核意见" not in page.text
    assert client.post(f"/tasks/{review}", data={"result": "提请列入"}).status_code == 403


def test_completing_tells_what_comes_next_and_with_whom(bureau, client_as, review):
    answer = client_as("gc_jb02").post(
        f"/tasks/{review}", data={"result": "提请列入"}, follow_redirects=True
    )
    assert answer.request.path == "/tasks"
    assert "「review」已办结。下一步：「sign」" in answer.text
    assert bureau.row(review)["completed_by"] == "gc_jb02"


def test_after_completing_the_next_step_opens_if_it_is_mine(bureau, client_as, review):
    # given a clerk who reviews and signs
    bureau.complete(review, "gc_jb02", result="提请列入")
    answer = client_as("gc_xb02").post(f"/tasks/{bureau.task('sign')}", follow_redirects=True)
    assert "本案流程到此结束" in answer.text


def test_every_error_is_told_and_nothing_typed_is_lost(bureau, client_as, review):
    answer = client_as("gc_jb02").post(
        f"/tasks/{review}",
        data={"amount": "十二万", "points[0]._row": "", "points[0].text": "", "points": ""},
    )
    assert "有 <strong>3" in answer.text or "有 3 处需要更正" in answer.text
    assert 'href="#f-amount"' in answer.text
    assert 'value="十二万"' in answer.text
    assert "「意见」" in answer.text
    assert bureau.row(review)["state"] == "open"


def test_a_condition_of_the_diagram_is_said_above_the_form(bureau, client_as, review):
    answer = client_as("gc_jb02").post(f"/tasks/{review}", data={"result": "退回", "reason": ""})
    assert "退回时须写明理由" in answer.text
    assert re.search(r'value="退回" checked', answer.text)
    assert bureau.row(review)["state"] == "open"


def test_a_warning_is_confirmed_before_the_act(bureau, client_as, review):
    client = client_as("gc_jb02")
    data = {"result": "提请列入", "amount": "250000"}
    asked = client.post(f"/tasks/{review}", data=data)
    assert "金额较大，请再次核对" in asked.text
    assert bureau.row(review)["state"] == "open"
    client.post(f"/tasks/{review}", data=data | {"_confirmed": "1"})
    assert bureau.row(review)["state"] == "completed"


def test_rows_are_added_and_removed_without_a_script(bureau, client_as, review):
    client = client_as("gc_jb02")
    more = client.post(f"/tasks/{review}", data={"result": "退回", "points": "", "_add": "points"})
    assert 'name="points[0].text"' in more.text
    assert re.search(r'value="退回" checked', more.text)
    fewer = client.post(
        f"/tasks/{review}",
        data={"points": "", "points[0].text": "甲", "points[0]._row": "", "_remove": "points[0]"},
    )
    assert 'name="points[0].text"' not in fewer.text
    assert bureau.row(review)["state"] == "open"


def test_the_preview_shows_what_a_condition_shows(client_as, review):
    client = client_as("gc_jb02")
    hidden = client.post(f"/tasks/{review}/preview", data={"result": "提请列入"}).text
    shown = client.post(f"/tasks/{review}/preview", data={"result": "退回"}).text
    assert 'id="f-reason"' not in hidden
    assert 'id="f-reason"' in shown
    assert "<html" not in shown


def test_a_draft_keeps_what_is_not_valid_yet(bureau, client_as, review):
    client = client_as("gc_jb02")
    said = client.post(
        f"/tasks/{review}/draft",
        data={"result": "退回", "amount": "十二万", "csrf_token": "x"},
        headers={"Accept": "application/json"},
    )
    assert "已暂存 09:00" in said.json["message"]
    page = client.get(f"/tasks/{review}").text
    assert 'value="十二万"' in page
    assert "已恢复 2026-02-10 09:00 暂存的内容" in page
    # and it is this person's alone
    assert "十二万" not in client_as("gc_jc02").get(f"/tasks/{review}").text
    with bureau.runtime.reading() as connection:
        (submitted,) = connection.scalars(select(TaskDraft.submitted))
    assert ["csrf_token", "x"] not in submitted


def test_claiming_keeps_what_was_typed(bureau, client_as, review):
    client = client_as("gc_jb02")
    client.post(f"/tasks/{review}/claim", data={"_typed": "1", "amount": "12"})
    assert bureau.row(review)["assignee"] == "gc_jb02"
    assert 'value="12"' in client.get(f"/tasks/{review}").text
    client.post(f"/tasks/{review}/unclaim")
    assert bureau.row(review)["assignee"] is None


def test_who_comes_second_learns_who_was_first_and_keeps_their_words(bureau, client_as, review):
    bureau.complete(review, "gc_jc02", result="提请列入")
    answer = client_as("gc_jb02").post(
        f"/tasks/{review}", data={"result": "退回", "reason": "缺送达回证"}
    )
    assert answer.status_code == 409
    assert "「review」已由 刘雨桐 于 2026-02-10 09:00 办结" in answer.text
    assert "缺送达回证" in answer.text
    assert f'href="/tasks/{review}"' in answer.text


def test_what_a_colleague_has_claimed_is_a_conflict(bureau, client_as, review):
    bureau.runtime.execute(ClaimTask(task_key=review, user=bureau.user("gc_jc02")))
    for act in ("", "/draft", "/claim"):
        answer = client_as("gc_jb02").post(f"/tasks/{review}{act}", data={"result": "退回"})
        assert answer.status_code == 409, act
        assert "已由 刘雨桐 签收" in answer.text
    assert "正在办理" in client_as("gc_jb02").get(f"/tasks/{review}").text


def test_a_deadline_that_was_first_is_told(bureau, client_as, clock, review):
    # given a submit after the period ended, before anybody looked
    clock.advance_to("2026-03-01 00:00")
    client = client_as("gc_jb02")
    late = client.post(f"/tasks/{review}", data={"result": "提请列入"})
    assert late.status_code == 409
    assert "期限" in late.text
    # and one after the timer fired
    bureau.runtime.run_until(parse_instant("2026-03-01T00:01"))
    later = client.post(f"/tasks/{review}", data={"result": "提请列入"})
    assert later.status_code == 409
    assert "撤回" in later.text
    assert "撤回" in client.get(f"/tasks/{review}").text


def test_a_done_task_shows_what_was_answered_by_whom(bureau, client_as, review):
    bureau.complete(review, "gc_jb02", result="退回", reason="缺送达回证", amount="12.5")
    page = client_as("gc_jc02").get(f"/tasks/{review}").text
    assert "李晓岚 于 2026-02-10 09:00 办结此步" in page
    assert "缺送达回证" in page
    assert "12.50" in page
    assert 'name="reason"' not in page


def test_whoever_did_an_earlier_step_reads_why_another_must_go_on(bureau, client_as):
    bureau.start(by="jh_jb01", unit="CZ-JH")
    client = client_as("jh_jb01")
    key = bureau.task()
    assert "此步须由他人办理" in client.get(f"/tasks/{key}").text
    answer = client.post(f"/tasks/{key}", data={"result": "提请列入"})
    assert "不得由已办理" in answer.text
    assert bureau.row(key)["state"] == "open"


def test_a_task_is_handed_on_with_a_reason_to_somebody_who_may_do_it(bureau, client_as, review):
    client = client_as("gc_jb02")
    page = client.get(f"/tasks/{review}/reassign").text
    assert "刘雨桐" in page
    assert "朱慧敏" not in page
    assert "李晓岚" not in page.split("<select")[1].split("</select>")[0]
    answer = client.post(
        f"/tasks/{review}/reassign",
        data={"assignee": "gc_jc02", "reason": "外出"},
        follow_redirects=True,
    )
    assert "已转给 刘雨桐" in answer.text
    assert bureau.row(review)["assignee"] == "gc_jc02"
    assert "理由：外出" in client.get(f"/tasks/{review}").text
    refused = client_as("gc_jc02").post(
        f"/tasks/{review}/reassign", data={"assignee": "gc_jb02", "reason": " "}
    )
    assert refused.status_code == 422


def test_files_are_laid_to_the_case_and_told_by_their_content(bureau, client_as, review):
    client = client_as("gc_jb02")
    client.post(
        f"/tasks/{review}/attachments",
        data={"file": (io.BytesIO(PDF), "回证.pdf")},
        content_type="multipart/form-data",
    )
    page = client.get(f"/tasks/{review}").text
    assert "回证.pdf" in page
    address = re.search(rf'href="(/tasks/{review}/attachments/\d+)"', page)
    assert address
    file = client.get(address[1])
    assert file.data == PDF
    assert file.mimetype == "application/pdf"
    # a program that calls itself pdf is refused
    bad = client.post(
        f"/tasks/{review}/attachments",
        data={"file": (io.BytesIO(b"MZ"), "回证.pdf")},
        content_type="multipart/form-data",
    )
    assert bad.status_code == 422
    # and nobody gets it by way of another case, or from another county
    other = bureau.task(root_key=bureau.start(unit="CZ-DZ"))
    key = address[1].rsplit("/", 1)[1]
    assert client_as("dz_jb02").get(f"/tasks/{other}/attachments/{key}").status_code == 404
    assert client_as("dz_jb02").get(address[1]).status_code == 403


def test_a_file_chosen_in_the_form_is_kept_even_with_errors(bureau, client_as, review):
    client = client_as("gc_jb02")
    answer = client.post(
        f"/tasks/{review}",
        data={"amount": "x", "papers": (io.BytesIO(PDF), "材料.pdf")},
        content_type="multipart/form-data",
    )
    assert "材料.pdf" in answer.text
    assert re.search(r'name="papers" value="\d+" checked', answer.text)
    bad = client.post(
        f"/tasks/{review}",
        data={"result": "提请列入", "papers": (io.BytesIO(b"MZ"), "程序.pdf")},
        content_type="multipart/form-data",
    )
    assert "程序.pdf" in bad.text
    assert bureau.row(review)["state"] == "open"
    with bureau.runtime.reading() as connection:
        assert len(connection.scalars(select(Attachment.key)).all()) == 1


def test_a_file_of_another_case_cannot_be_named(bureau, client_as, review):
    answer = client_as("gc_jb02").post(
        f"/tasks/{review}", data={"result": "提请列入", "papers": "4711"}
    )
    assert bureau.row(review)["state"] == "open"
    assert "材料" in answer.text


def test_remarks_are_read_by_all_of_the_case(bureau, client_as, review):
    client_as("gc_jb02").post(f"/tasks/{review}/comments", data={"text": "等回证原件"})
    assert "等回证原件" in client_as("gc_jc02").get(f"/tasks/{review}").text


def test_the_diagram_says_where_the_task_stands(client_as, review):
    client = client_as("gc_jb02")
    assert client.get(f"/tasks/{review}/tokens.json").json["tokens"] == {"review": 1}
    assert b"<bpmn:process" in client.get(f"/tasks/{review}/diagram.bpmn").data
    assert "现在所处的步骤" in client.get(f"/tasks/{review}/diagram").text


def test_an_unknown_task_is_not_found(client_as):
    assert client_as("gc_jb02").get("/tasks/4711").status_code == 404


def test_a_draft_of_an_older_form_does_no_harm(bureau, client_as, review):
    bureau.runtime.execute(
        SaveDraft(
            task_key=review,
            user=bureau.user("gc_jb02"),
            submitted=[("gone", "1"), ("points[99999].text", "x"), ("amount", "7")],
        )
    )
    assert 'value="7"' in client_as("gc_jb02").get(f"/tasks/{review}").text


def test_the_page_speaks_english(client_as, review):
    client = client_as("gc_jb02")
    with client.session_transaction() as session:
        session["language"] = "en"
    page = client.get(f"/tasks/{review}").text
    assert ">Give the opinion</button>" in page
    assert "<h1>Review</h1>" in page
