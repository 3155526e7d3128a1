"""Everything about one instance."""

from __future__ import annotations

import pytest

ALL_TABS = (
    "deadlines",
    "tasks",
    "variables",
    "decisions",
    "jobs",
    "incidents",
    "history",
    "way",
)
PERSON = {"name": "王某", "code": "341702198001010015", "kind": "individual"}


@pytest.mark.parametrize("tab", ALL_TABS)
@pytest.mark.parametrize("element", ["", "check_case", "nothing"])
def test_every_tab_opens_whole_and_narrowed(bureau, head, text_of, tab, element):
    case = bureau.start()
    address = f"/inspector/instances/{case}?tab={tab}&element={element}"
    assert "aria-current" in text_of(head.get(address))
    part = text_of(head.get(address, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert 'id="in-contents"' in part


def test_why_a_window_ends_when_it_does_is_read_at_the_called_instance(bureau, head, text_of):
    # given a hearing whose ten working days the caller worked out on 9 February
    case = bureau.start()
    bureau.complete(case)
    hearing = bureau.called_by(case)
    # when a supervisor opens the hearing
    page = text_of(head.get(f"/inspector/instances/{hearing}"))
    # then rule, start, amount, each day counted and each day passed over are there
    assert "10 个工作日，自 2026-02-09 次日起：" in page
    assert "02-15…02-23" in page
    assert "HEARING" in page
    assert "申辩期" in page
    assert "第 10 日" in page
    assert "02-14 周六" in page  # a make-up day, counted
    assert "调休上班" in page
    assert "由“small_case”的“hear”算出" in page
    assert "deadlines”第 1 版第 2 行" in page


def test_a_period_whose_timer_has_fired_is_still_explained(bureau, head, text_of):
    case = bureau.start()
    bureau.complete(case)
    hearing = bureau.called_by(case)
    bureau.runtime.run_until(bureau.clock.now().replace(month=3, day=9))
    page = text_of(head.get(f"/inspector/instances/{hearing}?tab=deadlines"))
    assert "10 个工作日，自 2026-02-09 次日起：" in page
    assert "等待中的定时器" not in page


def test_a_deadline_past_the_announced_holidays_is_marked_with_its_bounds(
    bureau, head, text_of, runtime
):
    from engine.runtime import SourceFile
    from engine.runtime.commands import Deploy
    from tests.builders.diagram import diagram, end, start, user_task

    long = diagram(
        "long_case",
        start(),
        user_task("wait_long", groups="R3", due='=deadline("LONG", today())'),
        end(),
        flows="start -> wait_long -> end",
        properties={"organisation": "=unit"},
    )
    runtime.execute(Deploy(files=[SourceFile(name="long.bpmn", content=long)]))
    key = bureau.start("long_case")
    page = text_of(head.get(f"/inspector/instances/{key}"))
    assert "暂定" in page
    assert "放假安排公布后将落在" in page
    assert "暂定" in text_of(head.get("/inspector/deadlines?kind=provisional"))


def test_one_steps_into_a_called_instance_and_back(bureau, head, text_of):
    case = bureau.start()
    bureau.complete(case)
    hearing = bureau.called_by(case)
    assert f'href="/inspector/instances/{hearing}"' in text_of(
        head.get(f"/inspector/instances/{case}")
    )
    assert f'href="/inspector/instances/{case}"' in text_of(
        head.get(f"/inspector/instances/{hearing}")
    )


def test_marks_tell_tokens_and_the_way_taken(bureau, head):
    case = bureau.start()
    marks = head.get(f"/inspector/instances/{case}/tokens.json").get_json()
    assert marks["tokens"] == {"check_case": 1}
    assert {"start", "weigh", "f1", "f2"} <= set(marks["passed"])


def test_a_decision_stands_on_its_table_with_the_rule_that_matched(bureau, head, text_of):
    case = bureau.start(amount=25000)
    tab = text_of(head.get(f"/inspector/instances/{case}?tab=decisions"))
    assert "一万以上" in tab
    sheet = text_of(head.get("/inspector/decisions/1"))
    assert "欠缴金额" in sheet
    assert "25000" in sheet
    assert sheet.count("in-matched") == 1
    assert "SHA-256" in sheet  # which version of the file answered
    assert "较轻" in sheet  # the row that did not match is there as well


def test_numbers_of_persons_are_masked_everywhere_without_the_right_to_see_them(
    bureau, observer, head, text_of
):
    case = bureau.start(party=PERSON, note="证件 341702198001010015，护照 E12345678")
    for tab in ALL_TABS:
        page = text_of(observer.get(f"/inspector/instances/{case}?tab={tab}"))
        assert PERSON["code"] not in page, tab
    assert PERSON["code"] in text_of(head.get(f"/inspector/instances/{case}?tab=variables"))


def test_an_incident_shows_expression_values_and_cause(bureau, head, text_of):
    stuck = bureau.start("stuck", limit=None)
    with pytest.raises(Exception, match="fork"):
        bureau.complete(stuck, answer=7)
    page = text_of(head.get(f"/inspector/instances/{stuck}"))
    assert "=answer &gt; limit" in page
    assert "<code>answer</code> = 7" in page
    assert "操作已撤回" in page


def test_an_instance_of_another_bureau_is_refused_without_a_hint(bureau, client_as):
    case = bureau.start()
    stranger = client_as("dz_xb02")
    for address in (f"instances/{case}", f"instances/{case}/tokens.json", "decisions/1"):
        answer = stranger.get(f"/inspector/{address}")
        assert answer.status_code == 403
        assert "甲公司" not in answer.get_data(as_text=True)


def test_an_instance_that_never_was_is_not_found(head):
    assert head.get("/inspector/instances/4711").status_code == 404


@pytest.mark.parametrize("tab", ALL_TABS)
def test_pages_speak_english(bureau, head, text_of, tab):
    case = bureau.start()
    with head.session_transaction() as session:
        session["language"] = "en"
    page = text_of(head.get(f"/inspector/instances/{case}?tab={tab}"))
    assert "期限与定时器" not in page
    assert "现在停留在" not in page


def test_a_diagram_in_english_bears_english_names(runtime):
    from web.inspector.diagrams import in_english

    content = (
        '<d xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><bpmn:userTask name="审核">'
        '<bpmn:extensionElements><zeebe:properties><zeebe:property name="name:en" value="Review"/>'
        "</zeebe:properties></bpmn:extensionElements></bpmn:userTask></d>"
    ).encode()
    assert b'name="Review"' in in_english(content)
