"""待办, 已办, 我发起的 over HTTP."""

from __future__ import annotations

import re

import pytest


def test_a_reviewer_finds_the_task_of_their_unit_with_its_light(bureau, client_as):
    # given a clue of Guichi, due on Friday; today is Tuesday
    bureau.start()
    # when a reviewer of Guichi opens the inbox
    page = client_as("gc_jb02").get("/tasks").text
    # then the row says by when, about whom, and what comes next
    assert "剩 3 个工作日" in page
    assert "示例甲机械有限公司" in page
    assert "池社信列〔2026〕0001号" in page
    assert "贵池区" in page
    assert re.search(r"<button[^>]*>签收</button>", page)


def test_nobody_sees_tasks_of_another_county_or_of_another_group(bureau, client_as):
    bureau.start()
    for login in ("dz_jb02", "gc_jb01", "gc_xb02"):
        assert "示例甲机械有限公司" not in client_as(login).get("/tasks").text, login


def test_a_county_does_not_get_the_tasks_of_the_city(bureau, client_as):
    bureau.start(unit="CZ")
    assert "示例甲机械有限公司" not in client_as("gc_jb02").get("/tasks").text
    assert "示例甲机械有限公司" in client_as("cz_jb02").get("/tasks").text


def test_the_city_sees_its_own_unit_first_and_all_units_when_asked(bureau, client_as):
    bureau.start()
    client = client_as("cz_jb02")
    assert "示例甲机械有限公司" not in client.get("/tasks").text
    assert "示例甲机械有限公司" in client.get("/tasks?unit=all").text
    assert "示例甲机械有限公司" in client.get("/tasks?unit=CZ-GC").text
    assert "示例甲机械有限公司" not in client.get("/tasks?unit=CZ-DZ").text


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2026-02-06", "逾期 2 个工作日"),
        ("2026-02-10", "今日 24:00 到期"),
        ("2026-02-12", "剩 2 个工作日"),
        ("2026-02-25", "剩 6 个工作日"),
    ],
)
def test_the_light_says_working_days(bureau, client_as, due, words):
    bureau.start(due=due)
    assert words in client_as("gc_jb02").get("/tasks").text


def test_a_task_due_on_a_rest_day_is_not_due_today(bureau, client_as, clock):
    # given a task due on a holiday, seen on the working Saturday before it
    bureau.start(due="2026-02-16")
    clock.advance_to("2026-02-14 10:00")
    page = client_as("gc_jb02").get("/tasks").text
    assert "今日 24:00 到期" not in page.split("<main", 1)[1].split("cx-table")[1]
    assert "02-16 周一 24:00 到期" in page


def test_rows_stand_in_groups_by_urgency(bureau, client_as):
    for due in ("2026-02-25", "2026-02-06", "2026-02-10", "2026-02-11"):
        bureau.start(due=due)
    page = client_as("gc_jb02").get("/tasks").text
    groups = re.findall(r'cx-group-row cx-group-(\w+)"', page)
    assert groups == ["overdue", "today", "soon", "later"]
    assert "共 4 件" in page
    assert "逾期 1" in page


def test_claiming_in_the_list_takes_the_task(bureau, client_as):
    bureau.start()
    key = bureau.task()
    client = client_as("gc_jb02")
    # when claimed by the button of the row, with a script
    row = client.post(f"/tasks/{key}/claim-here", headers={"HX-Request": "true"})
    # then the row comes back with the next act
    assert row.status_code == 200
    assert row.text.lstrip().startswith("<tr")
    assert "办理" in row.text
    assert bureau.row(key)["assignee"] == "gc_jb02"
    # and it stands under 我的
    assert "示例甲机械有限公司" in client.get("/tasks?whose=mine").text
    assert "没有符合" not in client.get("/tasks?whose=mine").text
    assert "示例甲机械有限公司" not in client.get("/tasks?whose=unclaimed").text


def test_several_tasks_are_claimed_at_once_and_each_refusal_is_told(bureau, client_as):
    keys = [bureau.task(root_key=bureau.start()) for _ in range(3)]
    other = bureau.task(root_key=bureau.start(unit="CZ-DZ"))
    answer = client_as("gc_jb02").post(
        "/tasks/claim", data={"key": [*map(str, keys), str(other)]}, follow_redirects=True
    )
    assert "已签收 3 件" in answer.text
    assert "未签收：" in answer.text
    assert bureau.row(other)["assignee"] is None


def test_what_a_colleague_has_claimed_stands_under_all_only(bureau, client_as):
    bureau.start()
    client_as("gc_jc02").post(f"/tasks/{bureau.task()}/claim-here")
    client = client_as("gc_jb02")
    assert "示例甲机械有限公司" not in client.get("/tasks").text
    everything = client.get("/tasks?whose=all").text
    assert "示例甲机械有限公司" in everything
    assert "刘雨桐" in everything


