"""The report of a month: from the clerks of a county's units to the city."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.by_scenario import Office
from tests.browser.served import People, Person, Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MATTER = "东至县 2026-01 月度信用信息"
FILL, REVIEW = ("填报当月信用信息", "送审核"), ("审核报送表", "提交审核意见")
ROW = {
    "report.records[0].name": "示例乙化工有限公司",
    "report.records[0].code": "91000000MA00000232",
    "report.records[0].kind": "责令",
    "report.records[0].doc_no": "东人社责字〔2026〕3号",
    "report.records[0].date": "2026-01-12",
    "report.records[0].amount": "32000.00",
}
FILE = (
    "主体类型,主体名称,统一社会信用代码或证件号码,信息类别,文书文号,日期,金额\n"
    "单位,示例丙矿业有限公司,91000000MA0000031W,履行,东人社退字〔2026〕1号,2026-01-20,4400\n"
    "单位,写错的单位,91000000MA0000031X,责令,东人社责字〔2026〕4号,2026-01-21,100\n"
)


def opens(person: Person, task: str) -> None:
    page = person.goes_to("/tasks?unit=all")
    row = page.locator("#inbox tr", has_text=task).filter(has_text=MATTER)
    row.locator("[data-row-link]").click()
    expect(page.locator("h1")).to_contain_text(task)
    person.finds_the_page_accessible()


def sends(person: Person, task: str, verb: str) -> None:
    person.page.get_by_role("button", name=verb, exact=True).click()
    expect(person.page.locator(".cx-flash-done")).to_contain_text(f"「{task}」已办结")


def does(person: Person, task: str, verb: str, **answers: object) -> None:
    opens(person, task)
    person.fills({name.replace("__", "."): value for name, value in answers.items()})
    sends(person, task, verb)


def test_a_county_collects_its_units_and_the_city_receives(
    people: People, served: Served, tmp_path: Path
) -> None:
    # given the collection of January, begun on 2 February; two of three units report by command
    office = Office(served, tmp_path)
    office.does(
        "  - 发起: 月度信息归集\n    人员: cz_xb01\n    填写: {month: 2026-01}\n"
        "  - 照做: 零报告\n    其中: {案件: 2026-01 东至县, 人员: dz_jc01}\n"
        "  - 照做: 审核通过\n    其中: {案件: 2026-01 东至县, 人员: dz_jc02}\n"
        "  - 照做: 零报告\n    其中: {案件: 2026-01 东至县, 人员: dz_xz01}\n"
        "  - 照做: 审核通过\n    其中: {案件: 2026-01 东至县, 人员: dz_xz02}\n"
    )
    # when the third fills in a row and takes others from a file
    collector = people("dz_jb01")
    opens(collector, FILL[0])
    page = collector.page
    collector.adds_a_row("report.records")
    collector.fills(ROW)
    file = {"name": "一月.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    page.locator('input[type="file"][id$="-rows"]').set_input_files(file)
    page.locator("button[name=_import]").click()
    # then the right row of the file stands below, and the wrong one is named with its reason
    expect(page.locator('[name="report.records[1].name"]')).to_have_value("示例丙矿业有限公司")
    expect(page.locator("main")).to_contain_text("校验位不对")
    collector.finds_the_page_accessible()
    sends(collector, *FILL)
    # when it is reviewed, summarised, sent by the county and received by the city
    does(people("dz_jb02"), *REVIEW, report_review__result="通过")
    does(people("dz_xb01"), "汇总核对", "完成汇总")
    does(people("dz_xb01"), "拟制县区报送表", "送负责人审批", cover_note="请接收")
    does(people("dz_xb02"), "审批县区报送表", "提交审批意见", county_approval__result="同意报送")
    receiver = people("cz_rec01")
    opens(receiver, "市级接收")
    expect(receiver.page.locator("main")).to_contain_text("示例丙矿业有限公司")
    receiver.fills({"reception.result": "接收"})
    sends(receiver, "市级接收", "提交接收结果")
    # then nothing is left to do for the county
    page = people("dz_xb01").goes_to("/tasks?unit=all")
    expect(page.locator("#inbox tr", has_text=MATTER)).to_have_count(0)
