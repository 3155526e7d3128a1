"""A case from clue to served decision through the pages, each step by whoever has to do it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.by_command import Clerks
from tests.browser.listing_case import (
    CLUE,
    CODE,
    COLLECTOR,
    DEFENCE,
    PARTY,
    PROCESS,
    SERVED_ON,
    UNTIL_NOTICE,
    UNTIL_SIGNED,
    WINDOW_ENDS_ON,
    Step,
    service_at,
)
from tests.browser.served import People, Person, Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def registers_the_clue(person: Person) -> None:
    page = person.goes_to(f"/start/{PROCESS}")
    person.finds_the_page_accessible()
    person.fills(CLUE)
    page.get_by_role("button", name="登记线索", exact=True).click()
    expect(page.locator(".cx-flash-done")).to_contain_text("已登记")


def does(step: Step, people: People, served: Served) -> None:
    """Find the task in the inbox, fill in its form and press its button."""
    if step.at:
        served.time_passes_until(step.at)
    person = people(step.login)
    opens(person, step.task)
    person.finds_the_page_accessible()
    person.fills(step.answers)
    person.page.get_by_role("button", name=step.verb, exact=True).click()
    expect(person.page.locator(".cx-flash-done")).to_contain_text(f"「{step.task}」已办结")


def opens(person: Person, task: str) -> None:
    page = person.goes_to("/tasks")
    row = page.locator("#inbox tr", has_text=task).filter(has_text=PARTY)
    row.locator("[data-row-link]").click()
    expect(page.locator("h1")).to_contain_text(task)


def waits_in_no_inbox(people: People, *logins: str) -> None:
    for login in logins:
        page = people(login).goes_to("/tasks")
        expect(page.locator("#inbox tr", has_text=PARTY)).to_have_count(0)


def test_a_clue_becomes_a_served_decision(people, served):
    # given a clue, reviewed and checked, and a notice that is served
    registers_the_clue(people(COLLECTOR))
    for step in (*UNTIL_NOTICE, *service_at(f"{SERVED_ON}T10:00")):
        does(step, people, served)
    # and a defence that comes in on the 11th and does not convince
    served.time_passes_until("2026-02-11T09:30")
    hands_in_a_defence(people("gc_xb01"))
    for step in DEFENCE:
        does(step, people, served)
    # then nobody can decide before the window is over
    waits_in_no_inbox(people, "gc_xb01", "gc_ld01")
    served.time_passes_until(f"{WINDOW_ENDS_ON}T23:59")
    waits_in_no_inbox(people, "gc_xb01", "gc_ld01")
    # when it is over, and the office works again after the Spring Festival
    served.time_passes_until("2026-02-24T09:00")
    for step in UNTIL_SIGNED:
        does(step, people, served)
    for step in service_at("2026-02-25T15:00"):
        does(step, people, served)
    # then the case is over but for its publication, and its letters open as they were served
    waits_in_no_inbox(people, "gc_sd01", "gc_ld01")
    clerk = people("gc_xb01")
    letters = letters_of_the_case(clerk)
    assert any("事先告知书" in title for title in letters)
    assert any("列入社会保险失信人名单决定书" in title for title in letters)
    for title, address in letters.items():
        answer = clerk.page.request.get(served.address + address)
        assert answer.ok, title
        assert answer.headers["content-type"] == "application/pdf", title
        assert answer.body().startswith(b"%PDF-"), title


def opens_the_case(person: Person) -> Page:
    page = person.goes_to("/cases")
    page.locator("[data-row-link]", has_text=PARTY).first.click()
    person.finds_the_page_accessible()
    return page


def hands_in_a_defence(person: Person) -> None:
    """What came in at the counter, told to the case that waits for it."""
    page = opens_the_case(person)
    page.get_by_role("link", name="收到陈述申辩").click()
    person.finds_the_page_accessible()
    page.get_by_role("button", name="登记「收到陈述申辩」").click()
    expect(page.locator(".cx-flash-done")).to_contain_text("收到陈述申辩")


def letters_of_the_case(person: Person) -> dict[str, str]:
    """Title and address of every letter on the case's page of documents."""
    page = opens_the_case(person)
    page.get_by_role("link", name=re.compile("^文书")).first.click()
    person.finds_the_page_accessible()
    found = page.locator('main a[href*="documents/"]', has_not_text="Word")
    return {
        link.inner_text(): str(link.get_attribute("href")).split("?")[0] for link in found.all()
    }


def test_who_registered_a_clue_does_not_review_it(people, served):
    # given a clue
    Clerks(served).registers(COLLECTOR, CLUE)
    # then the reviewer of the unit finds it, the collector does not
    waits_in_no_inbox(people, COLLECTOR)
    opens(people("gc_jb02"), "单位审核")


def test_a_supervisor_reads_why_the_window_ends_when_it_does(people, served):
    # given a case whose notice was served on Monday the 9th
    clerks = Clerks(served)
    case = clerks.registers(COLLECTOR, CLUE)
    for step in (*UNTIL_NOTICE, *service_at(f"{SERVED_ON}T10:00")):
        clerks.does(step, case)
    served.time_passes_until("2026-02-10T09:00")
    # when the supervisor looks for it and steps into the procedure that waits
    supervisor = people("cz_dc01")
    page = supervisor.goes_to("/inspector/instances")
    supervisor.finds_the_page_accessible()
    page.fill("#in-q", CODE)
    page.get_by_role("button", name="查找", exact=True).click()
    page.locator("main table [data-row-link]", has_text=PARTY).click()
    supervisor.finds_the_page_accessible()
    page.get_by_role("link", name="进入被调用的流程").click()
    # then the page says until when it waits and how that day comes about
    expect(page.locator("main")).to_contain_text("等待到时：申辩期满")
    why = page.locator("section", has=page.get_by_role("heading", name="期限为什么到这一天"))
    expect(why).to_contain_text("2026-02-14（周六） 24:00")
    expect(why).to_contain_text("5 个工作日，自 2026-02-09（周一） 次日起")
    expect(why).to_contain_text("调休上班")
    expect(why.locator(".in-day-day")).to_have_count(5)
    supervisor.finds_the_page_accessible()
    # and the table behind it, with its row
    page.get_by_role("link", name=re.compile("^期限")).last.click()
    periods = page.locator(".in-periods")
    expect(periods).to_contain_text("DEFENCE")
    expect(periods).to_contain_text("决策表“期限参数”")
    supervisor.finds_the_page_accessible()
