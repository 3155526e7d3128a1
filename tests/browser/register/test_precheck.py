"""Procurement asks whether a party stands in the list: one party, then a file of them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.listing_case import CODE, PARTY
from tests.browser.served import People

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ASKS = "cz_zb01"
OTHER, OTHER_CODE = "示例乙化工有限公司", "91000000MA00000232"
FILE = f"名称,代码\n{PARTY},{CODE}\n{OTHER},{OTHER_CODE}\n写错的单位,91000000MA00000158\n"


def test_a_question_is_answered_printed_and_kept(people: People) -> None:
    # given the form, sent without the number of the project
    procurement = people(ASKS)
    page = procurement.goes_to("/precheck")
    procurement.finds_the_page_accessible()
    procurement.fills({"purpose": "bidding", "name": PARTY, "code": CODE})
    procurement.watch.refusals.add(422)
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.locator("main")).to_contain_text("须填写项目编号")
    procurement.finds_the_page_accessible()
    # when it is given
    procurement.fills({"project_no": "CG-2024-7"})
    page.get_by_role("button", name="查询", exact=True).click()
    # then the answer names the entry
    expect(page.locator(".cx-precheck-verdict")).to_have_text("不通过")
    expect(page.locator("main table")).to_contain_text("贵社信列〔2024〕1号")
    procurement.finds_the_page_accessible()
    # and there is a sheet of it
    sheet = page.get_by_role("link", name="打印结果单").get_attribute("href")
    answer = page.request.get(procurement.served.address + str(sheet))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")
    # and the question is kept, for the auditor too
    page = procurement.goes_to("/precheck/log")
    expect(page.locator("main tbody tr")).to_have_count(1)
    procurement.finds_the_page_accessible()
    page = people("cz_dc01").goes_to("/precheck/log")
    expect(page.locator("main tbody")).to_contain_text(PARTY)


def test_a_file_of_parties_is_answered_row_by_row(people: People) -> None:
    # given a file with one listed party, one that is not, and one with a wrong code
    procurement = people(ASKS)
    page = procurement.goes_to("/precheck/files")
    procurement.finds_the_page_accessible()
    procurement.fills({"purpose": "bidding", "project_no": "CG-2024-8"})
    file = {"name": "投标单位.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    page.set_input_files("#field-file", file)
    # when it is sent
    page.get_by_role("button", name="开始查询").click()
    # then every row has its answer, the one that does not pass first
    done = page.locator("#precheck-file")
    expect(done).to_contain_text("查询已完成", timeout=30_000)
    rows = done.locator("tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("不通过")
    expect(rows.filter(has_text=OTHER)).to_contain_text("通过")
    expect(rows.filter(has_text="写错的单位")).to_contain_text("未查询")
    procurement.finds_the_page_accessible()
    # and the answers can be taken along
    answers = page.get_by_role("link", name="CSV", exact=True).get_attribute("href")
    kept = page.request.get(procurement.served.address + str(answers)).text()
    assert "贵社信列〔2024〕1号" in kept
