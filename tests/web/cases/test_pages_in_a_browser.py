"""The pages of cases as a clerk sees them: nothing goes wrong in the browser, axe finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import browser_type_launch_args  # noqa: F401 - the system's Chromium
from tests.browser.served import People, Served, serve
from tests.engine.register.clues import PERSON, as_csv, clue
from web.layout.assets import DIST


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    if not (DIST / "manifest.json").exists():
        pytest.skip("needs the built front end (make setup)")
    with serve(tmp_path, "2025-10-09T09:00") as served:
        yield served


@pytest.fixture
def people(browser: Browser, served: Served) -> Iterator[People]:
    people = People(browser, served)
    yield people
    assert not people.watch.faults, "\n".join(people.watch.faults)


@pytest.mark.browser
def test_from_a_file_to_the_pages_of_a_case(people: People, tmp_path: Path) -> None:
    # given a file with two good rows and two bad ones
    file = tmp_path / "2025年9月线索.csv"
    file.write_bytes(as_csv([clue(1), clue(2, **PERSON), clue(3, 主体名称=""), clue(1)]))
    clerk = people("gc_xb01")
    page = clerk.goes_to("/cases")
    expect(page.get_by_text("还没有案件")).to_be_visible()
    clerk.finds_the_page_accessible()
    # when it is uploaded
    page.get_by_role("main").get_by_role("link", name="导入线索").click()
    clerk.finds_the_page_accessible()
    page.get_by_label("线索文件").set_input_files(file)
    page.get_by_role("button", name="开始导入").click()
    # then the page goes on by itself until it is done, and says what is wrong
    expect(page.get_by_text("导入已完成")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("cell", name="与第 2 行重复")).to_be_visible()
    clerk.finds_the_page_accessible()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载有误的行").click()
    assert download.value.suggested_filename == "2025年9月线索 待更正.xlsx"
    # and the cases are there, each with its tabs
    page.get_by_role("link", name="查看案件").click()
    clerk.finds_the_page_accessible()
    page.get_by_role("link", name="测试二").click()
    expect(page.get_by_role("heading", name="现在该办")).to_be_visible()
    clerk.finds_the_page_accessible()
    for tab in ("文书", "流程", "数据", "期限"):
        page.get_by_label("案件内容").get_by_role("link", name=tab).click()
        page.wait_for_load_state("networkidle")
        clerk.finds_the_page_accessible()
