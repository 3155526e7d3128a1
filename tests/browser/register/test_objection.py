"""An objection from the page of the entry to the corrected publication and the served answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.by_scenario import Office
from tests.browser.listing_case import PARTY, Step
from tests.browser.served import People, Served
from tests.browser.test_journey import does
from tests.browser.test_repair import opens_the_entry

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CLERK, PUBLISHER = "gc_xb01", "cz_fb01"
START = "登记异议"
OBJECTION = {
    "objection.source": "窗口",
    "objection.objector_kind": "当事人",
    "objection.objector": PARTY,
    "objection.objector_code": "91000000MA00000157",
    "objection.type": "事实错误",
    "objection.text": "公示没有写明欠费的所属期间，请予更正。",
}
RIGHT = "2023年10月至12月的社会保险费经责令限期缴纳，到期仍未缴纳。"
STEPS = (
    Step(
        login=CLERK,
        task="受理异议",
        verb="提交受理意见",
        answers={"objection_acceptance.result": "受理"},
    ),
    Step(
        login="gc_jb01",
        task="核查异议",
        verb="提交核查结果",
        answers={
            "verification.findings": "欠费所属期间是2023年10月至12月，公示没有写明。",
            "verification.documents": "责令限期缴纳通知书、缴费记录",
            "verification.stands": "属实",
        },
    ),
    Step(
        login="gc_fg01",
        task="提出处理意见",
        verb="提交处理意见",
        answers={
            "opinion.conclusion": "更正",
            "opinion.reason": "公示的事实摘要应当写明所属期间。",
            "opinion.outcome_text": "更正公示的事实摘要，写明所属期间。",
            "corrected.public_summary": RIGHT,
        },
    ),
    Step(
        login="gc_xb02",
        task="审定（维持、更正）",
        verb="签署意见",
        answers={"objection_decision.result": "同意"},
    ),
)


def test_an_objection_is_verified_and_the_publication_corrected(
    people: People, served: Served, office: Office
) -> None:
    # given an objection registered from the page of the entry, whose number is filled in there
    clerk = people(CLERK)
    page = opens_the_entry(clerk)
    page.get_by_role("link", name=START, exact=True).click()
    expect(page.locator('[name="entry_no"]')).to_have_value("贵社信列〔2024〕1号")
    clerk.finds_the_page_accessible()
    clerk.fills(OBJECTION)
    page.get_by_role("button", name=START, exact=True).click()
    expect(page.locator(".cx-flash-done")).to_contain_text("已登记")
    # when it is accepted, verified by the unit, answered by the legal section and decided
    for step in STEPS:
        does(step, people, served)
    # then the publisher is asked to correct what the public sees
    publisher = people(PUBLISHER)
    page = publisher.goes_to("/tasks?unit=all")
    row = page.locator("#inbox tr", has_text="上传门户网站").filter(has_text=PARTY)
    row.locator("[data-row-link]").click()
    expect(page.locator("main")).to_contain_text(RIGHT)
    publisher.finds_the_page_accessible()
    publisher.fills({"done.compared": True})
    page.get_by_role("button", name="公示", exact=True).click()
    expect(page.locator(".cx-flash-done")).to_contain_text("已办结")
    # and the portal shows the right words
    page.goto(f"{served.address}/portal")
    page.get_by_role("link", name=PARTY).click()
    expect(page.locator("main")).to_contain_text(RIGHT)
    # and the answer is served, and stands with the letters of the entry
    office.does("  - 照做: 直接送达\n    其中: {送达时间: 2024-04-12 09:00}\n")
    page = opens_the_entry(clerk)
    page.get_by_role("link", name="文书", exact=True).click()
    expect(page.locator("main")).to_contain_text("异议处理答复")
    clerk.finds_the_page_accessible()
