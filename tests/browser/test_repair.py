"""The repair of an entry through the pages, from the entry's own page to the published result."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.by_command import Clerks
from tests.browser.listing_case import CLUE, COLLECTOR, PARTY, Step, until_the_entry
from tests.browser.served import ALL, People, Person, Served
from tests.browser.test_journey import does, waits_in_no_inbox

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CLERK, HEAD, PUBLISHER = "gc_xb01", "gc_xb02", "cz_fb01"
START = "登记修复申请"
APPLICATION = {
    "repair.contact": "示例联系人",
    "repair.phone": "0566-0000001",
    "repair.service_address": "安徽省池州市贵池区示例路1号",
    "repair.corrected_date": "2026-02-27",
    "repair.amount": "24980.00",
    "repair.correction_text": "缴清欠缴的社会保险费和滞纳金",
    "repair.proofs[0].name": "税收完税证明（示例）第1号",
    "repair.impact_removed_text": "已缴清全部欠费和滞纳金，并向职工说明情况，消除了不良影响。",
    "repair.signed": True,
}
COMMITMENT = {
    "repair.commitment_received": True,
    "repair.commitment_signed_date": "2026-03-01",
    "repair.publish_consent": True,
}
ACCEPTED = Step(
    login=CLERK,
    task="受理审查",
    verb="提交审查结果",
    answers={"acceptance.evidence_ok": ALL, "acceptance.result": "受理"},
)
DECIDED = (
    Step(
        login="gc_jb01",
        task="核实纠正情况",
        verb="提交核实结果",
        answers={
            "verification.finding": "已全部纠正",
            "verification.sources": ["缴费到账记录"],
            "verification.impact_removed": True,
            "verification.opinion": "2026年2月27日缴清欠费和滞纳金，已到账",
        },
    ),
    Step(
        login="gc_jb02",
        task="审核核实意见",
        verb="提交审核意见",
        answers={"unit_opinion.result": "同意"},
    ),
    Step(
        login=HEAD,
        task="审批信用修复",
        verb="签署意见",
        answers={"approval.result": "同意"},
    ),
)


@pytest.fixture
def listed(served: Served) -> None:
    """An entry whose decision is served; it is Monday, 2 March 2026."""
    clerks = Clerks(served)
    case = clerks.registers(COLLECTOR, CLUE)
    for step in until_the_entry():
        clerks.does(step, case)
    served.time_passes_until("2026-03-02T09:00")


def opens_the_entry(person: Person) -> Page:
    page = person.goes_to("/register")
    page.locator("[data-row-link]", has_text=PARTY).first.click()
    person.finds_the_page_accessible()
    return page


def applies(person: Person, *answers: dict[str, object]) -> None:
    """Register an application from the page of the entry, whose number is filled in there."""
    page = opens_the_entry(person)
    page.get_by_role("link", name=START, exact=True).click()
    expect(page.locator('[name="entry_no"]')).not_to_have_value("")
    person.finds_the_page_accessible()
    for part in answers:
        person.fills(part)
    page.get_by_role("button", name=START, exact=True).click()
    expect(page.locator(".cx-flash-done")).to_contain_text("已登记")


def does_all(person: Person, task: str, verb: str, answers: dict[str, object]) -> None:
    """Every open task of this name: the repair is published beside the removal."""
    done = 0
    while True:
        page = person.goes_to("/tasks?unit=all")
        rows = page.locator("#inbox tr", has_text=task).filter(has_text=PARTY)
        if not rows.count():
            assert done, task
            return
        rows.first.locator("[data-row-link]").click()
        person.finds_the_page_accessible()
        person.fills(answers)
        page.get_by_role("button", name=verb, exact=True).click()
        expect(page.locator(".cx-flash-done")).to_contain_text(f"「{task}」已办结")
        done += 1


def test_an_entry_is_repaired_and_the_result_published(
    people: People, served: Served, listed: None
) -> None:
    # given an application from the page of the entry, accepted, verified and approved
    applies(people(CLERK), APPLICATION, COMMITMENT)
    for step in (ACCEPTED, *DECIDED):
        does(step, people, served)
    # then the entry is removed at once
    page = opens_the_entry(people(CLERK))
    expect(page.locator("main")).to_contain_text("已移出（修复）")
    # when the result is published, pushed and reported
    served.time_passes_until("2026-03-02T09:05")
    does_all(people(PUBLISHER), "上传门户网站", "公示", {"done.compared": True})
    does_all(people(PUBLISHER), "登记共享平台回执", "登记回执", {"done.receipt": "回执001"})
    does_all(people(CLERK), "报市信用办", "登记报送", {"done.letter_no": "贵社信函〔2026〕1号"})
    # then the page of the entry shows where
    opens_the_entry(people(CLERK))
    page.get_by_role("link", name="公示", exact=True).click()
    expect(page.locator("main")).to_contain_text("修复结果公示")


def test_without_a_commitment_the_clerk_can_only_ask_for_it(
    people: People, served: Served, listed: None
) -> None:
    # given an application without a commitment
    clerk = people(CLERK)
    applies(clerk, APPLICATION)
    # when the clerk wants to accept it
    page = clerk.page
    clerk.watch.refusals.add(422)
    clerk.fills(ACCEPTED.answers)
    page.get_by_role("button", name=ACCEPTED.verb, exact=True).click()
    # then that is refused, and nobody gets it to verify or approve
    expect(page.locator("main")).to_contain_text("缺少信用承诺书的，只能告知补正")
    waits_in_no_inbox(people, "gc_jb01", HEAD)