def test_filters_stay_in_the_address_and_narrow(bureau, client_as):
    bureau.start(due="2026-02-06")
    bureau.start(due="2026-02-25")
    client = client_as("gc_jb02")
    assert "符合条件 1 件" in client.get("/tasks?due=overdue").text
    assert "符合条件 1 件" in client.get("/tasks?due=pressing").text
    assert "共 2 件" in client.get("/tasks?step=clue:review").text
    assert "没有符合条件的任务" in client.get("/tasks?step=clue:sign").text
    page = client.get("/tasks?due=overdue&step=clue").text
    assert 'value="overdue" selected' in page
    assert 'value="clue" selected' in page


def test_search_finds_by_name_code_and_case_number(bureau, client_as):
    bureau.start()
    client = client_as("gc_jb02")
    for words in ("甲机械", "91000000ma00000001", "0001号", "MA0000"):
        assert "示例甲机械有限公司" in client.get("/tasks", query_string={"q": words}).text, words
    assert "没有符合条件" in client.get("/tasks?q=%25").text


def test_the_number_of_a_person_is_masked_and_found_only_as_a_whole(bureau, client_as):
    from tests.web.inbox.bureau import PERSON

    bureau.start(party=PERSON)
    client = client_as("gc_jb02")
    page = client.get("/tasks").text
    assert PERSON["code"] not in page
    assert "341702********0017" in page
    assert "测试一" in client.get("/tasks", query_string={"q": PERSON["code"]}).text
    assert "没有符合条件" in client.get("/tasks?q=34170219").text


def test_pages_stay_right_while_rows_go(bureau, client_as):
    # given 120 tasks and a reader at the end of the first page
    bureau.many(119, of=bureau.start())
    client = client_as("gc_jb02")
    first = client.get("/tasks").text
    shown = re.findall(r'id="task-(\d+)"', first)
    assert len(shown) == 50
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    # when the last row of that page is claimed by a colleague meanwhile
    client_as("gc_jc02").post(f"/tasks/{shown[-1]}/claim-here")
    # then the next page goes on where the first one ended
    second = client.get(following[1].replace("&amp;", "&")).text
    after = re.findall(r'id="task-(\d+)"', second)
    assert len(after) == 50
    assert not set(after) & set(shown)
    # and the way back leads to the rows before
    back = re.search(r'rel="prev" href="([^"]+)"', second)
    assert back
    before = re.findall(r'id="task-(\d+)"', client.get(back[1].replace("&amp;", "&")).text)
    assert before[:49] == shown[:49] or set(shown[:-1]) <= set(before)


def test_a_spoilt_place_in_the_list_shows_the_first_page(bureau, client_as):
    bureau.start()
    for place in ("x", "_", "2026-13-01_3", "_99999999999999999999"):
        answer = client_as("gc_jb02").get("/tasks", query_string={"after": place})
        assert answer.status_code == 200
        assert "示例甲机械有限公司" in answer.text


def test_counting_stops_at_a_thousand(bureau, client_as):
    bureau.many(1100, of=bureau.start())
    assert "999+" in client_as("gc_jb02").get("/tasks").text


def test_whoever_registered_the_clue_is_told_that_another_must_review_it(bureau, client_as):
    # given a person who is collector and reviewer at once
    bureau.start(by="jh_jb01", unit="CZ-JH")
    page = client_as("jh_jb01").get("/tasks").text
    assert "须他人办理" in page
    assert "须他人办理" not in client_as("jh_jb02").get("/tasks").text


def test_what_was_done_and_started_is_listed_with_where_it_stands(bureau, client_as):
    root = bureau.start()
    bureau.complete(bureau.task(root_key=root), "gc_jb02", result="提请列入")
    done = client_as("gc_jb02").get("/tasks/done").text
    assert "示例甲机械有限公司" in done
    assert "sign" in done
    started = client_as("gc_jb01").get("/tasks/started").text
    assert "示例甲机械有限公司" in started
    assert "示例甲机械有限公司" not in client_as("gc_jc01").get("/tasks/started").text
    assert client_as("gc_jc01").get(f"/tasks/started/{root}").status_code == 404


def test_an_empty_inbox_says_what_will_appear(client_as):
    assert "没有待办任务" in client_as("gc_jb02").get("/tasks").text


def test_every_page_counts_what_waits(bureau, client_as):
    bureau.start()
    page = client_as("gc_jb02").get("/tasks/done").text
    assert re.search(r"待办</span><span class=\"cx-nav-count\">1<", page)
