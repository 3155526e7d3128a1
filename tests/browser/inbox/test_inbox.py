"""The inbox and the page of a task in a browser, under the strict content policy."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.web.inbox.bureau import PERSON

pytestmark = pytest.mark.browser


def test_a_clerk_claims_filters_and_selects_with_mouse_and_keys(bureau, people):
    for due in ("2026-02-06", "2026-02-10", "2026-02-12", "2026-02-25"):
        bureau.start(due=due)
    bureau.start(party=PERSON, due="2026-02-13")
    clerk = people("gc_jb02")
    page = clerk.goes_to("/tasks")
    clerk.finds_the_page_accessible()
    # the button of a row claims it in place
    row = page.locator("tbody tr[id]").first
    row.get_by_role("button", name="签收").click()
    expect(row.get_by_role("link", name="办理")).to_be_visible()
    # j, x: the next rows are selected; the bar says how many and claims them
    page.locator("body").click(position={"x": 5, "y": 700})
    for key in "jjxjx":
        page.keyboard.press(key)
    bar = page.locator("[data-bulk]")
    expect(bar).to_contain_text("已选 2 件")
    clerk.finds_the_page_accessible()
    bar.get_by_role("button", name="签收所选").click()
    expect(page.locator("#flashes")).to_contain_text("已签收 2 件")
    expect(page.locator(".cx-switcher")).to_contain_text("我的 3")
    # a filter takes effect at once and stays in the address
    page.select_option("#filter-due", "pressing")
    expect(page).to_have_url(re.compile("due=pressing"))
    expect(page.locator("tbody tr[id]")).to_have_count(3)
    page.fill("#filter-words", "没有这个")
    page.keyboard.press("Enter")
    expect(page.locator(".cx-empty")).to_contain_text("没有符合条件的任务")
    clerk.finds_the_page_accessible()


def test_a_form_reacts_keeps_drafts_and_says_what_is_wrong(bureau, people):
    bureau.start()
    clerk = people("gc_jb02")
    page = clerk.goes_to(f"/tasks/{bureau.task()}")
    clerk.finds_the_page_accessible()
    # a draft is kept without leaving the page, valid or not
    clerk.fills({"amount": "十二"})
    page.get_by_role("button", name="暂存").click()
    expect(page.locator("[data-draft-says]")).to_contain_text("已暂存 09:00")
    page.reload()
    expect(page.locator("#f-amount")).to_have_value("十二")
    # what is wrong is listed, and the list leads to the field
    page.get_by_role("button", name="提交审核意见").click()
    expect(page.locator("[data-cx-errors]")).to_be_focused()
    clerk.finds_the_page_accessible()
    page.locator("[data-cx-errors] a", has_text="金额").click()
    expect(page.locator("#f-amount")).to_be_focused()
    # conditions show fields, rows come without a reload
    clerk.fills({"amount": "250000", "result": "退回"})
    expect(page.locator("#f-reason")).to_be_visible()
    clerk.fills({"reason": "缺送达回证"})
    clerk.adds_a_row("points")
    clerk.fills({"points[0].text": "第一点"})
    # a warning is confirmed, then the next step is told
    page.locator(".cx-bottom-bar").get_by_role("button", name="提交审核意见").click()
    clerk.finds_the_page_accessible()
    page.get_by_role("button", name="已知悉").click()
    expect(page.locator("#flashes")).to_contain_text("下一步：「sign」")
    page = clerk.goes_to("/tasks/done")
    clerk.finds_the_page_accessible()


def test_files_and_remarks_go_to_the_case_without_leaving_the_form(bureau, people):
    bureau.start()
    clerk = people("gc_jb02")
    page = clerk.goes_to(f"/tasks/{bureau.task()}")
    clerk.fills({"amount": "7"})
    page.locator("#attachments summary").click()
    file = {"name": "回证.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    page.set_input_files("#attach-file", file)
    page.get_by_role("button", name="上传").click()
    expect(page.locator("#attachments")).to_contain_text("回证.pdf")
    page.fill("#remark-text", "等原件")
    page.locator("#remarks").get_by_role("button", name="留言").click()
    expect(page.locator(".cx-remarks")).to_contain_text("等原件")
    expect(page.locator("#f-amount")).to_have_value("7")
    # handing it on asks for a person and a reason
    page.get_by_role("button", name="转办").click()
    clerk.finds_the_page_accessible()
    page.select_option("#field-assignee", "gc_jc02")
    page.fill("#field-reason", "外出")
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("#reassign").get_by_role("button", name="转办").click()
    expect(page.locator("#flashes")).to_contain_text("已转给 刘雨桐")


def test_who_comes_second_finds_a_page_that_explains(bureau, people):
    bureau.start()
    key = bureau.task()
    clerk = people("gc_jb02")
    clerk.watch.refusals.add(409)
    page = clerk.goes_to(f"/tasks/{key}")
    clerk.fills({"result": "提请列入"})
    bureau.complete(key, "gc_jc02", result="提请列入")
    page.get_by_role("button", name="提交审核意见").click()
    expect(page.get_by_role("alert")).to_contain_text("已由 刘雨桐")
    clerk.finds_the_page_accessible()
    page.get_by_role("link", name="查看此任务").click()
    expect(page.locator(".cx-note-done")).to_contain_text("刘雨桐")
    clerk.finds_the_page_accessible()


def test_the_other_pages_are_accessible_too_in_the_dark_and_in_english(bureau, people):
    bureau.start()
    collector = people("gc_jb01")
    collector.page.emulate_media(color_scheme="dark")
    for address in ("/start/clue", "/tasks/started", "/messages", "/tasks"):
        collector.goes_to(address)
        collector.finds_the_page_accessible()
    reviewer = people("gc_jb02")
    reviewer.page.emulate_media(color_scheme="dark")
    for address in ("/tasks", f"/tasks/{bureau.task()}", f"/tasks/{bureau.task()}/diagram"):
        reviewer.goes_to(address)
        reviewer.finds_the_page_accessible()
    reviewer.page.locator("summary.cx-bar-link").click()
    reviewer.page.get_by_role("button", name="English").click()
    page = reviewer.goes_to("/tasks")
    expect(page.get_by_role("button", name="Claim", exact=False).first).to_be_visible()
    reviewer.finds_the_page_accessible()
