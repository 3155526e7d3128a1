"""What everybody sees without signing in: the list, a search, an entry, the notices."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.by_scenario import Office
from tests.browser.listing_case import CODE, PARTY
from tests.browser.served import Served, Watch, ask_axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def watch(served: Served) -> Iterator[Watch]:
    watch = Watch(address=served.address)
    yield watch
    assert not watch.faults, "\n".join(watch.faults)


def visitor(browser: Browser, watch: Watch, *, script: bool = True) -> Page:
    context = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1366, "height": 768},
        java_script_enabled=script,
    )
    page = context.new_page()
    watch.over(page)
    return page


def test_anybody_finds_an_entry_without_script(
    browser: Browser, served: Served, watch: Watch
) -> None:
    # given a browser that runs no script
    page = visitor(browser, watch, script=False)
    page.goto(f"{served.address}/portal")
    expect(page.locator(".po-item")).to_have_count(1)
    # when somebody searches by a part of the name
    page.fill("#q", PARTY[2:4])
    page.get_by_role("button", name="查询").click()
    page.get_by_role("link", name=PARTY).click()
    # then the entry says what was decided, and nothing of persons
    shown = page.locator("main")
    for words in (CODE, "2024-04-08至2025-04-08", "责令限期缴纳社会保险费，到期仍未缴纳"):
        expect(shown).to_contain_text(words)
    for hidden in ("341702190001010017", "0566-", "示例路"):
        expect(shown).not_to_contain_text(hidden)
    # and a name that is not in the list is said not to be there
    page.goto(f"{served.address}/portal?q=没有这一家")
    expect(page.locator("main")).to_contain_text("没有查到“没有这一家”")


def test_every_page_is_accessible_in_the_dark_and_prints_without_its_frame(
    browser: Browser, served: Served, watch: Watch
) -> None:
    page = visitor(browser, watch)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for address in ("/portal", "/portal?q=没有这一家", "/portal/notices"):
            page.goto(served.address + address)
            ask_axe(page, watch)
    page.goto(f"{served.address}/portal")
    page.get_by_role("link", name=PARTY).click()
    ask_axe(page, watch)
    page.emulate_media(media="print")
    expect(page.locator(".po-bar")).to_be_hidden()
    expect(page.locator("main")).to_contain_text(CODE)
    expect(page.locator("footer")).to_contain_text("截至 2024-04-12")


def test_after_its_last_day_an_entry_is_gone_and_its_removal_is_told(
    browser: Browser, served: Served, watch: Watch, office: Office
) -> None:
    # given an entry that somebody has open on its last day
    page = visitor(browser, watch)
    served.time_passes_until("2025-04-08T23:59")
    page.goto(f"{served.address}/portal")
    page.get_by_role("link", name=PARTY).click()
    entry = page.url
    # when the day is over
    served.time_passes_until("2025-04-09T00:00")
    # then it is nowhere to be found any more
    watch.refusals.add(404)
    assert page.goto(entry).status == 404
    page.goto(f"{served.address}/portal")
    expect(page.locator("main")).to_contain_text("现在没有公示的条目")
    # and when the publisher has published the removal, the notices tell it
    served.time_passes_until("2025-04-09T10:00")
    office.does("  - 办理: 上传门户网站\n    人员: cz_fb01\n    填写: {done: {compared: true}}\n")
    page.get_by_role("link", name="修复、移出与更正公告").click()
    page.get_by_role("link", name=f"移出公示：{PARTY}").click()
    expect(page.locator("main")).to_contain_text("移出公示")
    ask_axe(page, watch)
