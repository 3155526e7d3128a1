"""Form pages with their script, in a browser under the strict content policy."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect
from werkzeug.serving import make_server

from tests.web.components.demo import ROOT, create_app

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
AXE = ROOT / "node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, create_app(), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("no Chromium on this machine")
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture
def sheet(chromium: Browser, address: str) -> Iterator[Page]:
    """The form, open; anything on the console fails the test."""
    context = chromium.new_context(
        viewport={"width": 860, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    yield page
    context.close()
    assert not said


def test_a_condition_redraws_the_form_and_the_cursor_stays(sheet):
    sheet.check("[value=individual]")
    expect(sheet.get_by_label("身份证号码", exact=False).first).to_be_visible()
    name = sheet.evaluate("() => document.activeElement.value")
    assert name == "individual"


def test_what_is_typed_while_a_redraw_is_underway_is_kept(sheet):
    # given a server that takes its time
    sheet.route("**/preview", lambda route: (sheet.wait_for_timeout(300), route.continue_()))
    # when the next field is filled before the answer is there
    sheet.fill('[name="amount_due"]', "12345.67")
    with sheet.expect_response("**/preview"):
        sheet.locator('[name="rectify_days"]').focus()
        sheet.locator('[name="rectify_days"]').press_sequentially("30", delay=20)
    # then both stand, and the answer is in
    expect(sheet.locator(".cx-capitals")).to_have_text("大写：壹万贰仟叁佰肆拾伍元陆角柒分")
    expect(sheet.locator('[name="rectify_days"]')).to_have_value("30")
    expect(sheet.locator('[name="rectify_days"]')).to_be_focused()


def test_a_row_button_right_after_typing_is_not_lost(sheet):
    sheet.locator('[name="acts[0].act_no"]').fill("一号")
    sheet.click("[name=_add]")
    expect(sheet.locator('[name="acts[1].act_type"]')).to_be_focused()
    sheet.locator('[name="acts[1].act_no"]').fill("二号")
    sheet.click('[name=_remove][value="acts[0]"]')
    expect(sheet.locator("[data-cx-row]")).to_have_count(1)
    expect(sheet.locator('[name="acts[0].act_no"]')).to_have_value("二号")
    expect(sheet.locator("[name=_add]")).to_be_focused()


def test_a_chosen_file_survives_a_redraw(sheet):
    file = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    sheet.set_input_files('[name="evidence"][type=file]', file)
    sheet.click("[name=_add]")
    expect(sheet.locator("[data-cx-row]")).to_have_count(2)
    count = sheet.evaluate("() => document.getElementById('f-evidence-new').files.length")
    assert count == 1


def test_a_hidden_answer_comes_back(sheet):
    consent = sheet.locator('input[type=checkbox][name="party.e_service_consent"]')
    consent.check()
    sheet.fill("#f-party-e_address", "a@b.cn")
    consent.uncheck()
    expect(sheet.locator("#f-party-e_address")).to_have_count(0)
    consent.check()
    expect(sheet.locator("#f-party-e_address")).to_have_value("a@b.cn")


def test_errors_take_the_cursor_to_the_field_and_go_away_when_corrected(sheet):
    sheet.click(".primary")
    expect(sheet.locator("[data-cx-errors]")).to_be_focused()
    sheet.click("text=「名称」未填写")
    expect(sheet.locator("#f-party-name")).to_be_focused()
    sheet.fill("#f-party-name", "甲公司")
    sheet.locator("#f-party-phone").focus()
    expect(sheet.locator("#f-party-name-error")).to_have_count(0)
    expect(sheet.locator("#f-party-code-error")).to_be_visible()


def test_enter_goes_to_the_next_field(sheet):
    sheet.locator("#f-party-name").press("Enter")
    expect(sheet.locator("#f-party-party_kind")).to_be_focused()


def test_leaving_unsaved_work_asks_first(sheet):
    asked = []
    sheet.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    sheet.click("#f-party-name")
    sheet.keyboard.type("甲")
    sheet.reload()
    assert asked == ["beforeunload"]
    # after the draft was saved nothing is asked
    sheet.click("#f-party-name")
    sheet.keyboard.type("甲")
    sheet.evaluate("() => document.dispatchEvent(new CustomEvent('cx:saved'))")
    sheet.reload()
    assert len(asked) == 1


def test_characters_are_counted(sheet):
    sheet.fill("#f-facts", "一二三")
    expect(sheet.locator('[data-cx-counter="f-facts"]')).to_contain_text("3 / 2000")


def test_the_page_is_accessible(sheet, address):
    if not AXE.exists():
        pytest.skip("axe-core is not installed")
    for path in ("", "?readonly=1", "?dark=1"):
        sheet.goto(address + path)
        if not path:
            sheet.click(".primary")
            sheet.wait_for_selector("[data-cx-errors]")
        sheet.evaluate(AXE.read_text("utf-8"))
        found = sheet.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
