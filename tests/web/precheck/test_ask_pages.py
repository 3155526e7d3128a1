"""Asking about one party: form, answer, sheet, log, and who sees what."""

from __future__ import annotations

import pytest

from tests.engine.documents.pdf import text as text_of
from tests.web.precheck.conftest import DING, QUESTION


@pytest.fixture
def asked(client_as):
    """asked("cz_zb01", code=…): that person asks; the address of the answer."""

    def ask(login: str = "cz_zb01", **changes: str) -> str:
        answer = client_as(login).post("/precheck", data={**QUESTION, **changes})
        assert answer.status_code == 302, answer.text
        return answer.location

    return ask


def test_a_listed_party_is_told_with_entry_last_day_and_number(listed, asked, client_as):
    number = listed(DING)
    page = client_as("cz_zb01").get(asked()).text
    assert "不通过" in page
    assert number in page
    assert "2026-03-10（周二）" in page
    assert "池社信查〔2025〕1号" in page
    assert DING["code"] in page


def test_an_unknown_party_passes(asked, client_as):
    page = client_as("cz_zb01").get(asked()).text
    assert "不在社会保险失信人名单内" in page
    assert "有效的列入记录" not in page


def test_the_sheet_says_number_time_purpose_and_who_asked(listed, asked, client_as):
    number = listed(DING)
    sheet = client_as("cz_zb01").get(f"{asked()}/sheet.pdf")
    assert sheet.mimetype == "application/pdf"
    words = text_of(sheet.data)
    for said in ("池社信查〔2025〕1号", "项目招投标", "CG-2025-7", "不通过", number, "夏思远"):
        assert said in words, said
    assert "2025年10月9日" in words


def test_a_person_is_shown_by_a_masked_number_only(asked, client_as):
    person = {"name": "测试一", "code": "341702190001010017", "purpose": "recruitment"}
    address = asked("cz_rs01", **person)
    client = client_as("cz_rs01")
    for text in (
        client.get(address).text,
        client.get("/precheck/log").text,
        text_of(client.get(f"{address}/sheet.pdf").data),
    ):
        assert "341702190001010017" not in text
        assert "341702********0017" in text


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"purpose": ""}, "purpose", "请选择查询事由"),
        ({"project_no": ""}, "project_no", "须填写项目编号"),
        ({"code": "91000000MA000004XK"}, "code", "校验位不对"),
        ({"as_of": "明天"}, "as_of", "2026-03-10 23:59"),
    ],
)
def test_a_question_that_cannot_be_answered_comes_back_filled_in(client_as, changes, field, words):
    answer = client_as("cz_zb01").post("/precheck", data={**QUESTION, **changes})
    assert answer.status_code == 422
    assert f'href="#field-{field}"' in answer.text
    assert words in answer.text
    assert DING["name"] in answer.text


def test_another_instant_may_be_asked_about(listed, asked, client_as):
    listed(DING)
    page = client_as("cz_zb01").get(asked(as_of="2025-03-09T23:59")).text
    assert "2025-03-09 23:59 不在社会保险失信人名单内" in page


def test_one_sees_ones_own_questions_and_the_supervisor_all(asked, client_as):
    mine = asked("cz_zb01")
    asked("cz_rs01", name="示例甲机械有限公司", code="91000000MA00000157", purpose="merit")
    assert "示例甲" not in client_as("cz_zb01").get("/precheck/log").text
    everything = client_as("cz_dc01").get("/precheck/log").text
    assert "示例甲" in everything
    assert "夏思远" in everything
    assert client_as("cz_dc01").get(mine).status_code == 200
    assert client_as("cz_rs01").get(mine).status_code == 403
    assert client_as("cz_zb01").get("/precheck/queries/999").status_code == 404


def test_the_log_is_searched_and_turned(asked, client_as):
    for number in range(52):
        asked(project_no=f"CG-{number}")
    client = client_as("cz_zb01")
    first = client.get("/precheck/log").text
    assert first.count("池社信查") == 50
    assert "before=3" in first
    assert client.get("/precheck/log?before=3").text.count("池社信查") == 2
    assert client.get("/precheck/log?q=CG-51").text.count("池社信查") == 1


def test_only_who_may_check_finds_the_pages(client_as):
    for page in ("/precheck", "/precheck/files", "/precheck/log"):
        assert client_as("gc_jb01").get(page).status_code == 403
    page = client_as("cz_zb01").get("/precheck").text
    assert 'href="/precheck"' in page
    assert "导入线索" not in page


def test_the_pages_speak_english(listed, asked, client_as):
    listed(DING)
    address = asked()
    client = client_as("cz_zb01")
    client.post("/language", data={"language": "en"})
    assert "Does not pass" in client.get(address).text
    assert "Purpose" in client.get("/precheck").text
