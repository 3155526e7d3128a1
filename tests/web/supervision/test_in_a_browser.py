"""The board in a browser: charts are drawn, nothing is said on the console, and axe is content."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Playwright, expect
from sqlalchemy import insert
from werkzeug.serving import make_server

from engine.clock import SHANGHAI
from engine.identity import demonstration_password
from engine.register.models import ReportFile
from engine.runtime import Runtime
from web.layout.assets import DIST

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def board(app: Flask, runtime: Runtime, playwright: Playwright) -> Iterator[Page]:
    """The supervisor at the board of a month in which a unit reported late."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("needs Chromium (apt-get install chromium)")
    if not (DIST / "manifest.json").exists():
        pytest.skip("needs the built front end (make setup)")
    with runtime.engine.begin() as connection:
        connection.execute(
            insert(ReportFile),
            {
                "month": "2025-08", "region": "341702", "unit": "CZ-GC-JB", "level": "unit",
                "organisation_path": "CZ/CZ-GC/CZ-GC-JB/", "state": "已报",
                "due_date": date(2025, 9, 9), "idempotency_key": "r",
                "reported_at": datetime(2025, 9, 10, tzinfo=SHANGHAI),
            },
        )  # fmt: skip
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    faults: list[str] = []
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    page = browser.new_page(
        base_url=f"http://127.0.0.1:{server.server_port}", locale="zh-CN",
        viewport={"width": 1366, "height": 768},
    )  # fmt: skip
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto("/login")
    page.fill("[name=login]", "cz_dc01")
    page.fill("[name=password]", demonstration_password())
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "login" not in url)
    page.goto("/supervision/figures")
    yield page
    browser.close()
    server.shutdown()
    thread.join()
    server.server_close()
    assert not faults, "\n".join(faults)


def test_charts_are_drawn_beside_their_numbers(board: Page):
    # given the section of the statutory periods
    chart = board.locator("[data-chart]").first
    # then its chart is an SVG with the names of its figures, and the number stands in the table
    expect(chart.locator("svg")).to_be_visible()
    expect(chart).to_contain_text("单位月报")
    expect(board.locator("td.sv-missed").first).to_have_text("0.0%")
    # and the units open below it
    board.get_by_text("单位月报（每月结束后 7 个工作日）：各单位").first.click()
    expect(board.get_by_role("row", name="贵池区").first).to_be_visible()
    board.evaluate(AXE.read_text(encoding="utf-8"))
    found = board.evaluate("async () => (await axe.run()).violations")
    assert not found, [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]
