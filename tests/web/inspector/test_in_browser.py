"""The inspector in a browser: the living diagram, dialogs, and that nothing goes wrong unseen."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Playwright, expect
from werkzeug.serving import make_server

from engine.identity import demonstration_password
from engine.runtime import Runtime, files_in
from engine.runtime.commands import Deploy
from engine.shipped import shipped_folder
from tests.builders.diagram import diagram, end, start, user_task
from web.layout.assets import DIST

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
LISTING = "listing"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("needs Chromium (apt-get install chromium)")
    if not (DIST / "manifest.json").exists():
        pytest.skip("needs the built front end (make setup)")
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    app.config["WTF_CSRF_ENABLED"] = True
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page_of(chromium: Browser, address: str) -> Iterator[Callable[[str], Page]]:
    """page_of("gc_xb02"): that person's browser; nothing may be said on its console."""
    faults: list[str] = []
    contexts = []

    def sign_in(login: str) -> Page:
        context = chromium.new_context(
            base_url=address, viewport={"width": 1366, "height": 768}, locale="zh-CN"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: _foreign(request.url, address, faults))
        page.goto("/login")
        page.fill("[name=login]", login)
        page.fill("[name=password]", demonstration_password())
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "login" not in url)
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def _foreign(url: str, address: str, faults: list[str]) -> None:
    if urlsplit(url).scheme in ("http", "https") and not url.startswith(address):
        faults.append(f"request to {url}")


def accessible(page: Page) -> None:
    """Axe finds nothing."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations")
    assert not found, [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]


def drawn(process_id: str) -> bytes:
    """A small process with a drawing: a click needs a place."""
    plain = diagram(
        process_id,
        start(),
        user_task("check_case", groups="R3", due='=deadline("CHECK", today())'),
        user_task("sign_case", groups="R3"),
        end(),
        flows="start -> check_case -> sign_case -> end",
        properties={"subject": "=party.name", "organisation": "=unit"},
    ).decode()
    places = {
        "start": (100, 100, 36, 36),
        "check_case": (200, 78, 100, 80),
        "sign_case": (360, 78, 100, 80),
        "end": (520, 100, 36, 36),
    }
    shapes = "".join(
        f'<bpmndi:BPMNShape id="{id_}_di" bpmnElement="{id_}">'
        f'<dc:Bounds x="{x}" y="{y}" width="{w}" height="{h}"/></bpmndi:BPMNShape>'
        for id_, (x, y, w, h) in places.items()
    )
    plane = (
        f'<bpmndi:BPMNDiagram xmlns:bpmndi="{DI}" xmlns:dc="{DC}" id="di">'
        f'<bpmndi:BPMNPlane id="plane" bpmnElement="{process_id}">{shapes}</bpmndi:BPMNPlane>'
        "</bpmndi:BPMNDiagram></bpmn:definitions>"
    )
    return plain.replace("</bpmn:definitions>", plane).encode()


@pytest.fixture
def drawn_case(bureau, runtime: Runtime) -> int:
    from engine.runtime import SourceFile

    runtime.execute(Deploy(files=[SourceFile(name="drawn.bpmn", content=drawn("drawn_case"))]))
    return bureau.start("drawn_case")


def test_a_click_on_an_element_filters_every_tab_and_back(page_of, drawn_case):
    page = page_of("gc_xb02")
    page.goto(f"/inspector/instances/{drawn_case}?tab=way")
    expect(page.locator("[data-diagram][data-ready=yes]")).to_be_visible()
    # the token stands where it stands
    expect(page.locator(".cx-token-here")).to_have_text("1")
    # when the element is clicked
    page.click('[data-element-id="check_case"] .djs-hit')
    expect(page.locator(".in-filter")).to_contain_text("check_case")
    expect(page.locator("#in-contents tbody tr")).to_have_count(1)
    # then another tab is filtered as well, without loading the page
    page.click("#in-contents .cx-tabs >> text=用户任务")
    expect(page.locator(".in-filter")).to_contain_text("check_case")
    expect(page).to_have_url(re.compile("tab=tasks"))
    expect(page).to_have_url(re.compile("element=check_case"))
    # and the filter goes away
    page.click(".in-filter >> text=看全部节点")
    expect(page.locator(".in-filter")).to_have_count(0)


def test_a_due_date_is_changed_in_a_dialog_and_shown_before_and_after(page_of, drawn_case):
    page = page_of("gc_xb02")
    page.goto(f"/inspector/instances/{drawn_case}?tab=tasks")
    page.click("text=变更期限")
    page.fill("dialog[open] [name=due_date]", "2026-02-27")
    page.fill("dialog[open] [name=reason]", "等待鉴定结论")
    page.click("dialog[open] .btn-primary")
    page.wait_for_url("**tab=tasks")
    page.goto(f"/inspector/instances/{drawn_case}?tab=history")
    change = page.locator(".in-stepped-in")
    expect(change).to_contain_text("2026-02-12（周四）")
    expect(change).to_contain_text("2026-02-27（周五）")
    expect(change).to_contain_text("等待鉴定结论")


def test_every_page_can_be_used_by_everybody(page_of, bureau, drawn_case):
    bureau.start()
    case = bureau.start()
    bureau.complete(case)
    page = page_of("gc_xb02")
    tabs = ("deadlines", "tasks", "variables", "decisions", "jobs", "incidents", "history", "way")
    addresses = [
        "/inspector",
        "/inspector/processes/drawn_case",
        "/inspector/instances",
        "/inspector/decisions/1",
        "/inspector/incidents",
        "/inspector/deadlines",
        "/inspector/timers",
        "/inspector/jobs",
        *(f"/inspector/instances/{case}?tab={tab}" for tab in tabs),
    ]
    for one in addresses:
        page.goto(one)
        page.wait_for_load_state("networkidle")
        accessible(page)


def test_the_shipped_procedures_show_in_the_inspector(page_of, runtime):
    shipped = files_in(*(shipped_folder(name) for name in ("bpmn", "dmn", "forms")))
    runtime.execute(Deploy(files=shipped))
    page = page_of("cz_dc01")
    page.goto(f"/inspector/processes/{LISTING}")
    expect(page.locator("[data-diagram][data-ready=yes]")).to_be_visible(timeout=20_000)
    accessible(page)
