"""Honours: recorded, seen by whom they concern, and the alarm when the party is listed."""

from __future__ import annotations

import pytest

from tests.web.precheck.conftest import DING, listed

__all__ = ["listed"]
HONOUR = {
    "holder_name": DING["name"], "holder_code": DING["code"], "title": "优秀企业", "field": "其他",
    "award_date": "2025-09-01",
}  # fmt: skip


@pytest.fixture
def records(client_as):
    """records("st_xb01", title=…): that person records an honour; the page they get."""

    def record(login: str = "st_xb01", status: int = 200, **changes: str) -> str:
        sent = {**HONOUR, **changes}
        answer = client_as(login).post("/honours/new", data=sent, follow_redirects=True)
        assert answer.status_code == status, answer.text
        return answer.text

    return record


def test_an_honour_is_recorded_for_the_unit_that_grants_it(records):
    page = records()
    assert "荣誉已登记" in page
    assert "优秀企业" in page
    assert "领导小组办公室" in page
    assert "2025-09-01（周一）" in page


def test_one_for_a_listed_party_alarms_the_office_until_it_is_dealt_with(
    listed,
    records,
    client_as,
):
    number = listed(DING)
    # when a department records an honour for a party in the list
    page = records("cf_spj01")
    assert "限制评先评优" in page
    # then the head of the office that decided is told on every page, others are not
    head = client_as("st_xb02")
    assert "1 项荣誉授予了名单内的主体" in head.get("/honours").text
    assert "授予了名单内的主体，限制评先评优" not in client_as("dz_xb02").get("/honours").text
    # and once it is dealt with, nobody any more
    key = head.get("/honours?scope=breaches").text.split('id="honour-')[1].split('"')[0]
    assert head.post(f"/honours/{key}/settle", data={"note": ""}).status_code == 302
    assert number in head.get("/honours?scope=breaches").text
    assert (
        client_as("dz_xb02").post(f"/honours/{key}/settle", data={"note": "x"}).status_code == 404
    )
    settled = head.post(
        f"/honours/{key}/settle", data={"note": "已撤回"}, follow_redirects=True
    ).text
    assert "授予了名单内的主体，限制评先评优" not in settled
    assert "已处理：已撤回" in head.get("/honours").text


def test_an_honour_of_before_the_act_raises_no_alarm(listed, records):
    listed(DING)
    assert "荣誉已登记" in records(award_date="2025-03-09")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "荣誉名称"),
        ({"field": "文艺"}, "领域"),
        ({"holder_code": "91000000MA000004XK"}, "校验位不对"),
        ({"award_date": "昨天"}, "授予日期"),
        ({"award_date": "2025-10-10"}, "不能晚于今天"),
    ],
)
def test_what_is_missing_is_said_and_nothing_lost(records, changes, words):
    page = records(status=422, **changes)
    assert words in page
    assert DING["name"] in page


def test_a_person_is_shown_by_a_masked_number(records):
    page = records("cf_spj01", holder_name="测试一", holder_code="341702190001010017")
    assert "341702190001010017" not in page
    assert "341702********0017" in page


def test_only_who_keeps_or_supervises_finds_the_pages(client_as, records):
    assert client_as("gc_jb01").get("/honours").status_code == 403
    assert client_as("cz_dc01").get("/honours/new").status_code == 403
    records("cf_spj01")
    assert "优秀企业" not in client_as("st_xb01").get("/honours").text
    assert "优秀企业" in client_as("cz_xb01").get("/honours?q=优秀").text
    assert "没有符合条件" in client_as("cz_xb01").get("/honours?q=没有").text
