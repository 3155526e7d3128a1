"""A process owner at work: draws, is told what is wrong, puts in force; the cases keep theirs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from engine.identity import load_user
from engine.runtime import SourceFile
from engine.runtime.commands import CompleteTask, Deploy, StartInstance
from engine.runtime.models import UserTask
from engine.shipped import shipped_folder
from tests.browser.served import Person, Served

pytestmark = pytest.mark.browser

SAMPLES = Path(__file__).parent / "samples"
SHIPPED = sorted(
    file for folder in ("bpmn", "dmn", "forms") for file in shipped_folder(folder).iterdir()
)
OWNER, CLERK = "cz_lc01", "gc_xb01"


@pytest.fixture
def owner(people, served: Served) -> Person:
    """The process owner, with the small process in force."""
    files = [
        SourceFile(name=file.name, content=file.read_bytes()) for file in sorted(SAMPLES.iterdir())
    ]
    served.runtime.execute(Deploy(files=files, note="首次部署"))
    person = people(OWNER)
    person.page.set_viewport_size({"width": 1600, "height": 900})
    return person


def opened(person: Person, file_name: str) -> Page:
    """The editor with a file, checked once."""
    page = person.goes_to(f"/studio/files/{file_name}/edit")
    checked(page, 1)
    return page


def checked(page: Page, times: int) -> None:
    expect(page.locator("#studio")).to_have_attribute("data-checked", str(times), timeout=30_000)


def saves(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator("#studio-dirty")).to_have_text("已保存")


def select_element(page: Page, element: str) -> None:
    page.evaluate("element => window.chengxin.studio.select(element)", element)


def open_group(page: Page, title: str) -> None:
    """Open a group of the properties panel, unless it is."""
    header = page.locator(".bio-properties-panel-group-header").filter(has_text=title)
    expect(header).to_be_visible()
    if "open" not in (header.get_attribute("class") or ""):
        header.click()


def started(served: Served) -> int:
    with served.runtime.reading() as connection:
        clerk = load_user(connection, CLERK)
    key: int = served.runtime.execute(StartInstance(process_id="small", user=clerk, variables={}))
    return key


def registers(served: Served, instance: int, amount: int) -> None:
    with served.runtime.reading() as connection:
        clerk = load_user(connection, CLERK)
        task = connection.scalar(select(UserTask.key).where(UserTask.instance_key == instance))
    assert task is not None
    served.runtime.execute(
        CompleteTask(task_key=task, user=clerk, variables={"amount": str(amount)})
    )


def waits_at(served: Served, instance: int) -> list[tuple[str, str]]:
    with served.runtime.reading() as connection:
        rows = connection.execute(
            select(UserTask.element_id, UserTask.name).where(
                UserTask.instance_key == instance, UserTask.state == "open"
            )
        ).all()
    return [(row.element_id, row.name) for row in rows]


def test_an_owner_changes_a_label_and_a_condition_and_new_cases_take_the_new_path(
    owner: Person, served: Served
) -> None:
    # given a case under way
    old = started(served)
    # when the owner renames a step by its properties
    page = opened(owner, "small.bpmn")
    select_element(page, "check")
    open_group(page, "基本")
    name = page.locator('[data-entry-id="name"] [name="name"], [data-entry-id="name"] textarea')
    name.first.fill("核对金额")
    name.first.blur()
    # and lowers the threshold on the flow
    select_element(page, "to_check")
    open_group(page, "条件")
    condition = page.locator('[data-entry-id="conditionExpression"] .cm-content')
    condition.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("amount > 50")
    page.keyboard.press("Escape")
    page.locator(".cx-studio-title").click()
    expect(page.locator("#studio-dirty")).to_have_text("有未保存的修改")
    saves(page)
    # and deploys it with a note
    page.get_by_role("link", name="部署…").click()
    expect(page.get_by_role("heading", name=re.compile("部署："))).to_be_visible()
    expect(page.locator(".cx-changes")).to_contain_text("=amount > 50")
    expect(page.locator(".cx-changes")).to_contain_text("核对金额")
    owner.finds_the_page_accessible()
    page.get_by_label("部署说明").fill("复核门槛由 100 降为 50")
    page.get_by_role("button", name="部署为新版本").click()
    expect(page.locator("#flashes")).to_contain_text("正在办理的 1 件仍按原版本办完")
    # then a new case of 80 goes to the check by its new name, the old one of 80 does not
    new = started(served)
    registers(served, new, 80)
    registers(served, old, 80)
    assert waits_at(served, new) == [("check", "核对金额")]
    assert waits_at(served, old) == [("archive", "归档")]


@pytest.mark.slow
def test_every_shipped_file_opens_in_its_editor_without_a_warning(owner: Person) -> None:
    for file in SHIPPED:
        page = opened(owner, file.name)
        studio = page.locator("#studio")
        assert studio.get_attribute("data-warnings") == "[]", file.name
        assert studio.get_attribute("data-errors") == "0", file.name
        assert page.locator("#studio-dirty").inner_text() == "", (
            f"{file.name} is changed by opening"
        )


def test_a_finding_leads_to_its_element(owner: Person) -> None:
    # given a step whose form is no more
    page = opened(owner, "small.bpmn")
    text = page.evaluate("() => window.chengxin.studio.text()")
    page.get_by_role("button", name="源码").click()
    page.locator("#studio-source").fill(text.replace('formId="amount"', 'formId="absent"'))
    page.get_by_role("button", name="源码").click()
    # when it is saved
    saves(page)
    # then the step is marked, and a click on the finding selects it
    expect(page.locator('[data-element-id="register"]')).to_have_class(re.compile("finding-here"))
    page.locator(".cx-finding-error button").click()
    expect(page.locator(".bio-properties-panel-header-label")).to_have_text("登记金额")
    # and it is not deployed
    page.get_by_role("link", name="部署…").click()
    expect(page.locator("#studio-dirty")).to_have_text("有错误，改正后才能部署。")


def test_the_completion_offers_our_functions(owner: Person) -> None:
    page = opened(owner, "small.bpmn")
    select_element(page, "to_check")
    open_group(page, "条件")
    page.locator('[data-entry-id="conditionExpression"] .cm-content').click()
    page.keyboard.press("Control+a")
    page.keyboard.type("add w", delay=50)
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("add working days(date, n)")


def test_a_table_is_changed_in_its_cells(owner: Person, served: Served) -> None:
    page = opened(owner, "levels.dmn")
    cell = page.locator('td[data-element-id="levels_small_level"]')
    cell.click()
    page.keyboard.press("Control+a")
    page.keyboard.type('"小"')
    page.keyboard.press("Escape")
    page.locator(".cx-studio-title").click()
    saves(page)
    page.get_by_role("link", name="部署…").click()
    expect(page.locator(".cx-changes")).to_contain_text("第 1 行")
    expect(page.locator(".cx-changes")).to_contain_text('"小"')


def test_a_form_is_changed_by_its_properties(owner: Person) -> None:
    page = opened(owner, "amount.form")
    select_element(page, "amount_field")
    open_group(page, "基本")
    label = page.locator('[data-entry-id="label"] [contenteditable="true"]').first
    label.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("涉案金额")
    page.locator(".cx-studio-title").click()
    saves(page)
    page.get_by_role("link", name="部署…").click()
    expect(page.locator(".cx-changes")).to_contain_text("涉案金额")


def test_leaving_with_unsaved_changes_asks(owner: Person) -> None:
    page = opened(owner, "small.bpmn")
    page.locator(".djs-container").click(position={"x": 500, "y": 400})
    page.evaluate(
        "() => { const m = window.chengxin.studio.modeler;"
        " m.get('modeling').updateProperties(m.get('elementRegistry').get('archive'),"
        " {name: '存档'}); }"
    )
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator(".cx-studio-back a").click()
    page.wait_for_url("**/studio")
    assert asked == ["beforeunload"]


def test_the_second_of_two_savers_is_told_and_keeps_the_work(owner: Person, people) -> None:
    # given the same file open twice
    people.watch.refusals.add(409)
    page = opened(owner, "small.bpmn")
    other = page.context.new_page()
    other.goto(page.url)
    checked(other, 1)
    rename = (
        "name => { const m = window.chengxin.studio.modeler;"
        " m.get('modeling').updateProperties(m.get('elementRegistry').get('archive'), {name}); }"
    )
    other.evaluate(rename, "存档")
    saves(other)
    # when the first saves
    page.evaluate(rename, "入档")
    page.keyboard.press("Control+s")
    # then it is said who was faster, and the work can be taken along
    expect(page.locator("#studio-conflict")).to_contain_text("另行保存")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载我的修改").click()
    assert "入档" in Path(download.value.path()).read_text(encoding="utf-8")
    # and the latest draft is one click away
    page.get_by_role("button", name="打开最新的草稿").click()
    checked(page, 1)
    assert "存档" in page.evaluate("() => window.chengxin.studio.text()")


def test_two_versions_are_shown_side_by_side(owner: Person, served: Served) -> None:
    text = (SAMPLES / "small.bpmn").read_text(encoding="utf-8").replace("归档", "存档")
    served.runtime.execute(Deploy(files=[SourceFile(name="small.bpmn", content=text.encode())]))
    page = owner.goes_to("/studio/files/small.bpmn/compare")
    expect(page.locator("#compare")).to_have_attribute("data-ready", "yes")
    changed = page.locator('.cx-diff-changed[data-element-id="archive"]')
    expect(changed).to_have_count(2)
    owner.finds_the_page_accessible()


def test_the_watermark_stays_in_sight(owner: Person) -> None:
    for name in ("small.bpmn", "levels.dmn"):
        page = opened(owner, name)
        mark = page.locator(".bjs-powered-by:visible").first
        box = mark.bounding_box()
        assert box is not None
        middle = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        on_top = page.evaluate(
            "({x, y}) => !!document.elementFromPoint(x, y).closest('.bjs-powered-by')", middle
        )
        assert on_top, name


@pytest.mark.parametrize(
    "address",
    [
        "/studio",
        "/studio/files/small.bpmn",
        "/studio/files/levels.dmn",
        "/studio/files/amount.form",
        "/studio/decisions/levels",
        "/studio/deployments",
        "/studio/deployments/1",
        "/studio/new",
    ],
)
def test_the_pages_around_the_editors_are_accessible(owner: Person, address: str) -> None:
    page = owner.goes_to(address)
    expect(page.locator("h1")).to_be_visible()
    owner.finds_the_page_accessible()
